"""A message that was edited: an edit that changes nothing is silent, one of purchases takes back what the message had told before.

Not here: reading the text (see dialogs/chances/draft.py). Remembered are the last messages with an id that the channel gave, as a hash,
and the purchases that each of them changed.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from dialogs.conversation import Conversation, Json
from dialogs.turn import Outcome, Turn

REMEMBERED: Final = 20
"""Messages of a talk whose edits are known again; an older one is read as a new message."""
_SLOT: Final = "messages"


def is_unchanged(turn: Turn) -> bool:
    """Whether an edit says what the message has said before: a preview of a link, a reaction of ours to it, or a space."""
    known = _known(turn.conversation, turn.incoming.message)
    return turn.incoming.kind == "edited" and known is not None and known["text"] == _print(turn.incoming.text)


def undone(turn: Turn) -> Turn:
    """The turn without what the edited message had told of purchases; where they stand confirmed, they wait for a word anew."""
    known = _known(turn.conversation, turn.incoming.message)
    if turn.incoming.kind != "edited" or known is None or not (known.get("came") or known.get("went")):
        return turn
    rows, place = list(_rows(turn.conversation)), None
    for row in known.get("came", ()):
        if row in rows:
            at = rows.index(row)
            place = at if place is None else min(place, at)
            del rows[at]
    rows[len(rows) if place is None else place : 0] = known.get("went", ())
    return turn.slots(draft=rows or None, pending=None, added=None)


def had_purchases(turn: Turn) -> bool:
    """Whether the edited message had told purchases."""
    known = _known(turn.conversation, turn.incoming.message)
    return turn.incoming.kind == "edited" and known is not None and bool(known.get("came"))


def had_answered(turn: Turn) -> bool:
    """Whether the edited message has answered a question of a check, which has gone on since."""
    known = _known(turn.conversation, turn.incoming.message)
    return turn.incoming.kind == "edited" and known is not None and bool(known.get("answer"))


def remembered(before: Turn, outcome: Outcome) -> Outcome:
    """The outcome with the message of the turn in memory."""
    id, after = before.incoming.message, outcome.conversation
    if id is None or before.incoming.kind not in ("text", "edited", "option") or not before.incoming.text:
        return outcome
    had, has = _rows(before.conversation), _rows(after)
    entry: dict[str, Any] = {"id": id, "text": _print(before.incoming.text)}
    if before.incoming.kind == "edited" and (known := _known(before.conversation, id)) is not None:
        entry = {**known, **entry}
        had = _rows(undone(before).conversation)
    if had != has or "came" in entry:
        entry |= {"came": _less(has, had), "went": _less(had, has)}
    if before.conversation.slots.get("check") != after.slots.get("check") and before.conversation.slots.get("check"):
        entry["answer"] = True
    others = [each for each in _messages(after) if each.get("id") != id]
    slots: dict[str, Json] = {**after.slots, _SLOT: [*others, entry][-REMEMBERED:]}
    return Outcome(replace(after, slots=slots), outcome.says, outcome.effects)


def _rows(conversation: Conversation) -> Sequence[Any]:
    rows = conversation.slots.get("draft") or conversation.slots.get("purchases")
    return rows if isinstance(rows, list) else []


def _less(rows: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """The rows that do not stand among the others, as often as they stand more."""
    left = list(others)
    found = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _messages(conversation: Conversation) -> list[Mapping[str, Any]]:
    found = conversation.slots.get(_SLOT)
    return found if isinstance(found, list) else []


def _known(conversation: Conversation, id: str | None) -> dict[str, Any] | None:
    if id is None:
        return None
    return next((dict(each) for each in _messages(conversation) if each.get("id") == id), None)


def _print(text: str) -> str:
    said = " ".join(text.split()).encode()
    return f"{len(said):x}.{zlib.crc32(said):x}"
