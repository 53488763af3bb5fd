"""An SQLite database made beside another one, which takes its place in one step when it is whole.

Not here: what is written into it (see restore.py). The old database is held exclusively meanwhile, so that no bot writes what would be
lost; its write-ahead log goes into it first, for a log that outlived its file would be read into the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from storage.database import Unusable, connect

_PREFIX = ".restoring-"


@contextmanager
def in_place_of(target: Path) -> Iterator[Path]:
    """The path of a new file; it becomes `target` when the block ends well. Raises Unusable, OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{_PREFIX}*"):  # of one that was killed
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))  # for the owner only
    try:
        with _held(target):
            place = folder / target.name
            yield place
            for log in ("-wal", "-shm", "-journal"):
                target.with_name(target.name + log).unlink(missing_ok=True)
            place.chmod(0o600)
            _sync(place)
            place.replace(target)
            _sync(target.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unguarded(url: str) -> Engine:
    """An engine for a file that nobody needs if its making is broken off: no journal, no waiting for the disk."""
    engine = connect(url)

    def tune(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", tune)
    return engine


@contextmanager
def _held(target: Path) -> Iterator[None]:
    """Nobody else has the old database open. One that cannot be read is nobody's."""
    if not target.exists():
        yield
        return
    connection = sqlite3.connect(target, timeout=2.0, isolation_level=None)
    try:
        for statement in ("PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=DELETE", "BEGIN EXCLUSIVE"):
            connection.execute(statement).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            connection.close()
            raise Unusable(f"{target} is in use; stop the bot first") from error
    except sqlite3.DatabaseError:
        pass
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.close()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
