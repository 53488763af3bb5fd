"""What people want, and what they fear, is told from a question: on texts that stand in no file of samples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.search.wishes import WishModel, decide
from storage.answers.files import WISHES, model_path, read_wishes


@pytest.fixture(scope="module")
def model(models: Path) -> WishModel:
    return read_wishes(model_path(models, WISHES))


FRAUDS = [
    *(
        "звонит какой-то парень, диктуйте, говорит, цифры из сообщения, иначе приз сгорит",
        "хотят чтобы я оплатил курьеру вперёд",
    ),
    *(
        "прислали счёт за растаможку ноутбука",
        "уже отправил им деньги, что теперь",
        "просят сфоткать карту с двух сторон",
    ),
    *(
        "скинули сайт где надо ввести данные карты чтобы забрать айфон",
        "велят поставить AnyDesk",
        "это точно вы мне пишете?",
    ),
    *(
        "смс-ке келген кодты айтыңыз деп қоңырау шалды",
        "жүлдені алу үшін он мың аудар дейді",
        "картаның артындағы сандарды сұрады",
    ),
    *("сілтемеге кіріп деректеріңді жаз дейді", "ақшаны салып жібердім, енді не істеймін", "қоңырау шалған сіздер ме"),
]
QUESTIONS = [
    *("кто платит налог с приза", "сколько дней дают чтобы забрать приз", "смс с кодом приходит с какого номера"),
    *(
        "*88*5# безопасно набирать",
        "можно оплатить картой",
        "должен ли менеджер компании подписать акт",
        "кто доставляет приз",
    ),
    *("жүлденің салығын кім төлейді", "чек қайда сақталады", "ұтыс ойыны қай күні", "қызметкер сенімхатпен ала ала ма"),
    *("бонуспен алынған билет есептеле ме", "акт қашан қол қойылады", "сайтта қай жерде жарияланады"),
]
WANTED = {
    "давай на казахском поговорим": "language.kk",
    "орыс тілінде жауап берсеңіз": "language.ru",
    "удалите пожалуйста всё что знаете обо мне": "forget",
    "деректерімді жойып тастаңызшы": "forget",
    "соедините меня с живым оператором": "person",
    "маған тірі адам керек": "person",
    "сколько у меня шансов, посчитай": "chances",
    "менің шанстарымды есептеп берші": "chances",
    "открой главное меню": "menu",
    "можно покороче": "shorter",
    "қысқаша айтшы": "shorter",
    "повтори ещё разок": "repeat",
    "ты робот или человек": "robot",
    "большое спасибо вам": "thanks",
    "көп рахмет сізге": "thanks",
    "какие данные вы храните обо мне": "mydata",
    "больше не присылайте мне сообщения": "stop",
}


@pytest.mark.parametrize("text", FRAUDS)
def test_fraud_is_recognised(model: WishModel, text: str) -> None:
    wish = model.read(text)
    assert wish is not None
    assert wish.is_fraud


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_only_looks_like_it_stays_a_question(model: WishModel, text: str) -> None:
    wish = model.read(text)
    assert wish is None or not (wish.is_fraud or wish.name == "person"), wish


@pytest.mark.parametrize(("text", "name"), WANTED.items())
def test_a_wish_is_recognised_in_other_words(model: WishModel, text: str, name: str) -> None:
    wish = model.read(text)
    assert wish is not None
    assert wish.name == name


@pytest.mark.parametrize("text", ["", "🙂", "ъъъ", "qqq www"])
def test_what_nobody_knows_is_no_wish(model: WishModel, text: str) -> None:
    wish = model.read(text)
    assert wish is None or not wish.is_fraud


def test_words_are_known_by_their_beginnings(model: WishModel) -> None:
    assert model.known("когда розыгрыш") == 1.0
    assert model.known("rjulf hjpsuhsi") == 0.0


# deciding

CLASSES = ("person", "question", "rules", "safety.card", "safety.code", "safety")
MARGINS = (0.0, 0.1, 0.2, -0.2)


@pytest.mark.parametrize(
    ("scores", "length", "name", "sure"),
    [
        ((0.0, 0.5, 0.0, 0.1, 0.2, 0.6), 9, "safety.code", True),
        ((0.0, 0.5, 0.0, 0.1, 0.2, 0.6), 2, None, True),
        ((0.9, 0.5, 0.0, 0.1, 0.2, 0.6), 9, "person", True),
        ((0.55, 0.5, 0.0, 0.0, 0.0, 0.0), 9, None, True),
        ((0.0, 0.5, 0.8, 0.0, 0.0, 0.0), 9, "rules", True),
        ((0.0, 0.5, 0.4, 0.0, 0.0, 0.0), 9, "rules", False),
        ((0.0, 0.5, 0.2, 0.0, 0.0, 0.0), 9, None, True),
    ],
)
def test_fraud_comes_first_and_a_doubt_is_told(
    scores: Sequence[float], length: int, name: str | None, sure: bool
) -> None:
    wish = decide(CLASSES, scores, MARGINS, length)
    assert (wish and wish.name) == name
    assert wish is None or wish.sure is sure
