"""The wall clock of a program that a test has started: it can be set while the program runs.

libfaketime stands between that program and the system's clock; its monotonic clock stays the machine's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

HOUR = 3600


def libfaketime() -> Path | None:
    """The library: the one that LIBFAKETIME names, else Debian's. None where there is none."""
    if given := os.environ.get("LIBFAKETIME"):
        return Path(given)
    return next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


class Clock:
    """Give `environment` to a program; `set` moves its clock within a second. Raises FileNotFoundError where there is no libfaketime."""

    def __init__(self, folder: Path) -> None:
        library = libfaketime()
        if library is None:
            raise FileNotFoundError("libfaketime: install Debian's package or name the library in LIBFAKETIME")
        self._library, self._file = library, folder / "clock"
        self.set(0)

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",  # seconds; without it every look at a clock reads the file, which slows all down tenfold
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # its workaround for another glibc makes Python's threads spin for the interpreter's lock once the clock has jumped
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }

    def set(self, seconds: int) -> None:
        """So much ahead of the machine's clock, or behind it where it is less than nothing."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self._file)
