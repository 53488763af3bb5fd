"""Files that browsers have sent and that are about to be read: sealed on the disk, for minutes, in places that are counted.

Not here: reading them (see the bot), and when to look for old ones. A file is named by what brings it, whose it is and from where; `new`
is what no event has claimed yet.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from storage.sealing import Seal

PLACES = 3
"""Files of one talk, and of one network address, at once."""
MOST = 200 * 1024 * 1024
"""Bytes of all of them together."""
UNCLAIMED_S, CLAIMED_S = 60.0, 3600.0
"""After these a file goes that no event has brought, and one that was brought and never read."""
_NEW, _CLAIMED = "new", "claimed"


class KeptUpload(NamedTuple):
    """One file: hashes of what brings it, of its talk and of the address that it came from."""

    path: Path
    id: str
    talk: str
    source: str
    state: str


class UploadFolder:
    """All that it does is file work: call it off the loop, `keep` one at a time."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self._folder, self._seal = folder, seal

    def keep(self, id: bytes, talk: bytes, source: bytes, content: bytes, now: float) -> bool:
        """Keeps a file, in the place of one with its id. False where there is no room; `now` is epoch seconds."""
        self.purge(now)
        held = []
        for kept in self._all():
            if kept.id == id.hex():
                kept.path.unlink(missing_ok=True)
            else:
                held.append(kept)
        taken = sum(_size(kept.path) for kept in held)
        of_talk, of_source = (
            sum(getattr(kept, name) == mine.hex() for kept in held)
            for name, mine in (("talk", talk), ("source", source))
        )
        if taken + len(content) > MOST or max(of_talk, of_source) >= PLACES:
            return False
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._folder / f".{secrets.token_hex(8)}"
        with open(fresh, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            self._seal.refresh()  # a key that was given up may be gone when this is read
            file.write(self._seal.seal(content, _place(id)))
        fresh.rename(self._folder / ".".join((id.hex(), talk.hex(), source.hex(), _NEW)))
        return True

    def claim(self, id: bytes) -> None:
        """An event brings it."""
        for kept in self._all():
            if kept.id == id.hex() and kept.state == _NEW:
                kept.path.rename(kept.path.with_suffix(f".{_CLAIMED}"))

    def load(self, id: bytes) -> bytes | None:
        for kept in self._all():
            if kept.id == id.hex():
                return self._seal.open(kept.path.read_bytes(), _place(id))
        return None

    def drop(self, id: bytes) -> None:
        for kept in self._all():
            if kept.id == id.hex():
                kept.path.unlink(missing_ok=True)

    def holds(self, talk: bytes) -> bool:
        return any(kept.talk == talk.hex() for kept in self._all())

    def drop_talk(self, talk: bytes, *, claimed_only: bool) -> None:
        for kept in self._all():
            if kept.talk == talk.hex() and (kept.state == _CLAIMED or not claimed_only):
                kept.path.unlink(missing_ok=True)

    def purge(self, now: float) -> None:
        """Drops what nobody came for; `now` is epoch seconds."""
        for path in self._paths():
            limit = CLAIMED_S if path.suffix == f".{_CLAIMED}" else UNCLAIMED_S
            try:
                old = now - path.stat().st_mtime > limit
            except FileNotFoundError:
                continue
            if old:
                path.unlink(missing_ok=True)

    def _all(self) -> Iterator[KeptUpload]:
        for path in self._paths():
            parts = path.name.split(".")
            if len(parts) == 4 and parts[0]:
                yield KeptUpload(path, *parts)

    def _paths(self) -> list[Path]:
        try:
            return list(self._folder.iterdir())
        except FileNotFoundError:
            return []


def _place(id: bytes) -> bytes:
    return b"upload" + id


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
