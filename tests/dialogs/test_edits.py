"""An edit is known by its message: it takes back what the message had told, and one that changes nothing is silent."""

from __future__ import annotations

from tests.dialogs.chances.test_draft import rows
from tests.dialogs.chances.test_scene import person, text
from tests.dialogs.talk import Talk, known


def say(talk: Talk, id: str, words: str) -> Talk:
    return talk.hear("text", words, message=id)


def edit(talk: Talk, id: str, words: str) -> Talk:
    return talk.hear("edited", words, message=id)


def test_an_edit_replaces_the_lines_of_its_own_message_wherever_they_stand() -> None:
    talk = say(say(person(), "5", "12.01 600 тыс кено"), "6", "13.01 500 тыс кено")
    edit(talk, "5", "12.01 700 тыс кено")
    assert rows(talk) == [("12", 700), ("13", 500)] or rows(talk) == [("13", 500), ("12", 700)]
    edit(talk, "5", "12.01 800 тыс кено\n14.01 100 тыс кено")
    assert sorted(rows(talk)) == [("12", 800), ("13", 500), ("14", 100)]


def test_an_edit_after_the_list_was_confirmed_asks_for_a_word_and_counts_once() -> None:
    talk = say(person(), "5", "12.01 600 тыс кено").tap("chances.keep")
    assert rows(talk, "purchases") == [("12", 600)]
    edit(talk, "5", "12.01 700 тыс кено")
    assert (rows(talk), rows(talk, "purchases")) == ([("12", 700)], [("12", 600)])
    talk.tap("chances.keep")
    assert rows(talk, "purchases") == [("12", 700)]


def test_an_edit_of_a_correction_takes_the_correction_back() -> None:
    talk = say(say(person(), "5", "12.01 600 тыс кено"), "6", "не 600, а 700")
    assert rows(talk) == [("12", 700)]
    edit(talk, "6", "не 600, а 800")
    assert rows(talk) == [("12", 800)]


def test_an_edit_finds_its_lines_also_when_the_talk_has_gone_elsewhere() -> None:
    talk = say(person(), "5", "12.01 600 тыс кено").tap("chances.keep").tap("menu")
    edit(talk, "5", "12.01 700 тыс кено")
    assert rows(talk) == [("12", 700)]
    assert "700" in text(talk)


def test_an_edit_into_a_question_takes_the_purchase_back_and_answers() -> None:
    talk = edit(say(say(person(), "5", "12.01 600 тыс кено"), "6", "13.01 500 тыс кено"), "5", "кто платит налог?")
    assert rows(talk) == [("13", 500)]


def test_an_edit_that_changes_no_word_is_silent() -> None:
    talk = say(known(), "5", "кто платит налог?")
    assert talk.said
    assert not edit(talk, "5", "кто  платит налог? ").said
    assert edit(talk, "5", "когда подведут итоги?").said


def test_the_same_edit_twice_has_its_effect_once() -> None:
    talk = edit(say(person(), "5", "12.01 600 тыс кено"), "5", "12.01 700 тыс кено")
    assert not edit(talk, "5", "12.01 700 тыс кено").said
    assert rows(talk) == [("12", 700)]


def test_an_edit_of_a_message_of_long_ago_is_read_as_a_new_one() -> None:
    talk = say(known(), "5", "кто платит налог?")
    for number in range(6, 30):
        say(talk, str(number), "когда подведут итоги?")
    assert edit(talk, "5", "кто платит налог?").said
    assert len(talk.conversation.slots["messages"]) == 20  # type: ignore[arg-type]
