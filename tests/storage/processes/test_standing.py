"""The standing connection: what the others may conclude from its lock, and that its process knows no less."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from sqlalchemy import Engine, text

from storage.clock import milliseconds
from storage.processes.presence import LIVENESS_LOCK, SUSPECT_AFTER_S, heartbeat, liveness_lock_id
from storage.processes.session_locks import SessionLocks
from storage.tables import processes
from tests.waiting import until

ME, OTHER = 7, 8


@asynccontextmanager
async def stands(engine: Engine, alone: list[str]) -> AsyncIterator[SessionLocks]:
    """`alone` gets a word whenever the process is told that nothing speaks for it any more."""

    def ignore(word: str) -> None:
        return None

    standing = SessionLocks(engine, ME, {}, ignore, ignore, ignore, lambda: alone.append("alone"))
    standing.start()
    try:
        yield standing
    finally:
        await standing.stop()


def counted(engine: Engine) -> int:
    """How many live, in the eyes of another, where ME has shown no sign of life for a little longer than FAINT."""
    with engine.begin() as connection:
        heartbeat(connection, ME, judge=False)
        at = milliseconds(connection) - int(SUSPECT_AFTER_S * 1000) - 500
        connection.execute(processes.update().where(processes.c.id == ME).values(beat_at=at))
        company = heartbeat(connection, OTHER, judge=True)
    assert company is not None
    return company.count


def end_connection(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'utys standing'")
        )


async def test_whose_connection_ends_knows_as_soon_as_the_others_that_nothing_speaks_for_it(engine: Engine) -> None:
    alone: list[str] = []
    async with stands(engine, alone) as standing:
        await until(lambda: standing.holds_liveness_lock)
        assert (counted(engine), alone) == (2, [])
        end_connection(engine)
        await until(lambda: alone)
        assert not standing.holds_liveness_lock
        await until(lambda: standing.holds_liveness_lock)
        assert counted(engine) == 2


async def test_whose_lock_is_still_held_by_the_connection_before_gets_it_when_that_has_ended(engine: Engine) -> None:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    before = psycopg.connect(url, autocommit=True)
    before.execute("SELECT pg_try_advisory_lock(%s, %s)", (LIVENESS_LOCK, liveness_lock_id(ME)))
    async with stands(engine, []) as standing:
        await until(lambda: standing.connected)
        assert not standing.holds_liveness_lock, "a lock that may be gone at any moment speaks for nobody"
        before.close()
        await until(lambda: standing.holds_liveness_lock)
        assert counted(engine) == 2
