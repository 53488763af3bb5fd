"""Reading apart from writing: what a read sees, what it cannot do, and that no turn waits for it."""

from __future__ import annotations

import asyncio
import threading
from time import monotonic

import pytest
from sqlalchemy import Connection, func, select, text

from storage.reads import CONNECTIONS
from storage.tables import inbox
from storage.turns.types import StorageDown
from tests.storage.store import Store
from tests.waiting import until

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(1000)",
}


def events(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(inbox)).scalar_one()


def endless(connection: Connection) -> None:
    connection.execute(text(ENDLESS[connection.dialect.name]))


async def test_a_read_sees_what_was_committed_before_it(store: Store) -> None:
    assert await store.reads(events) == 0
    await store.turn(1)
    assert await store.reads(events) == 1


async def test_a_read_changes_nothing(store: Store) -> None:
    await store.turn(1)
    with pytest.raises(StorageDown):
        await store.reads(lambda connection: connection.execute(inbox.delete()))
    assert await store.reads(events) == 1


async def test_a_read_sees_one_instant(store: Store) -> None:
    seen, written = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def twice(connection: Connection) -> tuple[int, int]:
        first = events(connection)
        loop.call_soon(seen.set)
        while not written.is_set():
            connection.execute(text("SELECT 1"))  # lets the loop run
        return first, events(connection)

    reading = asyncio.create_task(store.reads(twice))
    await seen.wait()
    await store.turn(1)
    written.set()
    assert await reading == (0, 0)
    assert await store.reads(events) == 1


async def test_a_read_that_takes_too_long_is_broken_off_and_the_next_one_is_answered(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.reads.READ_TIMEOUT_S", 1.0)
    async with Store(database) as store:
        began = monotonic()
        slow = [store.reads(endless) for _ in range(CONNECTIONS + 2)]
        assert {type(end) for end in await asyncio.gather(*slow, return_exceptions=True)} == {StorageDown}
        assert monotonic() - began < 3
        assert await asyncio.gather(*[store.reads(events) for _ in range(2 * CONNECTIONS)]) == [0] * 2 * CONNECTIONS


async def test_a_turn_waits_for_no_read(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.reads.READ_TIMEOUT_S", 2.0)
    async with Store(database) as store:
        slow = [asyncio.create_task(store.reads(endless)) for _ in range(CONNECTIONS)]
        await store.turn(1)
        assert not any(read.done() for read in slow)
        await asyncio.gather(*slow, return_exceptions=True)


async def test_who_goes_away_in_the_middle_of_a_read_takes_no_connection_along(store: Store) -> None:
    for _ in range(2 * CONNECTIONS):
        left = asyncio.create_task(store.reads(events))
        await asyncio.sleep(0)
        left.cancel()
        assert isinstance((await asyncio.gather(left, return_exceptions=True))[0], asyncio.CancelledError)
    assert await store.reads(events) == 0


async def test_what_a_question_raises_comes_to_who_asked(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await store.reads(lambda connection: 1 / 0)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_connection_that_the_server_ended_is_replaced(store: Store) -> None:
    await store.reads(events)
    ending = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'utys reads'"
    there = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'utys reads'"
    with store.engine.connect() as connection:
        assert connection.execute(text(f"{ending} AND datname = current_database()")).scalar_one() == 1

        def gone() -> bool:
            connection.rollback()  # within a transaction PostgreSQL shows the activity of its first look
            return not connection.execute(text(f"{there} AND datname = current_database()")).scalar_one()

        await until(gone)
    assert await store.reads(events) == 0
