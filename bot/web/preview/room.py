"""Whether the disk has room for talks that are only for trying out: they stop first, long before those of Telegram and WhatsApp.

Not here: what is said then (see routes.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from sqlalchemy.engine import make_url

from bot.settings import Settings

FREE = 0.05
"""The part of a disk that is left to the others."""
LOOK_INTERVAL_S = 5.0


class Room:
    """`folders` are on the disks that are looked at; one that is not there is passed over."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders, self._left, self._seen = folders, True, -LOOK_INTERVAL_S

    @property
    def left(self) -> bool:
        if monotonic() - self._seen >= LOOK_INTERVAL_S:
            self._seen = monotonic()
            self._left = all(_free(folder) >= FREE for folder in self._folders if folder.exists())
        return self._left


def _free(folder: Path) -> float:
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total if usage.total else 1.0


def disks(settings: Settings) -> list[Path]:
    """Where this program writes: VAR_DIR, and where the database lies if it is a file."""
    url = make_url(settings.database)
    file = [Path(url.database).parent] if url.get_backend_name() == "sqlite" and url.database else []
    return [settings.var_dir, *file]
