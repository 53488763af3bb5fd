"""Who was forgotten, as hashes of keyed hashes that name nobody: a backup that is older than that must not bring anybody back.

Not here: forgetting (see storage/turns/rows.py); when tombstones are written out and read again (see storage/backups/).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from storage.clock import milliseconds
from storage.tables import tombstones

Tombstones = Mapping[bytes, int]
"""When (ms) each was forgotten for the last time."""
_BATCH = 500


def digest_of(key: bytes) -> bytes:
    """Of a talk's key, which is a keyed hash itself."""
    return hashlib.sha256(b"utys tombstone" + key).digest()[:16]


def bury(connection: Connection, keys: Iterable[bytes]) -> None:
    """These talks are being forgotten."""
    at = milliseconds(connection)
    keep(connection, {digest_of(key): at for key in keys})


def keep(connection: Connection, found: Tombstones) -> None:
    """A later one goes before an earlier one."""
    places = list(found.items())
    for start in range(0, len(places), _BATCH):
        part = dict(places[start : start + _BATCH])
        these = tombstones.c.digest.in_(part)
        known = {row.digest: row.at for row in connection.execute(select(tombstones).where(these))}
        connection.execute(delete(tombstones).where(these))
        rows = [{"digest": digest, "at": max(at, known.get(digest, at))} for digest, at in part.items()]
        connection.execute(insert(tombstones), rows)


def all_of_them(connection: Connection) -> dict[bytes, int]:
    return {row.digest: row.at for row in connection.execute(select(tombstones))}
