"""Committed messages become delivered messages: in order per chat, at least once, with patience, within the provider's rates.

Leaves each provider's call to its channel and durability to the writer. What was in flight when a process died is sent again and
marked as possibly repeated; a refused message ends alone and is visible; a person who cannot be reached is not tried again.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Mapping

import structlog

from bot.channels.base import Channel, Delivery
from bot.metrics import DELIVERED, UNSENT
from bot.rates import Rates
from storage.tables import Sending
from storage.turns import Mark, Queued
from storage.writer import Writer

log = structlog.get_logger(__name__)

PATIENCE = 40
"""Tries of one message before it is given up: with the waits below about half an hour of a provider being away."""
LONGEST_WAIT = 60.0
GRACE = 20.0
"""Seconds that a stopping program gives to what is being sent."""


class Outbox:
    def __init__(self, channels: Mapping[str, Channel], writer: Writer, rates: Mapping[str, Rates]) -> None:
        self._channels, self._writer, self._rates = channels, writer, rates
        self._chats: dict[bytes, deque[Queued]] = {}
        self._tasks: dict[bytes, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    def put(self, sends: tuple[Queued, ...]) -> None:
        """Called after the commit; a chat's messages leave one after another."""
        for queued in sends:
            chat = self._chats.get(queued.key)
            if chat is None:
                chat = self._chats[queued.key] = deque()
                self._tasks[queued.key] = asyncio.get_running_loop().create_task(self._drain(queued.key, chat))
            chat.append(queued)
            UNSENT.inc()

    def holds(self, key: bytes, seq: int) -> bool:
        """Whether this process has that message in hand already."""
        return any(queued.seq == seq for queued in self._chats.get(key, ()))

    @property
    def waiting(self) -> int:
        return sum(len(chat) for chat in self._chats.values())

    async def stop(self) -> None:
        """Lets what is on its way finish; what is waiting stays in the database for the next start."""
        self._stopping.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=GRACE)
            for task in late:
                task.cancel()

    async def _drain(self, key: bytes, chat: deque[Queued]) -> None:
        try:
            while chat and not self._stopping.is_set():
                await self._deliver(chat[0])
                if self._stopping.is_set():
                    break
                chat.popleft()
                UNSENT.dec()
        finally:
            UNSENT.dec(len(chat))
            if self._chats.get(key) is chat:
                del self._chats[key], self._tasks[key]

    async def _deliver(self, queued: Queued) -> None:
        channel = self._channels.get(queued.channel)
        if channel is None:  # switched off since: it waits in the database until its channel is back
            self._writer.mark(Mark(queued.key, queued.seq, Sending.QUEUED, queued.attempts))
            return
        attempts, uncertain = queued.attempts, queued.may_repeat
        while True:
            await self._rates[queued.channel].wait(queued.key)
            delivery = await channel.send(queued.payload, uncertain)
            attempts += 1
            DELIVERED.labels(queued.channel, delivery.outcome).inc()
            uncertain = uncertain or delivery.outcome == "unknown"
            if delivery.outcome in ("later", "unknown") and attempts < PATIENCE:
                if delivery.outcome == "later" and delivery.reason == "429":
                    self._rates[queued.channel].pause(queued.key, delivery.after)
                log.info("send_again", channel=queued.channel, reason=delivery.reason, attempts=attempts)
                if await self._pause(delivery, attempts):
                    # stopping: a send whose outcome is unknown stays IN_FLIGHT, one that surely did not happen goes back in the queue
                    status = Sending.IN_FLIGHT if uncertain else Sending.QUEUED
                    self._writer.mark(Mark(queued.key, queued.seq, status, attempts, error=delivery.reason))
                    return
                continue
            self._writer.mark(_mark(queued, delivery, attempts, uncertain))
            if delivery.outcome != "sent":
                log.warning("not_delivered", channel=queued.channel, outcome=delivery.outcome, reason=delivery.reason)
            return

    async def _pause(self, delivery: Delivery, attempts: int) -> bool:
        """Waits as the provider says, else longer each time with jitter. True: the program is stopping."""
        wait = delivery.after or min(LONGEST_WAIT, 0.5 * 2 ** min(attempts, 8)) * random.uniform(0.6, 1.0)  # noqa: S311
        try:
            await asyncio.wait_for(self._stopping.wait(), wait)
        except TimeoutError:
            return False
        return True


def _mark(queued: Queued, delivery: Delivery, attempts: int, uncertain: bool) -> Mark:
    if delivery.outcome == "sent":
        status = Sending.REPEATED if uncertain else Sending.SENT
        return Mark(queued.key, queued.seq, status, attempts, provider_id=delivery.provider_id)
    return Mark(queued.key, queued.seq, Sending.REFUSED, attempts, error=f"{delivery.outcome}: {delivery.reason}"[:200])
