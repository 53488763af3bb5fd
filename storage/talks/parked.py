"""Events that failed three times: finding them again, looking at one, giving one another chance.

Leaves parking them to `group` and trying them again to a running program, or the next (`reading.unfinished`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import structlog
from sqlalchemy import Connection, Row, func, not_, select, tuple_, update

from dialogs.messages import Incoming
from storage.aad import read_event
from storage.keys.owners import opener
from storage.processes.presence import notify
from storage.sealing import Seal, SealBroken
from storage.tables import (
    Arrived,
    conversations,
    inbox,
)
from storage.turns.types import Arrival

log = structlog.get_logger(__name__)

UNREADABLE = (SealBroken, msgspec.DecodeError)
"""What reading a damaged event raises, or one that another version wrote in another shape."""
_PARKED = inbox.c.status > 0, inbox.c.status == int(Arrived.PARKED)
"""The first condition is that of the partial index."""
_EVENTS = select(inbox, conversations.c.data_key).outerjoin_from(
    inbox, conversations, conversations.c.key == inbox.c.conversation
)
_ORDER = inbox.c.received_at, inbox.c.id
_DIGITS = 32
"""Of an id, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked event. `incoming` is None where it is `damaged` (its bytes can't be read now), or where the person asked to be forgotten
    since. `received_at` is ms UTC."""

    id: str
    received_at: int
    attempts: int
    error: str
    incoming: Incoming | None
    damaged: bool = False


def list_parked(connection: Connection, seal: Seal, limit: int = 100, after: Parked | None = None) -> list[Parked]:
    """The oldest first, or those that follow that one. A damaged one stands in its place like any other."""
    query = _EVENTS.where(*_PARKED).order_by(*_ORDER).limit(limit)
    if after is not None:
        query = query.where(tuple_(*_ORDER) > (after.received_at, bytes.fromhex(after.id)))
    return [_read(seal, row) for row in connection.execute(query)]


def count_parked(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(inbox).where(*_PARKED)).scalar_one()


def find_parked(connection: Connection, seal: Seal, start: str, limit: int = 2) -> list[Parked]:
    """Parked events whose id begins like that; what is no beginning of an id finds nothing."""
    try:
        least, most = (bytes.fromhex(start.ljust(_DIGITS, digit)) for digit in "0f")
    except ValueError:
        return []
    query = _EVENTS.where(*_PARKED, inbox.c.id.between(least, most)).order_by(inbox.c.id).limit(limit)
    return [_read(seal, row) for row in connection.execute(query)]


def replay(connection: Connection, id: str) -> bool:
    """Lets an event be tried again, soon or at the next start; False if it is not parked any more. One more failure parks it again."""
    again = (
        update(inbox)
        .where(inbox.c.id == bytes.fromhex(id), inbox.c.status == int(Arrived.PARKED), inbox.c.event.is_not(None))
        .values(status=int(Arrived.FAILED))
    )
    found = connection.execute(again).rowcount == 1
    notify(connection, "look")
    return found


def park_unreadable(connection: Connection, id: bytes, error: Exception) -> None:
    """A failed event that can't be read can't be tried either: somebody must see it. Said once, where the next look finds it parked."""
    log.error("event_not_read", error=type(error).__name__)
    this = inbox.c.id == id, inbox.c.status == int(Arrived.FAILED)
    end = {"status": int(Arrived.PARKED), "error": f"cannot be read: {type(error).__name__}"}
    connection.execute(update(inbox).where(*this).values(end))


def _read(seal: Seal, row: Row[tuple[object, ...]]) -> Parked:
    incoming, damaged = None, False
    try:
        if row.event is not None:
            incoming = read_event(opener(seal, row.data_key, row.conversation), row.id, row.event)
    except UNREADABLE:
        damaged = True
    return Parked(row.id.hex(), row.received_at, row.attempts, row.error or "", incoming, damaged)


UNFINISHED = 500
"""Failed events that are tried again at a time."""


YOUNG_MS = 15_000
"""ms after its arrival in which an event is tried again by the process that it came to."""


def unfinished(
    connection: Connection, seal: Seal, now: int | None = None, parked: Callable[[], None] = lambda: None
) -> list[Arrival]:
    """Events that failed and are to be tried again. With `now` (ms) only those that did not arrive just before: they are in somebody's
    hands. One that arrived after now is of a clock that was set back since, or of another machine's. What cannot be read is parked,
    and `parked` called."""
    query = _EVENTS.where(inbox.c.status > 0, inbox.c.status == int(Arrived.FAILED)).order_by(inbox.c.received_at)
    if now is not None:
        query = query.where(not_(inbox.c.received_at.between(now - YOUNG_MS, now)))
    found = []
    for row in connection.execute(query.limit(UNFINISHED)).all():
        if row.event is None or row.conversation is None:
            continue
        try:
            event = read_event(opener(seal, row.data_key, row.conversation), row.id, row.event)
        except UNREADABLE as error:  # the others are not to wait for it
            park_unreadable(connection, row.id, error)
            parked()
            continue
        found.append(Arrival(row.id, row.conversation, event, row.received_at, attempt=row.attempts))
    return found
