"""The locks of conversations: whoever changes one on PostgreSQL holds its lock until the transaction ends.

Not here: the locks of duties and processes (see processes/session_locks.py). On SQLite a transaction locks the whole database.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

_LOCK = "SELECT pg_advisory_xact_lock(k) FROM unnest(%s::BIGINT[]) AS k"


def lock_id(key: bytes) -> int:
    """The number of a conversation's advisory lock."""
    return int.from_bytes(key[:8], "big", signed=True)


def lock_talks(connection: Connection, keys: Iterable[bytes]) -> None:
    """In an order that is the same for everybody."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_LOCK, (sorted(map(lock_id, keys)),))
