"""Two kinds of no: what the rules are known not to say, and what was not found in them."""

from __future__ import annotations

import pytest

from tests.dialogs.library import POINTS
from tests.dialogs.talk import known


@pytest.mark.parametrize("question", ["есть ли парковка?", "тұрақ бар ма?"])
def test_a_known_silence_is_said_as_such_with_the_clause_that_comes_closest_folded(question: str) -> None:
    talk = known().say(question)
    assert talk.keys[0] == "reply.unsaid"
    assert talk.phrase("reply.unsaid").params["say"] == POINTS["parking"].say
    assert talk.reply.kind == "silent"
    assert talk.reply.clauses == ("2",)
    assert "person" in talk.ids


def test_a_silence_that_no_clause_comes_near_names_none() -> None:
    talk = known().say("какие шансы?")
    assert talk.keys[0] == "reply.unsaid"
    assert talk.folded == []
    assert not [id for id in talk.ids if id.startswith(("vote", "clause"))]


def test_a_silence_can_be_voted_on_where_a_clause_comes_near() -> None:
    assert {"vote.up.alfa.1", "vote.down.alfa.1"} <= set(known().say("парковка").ids)


def test_what_was_not_found_is_not_called_unwritten() -> None:
    talk = known().say("ыыы")
    assert talk.keys == ["answer.not_found"]
    assert talk.reply.kind == "unsure"
    assert {"rules", "person", "menu"} <= set(talk.ids)


def test_a_sentence_that_may_be_meant_is_shown_as_the_nearest_one() -> None:
    talk = known().say("что-то туманное")
    assert talk.keys[:2] == ["answer.not_found_best", "reply.stated"]
    assert talk.reply.kind == "unsure"
    assert "person" in talk.ids


def test_after_two_misses_in_a_row_the_organisers_contacts_are_given_too() -> None:
    talk = known().say("ыыы").say("эээ")
    assert talk.keys[0] == "answer.not_found_twice"
    assert "fact.contact" in talk.keys
    assert {"rules", "person", "menu"} <= set(talk.ids)


def test_a_found_answer_in_between_begins_the_count_anew() -> None:
    assert known().say("ыыы").say("налог").say("совсем другое дело у меня").keys == ["answer.not_found"]


def test_the_nearest_sentence_does_not_end_a_row_of_misses() -> None:
    assert known().say("что-то туманное").say("эээ").keys[0] == "answer.not_found_twice"
