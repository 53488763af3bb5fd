"""Who is asked for money, a card or a code in the promotion's name is warned before anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.turn import Library
from domain.points import Point, SafetyPoints
from tests.dialogs.checking import asked
from tests.dialogs.library import ALFA, BETA, TwoPromotions, both
from tests.dialogs.talk import Talk, known

FRAUDS = {
    "просят код из смс": "code",
    "просят оплатить доставку": "money",
    "я перевела деньги": "paid",
    "это вы звонили?": "isyou",
    "хотят номер карты": "card",
    "прислали ссылку": "link",
    "просят показать экран": "remote",
}


def library() -> Library:
    """Альфа with the three points that a warning quotes."""
    points = tuple(
        Point(id, (number,), both(f"{id} kk.", f"{id} ru."), both(id, id))
        for id, number in (("told", "4"), ("costs", "3"), ("receive", "2"))
    )
    alfa = replace(ALFA, points=points, safety=SafetyPoints("told", "costs", "receive"))
    return TwoPromotions({"alfa": alfa, "beta": BETA})


def told(text: str, **more: object) -> Talk:
    talk = known("ru", **more)  # type: ignore[arg-type]
    talk.library = library()
    return talk.say(text)


@pytest.mark.parametrize(("text", "kind"), FRAUDS.items())
def test_every_kind_of_fraud_gets_its_own_first_line_and_the_same_rest(text: str, kind: str) -> None:
    talk = told(text)
    assert talk.reply.kind == "safety"
    assert [key for key in talk.keys if key.startswith("safety.")][:2] == ["safety.warning", f"safety.{kind}"]
    assert {"safety.told", "safety.costs", "safety.contacts", "safety.person", "fact.contact"} <= set(talk.keys)
    assert ("safety.gone" in talk.keys) == (kind != "paid")
    assert talk.ids[0] == "person"


def test_what_the_rules_say_stands_with_its_clauses_and_money_first_where_money_is_asked_for() -> None:
    assert told("просят код из смс").reply.clauses == ("4", "2", "3")
    assert told("просят оплатить доставку").reply.clauses == ("3", "4", "2")
    assert told("я перевела деньги").keys.count("reply.stated") == 3


def test_a_person_is_offered_and_only_called_by_a_yes() -> None:
    talk = told("просят код из смс")
    assert talk.conversation.handoff is None
    assert talk.say("ага, да").conversation.handoff is not None


def test_a_yes_to_something_else_calls_nobody() -> None:
    talk = told("просят код из смс").say("налог").say("ага, да")
    assert (talk.conversation.handoff, talk.keys[0]) == (None, "small.yes")


def test_the_warning_comes_in_the_language_of_the_text() -> None:
    assert told("менен кодты сұрап жатыр").language == "kk"


def test_without_a_promotion_what_holds_everywhere_is_said() -> None:
    talk = told("просят код из смс", promotion=None)
    assert talk.reply.kind == "safety"
    assert "safety.contacts" not in talk.keys


def test_in_the_middle_of_a_check_the_warning_comes_first_and_the_question_again() -> None:
    talk = asked("seriktes", "draw").say("просят код из смс")
    assert talk.keys[0] in ("lines", "safety.warning")
    assert talk.reply.kind == "safety"
    assert talk.said[-1].parts[-1].key == "check.ask"
    assert talk.conversation.scene == "eligibility"


def test_the_very_first_words_may_be_about_fraud() -> None:
    talk = Talk(library=library()).say("просят код из смс")
    assert talk.reply.kind == "safety"
