"""What falls due of claims becomes an event like a message: one for each talk, taken by the same road, with one effect.

Not here: what is due (see storage/claims/reminders.py); what is said of it (see the dialogs). One process of all looks; if another took
over in the middle, the second event of a talk finds nothing left to say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.channels.program import Accept
from dialogs.messages import Incoming
from storage.claims.contacts import any_open_contact, close_contacts
from storage.claims.reminders import any_waiting, give_to_persons, talks_due
from storage.reads import Reads
from storage.sealing import Seal, SealBroken
from storage.talks.history import talk
from storage.turns.types import StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

LOOK_INTERVAL_S = 5.0
"""Seconds between two looks; a look that finds nothing is one query by index."""
AT_A_TIME = 50
"""Talks that are looked at together: what people write meanwhile is not kept waiting behind a whole morning's reminders."""


CONTACTS_INTERVAL_MS = 60_000
"""Milliseconds between two looks at what became of messages to winners."""


class Timers:
    def __init__(
        self,
        writer: Writer,
        reads: Reads,
        seal: Seal,
        accept: Accept,
        channels: Sequence[str],
        now: Callable[[], datetime],
    ) -> None:
        self._writer, self._reads, self._seal, self._accept = writer, reads, seal, accept
        self._channels, self._now = channels, now
        self._closed_at = 0

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                while await self.look():
                    pass
            except StorageDown:
                log.warning("timers_postponed")
            await asyncio.sleep(LOOK_INTERVAL_S)

    async def look(self) -> int:
        """Once: how many talks were given an event."""
        now = self._now()
        at = int(now.timestamp() * 1000)
        if at - self._closed_at >= CONTACTS_INTERVAL_MS and await self._reads(any_open_contact):
            self._closed_at = at
            await self._writer.call(partial(close_contacts, now=at))
        if not await self._reads(partial(any_waiting, now=at)):
            return 0
        await self._writer.call(partial(give_to_persons, now=at))
        keys = await self._reads(partial(talks_due, now=at))
        given = 0
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            events = await self._reads(partial(self._events, keys=some, now=now))
            given += sum(await asyncio.gather(*map(self._accept, events)))
        return given

    def _events(self, connection: Connection, keys: Sequence[bytes], now: datetime) -> list[Incoming]:
        found = []
        for key in keys:
            try:
                state = talk(connection, self._seal, key)
            except SealBroken:
                continue  # a talk that cannot be read begins afresh with its next message
            if state is not None and state.channel in self._channels:
                id = f"due {key.hex()} {int(now.timestamp() * 1000)}"
                found.append(Incoming(id, state.channel, state.address, now, "deadline"))
        return found
