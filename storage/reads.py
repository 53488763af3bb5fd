"""Reads: answers what pages and checks ask of the database, on connections of its own that cannot write.

Not here: writes, and questions that must see marks made just before (see storage/turns/writer.py, `call`). A question is a plain
function of a Connection. It sees one instant of the database, and a turn never waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from math import inf
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.database import ALIVE, PLANS, parse
from storage.driver import driver
from storage.turns.types import StorageDown

T = TypeVar("T")

CONNECTIONS = 4
"""Reads at a time; the next one waits."""
READ_TIMEOUT_S = 5.0
"""Seconds that a read takes at most, its wait for a connection included."""
STEPS = 100_000
"""Steps of SQLite's machine, some milliseconds, between looks at the clock."""


class Reads:
    """`await reads(question)` runs `question(connection)`. Opens its connections when they are first needed."""

    def __init__(self, url: str) -> None:
        self._engine = _connect(url)
        self._running: set[asyncio.Task[Any]] = set()

    async def __call__(self, question: Callable[[Connection], T]) -> T:
        """Raises StorageDown, and what the question itself raises."""
        task = asyncio.create_task(self._read(question, monotonic() + READ_TIMEOUT_S))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            # who goes away leaves the connection whole: the database ends the read by itself when its time is up
            async with asyncio.timeout(READ_TIMEOUT_S):
                return await asyncio.shield(task)
        except (SQLAlchemyError, TimeoutError) as error:
            raise StorageDown(type(error).__name__) from error

    async def close(self) -> None:
        if self._running:
            _, hung = await asyncio.wait(self._running, timeout=READ_TIMEOUT_S)
            for task in hung:
                task.cancel()
        await self._engine.dispose()

    async def _read(self, question: Callable[[Connection], T], until: float) -> T:
        async with self._engine.connect() as connection:
            connection.info["until"] = until
            return await connection.run_sync(question)


def _connect(url: str) -> AsyncEngine:
    parsed = parse(url)
    pool: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": READ_TIMEOUT_S}
    if parsed.get_backend_name() == "sqlite":
        engine = create_async_engine(
            parsed.set(drivername="sqlite+aiosqlite"), connect_args={"timeout": READ_TIMEOUT_S}, **pool
        )
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    most_ms = int(READ_TIMEOUT_S * 1000)
    limits = {
        "default_transaction_read_only": "on",
        "default_transaction_isolation": r"repeatable\ read",
        "statement_timeout": most_ms,
        "idle_in_transaction_session_timeout": most_ms,
    }
    arguments = {
        "connect_timeout": 5,
        "application_name": "utys reads",
        "options": " ".join([PLANS, *(f"-c {name}={value}" for name, value in limits.items())]),
        "prepare_threshold": None,
        **ALIVE,
    }
    return create_async_engine(parsed, connect_args=arguments, pool_pre_ping=True, **pool)


def _tune_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: without it each statement would see another instant
    late = partial(_is_late, record.info)  # SQLite has no time limit of its own
    connection.run_async(lambda raw: raw.set_progress_handler(late, STEPS))
    cursor = connection.cursor()
    for pragma in ("query_only=ON", "trusted_schema=OFF", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _is_late(info: Mapping[str, float]) -> bool:
    return monotonic() > info.get("until", inf)


def _begin(connection: Connection) -> None:
    with driver(connection) as cursor:
        cursor.execute("BEGIN")
