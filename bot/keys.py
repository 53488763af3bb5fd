"""The keys of the settings as what seals and opens, and a new one put before them.

Not here: which they are (see settings.py); sealing everything under the new one (see storage/rotation.py).
"""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.settings import BadSetting, Settings
from storage.sealing import KEY_BYTES, Seal


def seal_of(settings: Settings) -> Seal:
    """It asks for the keys again, so that a running program hears of a new one in a file. Raises BadSetting."""
    known = settings.keys()
    seen: tuple[int, ...] = ()

    def now() -> tuple[bytes, ...]:
        nonlocal known, seen
        looks = _looks(settings.key_file)  # with each new talk: reading the file would cost a tenth of a turn
        if looks != seen:
            with suppress(BadSetting):  # somebody is at work on the file: the keys of before still open everything
                known = settings.keys()
                seen = looks
        return known

    return Seal(source=now)


def _looks(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def add_key(settings: Settings) -> None:
    """A new key before the others in their file, whole from the moment it is there. Raises BadSetting, OSError."""
    if settings.encryption_key:
        raise BadSetting("ENCRYPTION_KEY is no file: put a new key and a blank before the one that is there")
    path = settings.key_file.resolve()
    keys = secrets.token_bytes(KEY_BYTES), *settings.keys()
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.writelines(base64.b64encode(key).decode() + "\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).replace(path)
    finally:
        Path(fresh).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
