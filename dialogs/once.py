"""What one turn has found out about its text: each reading is made once, however many steps ask for it.

Not here: the readings. This lives as long as its turn, so no text stays in memory after it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Found = TypeVar("Found")


class Once:
    """Readings by what they were made of. A key must name the reader and whatever its result depends on."""

    def __init__(self) -> None:
        self._found: dict[Hashable, object] = {}

    def __call__(self, key: Hashable, read: Callable[[], Found]) -> Found:
        if key not in self._found:
            self._found[key] = read()
        return cast(Found, self._found[key])
