"""Events that failed and that nobody tries again any more: of a process that died, or put back by `utys parked replay`.

Not here: trying them (see the intake). One process of all looks for them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial

import structlog

from bot.metrics import PARKED
from bot.running.intake import Intake
from bot.waiting import waited
from storage.sealing import Seal
from storage.talks.parked import unfinished
from storage.turns.types import StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

LOOK_INTERVAL_S = 2.0
"""Seconds between looks, where nothing is told that is a reason to look."""


class Failed:
    def __init__(self, writer: Writer, intake: Intake, seal: Seal, channels: Sequence[str], *, shared: bool) -> None:
        self._writer, self._intake, self._seal, self._channels = writer, intake, seal, channels
        self._shared = shared
        self._told = asyncio.Event()

    def look(self) -> None:
        """There may be something new."""
        self._told.set()

    async def keep_trying(self) -> None:
        """Until it is cancelled."""
        while True:
            self._told.clear()
            now = int(time.time() * 1000) if self._shared else None
            try:
                ask = partial(unfinished, seal=self._seal, now=now, parked=PARKED.inc)
                for arrival in await self._writer.call(ask):
                    if arrival.incoming.channel in self._channels:
                        self._intake.retry(arrival, at_once=True)
            except StorageDown:
                log.warning("failed_events_not_read")
            await waited(self._told, LOOK_INTERVAL_S)
