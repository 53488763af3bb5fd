"""A backup: every row of every table as of one instant, encrypted, the same from SQLite and PostgreSQL.

Not here: putting one back (see restore.py); encryption (see encrypted_stream.py). The rows are read in one read-only transaction while
the bot goes on (SQLite: a WAL reader blocks nobody; PostgreSQL: REPEATABLE READ), so that no pg_dump of the server's version is needed
and a backup of the one kind fits the other. What is in memory is one batch of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection, Engine, MetaData, Table, delete, insert, select

from storage.backups.encrypted_stream import ChunkReader, ChunkWriter, Damaged
from storage.database import Unusable, version
from storage.tables import notes

BATCH = 500
"""Rows that are read and written at a time."""
_LENGTH = 4
_LONGEST = 512 * 1024 * 1024


class BackupColumns(msgspec.Struct, frozen=True):
    table: str
    columns: tuple[str, ...]


class Header(msgspec.Struct, frozen=True):
    """What a backup says of itself. `made_at` is ms UTC; `schema` is the number of the migration it stands at."""

    schema: str
    kind: str
    made_at: int
    tables: tuple[BackupColumns, ...]


class BackupRows(msgspec.Struct, frozen=True, tag=True):
    table: str
    rows: list[list[Any]]


class End(msgspec.Struct, frozen=True, tag=True):
    """`counts` is the number of rows of each table."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written or read. `kept_away`: how many people of it had been forgotten since and were not restored."""

    header: Header
    counts: dict[str, int]
    kept_away: int = 0

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


_encode = msgspec.msgpack.Encoder().encode
_read_header = msgspec.msgpack.Decoder(Header).decode
_read_body = msgspec.msgpack.Decoder(BackupRows | End).decode


def write_backup(engine: Engine, key: bytes, file: BinaryIO, now: int) -> Made:
    """`now` is ms UTC. Raises Unusable, SQLAlchemyError, OSError."""
    with _snapshot(engine) as connection:
        schema = version(connection)
        if schema is None:
            raise Unusable("there is nothing to back up: `utys serve` has not made this database yet")
        tables = read_tables(connection)
        header = Header(schema, connection.dialect.name, now, tuple(_columns(table) for table in tables))
        stream = ChunkWriter(file, key)
        _put(stream, header)
        counts = {}
        for table in tables:
            counts[table.name] = 0
            for rows in connection.execute(select(table).execution_options(yield_per=BATCH)).partitions():
                _put(stream, BackupRows(str(table.name), [list(row) for row in rows]))
                counts[table.name] += len(rows)
        _put(stream, End(counts))
        stream.close()
    return Made(header, counts)


class BackupReader:
    """Reads a backup once, from its header to its end. Raises Damaged from everything it does."""

    def __init__(self, file: BinaryIO, *keys: bytes) -> None:
        self._stream = ChunkReader(file, *keys)
        self.header: Header = self._next(_read_header)

    def rows(self) -> Iterator[BackupRows]:
        """All rows; ends only if the backup is whole."""
        counts = {each.table: 0 for each in self.header.tables}
        while isinstance(found := self._next(_read_body), BackupRows):
            counts[found.table] += len(found.rows)
            yield found
        self._stream.finish()
        if found.counts != counts:
            raise Damaged("it does not hold the rows that it counts")
        self.made = Made(self.header, counts)

    def _next(self, decode: Any) -> Any:
        length = int.from_bytes(self._stream.read(_LENGTH), "big")
        if length > _LONGEST:
            raise Damaged("it holds something too long to be a batch of rows")
        try:
            return decode(self._stream.read(length))
        except (msgspec.DecodeError, KeyError) as error:
            raise Damaged("it is of another version of Utys") from error


@dataclass(frozen=True, slots=True)
class Noted:
    """The last backup, as the database that it was made of remembers it. `at` is ms UTC, `size` bytes."""

    at: int
    size: int


def note_backup(connection: Connection, at: int, size: int) -> None:
    connection.execute(delete(notes).where(notes.c.name == "backup"))
    connection.execute(insert(notes).values(name="backup", value=msgspec.json.encode(Noted(at, size))))


def last_backup(connection: Connection) -> Noted | None:
    value = connection.execute(select(notes.c.value).where(notes.c.name == "backup")).scalar_one_or_none()
    return None if value is None else msgspec.json.decode(value, type=Noted)


def read_tables(connection: Connection) -> Sequence[Table]:
    """The tables as they stand in this database, of whatever version, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _columns(table: Table) -> BackupColumns:
    return BackupColumns(str(table.name), tuple(str(column.name) for column in table.columns))


def _put(stream: ChunkWriter, what: Header | BackupRows | End) -> None:
    body = _encode(what)
    stream.write(len(body).to_bytes(_LENGTH, "big") + body)


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """One instant of the database, for as long as it takes to read it."""
    if engine.dialect.name == "postgresql":
        reading: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    else:
        reading = {"reads_only": True}
    with engine.connect().execution_options(**reading) as connection, connection.begin():
        yield connection
