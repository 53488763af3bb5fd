"""Work that exactly one process does: polling, looking for missed messages, housekeeping. Whoever holds its lock does it.

Not here: the locks (see storage/processes/session_locks.py): it says when a duty begins, and when it must end at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.channels.program import Duty
from bot.metrics import DUTY

log = structlog.get_logger(__name__)

RESTART_DELAY_S = 5.0
"""Seconds until a duty that failed by a bug is taken up again."""


class Duties:
    """Each duty is a coroutine that runs until it is cancelled. Call from the running loop."""

    def __init__(self, duties: Mapping[str, Duty]) -> None:
        self._duties = duties
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.held: set[str] = set()
        for name in duties:
            DUTY.labels(name).set(0)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._duties)

    @property
    def scopes(self) -> dict[str, str]:
        """Which bot each is about."""
        return {name: duty.scope for name, duty in self._duties.items()}

    def begin(self, name: str) -> None:
        if name in self.held:
            return
        self.held.add(name)
        DUTY.labels(name).set(1)
        log.debug("duty_begun", name=name)
        before = self._tasks.get(name)
        self._tasks[name] = asyncio.get_running_loop().create_task(self._do(name, before))

    def end(self, name: str) -> None:
        """At once: nothing new is begun, only what cannot be left half done is finished."""
        if name not in self.held:
            return
        self.held.discard(name)
        DUTY.labels(name).set(0)
        log.debug("duty_ended", name=name)
        self._tasks[name].cancel()

    async def stop(self) -> None:
        for name in tuple(self.held):
            self.end(name)
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _do(self, name: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        while True:
            try:
                await self._duties[name].work()
                return
            except Exception as bug:
                log.error("duty_failed", name=name, error=type(bug).__name__)
            await asyncio.sleep(RESTART_DELAY_S)
