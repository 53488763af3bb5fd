"""One connection that a process keeps open for as long as it lives: it listens, and it holds the locks of duties.

Not here: what is done with them (see the bot). The server frees the locks when the connection ends, however the process died; a
process that cannot reach the server counts its locks as lost. Use it in the running loop, on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
import structlog
from sqlalchemy import Engine

from storage.database import ALIVE, SEEN_ALIVE
from storage.processes.presence import LIVENESS_LOCK, liveness_lock_id
from storage.turns.statements import CHANNEL

log = structlog.get_logger(__name__)

RETRY_INTERVAL_S = 1.0
"""Seconds between tries for a lock that another process holds."""
ANSWER_TIMEOUT_S = 3.0
"""Seconds without an answer after which the locks count as lost."""
RECONNECT_DELAY_S = 1.0
"""Seconds until a lost connection is opened anew."""
_DUTY = 7781105
"""Class of the locks of duties. Locks belong to one database: another bot beside it has its own."""


class SessionLocks:
    """`duties` are the names to try for and what tells this bot's apart; `on_notice` gets each word that is told, and `look` on arrival.
    `on_lock_lost` is called when the lock of life is lost."""

    def __init__(
        self,
        engine: Engine,
        process: int,
        duties: Mapping[str, str],
        on_notice: Callable[[str], None],
        begin: Callable[[str], None],
        end: Callable[[str], None],
        on_lock_lost: Callable[[], None],
    ) -> None:
        self._url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._process, self._on_notice, self._begin, self._end, self._on_lock_lost = (
            process,
            on_notice,
            begin,
            end,
            on_lock_lost,
        )
        self._locks = {name: _number(f"{name} {scope}") for name, scope in duties.items()}
        self._held: set[str] = set()
        self._task: asyncio.Task[None] | None = None
        self._left = False
        self.connected = False
        self.holds_liveness_lock = False
        """Whether the server holds the lock that tells the others that this process lives, however late its signs of life are."""

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Frees the locks and tells the others so."""
        self._left = True  # whatever it waits for at that moment, it does not begin anew
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while not self._left:
            try:
                await self._hold_connection()
            except (psycopg.Error, OSError, TimeoutError) as error:
                log.warning("standing_connection_lost", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_DELAY_S)

    async def _hold_connection(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=5, application_name="utys standing", **ALIVE
        )
        try:
            # the server is to notice a machine that is gone as soon as we notice a server that is
            for name, value in SEEN_ALIVE.items():
                await connection.execute(f"SET {name} = {value}".encode())
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self.connected = True
            self._on_notice("look")
            while not self._left:
                await self._try(connection)
                async for word in connection.notifies(timeout=RETRY_INTERVAL_S, stop_after=1):
                    self._on_notice(word.payload)
        finally:
            self._release_all()  # before the server can know of it, and the others by the lock
            if self._left:
                await self._yield(connection)
            await connection.close()

    async def _try(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Asks for the locks that are missing, and by that whether the connection still stands."""
        missing = [name for name in self._locks if name not in self._held]
        # right after a break the server may still hold it for the connection before
        mine = (
            "true"
            if self.holds_liveness_lock
            else f"pg_try_advisory_lock({LIVENESS_LOCK}, {liveness_lock_id(self._process)})"
        )
        asked = ", ".join([mine, *(f"pg_try_advisory_lock({_DUTY}, {self._locks[name]})" for name in missing)])
        # the clock runs out also where the driver itself waits for the server
        late = asyncio.get_running_loop().call_later(ANSWER_TIMEOUT_S, self._release_all)
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                row = await (await connection.execute(f"SELECT {asked}".encode())).fetchone()
        finally:
            late.cancel()
        assert row is not None
        self.holds_liveness_lock = row[0]
        for name, got in zip(missing, row[1:], strict=True):
            if got:
                self._held.add(name)
                self._begin(name)

    async def _yield(self, connection: psycopg.AsyncConnection[Any]) -> None:
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                await connection.execute("SELECT pg_advisory_unlock_all()")
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, "duty"))
        except (psycopg.Error, OSError, TimeoutError) as error:
            log.warning("locks_not_freed", error=type(error).__name__)

    def _release_all(self) -> None:
        self.connected = False
        if self.holds_liveness_lock:
            self.holds_liveness_lock = False
            self._on_lock_lost()
        for name in tuple(self._held):
            self._held.discard(name)
            self._end(name)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "big", signed=True)
