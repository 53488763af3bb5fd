"""👍 and 👎 count under the person's own answers, and only there."""

from __future__ import annotations

import pytest

from dialogs.rules.answers import REMEMBERED
from dialogs.turn import QuestionAsked, Voted
from tests.dialogs.talk import Talk, known


def token(talk: Talk) -> str:
    return next(effect.token for effect in talk.effects if isinstance(effect, QuestionAsked))


@pytest.mark.parametrize("vote", ["up", "down"])
def test_a_vote_is_tied_to_the_question_it_is_about(vote: str) -> None:
    talk = known().say("налог")
    asked = token(talk)
    talk.press(f"vote.{vote}")
    assert talk.effects == (Voted(asked, vote),)  # type: ignore[arg-type]


def test_a_thumb_up_is_thanked_for_and_the_menu_is_near() -> None:
    talk = known().say("налог").press("vote.up")
    assert talk.keys == ["rules.liked"]
    assert talk.ids == ["menu"]


def test_a_thumb_down_leads_on_to_neighbouring_clauses_the_rules_and_a_person() -> None:
    talk = known().say("кто?").press("vote.down")
    assert talk.ids == ["clause.alfa.0", "clause.alfa.2", "rules", "person", "menu"]


def test_somebody_may_change_their_mind_and_tap_twice() -> None:
    talk = known().say("налог")
    asked = token(talk)
    for vote in ("up", "up", "down"):
        assert talk.tap(f"vote.{vote}.alfa.2").effects == (Voted(asked, vote),)


def test_under_an_answer_given_to_somebody_else_a_vote_is_out_of_date() -> None:
    talk = known().tap("vote.up.alfa.2")
    assert (talk.keys, talk.effects) == (["start.out_of_date"], ())


def test_a_vote_under_an_answer_long_ago_is_out_of_date() -> None:
    newer = {f"alfa.9{at}": f"token {at}" for at in range(REMEMBERED - 1)}
    talk = known(slots={"asked": {"alfa.2": "the oldest", **newer}})
    assert talk.say("кто?").tap("vote.up.alfa.2").keys == ["start.out_of_date"]
    assert talk.tap("vote.up.alfa.1").keys == ["rules.liked"]


def test_a_clause_read_in_its_section_was_not_asked_for_and_takes_no_vote() -> None:
    talk = known().tap("clause.alfa.2")
    assert not [id for id in talk.ids if id.startswith("vote")]


def test_after_did_you_mean_the_vote_goes_to_the_question() -> None:
    talk = known().say("приз")
    asked = token(talk)
    assert talk.press("clause.alfa.3").press("vote.up").effects == (Voted(asked, "up"),)


@pytest.mark.parametrize(
    "id",
    [
        "vote",
        "vote.up",
        "vote.sideways.alfa.2",
        "vote.up.alfa",
        "vote.up.alfa.99",
        "vote.up.alfa.-1",
        "vote.up.gamma.1",
    ],
)
def test_a_made_up_vote_counts_for_nothing(id: str) -> None:
    talk = known().say("налог").tap(id)
    assert (talk.keys, talk.effects) == (["start.out_of_date"], ())
