"""Drops what is finished and old, walking the tables by key a slice at a time.

Leaves when to walk to the program. A slice is a bounded piece of work whatever the history: no index on time has to be kept with every
message, and no turn waits behind a scan.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, tuple_

from storage.tables import Arrived, Sending, inbox, outbox

SLICE = 500
Place = tuple[bytes, int]


def sweep_events(connection: Connection, before: int, after: bytes = b"", batch: int = SLICE) -> bytes | None:
    """Drops, of the next events by key, the finished ones that arrived before (ms UTC); the key to go on after, None at the end."""
    seen = select(inbox.c.id, inbox.c.status, inbox.c.received_at).where(inbox.c.id > after).order_by(inbox.c.id)
    rows = connection.execute(seen.limit(batch)).all()
    old = [row.id for row in rows if row.status == Arrived.DONE and row.received_at < before]
    if old:
        connection.execute(delete(inbox).where(inbox.c.id.in_(old)))
    return rows[-1].id if len(rows) == batch else None


def sweep_messages(
    connection: Connection, before: int, farewells: int, after: Place = (b"", 0), batch: int = SLICE
) -> Place | None:
    """The same for messages that need no more sending; `farewells` (ms UTC) is the border for last words to people who asked to be
    forgotten. After `sweep_events` with the same border: an event that a message names is found by it when its person is forgotten."""
    place = tuple_(outbox.c.conversation, outbox.c.seq)
    seen = select(outbox.c.conversation, outbox.c.seq, outbox.c.status, outbox.c.created_at, outbox.c.wipe)
    rows = connection.execute(
        seen.where(place > after).order_by(outbox.c.conversation, outbox.c.seq).limit(batch)
    ).all()
    old = [
        (row.conversation, row.seq)
        for row in rows
        if row.status >= Sending.SENT and row.created_at < (farewells if row.wipe else before)
    ]
    if old:
        connection.execute(delete(outbox).where(place.in_(old)))
    return (rows[-1].conversation, rows[-1].seq) if len(rows) == batch else None
