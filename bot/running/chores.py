"""What one process of all does beside its turns: old rows go, failed events are tried again.

Not here: the rows of a sweep (see storage/talks/purging.py), trying an event (see failed_events.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog

from bot.channels.preview import IDLE_DAYS
from bot.channels.preview import NAME as PREVIEW_TALKS
from bot.running.failed_events import Failed
from storage.claims.retention import sweep_claims
from storage.files.uploads import purge_uploads
from storage.sealing import Seal
from storage.talks.purging import sweep_events, sweep_messages, sweep_questions, sweep_talks
from storage.turns.types import StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

KEEP_DAYS = 90
QUESTION_DAYS = 180
CLAIM_DAYS = 90
"""Days after its end (delivered, refused, lost) for which a claim is kept."""
TALK_DAYS = 365
"""Days after which a talk goes that nobody continued."""
PURGE_INTERVAL_S = 3600
"""Seconds between two purges."""
SLICE_INTERVAL_S = 0.25
"""Seconds between two slices of a sweep: a million rows take some minutes, and two hundredths of a core."""
HOUR_MS = 3_600_000
T = TypeVar("T")


class Chores:
    def __init__(self, writer: Writer, failed: Failed, seal: Seal) -> None:
        self._writer, self._failed, self._seal = writer, failed, seal

    async def run(self) -> None:
        """Until it is cancelled."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._housekeep())
            together.create_task(self._failed.keep_trying())

    async def _housekeep(self) -> None:
        """Finished events and sent messages go after 90 days, questions after 180, talks in which nothing was said after a year
        (of browsers after 30 days), claims 90 days after their end, a little at a time."""
        while True:
            now = int(time.time() * 1000)
            before = now - KEEP_DAYS * 24 * HOUR_MS
            try:
                await self._writer.call(partial(purge_uploads, before=now - HOUR_MS))
                await self._walk(partial(sweep_events, before=before), b"")
                idle = now - IDLE_DAYS * 24 * HOUR_MS
                await self._walk(partial(sweep_talks, seal=self._seal, channel=PREVIEW_TALKS, before=idle), b"")
                ended = now - TALK_DAYS * 24 * HOUR_MS
                await self._walk(partial(sweep_talks, seal=self._seal, before=ended), b"")
                await self._walk(partial(sweep_questions, before=now - QUESTION_DAYS * 24 * HOUR_MS), None)
                await self._walk(partial(sweep_claims, before=now - CLAIM_DAYS * 24 * HOUR_MS), None)
                await self._walk(partial(sweep_messages, before=before, farewells=now - HOUR_MS), None)
            except StorageDown:
                log.warning("purge_postponed")
            await asyncio.sleep(PURGE_INTERVAL_S)

    async def _walk(self, sweep: Callable[..., T | None], start: T | None) -> None:
        cursor = await self._writer.call(partial(sweep, after=start))
        while cursor is not None:
            await asyncio.sleep(SLICE_INTERVAL_S)
            cursor = await self._writer.call(partial(sweep, after=cursor))
