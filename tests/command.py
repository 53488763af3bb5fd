"""Runs the real command line as a process, in a folder of its own, and says what a user would see.

Leaves what to expect to the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Seen:
    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line of a failure."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("utys: "), self.err
        return lines[0].removeprefix("utys: ")


@dataclass(frozen=True)
class Command:
    """`utys` with a var/ of its own; the models are those of the tree."""

    folder: Path
    models: Path

    def __call__(self, *arguments: object, stdin: str | bytes = "", **settings: object) -> Seen:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ended = subprocess.run(
            self.line(*arguments), input=given, capture_output=True, timeout=120, **self.place(**settings)
        )
        return Seen(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def line(self, *arguments: object) -> list[str]:
        return [sys.executable, "-P", "-m", "bot.cli", *map(str, arguments)]

    def place(self, **settings: object) -> dict[str, object]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        changes = {"PYTHONPATH": ROOT, "MODELS_DIR": self.models, **settings}
        return {"cwd": self.folder, "env": {**kept, **{name: str(value) for name, value in changes.items()}}}
