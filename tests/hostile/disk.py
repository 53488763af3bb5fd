"""What a PostgreSQL server has on its disk: the files of one database and the log of changes (WAL), as whoever takes the disk reads them.

Leaves what to look for to the tests. Rows that were changed or deleted since stand there still, which no query shows.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url


class Disk:
    """Of the server behind `connection`, whose data lies in `folder`; the log is that from when it was made."""

    def __init__(self, connection: psycopg.Connection[Any], folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._since = self._number("pg_current_wal_insert_lsn() - '0/0'")

    def log(self) -> bytes:
        """Everything that was written since, also by others and to other databases. Ask before `files`: a checkpoint lets the log go."""
        size = self._number("pg_size_bytes(current_setting('wal_segment_size'))")
        until, line = self._number("pg_current_wal_flush_lsn() - '0/0'"), self._ask("pg_walfile_name('0/1')")[:8]
        parts, a_file = [], 2**32 // size
        for segment in range(self._since // size, until // size + 1):
            name = f"{line}{segment // a_file:08X}{segment % a_file:08X}"
            part = (self._folder / "pg_wal" / name).read_bytes()
            start = segment * size
            parts.append(part[max(0, self._since - start) : until - start])
        return b"".join(parts)

    def files(self) -> bytes:
        """All tables and indexes of this database, with what its memory held of them."""
        self._connection.execute("CHECKPOINT")
        own = self._folder / "base" / str(self._number("oid FROM pg_database WHERE datname = current_database()"))
        return b"".join(one.read_bytes() for one in sorted(own.iterdir()))

    def _number(self, what: str) -> int:
        return int(self._ask(what))

    def _ask(self, what: str) -> Any:
        found = self._connection.execute(f"SELECT {what}".encode()).fetchone()
        assert found is not None
        return found[0]


@contextmanager
def on_disk(url: str) -> Iterator[Disk | None]:
    """The disk of the server of this database, or None with a warning where it cannot be read: it is elsewhere, or not ours to read."""
    place = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(place, autocommit=True) as connection:
        try:
            folder = _folder(connection)
            # whatever other tests do to the server meanwhile, the log from here on is kept until this connection ends
            slot = f"disk_{uuid4().hex}"
            connection.execute("SELECT pg_create_physical_replication_slot(%s, true, true)", [slot])
            disk = Disk(connection, folder)
        except (OSError, psycopg.Error) as error:
            disk = None
            warnings.warn(f"PostgreSQL's files and log were NOT searched, only its rows: {error}", stacklevel=1)
        yield disk


def _folder(connection: psycopg.Connection[Any]) -> Path:
    """Raises OSError, psycopg.Error where it is not there for us to read."""
    (name,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    (identity,) = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone() or (0,)
    found = int.from_bytes((Path(name) / "global" / "pg_control").read_bytes()[:8], "little")
    if found != identity % 2**64:
        raise OSError(f"{name} here is another server's")
    list((Path(name) / "pg_wal").iterdir())
    return Path(name)
