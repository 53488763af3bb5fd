"""A promotion is recognised by the names people give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.promotion import Promotion
from domain.search.naming import name_promotion
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
