"""What can be shown of a claim afterwards: its history, every attempt to reach the winner with what became of it, tasks, reminders.

Not here: words for it (see the command line). The provider's status of a message lies in the outbox for as long as that row is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from domain.claims.states import Transition
from storage.claims.contacts import status_of
from storage.claims.keeping import KeptClaim, bytes_of, history_of, moment_of, open_detail
from storage.claims.tables import Waits, claim_contacts, claim_reminders, claim_tasks
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class ContactAttempt:
    """One attempt to reach the winner. `status` is the provider's last word of a message, or what an agent wrote down of a call."""

    at: datetime
    channel: str
    kind: str
    status: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReminderEnd:
    """A reminder and what became of it: waiting, said, dropped (with the reason) or a person's task."""

    step: str
    rung: str
    due: datetime
    last_day: str | None
    status: str
    reason: str
    settled: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimTaskKept:
    """Something that a person must look at; `done` is None while it is open."""

    what: str
    at: datetime
    done: datetime | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLog:
    """The proof of contact of one claim."""

    history: tuple[Transition, ...]
    contacts: tuple[ContactAttempt, ...]
    reminders: tuple[ReminderEnd, ...]
    tasks: tuple[ClaimTaskKept, ...]


def log_of(connection: Connection, kept: KeptClaim) -> ClaimLog:
    """Raises SealBroken."""
    id = bytes_of(kept.claim.id)
    return ClaimLog(
        history_of(connection, kept),
        tuple(_contact(connection, kept, id, row) for row in _rows(connection, claim_contacts, id)),
        tuple(
            ReminderEnd(
                row.step,
                row.rung,
                moment_of(row.due_at),
                row.last_day,
                Waits(row.status).name.lower(),
                row.reason,
                moment_of(row.settled_at) if row.settled_at is not None else None,
            )
            for row in sorted(_rows(connection, claim_reminders, id), key=lambda row: row.due_at)
        ),
        tasks_of(connection, kept),
    )


def tasks_of(connection: Connection, kept: KeptClaim) -> tuple[ClaimTaskKept, ...]:
    """The tasks of a claim, the oldest first."""
    id, found = bytes_of(kept.claim.id), []
    for row in sorted(_rows(connection, claim_tasks, id), key=lambda row: row.at):
        note = open_detail(kept.key, claim_tasks, id, row.detail, row.what).reason if row.detail else ""
        done = moment_of(row.done_at) if row.done_at is not None else None
        found.append(ClaimTaskKept(row.what, moment_of(row.at), done, note))
    return tuple(found)


def _contact(connection: Connection, kept: KeptClaim, id: bytes, row: Any) -> ContactAttempt:
    detail = open_detail(kept.key, claim_contacts, id, row.detail, row.number)
    status = row.status or _status(connection, kept, row.message)
    return ContactAttempt(moment_of(row.at), row.channel, row.kind, status, detail.by, detail.reason)


def _status(connection: Connection, kept: KeptClaim, message: int | None) -> str:
    """What is known of a message: whether it left, and the provider's last word."""
    if message is None or kept.conversation is None:
        return "unknown"
    query = select(outbox.c.status, outbox.c.delivery).where(
        outbox.c.conversation == kept.conversation, outbox.c.seq == message
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return "left; its row is no longer kept"
    return status_of(row.status, row.delivery)


def _rows(connection: Connection, table: Any, id: bytes) -> list[Any]:
    return list(connection.execute(select(table).where(table.c.claim == id).order_by(*table.primary_key.columns)))
