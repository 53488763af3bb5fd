"""A person is asked for: the talk waits, the bot goes on answering and says that nobody has come yet.

Not here: taking the talk over (the desk). While a person holds the talk the router lets nothing of ours out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from msgspec.structs import replace as replace_struct

from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, say
from dialogs.rules import scene as rules
from dialogs.turn import Audited, Entry, Outcome, Scene, Turn

BOT = Option("bot", say("button.bot"))
REPEAT_AFTER = timedelta(minutes=1)
"""How long after the last "still waiting" it is said again: a person types in several lines."""


def call(turn: Turn) -> Outcome:
    if turn.conversation.handoff is not None:
        return turn.done(Outgoing((say("support.called"),), (BOT,))).replied("person")
    turn = turn.waiting().slots(waited=turn.now.isoformat())
    return turn.done(Outgoing((say("support.called"),), (BOT,)), effects=(Audited("person_called"),)).replied("person")


def again(turn: Turn) -> Outcome | None:
    """Where the talk waits for a person: that it does, in the language just chosen. None where it does not."""
    return turn.done(Outgoing((say("support.called"),), (BOT,))) if turn.conversation.handoff is not None else None


def still_waiting(before: Turn, outcome: Outcome) -> Outcome:
    """The reply with a line that nobody has come yet, once a minute, where the talk waited `before` and still does."""
    conversation = outcome.conversation
    if before.conversation.handoff is None or conversation.handoff is None or not outcome.says:
        return outcome
    told = conversation.slots.get("waited")
    # ahead of now it is of a clock that was set back
    if isinstance(told, str) and abs(before.now - datetime.fromisoformat(told)) < REPEAT_AFTER:
        return outcome
    *others, last = outcome.says
    options = last.options if any(option.id == "bot" for option in last.options) else (*last.options, BOT)
    last = replace(last, parts=(*last.parts, say("support.waiting")), options=options)
    slots = {**conversation.slots, "waited": before.now.isoformat()}
    return replace(outcome, conversation=replace_struct(conversation, slots=slots), says=(*others, last))


def back(turn: Turn) -> Turn:
    """The talk is the bot's again; where it was, nothing changes."""
    if turn.conversation.handoff is None:
        return turn
    return turn.with_(handoff=None).slots(waited=None)


def to_bot(turn: Turn) -> Outcome:
    was_waiting = turn.conversation.handoff is not None
    effects = (Audited("back_to_bot"),) if was_waiting else ()
    return back(turn).done(Outgoing((say("support.back"),), (MENU,)), effects=effects)


SCENE = Scene(
    "support",
    steps={"waiting": rules.ask},
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
