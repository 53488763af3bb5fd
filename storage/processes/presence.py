"""Which processes share the database: signs of life, deaths, and the part of the providers' rates that falls to each.

Not here: what the dead left unsent (see owners.py). All instants are of the database's clock, whatever the machines' own clocks say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, delete, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert

from storage.clock import NOW
from storage.tables import processes
from storage.turns.statements import CHANNEL

DEAD_AFTER_S = 15.0
"""Seconds without a sign of life after which a process counts as dead, whatever else speaks for it."""
SUSPECT_AFTER_S = 3.0
"""The same for one whose standing connection has ended too, as it does at once when a process is killed."""
LEASE_S = 8.0
"""Seconds after its last heartbeat in which a process that holds its liveness lock may begin to send: less than DEAD_AFTER_S, and less
than the eleven seconds for which a server that cannot be reached keeps the lock (see session_locks.py)."""
LEASE_WITHOUT_LOCK_S = 2.5
"""Seconds of the same for a process that has lost its liveness lock: less than SUSPECT_AFTER_S. Both sides learn that the connection ended:
a process that stops waiting for an answer counts its locks as lost before it closes."""
LIVENESS_LOCK = 7781104
"""Class of the lock that every process holds on its standing connection; its second number is `liveness_lock_id(process)`."""
MIN_SHARE = 0.02
"""Part of a rate that a process has at least, while the others have not heard of it."""
_CENSUS = 7781103
_HELD = text(
    "SELECT objid::BIGINT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = :class "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_NOW: ColumnElement[int] = literal_column(NOW, BigInteger)


@dataclass(frozen=True, slots=True)
class Census:
    """How many processes live, this one included, the part of the rates that this one may use, and whether anybody came or went."""

    count: int
    share: float
    changed: bool


def liveness_lock_id(process: int) -> int:
    """The number of a process among locks: 31 bits."""
    return process & 0x7FFFFFFF


def ran_evenly(connection: Connection, me: int, elapsed: float) -> bool:
    """Whether the database's clock went on as ours did since this process's last heartbeat, `elapsed` seconds ago.
    Ask before `heartbeat`.

    Just after a jump of that clock all look as if they had been silent, or had spoken in the future.
    """
    silent = connection.execute(select(_NOW - processes.c.beat_at).where(processes.c.id == me)).scalar_one_or_none()
    return silent is None or abs(silent - elapsed * 1000) < SUSPECT_AFTER_S * 1000


def heartbeat(connection: Connection, me: int, *, judge: bool) -> Census | None:
    """Shows a sign of life and counts who lives; None where another process is counting, to be asked again soon.

    `judge`: whether this process has been in touch with the database for long enough to say that others have died.
    """
    beat = insert(processes).values(id=me, beat_at=_NOW)
    connection.execute(beat.on_conflict_do_update(index_elements=[processes.c.id], set_={"beat_at": _NOW}))
    if not connection.execute(select(func.pg_try_advisory_xact_lock(_CENSUS))).scalar_one():
        return None
    silent = _silent().label("silent")
    rows = connection.execute(select(processes.c.id, processes.c.among, silent)).all()
    before = next(row.among for row in rows if row.id == me)
    others = [row for row in rows if row.id != me]
    dead = _remove_dead(connection, _dead(connection, others)) if judge else set()
    if dead:
        notify(connection, "gap")
    living = [row for row in others if row.id not in dead]
    count = 1 + len(living)
    if before != count:  # the others divide anew, and only then is there room for this one
        connection.execute(update(processes).where(processes.c.id == me).values(among=count))
        notify(connection, "look")
    free = 1 - sum(1 / (row.among or count) for row in living)
    return Census(count, max(MIN_SHARE, min(1 / count, free)), before != count or bool(dead))


def _silent() -> ColumnElement[int]:
    """ms since a sign of life. One in the future was given before the clock was set back: by somebody living it is renewed at once."""
    return func.abs(_NOW - processes.c.beat_at)


def _dead(connection: Connection, others: Sequence[Row[Any]]) -> set[int]:
    faint = [row for row in others if row.silent > SUSPECT_AFTER_S * 1000]
    if not faint:
        return set()
    held = set(connection.execute(_HELD, {"class": LIVENESS_LOCK}).scalars())
    return {row.id for row in faint if row.silent > DEAD_AFTER_S * 1000 or liveness_lock_id(row.id) not in held}


def _remove_dead(connection: Connection, dead: set[int]) -> set[int]:
    """Those that have not shown a sign of life after all, at this very moment."""
    still = processes.c.id.in_(dead), _silent() > int(SUSPECT_AFTER_S * 1000)
    return (
        set(connection.execute(delete(processes).where(*still).returning(processes.c.id)).scalars()) if dead else set()
    )


def leave(connection: Connection, me: int) -> None:
    """Signs off; the others look at once at what is left."""
    connection.execute(delete(processes).where(processes.c.id == me))
    notify(connection, "look")


def notify(connection: Connection, word: str) -> None:
    """Tells all processes once this transaction is committed; on SQLite there is nobody to tell."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, word)))
