"""`utys backup`, `utys restore`, `utys migrate`: keeping the data safe, getting it back, bringing it up to date.

Not here: the rows (see storage/backups/backup.py and storage/backups/restore.py). A backup has its name only once it is whole.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import fail, plainly, settings
from bot.settings import BadSetting, Settings

_SUFFIX = ".backup"


def backup(
    where: Annotated[Path, typer.Argument(help="a new file, or a folder: the file in it is named by the time")],
    keep: Annotated[int | None, typer.Option(help="in a folder: how many of its backups stay", min=1)] = None,
) -> None:
    """Write everything in the database to one encrypted file, while the bot runs. The key is not in it."""
    from storage.backups.backup import note_backup, write_backup
    from storage.backups.encrypted_stream import Damaged
    from storage.backups.forgotten import NAME, write_beside
    from storage.database import connect, plainly_failing

    chosen, started = settings(), time.monotonic()
    now = datetime.now(UTC)
    if keep is not None and not where.is_dir():
        fail("--keep is for a folder")
    target = where / f"utys-{now:%Y%m%dT%H%M%SZ}{_SUFFIX}" if where.is_dir() else where
    if target.exists():
        fail(f"{target} is there already")
    with plainly(*_troubles()):
        key, *_ = _keys(chosen, "there is nothing to back up")
        _check_there(chosen)
        engine = connect(chosen.database)
        part = target.with_name(f".{target.name}.part")
        try:
            with plainly_failing(engine), open(part, "wb", opener=_private) as file:
                made = write_backup(engine, key, file, int(now.timestamp() * 1000))
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            size = target.stat().st_size
            with plainly_failing(engine), engine.begin() as connection:
                note_backup(connection, int(now.timestamp() * 1000), size)
            print(f"{target}: {_told(made, size, time.monotonic() - started)}")
            with plainly_failing(engine):
                write_beside(engine, chosen.keys(), target.parent)
        except Damaged as damage:
            fail(
                f"{target} is whole, but {target.parent / NAME} cannot be read: {damage}; put it elsewhere and back up again"
            )
        finally:
            part.unlink(missing_ok=True)
            engine.dispose()
    for old in sorted(where.glob(f"utys-*{_SUFFIX}"))[:-keep] if keep is not None else ():
        old.unlink(missing_ok=True)
        print(f"{old}: removed")


def restore(
    file: Annotated[Path | None, typer.Argument(help="what `utys backup` wrote")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="put it in the place of a database that has rows")] = False,
    check: Annotated[bool, typer.Option("--check", help="only read the file to its end; needs no database")] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="after a restore: this copy is the one that goes on; serve may start")
    ] = False,
    send_held: Annotated[
        bool, typer.Option("--send-held", help="with --confirm: send what was unsent in the backup, perhaps again")
    ] = False,
) -> None:
    """Put a backup in the place of the database. Nothing is sent or fetched until --confirm."""
    if (file is None) != confirm:
        fail("give either the FILE of a backup or --confirm")
    if (replace and (check or confirm)) or (check and confirm) or (send_held and not confirm):
        fail("these options do not go together; see `utys restore --help`")
    if file is None:
        _confirm(send_held=send_held)
        return
    from storage.backups.encrypted_stream import Damaged
    from storage.backups.forgotten import NAME, read_beside
    from storage.backups.restore import check as read_to_end
    from storage.backups.restore import restore as put_back

    chosen, started = settings(), time.monotonic()
    with plainly(*_troubles()):
        key, *older = _keys(chosen, "put the key there that the backup was made with")
        size, beside = file.stat().st_size, file.parent / NAME
        try:
            forgotten = None if check else read_beside(chosen.keys(), file.parent)
        except Damaged as damage:
            fail(f"{beside} cannot be read: {damage}; put the right one there, for it says who must not come back")
        try:
            with file.open("rb") as opened:
                made = (
                    read_to_end(key, opened, older)
                    if check
                    else put_back(
                        chosen.database,
                        key,
                        opened,
                        int(time.time() * 1000),
                        replace=replace,
                        forgotten=forgotten,
                        older=older,
                    )
                )
        except Damaged as damage:
            fail(f"{file} cannot be read: {damage}")
    print(f"{file}: {_told(made, size, time.monotonic() - started)}")
    at = datetime.fromtimestamp(made.header.made_at / 1000, UTC)
    print(f"made {at:%Y-%m-%d %H:%M:%S} UTC from {made.header.kind}, schema {made.header.schema}")
    if not check:
        if forgotten is None:
            print(f"there is no {beside}: who was forgotten after this backup was made may be back")
        print(f"forgotten since then, and not brought back: {made.kept_away}")
        print("nothing is sent or fetched by this copy until `utys restore --confirm`; stop the other one before")


def migrate() -> None:
    """Make the database, or bring its schema up to date, and nothing else. `utys serve` does it too."""
    from bot.keys import seal_of
    from storage.database import connect, newest, prepare

    chosen = settings()
    with plainly(*_troubles()):
        engine = connect(chosen.database)
        prepare(engine, seal_of(chosen))
        print(f"{engine.url.render_as_string(hide_password=True)}: schema {newest()}")
        engine.dispose()


def _confirm(*, send_held: bool) -> None:
    from bot.cli.database import opened
    from storage.backups.confirmation import confirm, count_held, restored

    with plainly(*_troubles()), opened(settings()) as (connection, _):
        if restored(connection) is None and not send_held:
            print("this database is no restored copy, or is confirmed already")
            return
        sent = confirm(connection, send_held=send_held)
        print(f"confirmed: `utys serve` may start; to be sent: {sent}, held back: {count_held(connection)}")


def _keys(chosen: Settings, otherwise: str) -> tuple[bytes, ...]:
    """The keys, but never a new one."""
    if not chosen.has_key:
        fail(f"there is no encryption key (ENCRYPTION_KEY or {chosen.key_file}); {otherwise}")
    return chosen.keys()


def _check_there(chosen: Settings) -> None:
    from bot.cli.database import sqlite_file

    if (there := sqlite_file(chosen)) is not None and not there.exists():
        fail(f"there is no database yet at {there}")


def _troubles() -> tuple[type[Exception], ...]:
    from storage.database import Unusable

    return BadSetting, Unusable, OSError


def _told(made: object, size: int, seconds: float) -> str:
    from storage.backups.backup import Made

    assert isinstance(made, Made)
    return f"{made.rows} rows of {len(made.counts)} tables, {size / 1e6:.1f} MB in {seconds:.1f} s"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
