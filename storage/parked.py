"""Events that failed three times: finding them again, looking at one, giving one another chance.

Leaves parking them to `group` and trying them again to a running program, or the next (`reading.unfinished`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, select, update

from dialogs.messages import Incoming
from storage.places import read_event
from storage.presence import tell
from storage.sealing import Seal
from storage.tables import Arrived, inbox

_PARKED = inbox.c.status > 0, inbox.c.status == int(Arrived.PARKED)
"""The first condition is that of the partial index."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked event. `incoming` is None where the person asked to be forgotten since. `received_at` is ms UTC."""

    id: str
    received_at: int
    attempts: int
    error: str
    incoming: Incoming | None


def list_parked(connection: Connection, seal: Seal, limit: int = 100) -> list[Parked]:
    """The oldest first. Raises SealBroken."""
    query = select(inbox).where(*_PARKED).order_by(inbox.c.received_at).limit(limit)
    return [_read(seal, row) for row in connection.execute(query)]


def find_parked(connection: Connection, seal: Seal, start: str) -> list[Parked]:
    """The parked events whose id begins like that. Raises SealBroken."""
    return [parked for parked in list_parked(connection, seal, 10_000) if parked.id.startswith(start.lower())]


def replay(connection: Connection, id: str) -> bool:
    """Lets an event be tried again, soon or at the next start; False if it is not parked any more. One more failure parks it again."""
    again = (
        update(inbox)
        .where(inbox.c.id == bytes.fromhex(id), inbox.c.status == int(Arrived.PARKED), inbox.c.event.is_not(None))
        .values(status=int(Arrived.FAILED))
    )
    found = connection.execute(again).rowcount == 1
    tell(connection, "look")
    return found


def _read(seal: Seal, row: Row[tuple[object, ...]]) -> Parked:
    incoming = read_event(seal, row.id, row.event) if row.event is not None else None
    return Parked(row.id.hex(), row.received_at, row.attempts, row.error or "", incoming)
