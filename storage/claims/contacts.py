"""Attempts to reach a winner: written down when they are made, closed with the provider's last word, a task where none arrived.

Not here: saying anything (see the dialogs); showing the log (see logbook.py). The outbox forgets its rows one day; the attempt keeps what
became of its message.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from storage.claims.keeping import KeptClaim, bytes_of, milliseconds, moment_of, next_number, seal_detail
from storage.claims.reminders import add_task
from storage.claims.tables import claim_contacts, claims
from storage.tables import Sending, outbox

DELIVERED, READ, FAILED = 4, 5, 6
"""Ranks of a provider's statuses, as `outbox.delivery` holds them."""
STATUSES: Final = {1: "accepted", 2: "sending", 3: "sent", DELIVERED: "delivered", READ: "read", FAILED: "failed"}
FINAL_AFTER: Final = timedelta(days=3)
"""What a provider has said of a message until then is kept as its last word."""
_LEFT: Final = (int(Sending.SENT), int(Sending.REPEATED))
_NOT_LEFT: Final = (int(Sending.REFUSED), int(Sending.CANCELLED))


def note_contact(
    connection: Connection,
    kept: KeptClaim,
    at: datetime,
    channel: str,
    kind: str,
    message: int | None = None,
    status: str = "",
    by: str = "",
    note: str = "",
) -> None:
    """An attempt to reach the winner. Where a message of ours is meant, what became of it stands in the outbox."""
    id, table = bytes_of(kept.claim.id), claim_contacts
    number = next_number(connection, table, id)
    detail = seal_detail(kept.key, table, id, by, note, number)
    row = {"claim": id, "number": number, "at": milliseconds(at), "channel": channel, "kind": kind, "message": message}
    connection.execute(insert(table).values(**row, status=status, detail=detail))


def close_contacts(connection: Connection, now: int, limit: int = 500) -> int:
    """Keeps the last word on messages that have one; of one that did not arrive, calling is a person's task. `now` is ms UTC."""
    table = claim_contacts
    old = table.c.at < now - int(FINAL_AFTER.total_seconds() * 1000)
    silent = and_(outbox.c.channel != "whatsapp", outbox.c.status.in_(_LEFT))  # who took it says no more of it
    ended = or_(outbox.c.status.in_(_NOT_LEFT), outbox.c.delivery >= DELIVERED, silent, old)
    query = (
        select(table.c.claim, table.c.number, outbox.c.status, outbox.c.delivery)
        .join(claims, claims.c.id == table.c.claim)
        .outerjoin(outbox, _message())
        .where(table.c.status == "", ended)
    )
    rows = connection.execute(query.limit(limit)).all()
    for row in rows:
        word = status_of(row.status, row.delivery) if row.status is not None else "unknown"
        this = table.c.claim == row.claim, table.c.number == row.number
        connection.execute(update(table).where(*this).values(status=word))
        if word in ("failed", "refused", "cancelled"):
            add_task(connection, uuid.UUID(bytes=row.claim).hex, "call", moment_of(now))
    return len(rows)


def any_open_contact(connection: Connection) -> bool:
    """Whether an attempt waits for its last word: one look by index."""
    return (
        connection.execute(select(claim_contacts.c.claim).where(claim_contacts.c.status == "").limit(1)).first()
        is not None
    )


def status_of(status: int, delivery: int | None) -> str:
    """The provider's last word on a message, else whether it left."""
    if status in _NOT_LEFT:
        return Sending(status).name.lower()
    return STATUSES.get(delivery or 0) or Sending(status).name.lower()


def _message() -> ColumnElement[bool]:
    return and_(outbox.c.conversation == claims.c.conversation, outbox.c.seq == claim_contacts.c.message)
