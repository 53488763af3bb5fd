"""Opens the database: engine, pragmas, schema at head, and the proof that the encryption key is the right one.

Not here: the tables (see tables.py); their history (see migrations/); the proof (see keys/sentinels.py). Raises Unusable with one
plain sentence for whatever is wrong.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from storage.driver import driver
from storage.keys.sentinels import ForeignKey, check_key
from storage.sealing import Seal
from storage.tables import conversations, inbox, notes, outbox

LOCK_TIMEOUT_S = 5.0
"""Seconds that a migration waits at most for a table that somebody reads, a backup for instance."""
MAX_DEADLOCKS = 5
"""Times that a migration is begun at most."""
ALIVE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq's parameters for a line over which a server that is gone is noticed within some ten seconds, instead of two hours."""
SEEN_ALIVE = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}
"""The server's, for one over which it notices us gone."""
_BOUNDS = {
    **SEEN_ALIVE,
    "idle_in_transaction_session_timeout": "5s",  # ends whoever was lost or frozen holding the locks of conversations
    "lock_timeout": "7s",  # longer than that, shorter than the lease that a process sends on (presence.LEASE)
    "statement_timeout": "10s",
}
MIGRATIONS = Path(__file__).parent / "migrations"
PLANS = " ".join(
    f"-c {setting}"
    for setting in (
        # every query goes by key: a plan made while a table was small must not read it whole when it has grown
        "enable_seqscan=off",
        "enable_hashjoin=off",
        "enable_mergejoin=off",
        "plan_cache_mode=force_generic_plan",
        "jit=off",
    )
)


class Unusable(Exception):
    """The database cannot be used; the text says why and what to do."""


def parse(url: str) -> URL:
    """An SQLAlchemy URL; `postgresql://` means psycopg. Raises Unusable."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Unusable(
            "DATABASE_URL is not an SQLAlchemy URL, e.g. sqlite:///var/utys.db or postgresql+psycopg://…"
        ) from error
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise Unusable(f"DATABASE_URL names {backend}; Utys keeps its data in SQLite or PostgreSQL")
    # whichever driver is asked for, the writer is a thread: sqlite3 and psycopg are the two that serve it
    return parsed.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def connect(url: str) -> Engine:
    """An engine with this house's settings. Opens no connection yet, but makes the folder of an SQLite file."""
    parsed = parse(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            if (file := _file(parsed)) is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                if file.is_file() and not file.stat().st_size:
                    raise Unusable(
                        f"{file} is empty (0 bytes), which no database is; restore a backup (`utys restore FILE --replace`), "
                        "or remove that file to begin anew"
                    )
            engine = create_engine(parsed, connect_args={"check_same_thread": False, "timeout": 5.0})
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_immediate)
            return engine
        # what psycopg prepares by itself it drops after a rollback, and with it (DEALLOCATE ALL) what `trips` has prepared
        arguments = {
            "connect_timeout": 5,
            "application_name": "utys",
            "options": PLANS,
            "prepare_threshold": None,
            **ALIVE,
        }
        return create_engine(parsed, connect_args=arguments, pool_pre_ping=True)
    except (NoSuchModuleError, OSError) as error:
        raise Unusable(f"the database cannot be opened: {error}") from error


def _file(parsed: URL) -> Path | None:
    """Of SQLite; None for one in memory, and for PostgreSQL."""
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database)).expanduser()


