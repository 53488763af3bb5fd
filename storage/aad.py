"""By what a row is known, and where a sealed value lies: its place is bound into the seal, so that a value moved to another row does
not open.

Not here: sealing (see sealing.py); the rows (see dialogs/files.py).
"""

from __future__ import annotations

import msgspec

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from storage.sealing import OLD, Seal, Sealer

_read_state = msgspec.json.Decoder(Conversation).decode
_read_event = msgspec.json.Decoder(Incoming).decode

ASCENDING_DIGITS = 12
"""Of a provider's number that counts up: Telegram's have nine or ten."""


def event_id(seal: Seal, channel: str, id: str) -> bytes:
    """What an event is known by: a keyed hash. Of numbers that rise, as Telegram's do, the upper bits go first: new events then
    stand side by side in the index of all that were ever seen, and few of its pages are written to however many those are."""
    known_by = seal.digest("event", channel, id)
    if len(id) > ASCENDING_DIGITS or not id.isdecimal():
        return known_by
    return (int(id) >> 8 & 0xFFFFFFFF).to_bytes(4, "big") + known_by[4:]


def aad_of_event(event: bytes) -> bytes:
    return b"inbox" + event


def aad_of_state(key: bytes, seq: int) -> bytes:
    """With the number that the row has with it: a state that was kept before is out of its place."""
    return b"conversations" + key + seq.to_bytes(8, "big")


def aad_of_payload(key: bytes, seq: int) -> bytes:
    return b"outbox" + key + seq.to_bytes(8, "big")


def aad_of_question(token: str) -> bytes:
    return b"questions" + token.encode()


def read_event(sealer: Sealer, event_id: bytes, sealed: bytes) -> Incoming:
    return _read_event(sealer.open(sealed, aad_of_event(event_id)))


def read_state(sealer: Sealer, key: bytes, seq: int, sealed: bytes) -> Conversation | None:
    """None where nothing has been decided yet: the row only keeps a data key."""
    return _read_state(open_state(sealer, key, seq, sealed)) if sealed else None


def open_state(sealer: Sealer, key: bytes, seq: int, sealed: bytes) -> bytes:
    """The version of a row was not bound into the seal before there were data keys."""
    return sealer.open(sealed, b"conversations" + key if sealed.startswith(OLD) else aad_of_state(key, seq))
