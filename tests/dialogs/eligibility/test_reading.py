"""An answer may be typed: as a word of either language, with a typo, as a label, in words; what is no answer is said to be none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.eligibility import reading as asking
from dialogs.eligibility.reading import Understood
from domain.eligibility import rulings
from domain.promotion import Promotion
from tests.domain.given import DOUBLE_CHANCE, ISMET, JANUARY, KASIPKER, PROMOTIONS, SERIKTES

TODAY = date(2026, 11, 20)


def read(text: str, fact: str, promotion: Promotion = SERIKTES) -> Understood:
    return asking.read(rulings(promotion).facts[fact], text, promotion, TODAY)


@pytest.mark.parametrize("text", ["да", "Да!", "иә", "ИӘ.", "да, конечно", "ага", "yes", "иә, тіркелгенмін"])
def test_yes_is_understood_in_either_language(text: str) -> None:
    assert read(text, "registered_on_ismet").value is True


@pytest.mark.parametrize("text", ["нет", "жоқ", "нет ещё", "Жок", "no"])
def test_no_is_understood_in_either_language(text: str) -> None:
    assert read(text, "registered_on_ismet").value is False


@pytest.mark.parametrize("text", ["не знаю", "білмеймін", "не помню точно", "есімде жоқ"])
@pytest.mark.parametrize("fact", ["registered_on_ismet", "connected_at", "legal_form", "first_contact_days_after_draw"])
def test_who_does_not_know_may_say_so(text: str, fact: str) -> None:
    assert read(text, fact) == Understood()


@pytest.mark.parametrize("text", ["ТОО", "тоо", "ЖШС", "LLP", "товарищество с ограниченной ответственностью"])
def test_a_choice_may_be_typed_by_any_of_its_names(text: str) -> None:
    assert read(text, "legal_form").value == "TOO"


def test_a_choice_may_be_typed_with_a_typo() -> None:
    assert read("физическое лцо", "legal_form").value == "natural person"
    assert read("сериктэс", "package").value == "SERIKTES"


def test_several_items_may_be_typed_at_once() -> None:
    assert read("удостоверение, справка об IBAN", "documents", DOUBLE_CHANCE).value == ["id", "iban_certificate"]
    assert read("жеке куәлік және паспорт", "documents", DOUBLE_CHANCE).value == ["id", "passport"]


@pytest.mark.parametrize("text", ["12.03.2024", "12 марта 2024", "12 мрта 2024", "2024 жылғы 12 наурыз", "12 марта"])
def test_a_day_may_be_typed_as_people_write_it(text: str) -> None:
    assert read(text, "connected_at").value == "2024-03-12"


@pytest.mark.parametrize(
    ("fact", "promotion", "text", "value"),
    [
        ("won_in", SERIKTES, "ни разу", "none"),
        ("won_in", KASIPKER, "ешқашан", "none"),
        ("won_in", SERIKTES, "март", "2024-03"),
        ("first_contact_days_after_draw", SERIKTES, "ещё нет", "none"),
        ("first_contact_days_after_draw", SERIKTES, "на третий день", 3),
        ("earlier_ekassa_since", ISMET, "не было", "none"),
        ("earlier_ekassa_since", ISMET, "15.03.2022", "2022-03-15"),
        ("age", JANUARY, "восемнадцать", 18),
        ("age", JANUARY, "17 жас", 17),
        ("earlier_ekassa_since", ISMET, "жоқ, болған емес", "none"),
        ("purchases", JANUARY, "нет", []),
        ("receipts_via_app", ISMET, "жоқ", {}),
    ],
)
def test_never_and_not_yet_are_answers_too(fact: str, promotion: Promotion, text: str, value: object) -> None:
    assert read(text, fact, promotion).value == value


@pytest.mark.parametrize(
    ("fact", "text", "key"),
    [
        ("registered_on_ismet", "может быть", "check.wrong_yes_no"),
        ("legal_form", "завод", "check.wrong_choice"),
        ("connected_at", "давно", "check.wrong_date"),
        ("connected_at", "31.02.2024", "check.no_such_day"),
        ("won_in", "летом", "check.wrong_month"),
        ("first_contact_days_after_draw", "-3", "check.wrong_number"),
    ],
)
def test_what_is_no_answer_is_told_to_be_none(fact: str, text: str, key: str) -> None:
    wrong = read(text, fact).wrong
    assert wrong is not None
    assert wrong.key == key


def test_a_question_beside_its_answer_stands_without_its_example() -> None:
    ask = SERIKTES.wording.facts["connected_at"].ask
    assert asking.short(ask).ru == "Какого числа Вы подключили пакет?"
    assert asking.short(ask).kk == "Топтаманы қай күні қостыңыз?"


@pytest.mark.parametrize("promotion", PROMOTIONS.values(), ids=list(PROMOTIONS))
def test_every_value_of_every_question_has_a_name_for_its_button(promotion: Promotion) -> None:
    facts = promotion.wording.facts
    asked = [fact for fact in rulings(promotion).facts.values() if fact.fact in facts]
    assert [
        (fact.fact, value) for fact in asked for value in fact.options if value not in facts[fact.fact].options
    ] == []
    labels = [words for fact in asked for words in facts[fact.fact].options.values()]
    assert [words for words in labels if max(len(words.kk), len(words.ru)) > 20] == []


@given(st.text(max_size=200), st.data())
def test_no_text_breaks_reading_an_answer(text: str, data: st.DataObject) -> None:
    promotion = data.draw(st.sampled_from(list(PROMOTIONS.values())))
    fact = data.draw(st.sampled_from(list(rulings(promotion).facts.values())))
    understood = asking.read(fact, text, promotion, TODAY)
    assert understood.wrong is None or understood.value is None
    asking.shown(promotion, fact.fact, understood.value)
