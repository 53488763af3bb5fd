"""A promotion is recognised by the names people give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.promotion import Promotion
from domain.search.naming import MARK, MEANT, name_promotion, pull, vocabulary
from storage.promotions.catalog import load_all

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def promotions() -> list[Promotion]:
    return list(load_all(ROOT / "promotions").values())


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("SERIKTES", "seriktes"),
        ("сериктес акциясы туралы", "seriktes"),
        ("serktes", "seriktes"),
        ("двойной шанс", "double-chance"),
        ("в двойном шансе приз только в тенге?", "double-chance"),
        ("dvoinoi shans", "double-chance"),
        ("когда розыгрыш твоя удача", "double-chance"),
        ("январский сюрпрыз", "january-surprise"),
        ("қаңтар тосынсыйы", "january-surprise"),
        ("чокомарт", "ismet-app"),
        ("касипкер", "kasipker"),
    ],
)
def test_names_are_known_with_typos_and_in_either_alphabet(promotions: list[Promotion], said: str, slug: str) -> None:
    assert name_promotion(said, promotions) == slug


@pytest.mark.parametrize("said", ["когда розыгрыш", "қалай қатысамын", "ok", "", "🙂"])
def test_a_text_that_names_none_gives_none(promotions: list[Promotion], said: str) -> None:
    assert name_promotion(said, promotions) is None


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
    assert strength(promotions, said, other, "seriktes") < MARK


def test_a_name_as_it_is_printed_changes_the_promotion_of_a_talk(promotions: list[Promotion]) -> None:
    assert strength(promotions, "а когда розыгрыш в SERIKTES?", "seriktes", "kasipker") >= MEANT


@pytest.mark.parametrize("said", ["а по касипкер кто платит?", "кәсіпкерде айфон ше", "кәсіпкер акциясы ше?"])
def test_the_same_word_as_a_place_or_a_topic_changes_it(promotions: list[Promotion], said: str) -> None:
    assert strength(promotions, said, "kasipker", "seriktes") >= MEANT


def test_a_mark_that_only_one_rulebook_has_speaks_for_its_promotion(promotions: list[Promotion]) -> None:
    assert strength(promotions, "а за чокомарт баллы дают?", "ismet-app", "kasipker") >= MARK


def test_turning_words_beside_a_name_make_it_sure(promotions: list[Promotion]) -> None:
    plain = strength(promotions, "чокомарт", "ismet-app", "kasipker")
    assert strength(promotions, "давай про чокомарт", "ismet-app", "kasipker") > plain
