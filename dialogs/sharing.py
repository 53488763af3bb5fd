"""The button that shares a phone stands in place of the keyboard: the first answer after it takes it away again.

Not here: asking for the phone (see listed.py). A message has room for one keyboard, so a word goes before an answer that has buttons.
"""

from __future__ import annotations

from dataclasses import replace as replace_fields
from typing import Final

from msgspec.structs import replace

from dialogs.messages import Incoming, Outgoing, say
from dialogs.turn import Outcome, Turn

_SLOT: Final = "sharing"


def closed(before: Turn, outcome: Outcome) -> Outcome:
    """The outcome with the button gone, where it was shown before and is not asked for again."""
    if not outcome.says:
        return outcome
    asks = any(outgoing.ask_contact for outgoing in outcome.says)
    slots = outcome.conversation.slots
    if asks:
        kept = replace(outcome.conversation, slots={**slots, _SLOT: True})
        return replace_fields(outcome, conversation=kept)
    if not before.conversation.slots.get(_SLOT):
        return outcome
    kept = replace(outcome.conversation, slots={name: value for name, value in slots.items() if name != _SLOT})
    first, *others = outcome.says
    return replace_fields(outcome, conversation=kept, says=(replace_fields(first, drops_contact=True), *others))


def parting(incoming: Incoming) -> Outgoing:
    """The word that takes the button away where the answer's own message has buttons of its own."""
    word = "sharing.thanks" if incoming.contact is not None and incoming.contact.own else "sharing.closed"
    return Outgoing((say(word),), drops_contact=True)
