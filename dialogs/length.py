"""A long message that was read only in part is said to be, so that nobody takes the answer for one to all of it.

Not here: how much is read (see rules/scene.py, domain/spoken/). A list of purchases says itself from where on it was not read.
"""

from __future__ import annotations

from typing import Final

from dialogs.messages import say
from dialogs.rules.scene import READ
from dialogs.turn import Outcome, Turn, reply_of
from domain.spoken.polarity import LONGEST, MOST_WORDS

_READ_WHOLE: Final = ("purchases", "chances")
"""Replies to lists of purchases."""


def warn(turn: Turn, outcome: Outcome) -> Outcome:
    """The same with a word about the part that was not read, where there is one."""
    scene, text = turn.conversation.scene, turn.incoming.text
    checked = scene == "eligibility"
    whole = len(text) <= (LONGEST if checked else READ) and len(text.split()) <= MOST_WORDS
    listed = outcome.conversation.scene == "chances" or reply_of(outcome.effects).kind in _READ_WHOLE
    if not outcome.says or listed or whole:
        return outcome
    return outcome.headed(say("length.check" if checked else "length.question"))
