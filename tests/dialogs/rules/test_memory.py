"""A talk remembers its last question: what leans on it is read together with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from dialogs.rules.memory import asks_why, goes_on, joined, pull
from domain.search.finder import SearchResult
from tests.dialogs.library import COPY, OFFICE, TAX, UNKNOWN, WHO, TwoPromotions
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


class Drawn(TwoPromotions):
    """Knows «в офисе?» only near clause 3, and of «а потом?» more with the question before than alone."""

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        if "в офисе" in question:
            return OFFICE if "3" in near and pull else UNKNOWN
        if question.startswith("а потом"):
            return replace(WHO, confidence=0.7)
        return super().find(slug, question)


def drawn() -> Talk:
    told = known()
    told.library = Drawn()
    return told


def test_a_short_question_is_drawn_to_what_was_just_answered() -> None:
    assert drawn().say("налог").say("выдают ли в офисе?").reply.clauses == OFFICE.hits[0].clauses
    assert drawn().say("выдают ли в офисе?").keys == ["answer.not_found"]


def test_a_question_that_says_itself_what_it_is_about_is_not_drawn() -> None:
    whole = "скажите выдают ли приз победителю в офисе организатора сразу"
    assert pull(whole) == 0
    assert pull("в офисе приз дадут?") < pull("а в офисе?")


def test_an_answer_is_not_said_again_for_a_question_that_asks_for_another() -> None:
    assert drawn().say("налог").say("а потом?").reply.clauses == WHO.hits[0].clauses


def test_the_same_for_another_month_is_answered_as_before() -> None:
    assert drawn().say("налог").say("а потом за апрель?").reply.clauses == TAX.hits[0].clauses


def test_why_gets_the_organisers_words_behind_the_answer_just_given() -> None:
    asked = known().say("налог").say("почему?")
    assert asked.keys[0] == "reply.why"
    assert "rules.quote" in asked.keys
    assert asked.reply.clauses == TAX.hits[0].clauses


def test_why_about_nothing_is_no_special_question() -> None:
    assert "reply.why" not in known().say("почему?").keys
