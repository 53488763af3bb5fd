"""Committed messages become delivered messages: in order per chat, at least once, with patience, within the provider's rates.

Not here: each provider's call (see its channel); durability (see storage/turns/writer.py). A message that was in flight when a process
died is sent again and marked as possibly repeated. A refused message ends alone and is visible. A person who cannot be reached is not
tried again.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from time import monotonic
from typing import NamedTuple

import structlog
from sqlalchemy import Connection

from bot.channels.base import Delivery, Sender
from bot.delivery.rates import Rates
from bot.delivery.retries import GIVE_UP_THROTTLED_AFTER_S, MAX_PAUSE_S, Retries
from bot.metrics import DELIVERED, UNSENT
from bot.waiting import waited
from storage.processes.pauses import pause_channel, pause_chat
from storage.tables import Sending
from storage.turns.types import Mark, Queued, StorageDown, is_file_job
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

LATE_AFTER_S = 0.5
"""Seconds after which a message counts as late: its chat has then used up its burst."""
STOP_GRACE_S = 20.0
"""Seconds that a stopping program gives to what is being sent."""


class _Late(NamedTuple):
    """A message that left later than it was due: the one after it, if it was due by then too, keeps its distance."""

    due: float
    started: float

    def next_due(self, queued: Queued, rates: Rates) -> float:
        """No further apart than the slowest pace asks: what was written long after the first is not to wait that long again."""
        apart = min(queued.due - self.due, rates.slowest.gap / 1000)
        return self.started + max(rates.chat.gap / 1000, apart)


class Outbox:
    """`throttled`: seconds after which a message is given up that the provider answers with 429 again and again. `pauses`: a factor on
    our own pauses between tries."""

    def __init__(
        self,
        channels: Mapping[str, Sender],
        writer: Writer,
        rates: Mapping[str, Rates],
        *,
        throttled: float = GIVE_UP_THROTTLED_AFTER_S,
        pauses: float = 1.0,
    ) -> None:
        self._channels, self._writer, self._rates = channels, writer, rates
        self._throttled, self._pauses = throttled, pauses
        self._chats: dict[bytes, deque[Queued]] = {}
        self._tasks: dict[bytes, asyncio.Task[None]] = {}
        self._settled: set[tuple[bytes, int]] | None = None
        self._stopping = asyncio.Event()
        self._lease, self._renewed = math.inf, asyncio.Event()
        self._taken_over: set[tuple[bytes, int]] = set()
        self._refusing: dict[str, tuple[bytes, float]] = {}
        self._telling: set[asyncio.Task[None]] = set()

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        """What others gave to this process is older than what its own turns said in the same transaction."""
        self.enqueue(given)
        self.enqueue(own)

    def enqueue(self, sends: Iterable[Queued]) -> None:
        """Called after the commit, in its order; a chat's messages leave one after another."""
        for queued in sends:
            lane = _queue_key(queued)
            chat = self._chats.get(lane)
            if chat is None:
                chat = self._chats[lane] = deque()
                self._tasks[lane] = asyncio.get_running_loop().create_task(self._drain(lane, chat))
            chat.append(queued)
            UNSENT.inc()

    def begin_reconcile(self) -> None:
        """Called before the database is asked for what is unsent: what is settled meanwhile will still stand in the answer."""
        self._settled = set()

    def reconcile(self, found: Iterable[Queued]) -> None:
        """Puts what the database holds as unsent and this process neither has in hand nor has settled since `begin_reconcile`."""
        settled, self._settled = self._settled or set(), None
        known = self.in_hand | settled
        self.enqueue(queued for queued in found if (queued.key, queued.seq) not in known)

    def renew(self, until: float) -> None:
        """Messages may leave until then (time.monotonic); past it others may have taken them over."""
        self._lease = until
        self._renewed.set()

    @property
    def lapsed(self) -> bool:
        return monotonic() > self._lease

    def drop(self, lost: Collection[tuple[bytes, int]]) -> None:
        """What others have taken over meanwhile is theirs to send."""
        self._taken_over |= self.in_hand.intersection(lost)

    @property
    def in_hand(self) -> set[tuple[bytes, int]]:
        return {(queued.key, queued.seq) for chat in self._chats.values() for queued in chat}

    @property
    def waiting(self) -> int:
        return sum(len(chat) for chat in self._chats.values())

    async def stop(self) -> None:
        """Lets what is on its way finish; what is waiting is given back to the database, for whoever lives on or the next start."""
        self._stopping.set()
        self._renewed.set()
        for rates in self._rates.values():
            rates.let_go()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=STOP_GRACE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _drain(self, key: bytes, chat: deque[Queued]) -> None:
        trying, before = 0, None
        try:
            while chat and not self._stopping.is_set():
                trying = 1
                reached, before = await self._deliver(chat[0], before)
                trying = 0
                chat.popleft()
                UNSENT.dec()
                if not reached:
                    self._give_up(chat)
        finally:
            UNSENT.dec(len(chat))
            for queued in islice(chat, trying, None):
                self._taken_over.discard((queued.key, queued.seq))
                # surely not sent, and still ours: whoever takes it up need not fear to repeat it
                if not queued.may_repeat and not self.lapsed:
                    self._settle(Mark(queued.key, queued.seq, Sending.QUEUED, queued.attempts))
            if self._chats.get(key) is chat:
                del self._chats[key], self._tasks[key]

    async def _deliver(self, queued: Queued, before: _Late | None) -> tuple[bool, _Late | None]:
        """Whether the person can be reached, and how late it was; `before` is the message before it in this chat, if that was late."""
        channel = self._channels.get(queued.channel)
        if channel is None:  # switched off since: it waits in the database until its channel is back
            self._settle(Mark(queued.key, queued.seq, Sending.QUEUED, queued.attempts))
            return True, None
        tries = Retries(queued.attempts, self._throttled, self._pauses)
        uncertain, reason, late = queued.may_repeat, None, None
        rates = self._rates[queued.channel]
        due = max(queued.due, before.next_due(queued, rates)) if before else queued.due
        name = queued.key, queued.seq
        while await self._may_leave(due, rates, name):
            if name in self._taken_over:
                self._taken_over.discard(name)
                rates.in_flight.leave(name, durable=False)
                return True, None
            started = monotonic()
            delivery = await _send(channel, queued.payload, uncertain)
            tries.count(delivery)
            DELIVERED.labels(queued.channel, delivery.outcome).inc()
            uncertain, reason = uncertain or delivery.outcome == "unknown", delivery.reason
            late = _Late(queued.due, started) if started - queued.due > LATE_AFTER_S else None
            if delivery.outcome not in ("later", "unknown") or tries.over:
                spent = rates.chat.ahead if late else 0
                wipe = queued.wipe and not channel.outbox_is_read
                self._settle(_mark(queued, delivery, tries.attempts, uncertain, spent, wipe))
                if rates.in_flight.crowded:
                    self._writer.hurry()
                if delivery.outcome != "sent":
                    log.warning("not_delivered", channel=queued.channel, outcome=delivery.outcome, reason=reason)
                return delivery.outcome != "gone", late
            rates.in_flight.leave(name, durable=False)
            pause = tries.pause_after(delivery)
            if delivery.throttled:
                self._obey(queued, pause)
            log.info("send_again", channel=queued.channel, reason=reason, attempts=tries.attempts)
            due = monotonic() + pause
        if self.lapsed:
            return True, late  # others may have it: what they find IN_FLIGHT may have been sent
        # stopping: a send whose outcome is unknown stays IN_FLIGHT, one that surely did not happen is given back
        status = Sending.IN_FLIGHT if uncertain else Sending.QUEUED
        self._settle(Mark(queued.key, queued.seq, status, tries.attempts, error=reason))
        return True, late

    async def _may_leave(self, due: float, rates: Rates, name: tuple[bytes, int]) -> bool:
        """Waits until it is due and there is a place for it in the rate and on the way; False as soon as the program is stopping."""
        wait = min(due - monotonic(), MAX_PAUSE_S)
        if wait > 0:
            await waited(self._stopping, wait)
        if not self._stopping.is_set() and not rates.take():
            await rates.wait_for_slot()
        while not self._stopping.is_set():
            await self._in_touch()
            await rates.in_flight.enter(name)
            # where the database is out of reach no place becomes free for long, and the lease may have ended meanwhile
            if not self.lapsed and not self._stopping.is_set():
                return True
            rates.in_flight.leave(name, durable=False)
        return False

    async def _in_touch(self) -> None:
        """Waits while the lease has ended; returns also when the program is stopping."""
        while self.lapsed and not self._stopping.is_set():
            self._renewed.clear()
            await self._renewed.wait()

    def _obey(self, queued: Queued, seconds: float) -> None:
        """A provider that refuses two chats at a time means the whole bot; whoever sends next, here or elsewhere, waits as well."""
        now = monotonic()
        key, until = self._refusing.get(queued.channel, (queued.key, 0.0))
        self._refusing[queued.channel] = queued.key, max(until, now + seconds)
        if key != queued.key and until > now:
            self._rates[queued.channel].hold(seconds)
            work = partial(pause_channel, channel=queued.channel, seconds=seconds)
        else:
            work = partial(pause_chat, key=queued.key, seconds=seconds)
        task = asyncio.get_running_loop().create_task(self._tell(work))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, work: Callable[[Connection], None]) -> None:
        try:
            await self._writer.call(work)
        except StorageDown:
            log.warning("pause_not_kept")

    def _give_up(self, chat: deque[Queued]) -> None:
        """The person is out of reach: what waits for them is not tried. When they come back, they write first."""
        for queued in chat:
            error = "gone: not tried"
            wipe = queued.wipe and not self._channels[queued.channel].outbox_is_read
            self._settle(Mark(queued.key, queued.seq, Sending.REFUSED, queued.attempts, error=error, wipe=wipe))
        UNSENT.dec(len(chat))
        chat.clear()

    def kept(self, marks: Sequence[Mark]) -> None:
        """What became of these messages is durable."""
        for mark in marks:
            for rates in self._rates.values():
                rates.in_flight.leave((mark.key, mark.seq), durable=True)

    def _settle(self, mark: Mark) -> None:
        self._writer.mark(mark)
        if self._settled is not None:
            self._settled.add((mark.key, mark.seq))


def _queue_key(queued: Queued) -> bytes:
    """What leaves one after another: a chat's messages; and its file jobs, which no message waits for."""
    return queued.key + b"files" if is_file_job(queued.channel) else queued.key


async def _send(channel: Sender, payload: bytes, uncertain: bool) -> Delivery:
    try:
        return await channel.send(payload, uncertain)
    except Exception as bug:  # the chat's other messages must not wait for somebody to mend it
        log.error("send_failed", channel=channel.name, error=type(bug).__name__)
        return Delivery("unknown", reason=type(bug).__name__)


def _mark(queued: Queued, delivery: Delivery, attempts: int, uncertain: bool, spent: int, wipe: bool) -> Mark:
    if delivery.outcome == "sent":
        status = Sending.REPEATED if uncertain else Sending.SENT
        return Mark(queued.key, queued.seq, status, attempts, delivery.provider_id, None, spent, wipe)
    error = f"{delivery.outcome}: {delivery.reason}"[:200]
    return Mark(queued.key, queued.seq, Sending.REFUSED, attempts, None, error, spent, wipe)
