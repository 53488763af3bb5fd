"""Files that browsers sent, as the outbox fetches them: from the disk, where they lie sealed until they are read.

Not here: taking them in (see routes.py), the places (see storage/files/upload_folder.py). A file is named by the id of the event that
brings it. Several processes that serve one browser chat have one VAR_DIR.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import TypeVar

import structlog

from bot.channels.fetching import Gone, NotNow, TooLarge
from bot.channels.preview import NAME
from storage.files.upload_folder import UploadFolder
from storage.reads import Reads
from storage.sealing import Seal, SealBroken
from storage.talks.deliveries import waits_for_file
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

TIDY_INTERVAL_S = 10.0
"""Seconds between two looks for files that nobody came for."""
T = TypeVar("T")


class Uploads:
    def __init__(self, var: Path, reads: Reads, seal: Seal) -> None:
        self._files, self._reads, self._seal = UploadFolder(var / "uploads", seal), reads, seal
        self._keeping = asyncio.Lock()

    async def keep(self, ref: str, conversation: bytes, source: str, content: bytes) -> bool:
        """False where there are too many, of the talk, of the network address or in all. Raises StorageDown."""
        id, place = self._id(ref), self._seal.digest("upload from", source)
        async with self._keeping:  # one at a time: what is counted is what there is
            return await self._work(lambda: self._files.keep(id, conversation, place, content, time()))

    async def claim(self, ref: str) -> None:
        """The event that brings it is there. Raises StorageDown."""
        id = self._id(ref)
        await self._work(lambda: self._files.claim(id))

    async def settle(self, conversation: bytes) -> None:
        """Drops what the talk does not wait for, and everything of one that was forgotten. Raises StorageDown."""
        if not await self._work(lambda: self._files.holds(conversation)):
            return
        waits = await self._reads(lambda connection: waits_for_file(connection, conversation, NAME))
        if not waits:
            await self._work(lambda: self._files.drop_talk(conversation, claimed_only=waits is not None))

    async def keep_tidy(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._work(lambda: self._files.purge(time()))
            except StorageDown:
                log.warning("uploads_not_tidied")
            await asyncio.sleep(TIDY_INTERVAL_S)

    async def fetch(self, ref: str, most: int) -> bytes:
        """Raises Gone, TooLarge, NotNow."""
        id = self._id(ref)
        try:
            found = await self._work(lambda: self._files.load(id))
        except StorageDown as error:
            raise NotNow("storage") from error
        except SealBroken:
            found = None
        if found is None:
            raise Gone("no upload")
        if len(found) > most:
            raise TooLarge
        return found

    async def dispose(self, ref: str) -> None:
        id = self._id(ref)
        try:
            await self._work(lambda: self._files.drop(id))
        except StorageDown:  # it goes with what is old
            return

    async def _work(self, work: Callable[[], T]) -> T:
        """Off the loop. Raises StorageDown where the disk fails."""
        try:
            return await asyncio.to_thread(work)
        except OSError as error:
            raise StorageDown(type(error).__name__) from error

    def _id(self, ref: str) -> bytes:
        return self._seal.digest("upload", ref)
