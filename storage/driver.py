"""The driver's own cursor of a SQLAlchemy connection, with its errors as SQLAlchemy's.

Not here: several statements in one round trip (see storage/turns/trips.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def translated(connection: Connection, failure: Exception) -> Exception:
    """A driver's error as SQLAlchemy's."""
    base = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(None, None, failure, base, dialect=connection.dialect)


@contextmanager
def driver(connection: Connection) -> Iterator[Any]:
    """The driver's cursor of a SQLAlchemy connection."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as failure:
        raise translated(connection, failure) from failure
    finally:
        cursor.close()
