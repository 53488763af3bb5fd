"""Questions to the database off the hot path: a talk's history, what is unsent or unfinished, what was asked.

Not here: writing (see storage/turns/writer.py); every query goes by key or by a partial index, so that its cost does not grow with
history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, bindparam, select

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from storage.aad import aad_of_payload, read_event, read_state
from storage.keys.owners import farewell_opener, key_of_talk, opener
from storage.sealing import Seal, Sealer
from storage.tables import (
    Sending,
    conversations,
    inbox,
    outbox,
)
from storage.talks.parked import UNREADABLE
from storage.turns.types import file_jobs_of

log = structlog.get_logger(__name__)

HISTORY = 200
"""Messages of a talk that are shown at most."""
_EVENTS = (
    select(inbox.c.id, inbox.c.seq, inbox.c.received_at, inbox.c.event)
    .where(inbox.c.conversation == bindparam("key"), inbox.c.seq > bindparam("after"), inbox.c.event.is_not(None))
    .order_by(inbox.c.seq.desc())
    .limit(HISTORY)
)
_MESSAGES = (
    select(outbox.c.seq, outbox.c.created_at, outbox.c.payload, outbox.c.wipe)
    .where(outbox.c.conversation == bindparam("key"), outbox.c.seq > bindparam("after"))
    .where(outbox.c.status != int(Sending.CANCELLED), outbox.c.channel.not_like(file_jobs_of("%")))
    .order_by(outbox.c.seq.desc())
    .limit(HISTORY)
)
_NUMBERS = select(conversations.c.key, conversations.c.seq).where(
    conversations.c.key.in_(bindparam("keys", expanding=True))
)
_STATE = select(conversations.c.state, conversations.c.seq, conversations.c.data_key).where(
    conversations.c.key == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a talk: an Incoming of the person, or the payload of a message of ours. `at` is ms UTC."""

    seq: int
    at: int
    incoming: Incoming | None
    payload: bytes | None


def history(connection: Connection, seal: Seal, key: bytes, after: int = 0) -> list[Said]:
    """The newest entries after a number, oldest first. What was damaged is left out: the rest of the talk can still be read."""
    said: list[Said] = []
    sealer: Sealer = seal
    with _damage_told():
        sealer = key_of_talk(connection, seal, key)
    place = {"key": key, "after": after}
    for row in connection.execute(_EVENTS, place):
        with _damage_told():
            said.append(Said(row.seq, row.received_at, read_event(sealer, row.id, row.event), None))
    for one in connection.execute(_MESSAGES, place):
        with _damage_told():
            whose = farewell_opener(connection, seal, key) if one.wipe else sealer
            said.append(Said(one.seq, one.created_at, None, whose.open(one.payload, aad_of_payload(key, one.seq))))
    return sorted(said, key=lambda entry: entry.seq)[-HISTORY:]


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        log.error("entry_not_read", error=type(error).__name__)


def last_numbers(connection: Connection, keys: Sequence[bytes]) -> dict[bytes, int]:
    """The number of the last entry of each of these talks: it changes whenever something is said. A talk that nobody remembers has none."""
    return {row.key: row.seq for row in connection.execute(_NUMBERS, {"keys": keys})}


def talk(connection: Connection, seal: Seal, key: bytes) -> Conversation | None:
    """The state of a conversation as it is kept now."""
    row = connection.execute(_STATE, {"key": key}).one_or_none()
    return None if row is None else read_state(opener(seal, row.data_key, key), key, row.seq, row.state)
