"""Who sends what: each process owns the messages it committed; what a dead process owned is taken over by a living one.

Leaves sending to the outbox. On SQLite there is one process and all that is unsent is its own at start. On PostgreSQL every process
shows a sign of life; a message that waits behind one of another process was given to that process when it was committed. Nobody
takes over what it has no channel for: a terminal chat beside the server keeps its hands off Telegram, and the server off the terminal.
"""

from __future__ import annotations

import asyncio
import time

import structlog
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.outbox import Outbox
from storage.reading import claim, take_over
from storage.sealing import Seal
from storage.tables import UNSENT, outbox, processes
from storage.turns import Queued, StorageDown
from storage.writer import Writer

log = structlog.get_logger(__name__)

BEAT = 2.0
SILENT = 15.0
"""Seconds without a sign of life after which a process counts as dead."""
_HEIR = 7781103


class Processes:
    def __init__(
        self, writer: Writer, outbox: Outbox, seal: Seal, me: int, channels: tuple[str, ...], *, shared: bool
    ) -> None:
        self._writer, self._outbox, self._seal, self._me, self._shared = writer, outbox, seal, me, shared
        self._channels = channels
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        if not self._shared:
            await self._writer.call(lambda connection: take_over(connection, self._me, self._channels))
            self._outbox.put(await self._writer.call(lambda connection: claim(connection, self._seal, self._me)))
            return
        await self._beat()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            try:
                await self._writer.call(lambda c: c.execute(delete(processes).where(processes.c.id == self._me)))
            except StorageDown:
                log.warning("left_without_notice")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                await self._beat()
            except StorageDown as error:
                log.warning("no_sign_of_life", error=str(error))

    async def _beat(self) -> None:
        now = int(time.time() * 1000)
        self._outbox.look_out()
        self._outbox.take_up(await self._writer.call(lambda connection: self._look(connection, now)))

    def _look(self, connection: Connection, now: int) -> list[Queued]:
        """Shows a sign of life, takes over from the dead, and reads what is mine to send."""
        beat = insert(processes).values(id=self._me, beat_at=now)
        connection.execute(beat.on_conflict_do_update(index_elements=[processes.c.id], set_={"beat_at": now}))
        connection.execute(delete(processes).where(processes.c.beat_at < now - int(SILENT * 1000)))
        # one process at a time, so that a chat's messages all fall to the same one
        if connection.execute(select(func.pg_try_advisory_xact_lock(_HEIR))).scalar_one():
            self._inherit(connection)
        return claim(connection, self._seal, self._me)

    def _inherit(self, connection: Connection) -> None:
        alive = select(processes.c.id)
        orphans = (
            select(outbox.c.conversation, outbox.c.seq)
            .where(outbox.c.status.in_(UNSENT), outbox.c.owner.not_in(alive), outbox.c.channel.in_(self._channels))
            .order_by(outbox.c.conversation, outbox.c.seq)
            .limit(1000)
        )
        for row in connection.execute(orphans).all():
            left = outbox.c.conversation == row.conversation, outbox.c.seq == row.seq
            connection.execute(update(outbox).where(*left).values(owner=self._me))
