"""What the database keeps for WhatsApp: sids of created contents, which sids are known, how far a message has come.

Not here: the statements (see storage/talks/deliveries.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from bot.channels.whatsapp.events import NAME, Status
from storage.aad import event_id
from storage.reads import Reads
from storage.sealing import Seal
from storage.talks.deliveries import arrived, find_content, keep_content, known_to_be_sent, move_delivery
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

STATUS_RETRIES_S = (0.05, 0.5, 2.0, 0.0)
"""Seconds between looks for the message that a status is about."""


class Kept(Protocol):
    """What sending asks. Raises StorageDown."""

    async def find(self, digest: bytes) -> str | None: ...

    async def keep(self, digest: bytes, sid: str) -> str: ...

    async def known(self, sids: Sequence[str]) -> set[str]: ...


class KeptRows:
    """Fulfils `Kept` from the program's database."""

    def __init__(self, writer: Writer, reads: Reads, seal: Seal) -> None:
        self._writer, self._reads, self._seal = writer, reads, seal

    async def find(self, digest: bytes) -> str | None:
        return await self._reads(lambda connection: find_content(connection, digest))

    async def keep(self, digest: bytes, sid: str) -> str:
        return await self._writer.call(lambda connection: keep_content(connection, digest, sid))

    async def known(self, sids: Sequence[str]) -> set[str]:
        return await self._writer.call(lambda connection: known_to_be_sent(connection, NAME, sids))

    async def arrived(self, sids: Sequence[str]) -> set[str]:
        """Those of people's messages that came before."""
        events = {event_id(self._seal, NAME, sid): sid for sid in sids}
        found = await self._reads(lambda connection: arrived(connection, tuple(events)))
        return {events[one] for one in found}

    async def on_status(self, status: Status) -> None:
        error = f"status {status.error}" if status.error else None
        for wait in STATUS_RETRIES_S:  # a status may overtake the answer to the call that it is about
            if await self._writer.call(lambda c: move_delivery(c, NAME, status.sid, status.rank, error)):
                break
            await asyncio.sleep(wait)
        if status.failed:
            log.warning("message_failed", channel=NAME, code=status.error)
