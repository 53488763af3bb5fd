"""How a file is fetched from the channel that it came by, and the ways in which that can fail.

Not here: each provider's own way to the files beside this one, and the bytes (see download.py).
"""

from __future__ import annotations

from typing import Protocol


class Gone(Exception):
    """The provider does not have the file, or no longer. `early`: it may not have it yet."""

    def __init__(self, reason: str, *, early: bool = False) -> None:
        super().__init__(reason)
        self.early = early


class TooLarge(Exception):
    """The file has more bytes than are wanted."""


class NotNow(Exception):
    """It may be there later; `after` is in seconds."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class Fetcher(Protocol):
    async def fetch(self, ref: str, most: int) -> bytes:
        """The bytes of a file, by the channel's own handle for it. Raises Gone, TooLarge, NotNow."""
        ...

    async def dispose(self, ref: str) -> None:
        """The file was read and is not needed again. Never raises for network faults."""
        ...
