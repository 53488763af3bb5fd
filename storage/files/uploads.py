"""Files that browsers have sent and that are about to be read: sealed, for minutes, and only so many at once.

Not here: reading them (see the bot). A file goes as soon as it was read; one that nobody wanted goes at once, or with `purge_uploads`.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, func, insert, select

from storage.sealing import Seal
from storage.tables import UNDONE, outbox, uploads
from storage.turns.types import file_jobs_of

MOST = 200 * 1024 * 1024
"""Bytes of all of them together."""


def upload_place(id: bytes) -> bytes:
    return b"uploads" + id


def keep_upload(connection: Connection, seal: Seal, id: bytes, conversation: bytes, content: bytes, now: int) -> bool:
    """Keeps a file, in the place of one with its id. False where there is no room; `now` is ms UTC."""
    connection.execute(delete(uploads).where(uploads.c.id == id))
    held = connection.execute(select(func.coalesce(func.sum(uploads.c.size), 0))).scalar_one()
    if held + len(content) > MOST:
        return False
    sealed = seal.seal(content, upload_place(id))
    row = {"id": id, "conversation": conversation, "size": len(content), "kept_at": now, "content": sealed}
    connection.execute(insert(uploads), row)
    return True


def load_upload(connection: Connection, seal: Seal, id: bytes) -> bytes | None:
    sealed = connection.execute(select(uploads.c.content).where(uploads.c.id == id)).scalar_one_or_none()
    return None if sealed is None else seal.open(sealed, upload_place(id))


def drop_upload(connection: Connection, id: bytes) -> None:
    connection.execute(delete(uploads).where(uploads.c.id == id))


def drop_unwanted(connection: Connection, id: bytes, conversation: bytes, channel: str) -> None:
    """Drops a file that its talk did not ask to read."""
    asked = exists().where(outbox.c.conversation == conversation, outbox.c.channel == file_jobs_of(channel), UNDONE)
    connection.execute(delete(uploads).where(uploads.c.id == id, ~asked))


def purge_uploads(connection: Connection, before: int) -> None:
    """Drops what was kept before (ms UTC) and never read."""
    connection.execute(delete(uploads).where(uploads.c.kept_at < before))
