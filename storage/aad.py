"""By what a row is known, and where a sealed value lies: its place is bound into the seal, so that a value moved to another row does
not open.

Not here: sealing (see sealing.py); the rows (see dialogs/files.py).
"""

from __future__ import annotations

import msgspec

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from storage.sealing import Seal

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


def aad_of_state(key: bytes) -> bytes:
    return b"conversations" + key


def aad_of_payload(key: bytes, seq: int) -> bytes:
    return b"outbox" + key + seq.to_bytes(8, "big")


def aad_of_question(token: str) -> bytes:
    return b"questions" + token.encode()


def read_event(seal: Seal, event_id: bytes, sealed: bytes) -> Incoming:
    return _read_event(seal.open(sealed, aad_of_event(event_id)))


def read_state(seal: Seal, key: bytes, sealed: bytes) -> Conversation:
    return _read_state(seal.open(sealed, aad_of_state(key)))
