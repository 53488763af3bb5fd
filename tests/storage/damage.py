"""A page of an SQLite file that is overwritten, as a failing disk would.

Not here: what must come of it (see the tests).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

JUNK = b"\xa5" * 4096
TABLES = ("conversations", "inbox", "outbox")


def damage(file: Path, table: str, mark: bytes) -> None:
    """Overwrites one leaf of that table, of no index, which holds these bytes. Nobody may have the file open."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = file.read_bytes()
    copy = file.with_name("tried.db")
    for at in range(size, len(content), size):
        page = content[at : at + size]
        if page[0] not in (0x0A, 0x0D) or mark not in page:
            continue
        shutil.copy(file, copy)
        _overwrite(copy, at, size)
        if _broken(copy) == {table}:
            _overwrite(file, at, size)
            return
    raise AssertionError(f"no leaf of {table} holds that")


def _overwrite(file: Path, at: int, size: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(JUNK[:size])


def _broken(file: Path) -> set[str]:
    """The tables that cannot be read from end to end."""
    broken = set()
    with closing(sqlite3.connect(file)) as connection:
        for table in TABLES:
            try:
                connection.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall()
            except sqlite3.DatabaseError:
                broken.add(table)
    return broken
