"""One event from arrival to commit: who it is from, what was meant, what is answered, all in one transaction.

Not here: the transaction (see the writer); the answer (see dialogs/router.py); sending (see the outbox). This is the one place where a
conversation meets its channel.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

import structlog
from msgspec.structs import replace

from bot.metrics import ARRIVED, PARKED, TURN_SECONDS
from bot.text.typed import clean
from dialogs.messages import Incoming
from storage.aad import event_id
from storage.sealing import Seal
from storage.turns.types import Arrival, Committed, StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

RETRY_DELAYS_S = (0.2, 2.0, 5.0)
"""Seconds until a failed turn is tried again."""


class Intake:
    def __init__(self, writer: Writer, seal: Seal, now: Callable[[], datetime]) -> None:
        self._writer, self._seal, self._now = writer, seal, now
        self._retries: dict[bytes, asyncio.Task[None]] = {}
        self.stopping = False

    async def accept(self, incoming: Incoming) -> bool:
        """Durable when it returns; False for an event seen before. Raises StorageDown: do not acknowledge."""
        started = perf_counter()
        incoming = clean(incoming)
        arrival = Arrival(
            id=event_id(self._seal, incoming.channel, incoming.id),
            key=self.key(incoming.channel, incoming.address),
            incoming=incoming,
            received_at=int(self._now().timestamp() * 1000),
        )
        committed = await self._writer.turn(arrival)
        self._carry_on(committed)
        result = "duplicate" if committed.duplicate else "failed" if committed.failed else "done"
        ARRIVED.labels(incoming.channel, result).inc()
        TURN_SECONDS.labels(incoming.channel).observe(perf_counter() - started)
        return not committed.duplicate

    def key(self, channel: str, address: str) -> bytes:
        return self._seal.digest("conversation", channel, address)

    def retry(self, arrival: Arrival, *, at_once: bool = False) -> None:
        """Tries a kept but failed event again, a little later each time; one that is being tried already is left alone."""
        if arrival.id in self._retries or self.stopping:
            return
        task = asyncio.get_running_loop().create_task(self._retry(arrival, at_once))
        self._retries[arrival.id] = task

    async def stop(self) -> None:
        self.stopping = True
        for task in self._retries.values():
            task.cancel()

    def _carry_on(self, committed: Committed) -> None:
        """What the turn says is on its way already: the writer hands it to the outbox."""
        if committed.parked:
            PARKED.inc()
        elif committed.failed:
            self.retry(replace(committed.arrival, attempt=committed.arrival.attempt + 1))

    async def _retry(self, arrival: Arrival, at_once: bool) -> None:
        wait = 0.0 if at_once else RETRY_DELAYS_S[min(arrival.attempt, len(RETRY_DELAYS_S)) - 1]
        try:
            while True:
                await asyncio.sleep(wait)
                wait = RETRY_DELAYS_S[-1]
                try:
                    committed = await self._writer.turn(arrival)
                    break
                except StorageDown:
                    log.warning("retry_postponed")
        finally:
            self._retries.pop(arrival.id, None)
        self._carry_on(committed)


def utc_now() -> datetime:
    return datetime.now(UTC)
