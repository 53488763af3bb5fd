"""A person is asked for: the talk waits, honestly, and goes back to the bot whenever the participant wants.

Leaves taking the talk over to the desk. While a person holds the talk the router lets nothing of ours out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Audited, Entry, Outcome, Scene, Turn

BOT = Option("bot", say("button.bot"))
REPEAT_AFTER = timedelta(minutes=1)
"""How long after the last "still waiting" the next message is kept without a word: a person types in several lines."""


def call(turn: Turn) -> Outcome:
    if turn.conversation.handoff is not None:
        return waiting(turn)
    turn = turn.waiting().at("support", "waiting").slots(waited=turn.now.isoformat())
    called = turn.done(Outgoing((say("support.called"),), (BOT,)), effects=(Audited("person_called"),))
    return called.replied("person", function="person")


def again(turn: Turn) -> Outcome | None:
    """Where the talk waits for a person: that it does, in the language just chosen. None where it does not."""
    return turn.done(Outgoing((say("support.called"),), (BOT,))) if turn.conversation.handoff is not None else None


def waiting(turn: Turn) -> Outcome:
    """What is written meanwhile is kept for the person; once a minute we say that nobody has come yet."""
    told = turn.conversation.slots.get("waited")
    if (
        isinstance(told, str)
        and abs(turn.now - datetime.fromisoformat(told))
        < REPEAT_AFTER  # ahead of now it is of a clock that was set back
        and turn.conversation.slots.get("kept")
    ):
        return turn.done()
    turn = turn.slots(waited=turn.now.isoformat(), kept=True)
    return turn.done(Outgoing((say("support.waiting"),), (BOT,))).replied("small")


def back(turn: Turn) -> Turn:
    """The talk is the bot's again; where it was, nothing changes."""
    if turn.conversation.handoff is None:
        return turn
    return turn.with_(handoff=None).slots(waited=None, kept=None).at("rules", "ask")


def to_bot(turn: Turn) -> Outcome:
    was_waiting = turn.conversation.handoff is not None
    effects = (Audited("back_to_bot"),) if was_waiting else ()
    return back(turn).done(Outgoing((say("support.back"),), (MENU,)), effects=effects)


SCENE = Scene(
    "support",
    steps={"waiting": waiting},
    options={},
    plain={"person": call, "bot": to_bot},
    entries=(
        Entry(
            "person",
            say("button.person"),
            say("hint.person"),
            words="оператор, человек, адам, person, operator, живой человек, менеджер, позвать человека, "
            "адаммен сөйлесу, операторға қосыңыз, соедините с оператором, адам керек, оператор керек, "
            "нужен оператор",
            command="person",
            rank=80,
        ),
        Entry("bot", words="бот, bot, /bot, вернуться к боту, ботқа қайту"),
    ),
)
