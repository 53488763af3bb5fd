"""Rights over one's own data are heard in people's words, in both languages, whatever is being talked about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.asking import Asker, BatchQuestion
from bot.library import Promotions
from bot.loading import load_phrases
from domain.rulebook import Language
from tests.command import ROOT

SAID: Mapping[tuple[str, Language], tuple[str, ...]] = {
    ("forget", "ru"): (
        "забудьте меня", "удалите мои данные", "Удалите мои персональные данные!", "отзываю согласие на обработку данных",
        "хочу отозвать согласие", "сотрите всё обо мне", "удалите мой номер телефона", "требую удалить мои персональные данные",
        "прошу удалить всю информацию обо мне", "удалите мою переписку", "/forget",
    ),
    ("forget", "kk"): (
        "мені ұмытыңыз", "деректерімді өшіріңіз", "менің деректерімді жойыңыз", "жеке деректерімді өшіріп тастаңыз",
        "келісімімді қайтарып аламын", "деректерімді өңдеуге берген келісімімді кері аламын", "мен туралы барлығын өшіріңізші",
        "нөмірімді өшіріңіз", "хат алмасуымызды өшіріңіз",
    ),
    ("mydata", "ru"): (
        "какие данные обо мне вы храните", "что вы знаете обо мне", "что ты обо мне хранишь?", "покажите мои данные",
        "какая информация обо мне у вас есть", "хочу узнать, какие мои данные у вас сохранены",
    ),
    ("mydata", "kk"): (
        "мен туралы қандай деректер сақтайсыз", "мен туралы не білесіз?", "менің деректерімді көрсетіңіз",
        "қандай деректерім сақталған", "менің қандай деректерім сізде бар",
    ),
    ("stop", "ru"): (
        "стоп", "STOP", "не пишите мне больше", "отпишите меня от рассылки", "хватит присылать сообщения", "/stop",
        "больше не присылайте напоминания",
    ),
    ("stop", "kk"): ("маған жазбаңыз", "хабарлама жібермеңіз", "тоқтатыңыз", "енді маған жазбаңызшы", "еске салуды тоқтатыңыз"),
}  # fmt: skip
BEFORE = {"ru": ("кто платит налог?",), "kk": ("салықты кім төлейді?",)}


@pytest.fixture(scope="module")
def asker(models: Path) -> Asker:
    return Asker(Promotions.load(ROOT / "promotions", models), load_phrases())


@pytest.mark.parametrize("talk", ["at the start", "among the rules"])
@pytest.mark.parametrize(("wanted", "language"), SAID)
def test_a_right_is_heard_in_the_words_and_the_language_of_whoever_has_it(
    asker: Asker, wanted: str, language: Language, talk: str
) -> None:
    known = (
        {"promotion": "seriktes", "language": language, "before": BEFORE[language]} if talk != "at the start" else {}
    )
    wrong = {}
    for text in SAID[wanted, language]:
        reply = asker.ask(BatchQuestion(text, **known))  # type: ignore[arg-type]
        if reply.function != wanted or (known and reply.lang != language):
            wrong[text] = (reply.function, reply.lang, reply.text[:60])
    assert wrong == {}


def test_words_that_only_look_like_it_delete_nothing(asker: Asker) -> None:
    for text in ("можно удалить чек, если ошибся?", "что будет, если я забуду срок?", "чекті өшіріп алсам не болады?"):
        assert asker.ask(BatchQuestion(text, promotion="seriktes")).function not in ("forget", "stop"), text
