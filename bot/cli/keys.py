"""`utys keys status | rotate`: which master keys the database needs, and giving an older one up while the bot runs.

Not here: the work (see storage/rotation.py); where keys are read and written (see bot/settings.py, bot/keys.py).
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Annotated

import typer

from bot.cli.errors import fail, plainly, settings
from bot.settings import BadSetting

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The encryption keys: which are needed, changing them."
)
PAUSE_S = 0.02
"""Seconds between two slices, in which the bot's turns go on."""


@app.command()
def status() -> None:
    """Say which keys are given and what needs them. Reads the whole database."""
    from bot.cli.database import opened
    from storage.database import Unusable, connect, plainly_failing
    from storage.rotation import use_of_keys

    chosen = settings()
    with plainly(BadSetting, Unusable, OSError):
        with opened(chosen) as (_, seal):
            pass
        engine = connect(chosen.database)
        try:
            with plainly_failing(engine), engine.connect().execution_options(reads_only=True) as connection:
                used = use_of_keys(connection)
        finally:
            engine.dispose()
    for place, id in enumerate(seal.ids):
        print(f"{id.hex()}: {'the newest' if not place else 'older'}, needed by {used.needs.get(id, 0)} keys and rows")
    if used.old:
        print(f"from before keys had names: {used.old} rows")
    left = used.but(seal.ids[0])
    print(f"`utys keys rotate` has {left} to do" if left else "no older key is needed, but by older backups")


@app.command()
def rotate(
    new: Annotated[
        bool, typer.Option("--new", help="make a new key first and put it before the others in their file")
    ] = False,
) -> None:
    """Seal under the newest key what needs an older one, while the bot runs. Killed midway it goes on when called again."""
    from bot.cli.database import opened, sqlite_file
    from bot.keys import add_key
    from storage.backups.confirmation import living
    from storage.database import Unusable, connect, plainly_failing
    from storage.processes.single_process import sole
    from storage.rotation import Rotation

    chosen = settings()
    with plainly(BadSetting, Unusable, OSError), ExitStack() as alone:
        if chosen.encryption_key:
            alone.enter_context(sole(sqlite_file(chosen), 0))  # who runs does not hear of another one
        with opened(chosen) as (connection, _):
            alive = living(connection)
        if chosen.encryption_key and alive:
            fail(
                f"{alive} processes of the bot run, which do not hear of another ENCRYPTION_KEY; stop them, or keep the keys in "
                "ENCRYPTION_KEY_FILE"
            )
        if new:
            add_key(chosen)
        with opened(chosen) as (_, seal):
            pass
        engine = connect(chosen.database)
        try:
            with plainly_failing(engine):
                rotation = Rotation(engine, seal, lambda: time.sleep(PAUSE_S))
                changed = rotation.walk()
                while not rotation.end():
                    changed += rotation.walk()
        finally:
            engine.dispose()
    print(
        f"sealed anew under {seal.ids[0].hex()}: {changed}; "
        "an older key is needed for older backups, and for an hour for files that browsers sent"
    )
