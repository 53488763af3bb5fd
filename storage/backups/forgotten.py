"""Who was forgotten, in a file beside the backups: what is older than that brings nobody back when it is restored.

Not here: what a tombstone is (see storage/keys/tombstones.py). The file is encrypted as a backup is, so that nobody takes a name out of it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, inspect, select

from storage.backups.encrypted_stream import ChunkReader, ChunkWriter, Damaged
from storage.keys.owners import farewell_name
from storage.keys.tombstones import Tombstones, all_of_them, digest_of, keep
from storage.sealing import Seal
from storage.tables import audit, conversations, inbox, notes, outbox, tombstones, uploads
from storage.turns.rows import erase_conversations

NAME = "utys.tombstones"
_KIND = b"UTYS TOMBSTONES\x01"
_DIGEST_BYTES = 16
_NUMBER_BYTES = 8
_BATCH = 500
_NAMED = conversations.c.key, inbox.c.conversation, outbox.c.conversation, uploads.c.conversation, audit.c.conversation
"""Wherever a talk may be named."""


def write_beside(engine: Engine, keys: Sequence[bytes], folder: Path) -> int:
    """Adds those of this database to those in the folder; how many are there then. Raises Damaged, SQLAlchemyError, OSError."""
    with _alone(folder):
        with engine.connect().execution_options(reads_only=True) as connection:
            found = together(read_beside(keys, folder) or {}, buried_in(connection))
        part = folder / f".{NAME}.part"
        with open(part, "wb", opener=_private) as file:
            stream = ChunkWriter(file, keys[0])
            stream.write(_KIND + _number(len(found)))
            for digest, at in found.items():
                stream.write(digest + _number(at))
            stream.close()
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / NAME)
    return len(found)


def read_beside(keys: Sequence[bytes], folder: Path) -> dict[bytes, int] | None:
    """None where there is no such file. Raises Damaged, OSError."""
    try:
        file = (folder / NAME).open("rb")
    except FileNotFoundError:
        return None
    with file:
        stream = ChunkReader(file, *keys)
        if stream.read(len(_KIND)) != _KIND:
            raise Damaged("it holds no tombstones, or those of a later version of Utys")
        count = int.from_bytes(stream.read(_NUMBER_BYTES), "big")
        found = {stream.read(_DIGEST_BYTES): int.from_bytes(stream.read(_NUMBER_BYTES), "big") for _ in range(count)}
        stream.finish()
        return found


def buried_in(connection: Connection) -> dict[bytes, int]:
    """Of a database of whatever version."""
    return all_of_them(connection) if inspect(connection).has_table(tombstones.name) else {}


def together(some: Tombstones, others: Tombstones) -> dict[bytes, int]:
    return {digest: max(some.get(digest, 0), others.get(digest, 0)) for digest in {**some, **others}}


def forget_again(connection: Connection, seal: Seal, found: Mapping[bytes, int]) -> int:
    """Whoever was forgotten since this database was as it is now; how many of them are in it. It remembers all of them.

    What it remembers itself has been done in it: who came back after that stays.
    """
    known = all_of_them(connection)
    later = {digest: at for digest, at in found.items() if at > known.get(digest, -1)}
    back = set[bytes]()
    for column in _NAMED if later else ():
        query = select(column).where(column.is_not(None)).distinct().execution_options(yield_per=_BATCH)
        back |= {key for key in connection.execute(query).scalars() if digest_of(key) in later}
    keys = sorted(back)
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        erase_conversations(connection, seal, part)
        connection.execute(delete(notes).where(notes.c.name.in_([farewell_name(key) for key in part])))
    keep(connection, later)
    return len(keys)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of several who write this file, each goes on from what the one before has written."""
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def _number(of: int) -> bytes:
    return of.to_bytes(_NUMBER_BYTES, "big")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
