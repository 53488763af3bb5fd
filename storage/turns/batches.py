"""Statements of the hot path: written out once from the tables, many rows at a time.

Not here: what is read and written (see group.py); taking them to the database (see trips.py). SQLAlchemy's execution costs 50 to 100
us a statement, more than the database itself; here the same tables make plain SQL for sqlite3 (row by row, prepared by the driver) and
PostgreSQL (one statement over arrays, so that a batch is one message to the server however many rows it has).
"""

# ruff: noqa: S608 - names come from our own tables, values are always parameters

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, LargeBinary, String, Table

from storage.turns.arrays import ENCODE
from storage.turns.trips import Direct, Pipeline, Reading, StatementRows, whole

Row = Mapping[str, Any]


class Batch:
    """A statement over the named values of many rows."""

    def __init__(self, columns: Sequence[Column[Any]], sql: str, *, arrays: bool) -> None:
        self._values, self._sql = itemgetter(*(column.name for column in columns)), sql
        self._encode = [ENCODE[_type(column)] for column in columns] if arrays else []

    def run(self, trip: Pipeline | Direct, rows: Sequence[Row]) -> None:
        values = map(self._values, rows)
        if isinstance(trip, Direct):
            trip.repeat(self._sql, values)
        else:
            columns = zip(self._encode, zip(*values, strict=True), strict=True)
            trip.ask(self._sql, [encode(column) for encode, column in columns])


class Lookup:
    """Rows by one column of keys. `more` is a condition that is always the same, with further parameters; `beside` an expression that is
    read with each row, and what makes a value of its bytes."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        by: Column[Any],
        *,
        more: str = "",
        beside: tuple[str, Callable[[bytes], Any]] | None = None,
    ) -> None:
        names = [column.name for column in columns] + ([beside[0]] if beside else [])
        self._start = f"SELECT {', '.join(names)} FROM {by.table.name} WHERE {by.name}"
        self._more, self._sizes = more, dict[int, str]()
        self._among = f"{self._start} = ANY($1::BYTEA[]){more}"
        self._reading: Reading = [_read(column) for column in columns] + ([beside[1]] if beside else [])

    def run(self, trip: Pipeline | Direct, keys: Sequence[bytes], *parameters: Any) -> StatementRows:
        if isinstance(trip, Pipeline):
            return trip.ask(self._among, [ENCODE["BYTEA"](keys), *parameters], self._reading)
        # a few sizes only, so that the driver finds each prepared: the last key fills up
        size = 1 << (len(keys) - 1).bit_length()
        sql = self._sizes.get(size)
        if sql is None:
            sql = self._sizes[size] = f"{self._start} IN ({', '.join('?' * size)}){self._more}"
        return trip.ask(sql, [*keys, *[keys[-1]] * (size - len(keys)), *parameters])


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


def changing(
    table: Table, changed: Sequence[str], by: Sequence[str], *, arrays: bool, only: str | None = None
) -> Batch:
    """`only` is a condition on the row as it is."""
    names = [*changed, *by]
    columns = [table.c[name] for name in names]
    if arrays:
        changes = ", ".join(f"{name} = new.{name}" for name in changed)
        where = " AND ".join([*(f"{table.name}.{name} = new.{name}" for name in by), *([only] if only else [])])
        new = f"{_unnest(columns)} AS new ({', '.join(names)})"
        return Batch(columns, f"UPDATE {table.name} SET {changes} FROM {new} WHERE {where}", arrays=True)
    changes = ", ".join(f"{name} = ?" for name in changed)
    where = " AND ".join([*(f"{name} = ?" for name in by), *([only] if only else [])])
    return Batch(columns, f"UPDATE {table.name} SET {changes} WHERE {where}", arrays=False)


def removing(table: Table, by: Sequence[str], *, arrays: bool, only: str) -> Batch:
    columns = [table.c[name] for name in by]
    if arrays:
        gone = f"{_unnest(columns)} AS gone ({', '.join(by)})"
        where = " AND ".join(f"{table.name}.{name} = gone.{name}" for name in by)
        return Batch(columns, f"DELETE FROM {table.name} USING {gone} WHERE {where} AND {only}", arrays=True)
    where = " AND ".join(f"{name} = ?" for name in by)
    return Batch(columns, f"DELETE FROM {table.name} WHERE {where} AND {only}", arrays=False)


def _unnest(columns: Sequence[Column[Any]]) -> str:
    return f"unnest({', '.join(f'${number}::{_type(column)}[]' for number, column in enumerate(columns, 1))})"


def _type(column: Column[Any]) -> str:
    if isinstance(column.type, LargeBinary):
        return "BYTEA"
    # not VARCHAR(n): a cast would cut off what is too long, the column refuses it
    return "TEXT" if isinstance(column.type, String) else str(column.type)


def _read(column: Column[Any]) -> Any:
    return {"BYTEA": bytes, "TEXT": bytes.decode}.get(_type(column), whole)
