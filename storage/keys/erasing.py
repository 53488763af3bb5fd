"""After somebody was forgotten: SQLite's write-ahead log, which still holds what was deleted, is emptied.

Not here: who forgets (see storage/turns/rows.py); when to empty (see storage/turns/writer.py). In the database's file itself deleted bytes
are overwritten (`secure_delete`). On PostgreSQL what is left in dead rows and in its log is sealed under a key that is gone.
"""

from __future__ import annotations

import sqlite3
from time import monotonic

from sqlalchemy import Connection

from storage.driver import driver

_MARK = "erased"


def note_erased(connection: Connection) -> None:
    """Of the transaction that runs now: what it deletes must not outlive it elsewhere."""
    connection.info[_MARK] = True


def was_erased(connection: Connection) -> bool:
    """Whether that has been noted since the last look."""
    return bool(connection.info.pop(_MARK, False))


class LogErasure:
    """What was forgotten, or was said as last words, is to be found nowhere: tried again until no reader stands in the way.

    `due` from the start: a killed process may have left something.
    """

    def __init__(self, interval_s: float) -> None:
        self.due = True
        self._interval_s, self._tried_at = interval_s, -interval_s

    def go_on(self, connection: Connection) -> None:
        """Outside a transaction, after each group."""
        self.due |= was_erased(connection)
        if self.due and monotonic() - self._tried_at >= self._interval_s:
            self._tried_at = monotonic()
            self.due = not empty_log(connection)


def empty_log(connection: Connection) -> bool:
    """Outside a transaction. False where a reader still needs the log: to be tried again. It waits for nobody."""
    if connection.dialect.name != "sqlite":
        return True
    with driver(connection) as cursor:
        (usual_ms,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            busy = True
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual_ms}")
    return not busy
