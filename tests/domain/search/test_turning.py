"""A talk about one promotion turns to another by its name, by its own marks, or by hints together; never by a word of everyday."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.promotion import Promotion
from domain.search.turning import CALLED, MEANT, pull, vocabulary
from storage.promotions.catalog import load_all

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def promotions() -> list[Promotion]:
    return list(load_all(ROOT / "promotions").values())


def strength(promotions: list[Promotion], said: str, other: str, current: str) -> float:
    """How strongly a text speaks for another promotion in a talk about the current one."""
    by_slug = {promotion.slug: promotion for promotion in promotions}
    return pull(said, by_slug[other], vocabulary(by_slug[current]))


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("мен кәсіпкермін, қатыса аламын ба", "kasipker"),
        ("жеке кәсіпкер қатыса ала ма?", "kasipker"),
        ("кәсіпкерлер қатыса ала ма", "kasipker"),
        ("кәсіпкерлік субъектісі ме", "kasipker"),
        ("в январе ещё можно участвовать?", "january-surprise"),
        ("кто платит налог?", "kasipker"),
    ],
)
def test_an_ordinary_word_does_not_change_the_promotion_of_a_talk(
    promotions: list[Promotion], said: str, other: str
) -> None:
    assert strength(promotions, said, other, "seriktes") < CALLED


def test_a_name_as_it_is_printed_changes_the_promotion_of_a_talk(promotions: list[Promotion]) -> None:
    assert strength(promotions, "а когда розыгрыш в SERIKTES?", "seriktes", "kasipker") >= MEANT


@pytest.mark.parametrize("said", ["а по касипкер кто платит?", "кәсіпкерде айфон ше", "кәсіпкер акциясы ше?"])
def test_the_same_word_as_a_place_or_a_topic_changes_it(promotions: list[Promotion], said: str) -> None:
    assert strength(promotions, said, "kasipker", "seriktes") >= MEANT


def test_a_mark_that_only_one_rulebook_has_speaks_for_its_promotion(promotions: list[Promotion]) -> None:
    assert strength(promotions, "а за чокомарт баллы дают?", "ismet-app", "kasipker") >= CALLED


def test_turning_words_beside_a_name_make_it_sure(promotions: list[Promotion]) -> None:
    plain = strength(promotions, "чокомарт", "ismet-app", "kasipker")
    assert strength(promotions, "давай про чокомарт", "ismet-app", "kasipker") > plain


@pytest.mark.parametrize(
    ("said", "other", "current"),
    [
        ("сюрпризов не хочу: доставка за мой счёт?", "january-surprise", "seriktes"),
        ("с ноутбука зайти можно?", "seriktes", "january-surprise"),
        ("мы тоо, нам участвовать можно?", "seriktes", "january-surprise"),
        ("мен ЖК-мін, билет алсам бола ма", "kasipker", "double-chance"),
        ("серіктесім екеуміз қатысамыз ба", "seriktes", "kasipker"),
        ("у меня номер теле2, код не приходит", "double-chance", "january-surprise"),
        ("а то я не успел", "seriktes", "kasipker"),
        ("эта акция для ип тоже?", "kasipker", "double-chance"),
    ],
)
def test_a_word_that_may_mean_something_else_turns_nowhere(
    promotions: list[Promotion], said: str, other: str, current: str
) -> None:
    assert strength(promotions, said, other, current) < CALLED


@pytest.mark.parametrize(
    ("said", "other", "current"),
    [
        ("в сюрпризе сколько приставок?", "january-surprise", "seriktes"),
        ("акция для ип, она закончилась?", "kasipker", "january-surprise"),
        ("ЖК-ларға арналған акцияға өтейік", "kasipker", "double-chance"),
        ("макбукты кім тапсырады", "seriktes", "ismet-app"),
        ("про *88*5# вопрос", "double-chance", "kasipker"),
        ("қораптар ашатын ойын", "january-surprise", "ismet-app"),
    ],
)
def test_its_own_marks_and_hints_that_stand_as_a_name_are_enough(
    promotions: list[Promotion], said: str, other: str, current: str
) -> None:
    assert strength(promotions, said, other, current) >= MEANT
