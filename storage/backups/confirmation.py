"""A restored copy holds still: what it had not sent yet stays unsent, and it waits until an operator says that it is the one to go on.

Not here: putting the rows back (see restore.py); refusing to serve (see bot/app.py). Between a backup and its restoring the other copy
went on: what stands here as unsent was most likely sent, what stands here as failed was most likely answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from storage.clock import milliseconds
from storage.database import Unusable
from storage.processes.presence import DEAD_AFTER_S
from storage.tables import UNSENT, Arrived, Sending, inbox, notes, outbox, pauses, processes

_NOTE = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """`made_at` is when the backup was made, `at` when it was restored, ms UTC."""

    made_at: int
    at: int


def restored(connection: Connection) -> Restored | None:
    """What this database is a copy of; None where it is nobody's, or was confirmed."""
    value = connection.execute(select(notes.c.value).where(notes.c.name == _NOTE)).scalar_one_or_none()
    return None if value is None else msgspec.json.decode(value, type=Restored)


def refuse_unconfirmed(engine: Engine) -> None:
    """Raises Unusable where the bot must not start: this is a copy, and nobody has said that it is the one to go on."""
    with engine.connect().execution_options(reads_only=True) as connection:
        copy = restored(connection)
    if copy is not None:
        at = datetime.fromtimestamp(copy.made_at / 1000, UTC)
        raise Unusable(
            f"this database was restored from a backup of {at:%Y-%m-%d %H:%M} UTC; make sure that no other copy runs, "
            "then say `utys restore --confirm`"
        )


def hold(connection: Connection, what: Restored) -> None:
    """Unsent messages are kept back, failed events parked, processes and pauses forgotten."""
    for table in (processes, pauses):
        connection.execute(delete(table))
    connection.execute(update(outbox).where(outbox.c.status.in_(UNSENT)).values(status=int(Sending.HELD), due_at=None))
    failed = inbox.c.status > 0, inbox.c.status == int(Arrived.FAILED)
    connection.execute(update(inbox).where(*failed).values(status=int(Arrived.PARKED)))
    connection.execute(delete(notes).where(notes.c.name == _NOTE))
    connection.execute(insert(notes).values(name=_NOTE, value=msgspec.json.encode(what)))


def confirm(connection: Connection, *, send_held: bool) -> int:
    """From now on this is the bot's database. How many held messages will be sent, each marked as perhaps repeated."""
    connection.execute(delete(notes).where(notes.c.name == _NOTE))
    if not send_held:
        return 0
    held = outbox.c.status == int(Sending.HELD)
    # as after a crash: on their way, of a process that is not alive
    return connection.execute(update(outbox).where(held).values(status=int(Sending.IN_FLIGHT), owner=0)).rowcount


def living(connection: Connection) -> int:
    """How many processes gave a sign of life of late. On SQLite none does: there is one."""
    fresh = processes.c.beat_at > milliseconds(connection) - int(DEAD_AFTER_S * 1000)
    return connection.execute(select(func.count()).select_from(processes).where(fresh)).scalar_one()


def count_held(connection: Connection) -> int:
    return connection.execute(
        select(func.count()).select_from(outbox).where(outbox.c.status == int(Sending.HELD))
    ).scalar_one()
