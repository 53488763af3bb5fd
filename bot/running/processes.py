"""This process among others on one database: it shows that it lives, hears of the others, and takes over what the dead left.

Not here: the census (see storage/processes/presence.py); ownership (see storage/processes/owners.py); the standing connection (see
storage/processes/session_locks.py); sending (see the outbox). On SQLite there is one process: all that is unsent is its own at start,
and so are all duties.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic

import structlog
from sqlalchemy import Connection, Engine

from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates
from bot.metrics import LISTENING, PROCESSES
from bot.running.duties import Duties
from bot.waiting import waited
from storage.processes.owners import claim, inherit, owned, take_over
from storage.processes.pauses import running_pauses
from storage.processes.presence import (
    LEASE_S,
    LEASE_WITHOUT_LOCK_S,
    SUSPECT_AFTER_S,
    Census,
    heartbeat,
    leave,
    notify,
    ran_evenly,
)
from storage.sealing import Seal
from storage.turns.types import Mark, Queued, StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

HEARTBEAT_S = 1.0
"""Seconds between signs of life."""
SWEEP_INTERVAL_S = 5.0
"""Seconds between looks for messages that nobody sends, where nothing was heard that is a reason to look."""
RECOUNT_DELAY_S = 0.1
IN_TOUCH_S = SUSPECT_AFTER_S + 2 * HEARTBEAT_S
"""Seconds in touch with the database, without a break or a jump of its clock, after which a process may say that others have died."""


class Processes:
    """The writer's `Listener`. `on_notice` gets every word that is told."""

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        outbox: Outbox,
        seal: Seal,
        me: int,
        rates: Mapping[str, Rates],
        duties: Duties,
        on_notice: Callable[[str], None],
    ) -> None:
        self._writer, self._outbox, self._seal, self._me = writer, outbox, seal, me
        self._rates, self._duties, self._channels = rates, duties, tuple(rates)
        self._said = on_notice
        self._standing: SessionLocks | None = None
        if engine.dialect.name == "postgresql":
            from storage.processes.session_locks import SessionLocks

            self._standing = SessionLocks(
                engine, me, duties.scopes, self._on_notice, duties.begin, duties.end, self._renew
            )
        self._task: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()
        self._touched: tuple[float, float] | None = None
        self._swept = self._shown = 0.0
        self._leaving = False
        self._refused = False
        self.count = 1

    @property
    def listening(self) -> bool:
        return self._standing is None or self._standing.connected

    async def start(self) -> None:
        PROCESSES.set(1)
        LISTENING.set_function(lambda: self.listening)
        self._obey(await self._writer.call(running_pauses))
        if self._standing is None:
            await self._writer.call(lambda connection: take_over(connection, self._me, self._channels))
            await self._writer.call(lambda connection: claim(connection, self._seal, self._me), self._outbox.enqueue)
            for name in self._duties.names:
                self._duties.begin(name)
            return
        await self._look()
        self._standing.start()
        self._task = asyncio.create_task(self._watch())

    async def yield_duties(self) -> None:
        """Others may take them over at once, and take up what this process gives back; it goes on showing that it lives."""
        self._leaving = True
        await self._duties.stop()
        if self._standing is not None:
            await self._standing.stop()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            try:
                await self._writer.call(lambda connection: leave(connection, self._me))
            except StorageDown:
                log.warning("left_without_notice")

    # what the writer tells

    def kept(self, marks: Sequence[Mark]) -> None:
        self._outbox.kept(marks)

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        self._outbox.taken(given, own)

    def recovered(self) -> None:
        """Calls were refused while the database was away, and not every provider makes them again: whoever reads its list is to look."""
        if self._standing is None:
            self._said("gap")
        else:
            self._refused = True
            self._heard.set()

    def _on_notice(self, word: str) -> None:
        if word == "look":
            self._swept = 0.0
            self._heard.set()
        self._said(word)

    async def _watch(self) -> None:
        wait = HEARTBEAT_S
        while True:
            await waited(self._heard, wait)
            self._heard.clear()
            try:
                wait = HEARTBEAT_S if await self._look() else RECOUNT_DELAY_S
            except StorageDown as error:
                self._touched, self._swept, wait = None, 0.0, HEARTBEAT_S
                log.warning("no_sign_of_life", error=str(error))
            except Exception as bug:  # who shows no sign of life any more sends nothing, and nobody would see why
                self._touched, self._swept, wait = None, 0.0, HEARTBEAT_S
                log.error("look_failed", error=type(bug).__name__)

    async def _look(self) -> bool:
        """False where another process is counting, and this one knows nothing yet."""
        now = monotonic()
        since, last = self._touched or (now, now)
        self._touched = (now if now - last > SUSPECT_AFTER_S else since), now
        judge = now - self._touched[0] > IN_TOUCH_S
        refused, self._refused = self._refused, False
        try:
            work = partial(self._show, judge=judge, elapsed=now - last, refused=refused)
            steady, company, pauses = await self._writer.call(work)
        except StorageDown:
            self._refused |= refused
            raise
        if not steady:
            self._touched = now, now
        self._obey(pauses)
        if self._outbox.lapsed:
            in_hand = self._outbox.in_hand
            self._outbox.drop(in_hand - await self._writer.call(lambda connection: owned(connection, self._me)))
        self._shown = now
        self._renew()
        if company is None:
            return False
        if company.count != self.count:
            log.info("processes_counted", count=company.count)
            self.count = company.count
            PROCESSES.set(company.count)
        for rates in self._rates.values():
            rates.share(company.share)
        if (company.changed or now - self._swept > SWEEP_INTERVAL_S) and not self._leaving:
            self._swept = now
            await self._sweep()
        return True

    def _renew(self) -> None:
        """From the last sign of life on: for less long where no standing connection speaks for this process."""
        vouched = self._standing is None or self._standing.holds_liveness_lock
        self._outbox.renew(self._shown + (LEASE_S if vouched else LEASE_WITHOUT_LOCK_S))

    def _show(
        self, connection: Connection, judge: bool, elapsed: float, refused: bool
    ) -> tuple[bool, Census | None, dict[str, float]]:
        if refused:
            notify(connection, "gap")
        steady = ran_evenly(connection, self._me, elapsed)
        return steady, heartbeat(connection, self._me, judge=judge and steady), running_pauses(connection)

    async def _sweep(self) -> None:
        """Takes over what nobody living owns, and takes up whatever is this process's to send."""
        while await self._writer.call(lambda connection: inherit(connection, self._me, self._channels)):
            pass
        self._outbox.begin_reconcile()
        in_hand = self._outbox.in_hand
        await self._writer.call(lambda connection: self._claim(connection, in_hand), self._outbox.reconcile)

    def _claim(self, connection: Connection, in_hand: set[tuple[bytes, int]]) -> list[Queued]:
        return claim(connection, self._seal, self._me, in_hand)

    def _obey(self, pauses: Mapping[str, float]) -> None:
        for channel, seconds in pauses.items():
            if channel in self._rates:
                self._rates[channel].hold(seconds)
