"""A database, or another process, that is heard of no more must not hold up everybody for ever, and health must not call that well."""

from __future__ import annotations

import asyncio
from time import monotonic

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage.database import break_connection, connect
from storage.turns.types import StorageDown
from tests.storage.store import Store
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def test_who_is_lost_in_the_middle_of_a_transaction_frees_its_conversations(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        lost = two.turn(1, "held")
        await until(lambda: two.echo.handled)
        async with asyncio.timeout(8):  # the server ends who is idle in a transaction for 5 s; we give up after 7
            assert not (await one.turn(2)).duplicate
        two.echo.held.set()
        with pytest.raises(StorageDown):
            await lost
        assert not (await two.turn(1)).duplicate
        assert one.writer.failing is None


@pytest.mark.slow
async def test_while_a_table_is_locked_health_says_so_and_afterwards_all_is_well(database: str) -> None:
    async with Store(database) as store:
        with psycopg.connect(make_url(database).set(drivername="postgresql").render_as_string(False)) as other:
            other.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
            turn = store.turn(1)
            await until(lambda: store.writer.failing == "no answer")
            with pytest.raises(StorageDown):
                await turn
            assert store.writer.failing == "OperationalError"
            with pytest.raises(TimeoutError):  # though other tables could be written
                await until(lambda: store.writer.failing is None, 3)
        await until(lambda: store.writer.failing is None)
        assert not (await store.turn(1)).duplicate


async def test_a_line_that_is_broken_off_ends_the_wait_for_an_answer(database: str) -> None:
    engine = connect(database)
    with engine.connect() as connection:
        started = monotonic()
        waiting = asyncio.create_task(asyncio.to_thread(connection.execute, text("SELECT pg_sleep(60)")))
        watcher = engine.execution_options(isolation_level="AUTOCOMMIT")  # each look sees what is going on by then
        with watcher.connect() as other:
            asked = text("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'")
            await until(lambda: other.execute(asked).scalar_one())
        break_connection(connection)
        with pytest.raises(OperationalError):
            await waiting
        assert monotonic() - started < 30
        connection.invalidate()
    engine.dispose()


async def test_health_turns_red_where_nobody_speaks_and_nothing_can_be_written(database: str) -> None:
    """The signs of life of a process that nobody speaks to are calls."""
    async with Store(database) as store:
        with pytest.raises(StorageDown):
            await store.writer.call(
                lambda connection: connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            )
        await until(lambda: store.writer.failing is None)
        await store.writer.call(lambda connection: connection.execute(text("SET default_transaction_read_only = on")))
        with pytest.raises(StorageDown):
            await store.writer.call(lambda connection: connection.execute(text("DELETE FROM pauses")))
        assert store.writer.failing is not None
        await until(lambda: store.writer.failing is None)
