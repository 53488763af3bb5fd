"""Puts a backup in the place of a database: whole or not at all, of either kind into either kind, an older schema brought up to date.

Not here: reading the backup (see backup.py); what a copy may not do (see confirmation.py); the file of SQLite (see new_file.py). Until
the last moment the database that was there stays as it was: PostgreSQL sees one transaction, SQLite gets a new file that takes the old
one's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace as changed
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, MetaData, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage.backups.backup import BackupReader, Made, read_tables
from storage.backups.confirmation import Restored, hold
from storage.backups.encrypted_stream import Damaged
from storage.backups.forgotten import buried_in, forget_again, together
from storage.backups.new_file import in_place_of, unguarded
from storage.clock import milliseconds
from storage.database import (
    Unusable,
    check_seal,
    connect,
    explain,
    knows,
    migrate,
    parse,
    plainly_failing,
    take_turns,
    version,
)
from storage.driver import driver
from storage.keys.tombstones import Tombstones
from storage.processes.presence import DEAD_AFTER_S
from storage.sealing import Seal

_NOBODYS = {"notes", "processes"}
"""Tables that may have rows though nobody has talked to the bot yet."""


def restore(
    url: str,
    key: bytes,
    file: BinaryIO,
    now: int,
    *,
    replace: bool,
    forgotten: Tombstones | None = None,
    older: Sequence[bytes] = (),
) -> Made:
    """`now` is ms UTC; `replace` allows a database with rows to go. Whoever was `forgotten` after the backup was made, or is in the
    database that goes, does not come back. `older` keys open what the key does not. Raises Unusable, Damaged, OSError."""
    forgotten = forgotten or {}
    backup, seal = _open(file, key, *older), Seal(key, *older)
    parsed = parse(url)
    if parsed.get_backend_name() == "postgresql":
        return _run(connect(url), backup, seal, now, forgotten, replace=replace)
    if parsed.database in (None, "", ":memory:"):
        raise Unusable("DATABASE_URL names no file to restore into")
    target = Path(str(parsed.database)).expanduser()
    if target.exists() and not replace:
        _refuse_rows(connect(url))
    forgotten = together(forgotten, _buried_in(url) if target.exists() else {})
    with in_place_of(target) as place:
        return _run(unguarded(f"sqlite:///{place}"), backup, seal, now, forgotten, replace=False)


def check(key: bytes, file: BinaryIO, older: Sequence[bytes] = ()) -> Made:
    """Reads a backup from its beginning to its end, and needs no database. Raises Damaged, Unusable."""
    backup = _open(file, key, *older)
    for _ in backup.rows():
        pass
    return backup.made


def _open(file: BinaryIO, *keys: bytes) -> BackupReader:
    backup = BackupReader(file, *keys)
    if not knows(backup.header.schema):
        schema = backup.header.schema
        raise Unusable(f"the backup has schema {schema}, which this version of Utys does not know; use a newer Utys")
    return backup


def _run(engine: Engine, backup: BackupReader, seal: Seal, now: int, forgotten: Tombstones, *, replace: bool) -> Made:
    try:
        with plainly_failing(engine), engine.begin() as connection:
            forgotten = together(forgotten, _clear(connection, replace=replace))
            _fill(connection, backup)
            migrate(connection)
            check_seal(connection, seal)
            kept_away = forget_again(connection, seal, forgotten)
            hold(connection, Restored(backup.header.made_at, now))
        return changed(backup.made, kept_away=kept_away)
    finally:
        engine.dispose()


def _buried_in(url: str) -> Tombstones:
    """What a file remembers that is going to be replaced; one that cannot be read remembers nothing."""
    with suppress(SQLAlchemyError, Unusable):
        engine = connect(url)
        try:
            with engine.connect().execution_options(reads_only=True) as connection:
                return buried_in(connection)
        finally:
            engine.dispose()
    return {}


def _refuse_rows(engine: Engine) -> None:
    try:
        with engine.connect().execution_options(reads_only=True) as connection:
            _refuse(connection, read_tables(connection))
    except SQLAlchemyError as error:
        raise Unusable(f"{explain(engine, error)}; --replace puts the backup in its place") from error
    finally:
        engine.dispose()


def _refuse(connection: Connection, tables: Sequence[Table]) -> None:
    full = [table.name for table in tables if table.name not in _NOBODYS and _has_rows(connection, table)]
    if full:
        shown = connection.engine.url.render_as_string(hide_password=True)
        raise Unusable(f"{shown} is not empty ({', '.join(full)}); --replace puts the backup in its place")


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(text("1")).select_from(table).limit(1)).first() is not None


def _clear(connection: Connection, *, replace: bool) -> Tombstones:
    """Takes down what was there, inside the transaction that puts up the new. Whom it had forgotten."""
    take_turns(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))  # somebody looks at it just now: say so, do not hang
    tables = read_tables(connection)
    if tables and version(connection) is None:
        raise Unusable("the database holds tables of another program; restore into one of its own")
    for table in tables:
        if table.name == "processes":
            fresh = table.c.beat_at > milliseconds(connection) - int(DEAD_AFTER_S * 1000)
            if running := connection.execute(select(func.count()).select_from(table).where(fresh)).scalar_one():
                raise Unusable(f"{running} processes of the bot work on this database; stop them and wait 15 seconds")
    if not replace:
        _refuse(connection, tables)
    buried = buried_in(connection)
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)
    return buried


def _fill(connection: Connection, backup: BackupReader) -> None:
    """The schema as it was when the backup was made, and its rows."""
    migrate(connection, backup.header.schema)
    tables = {table.name: table for table in read_tables(connection)}
    columns = {each.table: each.columns for each in backup.header.tables}
    if {name: tuple(sorted(table.columns.keys())) for name, table in tables.items()} != {
        name: tuple(sorted(found)) for name, found in columns.items()
    }:
        raise Damaged("its tables are not those of its schema")
    for batch in backup.rows():
        _insert(connection, tables[batch.table], columns[batch.table], batch.rows)


def _insert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with driver(connection) as cursor:
        if connection.dialect.name == "postgresql":
            with cursor.copy(f"COPY {_quoted(table.name)} ({', '.join(map(_quoted, columns))}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            values = ", ".join("?" * len(columns))
            names = ", ".join(map(_quoted, columns))
            cursor.executemany(f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({values})", rows)  # noqa: S608


def _quoted(name: str) -> str:
    """A name that comes from our own tables: the schema of a backup was compared with that of the migrations."""
    return f'"{name}"'
