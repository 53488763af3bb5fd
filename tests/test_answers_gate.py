"""The answer models keep what was promised, on questions that nobody wrote samples from. Figures here are counts, not times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks.answers import PROMOTIONS, Question, Reply, among_three, learnt, read_questions, right_first
from domain.rulebook import LANGUAGES
from storage.promotions.catalog import load_all

HELD_OUT = Path(__file__).resolve().parent.parent / "benchmarks" / "answers" / "heldout.jsonl"
Pair = tuple[Question, Reply]


@pytest.fixture(scope="module")
def replies(models: Path) -> list[Pair]:
    answer = learnt(load_all(PROMOTIONS), models)
    return [(question, answer(question)) for question in read_questions(HELD_OUT)]


def share(pairs: Sequence[Pair], holds: Callable[[Question, Reply], bool]) -> float:
    assert len(pairs) >= 20, "too few questions to say anything"
    return sum(holds(*pair) for pair in pairs) / len(pairs)


def answerable(replies: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in replies if pair[0].answerable]


def test_the_right_clause_comes_first_or_among_three(replies: list[Pair]) -> None:
    asked = answerable(replies)
    assert share(asked, right_first) >= 0.93
    assert share(asked, among_three) >= 0.97


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_answered(replies: list[Pair], language: str) -> None:
    assert share([pair for pair in answerable(replies) if pair[0].lang == language], right_first) >= 0.90


@pytest.mark.parametrize("slug", sorted({question.promotion for question in read_questions(HELD_OUT)}))
def test_each_promotion_is_answered(replies: list[Pair], slug: str) -> None:
    asked = [pair for pair in answerable(replies) if pair[0].promotion == slug]
    assert share(asked, right_first) >= 0.88


def test_what_the_rules_leave_open_is_refused_and_little_else(replies: list[Pair]) -> None:
    silent = [pair for pair in replies if not pair[0].answerable]
    assert share(silent, lambda _, reply: not reply.answered) >= 0.80
    assert share(answerable(replies), lambda _, reply: not reply.answered) <= 0.05


def test_the_reply_is_in_the_language_of_the_question(replies: list[Pair]) -> None:
    spoken = [pair for pair in replies if pair[0].style != "mixed"]
    assert share(spoken, lambda question, reply: question.lang == reply.language) >= 0.98
