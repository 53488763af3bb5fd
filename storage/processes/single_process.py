"""One SQLite file is served by one program: a second one would send the same messages and take up the same failed events.

Not here: PostgreSQL, which any number may share (see presence.py). The lock lies on a file of its own beside the database, so that
commands which only look are not in the way. The kernel frees it when the process ends, however it died.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from storage.database import Unusable

log = structlog.get_logger(__name__)

RETRY_INTERVAL_S = 0.1
"""Seconds between looks whether the other has ended."""


@contextmanager
def sole(database: Path | None, patience: float) -> Iterator[None]:
    """Only one program is inside. `patience` is how many seconds one that is just being stopped is given; None is a database that
    many may serve. Raises Unusable.
    """
    if database is None:
        yield
        return
    descriptor = _open(database)
    try:
        _lock(descriptor, database, patience)
        yield
    finally:
        os.close(descriptor)


def _open(database: Path) -> int:
    if database.is_dir():
        raise Unusable(f"the database {database} cannot be used: it is a folder")
    file = database.resolve()  # by whatever name: it is one file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"the database {database} cannot be used: {error.strerror}: {error.filename}") from error


def _lock(descriptor: int, database: Path, patience: float) -> None:
    until, waiting = time.monotonic() + patience, False
    while not _locked(descriptor, database):
        if time.monotonic() >= until:
            raise Unusable(
                f"another `utys serve` works on {database}; stop it first (several at once want PostgreSQL, DATABASE_URL)"
            )
        if not waiting:
            log.info("waiting_for_the_other", seconds=patience)
            waiting = True
        time.sleep(RETRY_INTERVAL_S)


def _locked(descriptor: int, database: Path) -> bool:
    """A lock of the process and not of the open file: what a child inherited does not outlive its parent."""
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise Unusable(f"the database {database} cannot be locked: {error.strerror}") from error
    return True
