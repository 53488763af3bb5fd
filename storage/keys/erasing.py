"""After somebody was forgotten: SQLite's write-ahead log, which still holds what was deleted, is emptied.

Not here: who forgets (see storage/turns/rows.py); when to empty (see storage/turns/writer.py). In the database's file itself deleted bytes
are overwritten (`secure_delete`). On PostgreSQL what is left in dead rows and in its log is sealed under a key that is gone.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection

from storage.driver import driver

_MARK = "erased"
_BUSY_TIMEOUT_MS = 5_000


def note_erased(connection: Connection) -> None:
    """Of the transaction that runs now: what it deletes must not outlive it elsewhere."""
    connection.info[_MARK] = True


def was_erased(connection: Connection) -> bool:
    """Whether that has been noted since the last look."""
    return bool(connection.info.pop(_MARK, False))


def empty_log(connection: Connection) -> bool:
    """Outside a transaction. False where a reader still needs the log: to be tried again. It waits for nobody."""
    if connection.dialect.name != "sqlite":
        return True
    with driver(connection) as cursor:
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            busy = True
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    return not busy
