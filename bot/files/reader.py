"""The process that reads one file: takes what it needs, closes the sandbox around itself, and only then looks at the file.

Not here: starting it (see child.py), the sandbox (see sandbox/walls.py), reading itself (see readings.py). Two lines say what is to be
read, the file's bytes come after them. A line of JSON with the walls goes out first, what was read after it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import msgspec

from bot.files.sandbox.walls import close, set_limits


def main(readings: str, parent: int) -> None:
    """`readings` names the module whose `READINGS` say how each kind is read; `parent` is the process that asks."""
    set_limits(parent)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a second thread could not be shut in
    kinds = import_module(readings).READINGS
    kind, head, data = sys.stdin.buffer.read().split(b"\n", 2)
    read = kinds[kind.decode()](head)
    walls = close()
    _say(msgspec.json.encode(walls) + b"\n")
    if walls.hold:
        _say(read(data))


def _say(said: bytes) -> None:
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
