"""Whether a database is damaged, as against away: a page that cannot be read is the fault of whatever lies on it, and of nothing else.

Not here: what is done with an event that meets such a page (see turns/apart.py).
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

_SQLITE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_POSTGRES = ("XX001", "XX002")
"""data_corrupted and index_corrupted."""


def is_damage(error: BaseException) -> bool:
    """Whether the database said that what it read there makes no sense."""
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _POSTGRES:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _SQLITE


def is_down(error: BaseException) -> bool:
    """Whether it is the database that fails, and neither one place in it nor something in what it was to keep."""
    kept = not isinstance(error, (IntegrityError, DataError)) and not is_damage(error)
    return isinstance(error, SQLAlchemyError) and kept


def find_damage(connection: Connection) -> str | None:
    """What SQLite's own check finds first, None where all is well; PostgreSQL has no such check in its core."""
    if connection.dialect.name != "sqlite":
        return None
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(1)")]
    return None if found == ["ok"] else " ".join(found).replace("\n", " ")[:200]
