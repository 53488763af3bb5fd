"""Reads print with Debian's `tesseract` command, where it is installed.

One thread (OMP_THREAD_LIMIT=1 is three times faster than its own threads on two cores), five seconds a call, a bound on all calls of a
file. The picture goes in by a pipe and nothing is written. Not here: what the text means (see domain/papers/).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from functools import lru_cache
from typing import Final, Protocol

from PIL import Image

CALL_S: Final = 5.0
ALL_S: Final = 6.0
"""Seconds for all calls about one file."""
MRZ_SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """Which languages can be read here; none where there is no tesseract."""
    command = shutil.which("tesseract")
    if command is None:
        return frozenset()
    try:
        said = subprocess.run([command, "--list-langs"], capture_output=True, timeout=CALL_S, check=True, text=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(said.stdout.split()[1:]) & {"kaz", "rus", "eng"}


class Recogniser(Protocol):
    """What reads print for the checker. A process that may not start another one asks its parent to read."""

    def read(self, picture: Image.Image, language: str, layout: int, signs: str = "") -> str:
        """The text of a grey picture; "" where nothing was read in time. `layout` is tesseract's page segmentation mode."""
        ...


class Tesseract:
    """Of one file: it stops reading when the time for that file is used up."""

    def __init__(self, seconds: float = ALL_S) -> None:
        self._until = time.monotonic() + seconds
        self._command = shutil.which("tesseract") or ""

    def read(self, picture: Image.Image, language: str, layout: int, signs: str = "") -> str:
        """See Recogniser."""
        left = min(CALL_S, self._until - time.monotonic())
        if left < 0.2 or not self._command:
            return ""
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=1)
        command = [self._command, "stdin", "stdout", "-l", language, "--psm", str(layout), "--dpi", "300"]
        if signs:
            command += ["-c", f"tessedit_char_whitelist={signs}", "-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=out.getvalue(),
                capture_output=True,
                timeout=left,
                env={"OMP_THREAD_LIMIT": "1", "PATH": os.defpath},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.decode("utf-8", "replace")
