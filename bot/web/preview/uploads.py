"""Files that browsers sent, as the outbox fetches them: out of the database, where they lie sealed until they are read.

Not here: taking them in (see routes.py). A file is named by the id of the event that brings it.
"""

from __future__ import annotations

from bot.channels.fetching import Gone, NotNow, TooLarge
from bot.channels.preview import NAME
from storage.files.uploads import drop_unwanted, drop_upload, keep_upload, load_upload
from storage.reads import Reads
from storage.sealing import Seal
from storage.turns.types import StorageDown
from storage.turns.writer import Writer


class Uploads:
    def __init__(self, writer: Writer, reads: Reads, seal: Seal) -> None:
        self._writer, self._reads, self._seal = writer, reads, seal

    async def keep(self, ref: str, conversation: bytes, content: bytes, now: int) -> bool:
        """False where there are too many; `now` is ms UTC. Raises StorageDown."""
        id = self._id(ref)
        return await self._writer.call(lambda c: keep_upload(c, self._seal, id, conversation, content, now))

    async def leave(self, ref: str, conversation: bytes) -> None:
        """Drops the file if its talk did not ask for it. Raises StorageDown."""
        id = self._id(ref)
        await self._writer.call(lambda connection: drop_unwanted(connection, id, conversation, NAME))

    async def fetch(self, ref: str, most: int) -> bytes:
        """Raises Gone, TooLarge, NotNow."""
        id = self._id(ref)
        try:
            found = await self._reads(lambda connection: load_upload(connection, self._seal, id))
        except StorageDown as error:
            raise NotNow("storage") from error
        if found is None:
            raise Gone("no upload")
        if len(found) > most:
            raise TooLarge
        return found

    async def dispose(self, ref: str) -> None:
        id = self._id(ref)
        try:
            await self._writer.call(lambda connection: drop_upload(connection, id))
        except StorageDown:  # it goes with what is purged
            return

    def _id(self, ref: str) -> bytes:
        return self._seal.digest("upload", ref)
