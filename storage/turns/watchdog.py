"""How long the writer has been waiting for the database, and an end to it where nothing else would end it.

Not here: what is done meanwhile (see writer.py). A server that fails says so; one that is frozen, or has gone without a word, does
not.
"""

from __future__ import annotations

import asyncio
from time import monotonic

import structlog
from sqlalchemy import Connection

from storage.database import break_connection

log = structlog.get_logger(__name__)

SLOW_AFTER_S = 5.0
"""Seconds without an answer after which nobody is told any more that all is well."""
BREAK_AFTER_S = 30.0
"""Seconds after which the line to PostgreSQL is broken off: what ends by itself has ended by then (`database.bound`)."""


class StallWatch:
    """`begin` and `end` are called by the writer's thread, the rest in the loop."""

    def __init__(self) -> None:
        self._since: tuple[float, Connection | None] | None = None

    def begin(self, connection: Connection | None) -> None:
        self._since = monotonic(), connection

    def end(self) -> None:
        self._since = None

    @property
    def slow(self) -> bool:
        since = self._since
        return since is not None and monotonic() - since[0] > SLOW_AFTER_S

    async def watch(self) -> None:
        """Runs as long as the writer does."""
        while True:
            await asyncio.sleep(1)
            since, connection = self._since or (monotonic(), None)
            if connection is not None and monotonic() - since > BREAK_AFTER_S:
                log.error("database_hangs")
                break_connection(connection)
