"""A talk remembers its last question: what leans on it is read together with it."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from dialogs.rules.memory import asks_why, goes_on, joined
from domain.search.finder import SearchResult
from tests.dialogs.library import COPY, TAX, UNKNOWN, TwoPromotions
from tests.dialogs.talk import Talk, known


@pytest.mark.parametrize(
    "text", ["а за апрель?", "ал наурызда?", "екіншісі ше?", "а если ИП?", "тогда когда?", "апрель", "и где?"]
)
def test_a_text_leans_on_what_went_before(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text", ["", "кто платит налог с приза?", "а скажите пожалуйста кто из нас двоих должен платить налог с приза?"]
)
def test_a_text_that_says_itself_what_it_is_about_does_not(text: str) -> None:
    assert not goes_on(text)


@pytest.mark.parametrize("text", ["почему?", "неге?", "а почему так?", "неліктен"])
def test_why_is_heard(text: str) -> None:
    assert asks_why(text)


def test_why_with_a_question_of_its_own_is_no_bare_why() -> None:
    assert not asks_why("почему налог платит победитель?")


def test_the_last_question_is_joined_with_the_new_words() -> None:
    assert joined("когда розыгрыш за март?", "а за апрель?") == "когда розыгрыш за март а за апрель?"


class Together(TwoPromotions):
    """Knows «а второй?» only together with the question before."""

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        if "второй" in question:
            return COPY if "налог" in question else UNKNOWN
        return super().find(slug, question)


def talk() -> Talk:
    told = known()
    told.library = Together()
    return told


def test_the_second_half_of_a_talk_is_read_with_the_first() -> None:
    assert talk().say("налог").say("а второй?").reply.clauses == ("4",)


def test_without_a_question_before_it_is_not_found() -> None:
    assert talk().say("а второй?").keys == ["answer.not_found"]


def test_what_was_said_in_another_promotion_is_not_leant_on() -> None:
    moved = talk().say("налог").say("бета")
    assert moved.say("а второй?").keys == ["answer.not_found"]


def test_why_gets_the_organisers_words_behind_the_answer_just_given() -> None:
    asked = known().say("налог").say("почему?")
    assert asked.keys[0] == "reply.why"
    assert "rules.quote" in asked.keys
    assert asked.reply.clauses == TAX.hits[0].clauses


def test_why_about_nothing_is_no_special_question() -> None:
    assert "reply.why" not in known().say("почему?").keys