def holds_data(url: str) -> bool:
    """Whether there is a database that a key was used for; a look that makes nothing. Raises Unusable."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        file = _file(parsed)
        return file is not None and file.is_file() and file.stat().st_size > 0
    engine = connect(url)
    try:
        with plainly_failing(engine), engine.connect() as connection:
            return version(connection) is not None
    finally:
        engine.dispose()


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that a writer waits for the lock before it reads
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged event survives a power cut, not only a kill
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "cache_size=-8000",
        "wal_autocheckpoint=3000",  # pages; with many people each turn touches pages of its own, which are copied only once so
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """A writer waits for the lock before it reads; who says `reads_only` waits for nobody and holds up nobody."""
    with driver(connection) as cursor:
        cursor.execute("BEGIN" if connection.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE")


def prepare(engine: Engine, seal: Seal) -> None:
    """Brings the schema to the newest version and checks the key. Raises Unusable."""
    with plainly_failing(engine):
        _migrate(engine)
        with engine.begin() as connection:
            take_turns(connection)
            check_seal(connection, seal)


def check_seal(connection: Connection, seal: Seal) -> None:
    """Raises Unusable for keys that do not fit."""
    try:
        check_key(connection, seal)
    except ForeignKey as error:
        raise Unusable(str(error)) from error


def check_writable(engine: Engine) -> None:
    """SQLite opens a file that may only be read, and says so with the first write. Raises Unusable."""
    with plainly_failing(engine), engine.begin() as connection:
        touch(connection)


def touch(connection: Connection) -> None:
    """A write that changes nothing: whether there is anything to write to, and nobody holds a table that every turn writes to."""
    for table, column in ((inbox, inbox.c.status), (conversations, conversations.c.seq), (outbox, outbox.c.status)):
        connection.execute(update(table).where(text("1 = 0")).values({column: column}))
    connection.execute(update(notes).where(notes.c.name == "key").values(value=notes.c.value))


def bound(connection: Connection) -> None:
    """On PostgreSQL nothing that this connection asks for may take for ever, nor hold up others when it is heard of no more."""
    if connection.dialect.name == "postgresql":
        with connection.begin():
            for name, value in _BOUNDS.items():
                connection.exec_driver_sql(f"SET {name} = '{value}'")


def break_connection(connection: Connection) -> None:
    """Breaks the line to PostgreSQL off, from whatever thread: who waits on it for an answer gets an error instead."""
    if connection.dialect.name == "postgresql":
        with suppress(OSError, SQLAlchemyError), socket.socket(fileno=os.dup(_line(connection))) as line:
            line.shutdown(socket.SHUT_RDWR)


def _line(connection: Connection) -> int:
    raw: Any = connection.connection.driver_connection
    return int(raw.pgconn.socket)


@contextmanager
def plainly_failing(engine: Engine) -> Iterator[None]:
    """Raises Unusable for whatever the database says."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Unusable(explain(engine, error)) from error


def explain(engine: Engine, error: SQLAlchemyError) -> str:
    """One plain sentence for a database error, without credentials."""
    reason = (
        str(error.orig).strip().splitlines()[0]
        if isinstance(error, DBAPIError) and error.orig
        else type(error).__name__
    )
    return f"the database {engine.url.render_as_string(hide_password=True)} cannot be used: {reason}"


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        head = newest()
        found = version(connection)
        if found == head:
            return
        if found is not None and not knows(found):
            raise Unusable(
                f"the database has schema {found}, which this version of Utys does not know; start a newer Utys"
            )
    upgrade(engine)


def newest() -> str:
    """The newest schema version: migrations are files named by number."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def knows(schema: str) -> bool:
    return (MIGRATIONS / "versions" / f"{schema}.py").exists()


def version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def upgrade(engine: Engine) -> None:
    """All migrations that are due, in one transaction: killed midway, nothing of them has happened.

    A turn that holds one table and wants another, while the migration does so the other way round, is a deadlock: PostgreSQL ends one of
    the two, and where that is the migration it begins anew.
    """
    for left in reversed(range(MAX_DEADLOCKS)):
        try:
            _upgrade(engine)
            return
        except OperationalError as error:
            if not left or getattr(error.orig, "sqlstate", None) != "40P01":
                raise


def _upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        take_turns(connection)
        if connection.dialect.name == "postgresql":
            # a change that waits for a long reader holds up everybody behind it: rather give up and be started again
            connection.execute(text(f"SET LOCAL lock_timeout = {int(LOCK_TIMEOUT_S * 1000)}"))
        migrate(connection)


def migrate(connection: Connection, to: str = "head") -> None:
    """Inside the caller's transaction."""
    from alembic import command  # imported only where a migration is due: it costs 0.2 s
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def take_turns(connection: Connection) -> None:
    """Of several processes that start at once one migrates and leaves the sentinel; on SQLite BEGIN IMMEDIATE sees to that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7781102)"))
