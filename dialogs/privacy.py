"""Forget me: everything that names the person goes, after one question back.

Leaves the deleting to the storage, in the same transaction as the farewell.
"""

from __future__ import annotations

from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Forgotten, Outcome, Scene, Turn


def forget(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """`forget` asks, `forget.yes` does it if it was asked just before, `forget.no` does not."""
    asked = turn.conversation.slots.get("forgetting") is True
    match words:
        case ("yes",) if asked:
            return turn.done(Outgoing((say("privacy.forgotten"),)), effects=(Forgotten(),))
        case ("no",):
            return turn.slots(forgetting=None).done(Outgoing((say("privacy.kept"),), (MENU,)))
    options = (Option("forget.yes", say("button.forget_yes")), Option("forget.no", say("button.forget_no")))
    return turn.slots(forgetting=True).done(Outgoing((say("privacy.sure"),), options))


SCENE = Scene("privacy", steps={"sure": lambda turn: forget(turn, ())}, options={"forget": forget})
