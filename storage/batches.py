"""Statements of the hot path: written out once from the tables, run by the driver's own cursor, many rows at a time.

Leaves what is read and written to `group`. SQLAlchemy's execution costs 50 to 100 us a statement, more than the database itself;
here the same tables make plain SQL for sqlite3 (row by row, prepared by the driver) and psycopg (one statement over arrays in binary, so
that a batch is one message to the server however many rows it has). Driver errors leave as SQLAlchemy's, as everywhere else.
"""

# ruff: noqa: S608 - names come from our own tables, values are always parameters

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, String, Table
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]


class Batch:
    """A statement over the named values of many rows."""

    def __init__(self, columns: Sequence[Column[Any]], sql: str, *, arrays: bool) -> None:
        self._values, self._sql, self._arrays = itemgetter(*(column.name for column in columns)), sql, arrays
        self._encode = [encoder(_array(column)) for column in columns] if arrays else []

    def run(self, cursor: Any, rows: Sequence[Row]) -> None:
        if self._arrays:
            columns = zip(*map(self._values, rows), strict=True)
            arrays = [encode(column) for encode, column in zip(self._encode, columns, strict=True)]
            cursor.execute(self._sql, arrays, prepare=True, binary=True)
        elif len(rows) == 1:
            cursor.execute(self._sql, self._values(rows[0]))
        else:
            cursor.executemany(self._sql, map(self._values, rows))


class Lookup:
    """Rows by one column of keys. `more` is a condition that is always the same, with further parameters."""

    def __init__(self, columns: Sequence[Column[Any]], by: Column[Any], *, arrays: bool, more: str = "") -> None:
        self._start = f"SELECT {', '.join(c.name for c in columns)} FROM {by.table.name} WHERE {by.name}"
        self._more, self._sizes = more, dict[int, str]()
        self._among = f"{self._start} = ANY(%b::BYTEA[]){more}"
        self._encode = encoder("BYTEA") if arrays else None

    def run(self, cursor: Any, keys: Sequence[bytes], *parameters: Any) -> Any:
        """The cursor, to be read when the round trip is over."""
        if self._encode is not None:
            return cursor.execute(self._among, [self._encode(keys), *parameters], prepare=True, binary=True)
        # a few sizes only, so that the driver finds each prepared: the last key fills up
        size = 1 << (len(keys) - 1).bit_length()
        sql = self._sizes.get(size)
        if sql is None:
            sql = self._sizes[size] = f"{self._start} IN ({', '.join('?' * size)}){self._more}"
        return cursor.execute(sql, [*keys, *[keys[-1]] * (size - len(keys)), *parameters])


def insertion(table: Table, names: Sequence[str], *, arrays: bool, on_conflict: str = "") -> Batch:
    columns = [table.c[name] for name in names]
    values = f"SELECT * FROM {_unnest(columns)}" if arrays else f"VALUES ({', '.join('?' * len(names))})"
    return Batch(
        columns, f"INSERT INTO {table.name} ({', '.join(names)}) {values} {on_conflict}".strip(), arrays=arrays
    )


def merging(table: Table, names: Sequence[str], changed: Sequence[str], *, arrays: bool) -> Batch:
    """Inserts, or changes these columns of the row that is there."""
    key = ", ".join(column.name for column in table.primary_key.columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in changed)
    return insertion(table, names, arrays=arrays, on_conflict=f"ON CONFLICT ({key}) DO UPDATE SET {changes}")


def changing(table: Table, changed: Sequence[str], by: Sequence[str], *, arrays: bool) -> Batch:
    names = [*changed, *by]
    columns = [table.c[name] for name in names]
    if arrays:
        changes = ", ".join(f"{name} = new.{name}" for name in changed)
        where = " AND ".join(f"{table.name}.{name} = new.{name}" for name in by)
        new = f"{_unnest(columns)} AS new ({', '.join(names)})"
        return Batch(columns, f"UPDATE {table.name} SET {changes} FROM {new} WHERE {where}", arrays=True)
    changes = ", ".join(f"{name} = ?" for name in changed)
    where = " AND ".join(f"{name} = ?" for name in by)
    return Batch(columns, f"UPDATE {table.name} SET {changes} WHERE {where}", arrays=False)


def removing(table: Table, by: Sequence[str], *, arrays: bool, only: str) -> Batch:
    columns = [table.c[name] for name in by]
    if arrays:
        gone = f"{_unnest(columns)} AS gone ({', '.join(by)})"
        where = " AND ".join(f"{table.name}.{name} = gone.{name}" for name in by)
        return Batch(columns, f"DELETE FROM {table.name} USING {gone} WHERE {where} AND {only}", arrays=True)
    where = " AND ".join(f"{name} = ?" for name in by)
    return Batch(columns, f"DELETE FROM {table.name} WHERE {where} AND {only}", arrays=False)


def encoder(kind: str) -> Callable[[Sequence[Any]], Any]:
    """What makes one parameter of many values of that type. Loads the driver: only where PostgreSQL is used."""
    from storage.arrays import ENCODE

    return ENCODE[kind]


def _unnest(columns: Sequence[Column[Any]]) -> str:
    return f"unnest({', '.join(f'%b::{_array(column)}[]' for column in columns)})"


def _array(column: Column[Any]) -> str:
    if isinstance(column.type, LargeBinary):
        return "BYTEA"
    # not VARCHAR(n): a cast would cut off what is too long, the column refuses it
    return "TEXT" if isinstance(column.type, String) else str(column.type)


def one_trip(cursor: Any) -> AbstractContextManager[Any]:
    """What is executed inside goes to PostgreSQL in one round trip; results are read after it. On SQLite there are no trips."""
    pipeline = getattr(cursor.connection, "pipeline", None)
    return pipeline() if pipeline is not None else nullcontext()


@contextmanager
def driver(connection: Connection) -> Iterator[Any]:
    """The driver's cursor of a SQLAlchemy connection."""
    raw = connection.connection
    cursor = raw.cursor()
    error = connection.dialect.loaded_dbapi.Error
    try:
        yield cursor
    except error as failure:
        raise DBAPIError.instance(None, None, failure, error, dialect=connection.dialect) from failure
    finally:
        cursor.close()
