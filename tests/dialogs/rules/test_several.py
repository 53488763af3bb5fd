"""Several questions in one text, or two answers close together: one under another, each with its clause."""

from __future__ import annotations

from dialogs.turn import QuestionAsked
from tests.dialogs.library import POINTS
from tests.dialogs.talk import Talk, known


def said(talk: Talk) -> list[str]:
    """The sentences of a reply, in Russian."""
    return [str(phrase.params["say"].ru) for phrase in talk.phrases if phrase.key.startswith("reply.")]  # type: ignore[union-attr]


def sentence(id: str) -> str:
    return POINTS[id].say.ru.removesuffix(".")


def test_two_answers_close_together_are_both_told() -> None:
    talk = known().say("вручение")
    assert said(talk) == [sentence("collect"), sentence("tax")]
    assert talk.reply.clauses == ("4", "3")


def test_two_questions_in_one_text_get_two_answers() -> None:
    talk = known().say("кто участвует и кто платит налог?")
    assert said(talk) == [sentence("who"), sentence("tax")]
    assert [phrase.params["number"] for phrase in talk.phrases if phrase.key == "place.clause"] == ["2", "3"]


def test_an_answer_and_a_silence_stand_together() -> None:
    talk = known().say("Кто платит налог? Есть ли парковка?")
    assert talk.keys[0] == "reply.stated"
    assert "reply.unsaid" in talk.keys


def test_each_answer_takes_its_own_side() -> None:
    talk = known().say("копия подойдёт? оригинал подойдёт?")
    assert talk.keys[0] == "reply.no"


def test_the_same_answer_twice_is_told_once() -> None:
    assert said(known().say("кто платит налог и сколько этот налог?")) == [sentence("tax")]


def test_what_was_asked_is_kept_with_the_clauses_of_all_answers() -> None:
    (asked,) = known().say("кто участвует и кто платит налог?").effects
    assert isinstance(asked, QuestionAsked)
    assert asked.clauses == ("2", "3")
