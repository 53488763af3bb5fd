"""A person who sends too much too fast."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs.conversation import Conversation, Handoff
from dialogs.messages import Incoming, Kind
from dialogs.router import respond
from dialogs.turn import Outcome, Turn
from domain.pace import Pace
from tests.dialogs.library import NOW, TwoPromotions

PATIENCE = Pace(3000, 30)
"""Twenty a minute, thirty at once."""
KNOWN = Conversation("person", "test", "address", "kk", True, "seriktes", "rules", "ask")


class Chatter:
    """Says the same again and again; `at` is seconds from the start."""

    def __init__(self, talk: Conversation = KNOWN) -> None:
        self.talk, self.library, self.turns = talk, TwoPromotions(), 0

    def say(self, at: float, kind: Kind = "text") -> Outcome:
        self.turns += 1
        now = NOW + timedelta(seconds=at)
        incoming = Incoming(
            str(self.turns), "test", "address", now, kind, "сәлем", "menu" if kind == "option" else None
        )
        outcome = respond(Turn(incoming, self.talk, self.library, now, "token", flood_limit=PATIENCE))
        self.talk = outcome.conversation
        return outcome

    def heard(self, at: float) -> list[str]:
        return [part.key for outgoing in self.say(at).says for part in outgoing.parts]


def test_who_writes_as_people_write_is_always_answered() -> None:
    chatter = Chatter()
    assert all("crowding.notice" not in chatter.heard(second) for second in range(0, 400, 4))


def test_a_quick_walk_through_buttons_is_no_flood() -> None:
    chatter = Chatter()
    assert all(chatter.say(tap / 2, "option").says for tap in range(30))


def test_a_flood_is_told_so_once_and_then_met_with_silence() -> None:
    chatter = Chatter()
    said = [key for number in range(1000) for key in chatter.heard(number / 100)]
    assert said.count("crowding.notice") == 1
    assert said[-1] == "crowding.notice"


def test_who_does_not_slow_down_is_not_told_again_and_not_heard_again() -> None:
    chatter = Chatter()
    said = [chatter.heard(number / 5) for number in range(3000)]
    assert sum(keys == ["crowding.notice"] for keys in said) == 1
    assert said[1000:] == [[]] * 2000


def test_who_slows_down_is_answered_again_within_a_minute() -> None:
    chatter = Chatter()
    for number in range(500):
        chatter.say(number / 100)
    assert chatter.heard(65) not in ([], ["crowding.notice"])


def test_a_second_flood_is_told_so_again() -> None:
    chatter = Chatter()
    said = [key for start in (0, 600) for number in range(200) for key in chatter.heard(start + number / 100)]
    assert said.count("crowding.notice") == 2


def test_the_talk_stays_where_it_was_while_nothing_is_answered() -> None:
    chatter = Chatter()
    for number in range(31):
        chatter.say(number / 100)
    told = chatter.talk
    for number in range(31, 200):
        chatter.say(number / 100)
    assert replace(chatter.talk, paced_at=told.paced_at) == told


def test_somebody_whose_language_is_not_known_is_told_in_both() -> None:
    chatter = Chatter(replace(KNOWN, language=None, chosen=False))
    outcomes = [chatter.say(number / 100) for number in range(100)]
    (notice,) = [one for outcome in outcomes for one in outcome.says if one.parts[0].key == "crowding.notice"]
    assert notice.both


def test_while_a_person_holds_the_talk_the_bot_does_not_scold() -> None:
    chatter = Chatter(replace(KNOWN, handoff=Handoff(NOW, "agent")))
    assert all(chatter.say(number / 100).says == () for number in range(100))


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    for back in (40, 100, 400, 7200):
        chatter = Chatter()
        for number in range(25):
            chatter.say(7200 + number / 100)
        assert chatter.heard(7200 - back) not in ([], ["crowding.notice"]), back


def test_who_was_met_with_silence_is_heard_again_once_the_clock_was_set_back() -> None:
    chatter = Chatter()
    for number in range(100):
        chatter.say(7200 + number / 100)
    assert chatter.heard(0) not in ([], ["crowding.notice"])


def test_two_machines_whose_clocks_differ_take_nobody_for_a_flood() -> None:
    chatter = Chatter()
    for at in range(0, 300, 3):
        assert chatter.heard(at + (7200 if at % 2 else 0)) not in ([], ["crowding.notice"])


@given(st.lists(st.floats(0, 20), min_size=1, max_size=120))
def test_however_somebody_writes_no_more_is_answered_than_the_figures_allow(gaps: list[float]) -> None:
    chatter, at, answered = Chatter(), 0.0, 0
    for gap in gaps:
        at += gap
        answered += chatter.heard(at) not in ([], ["crowding.notice"])
    assert answered <= PATIENCE.burst + at * 1000 / PATIENCE.gap + 1
