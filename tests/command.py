"""Runs the command line in a folder of its own, and says what a user would see.

`Command` runs in this process, which is enough for sentences and exit codes; `command.process` is a real process, for signals, locks,
the terminal, and what must happen before the first import.

Not here: what to expect (see the tests).
"""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from typer.testing import CliRunner

from bot.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_S = 120


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
        """In this process. Raises what a user would see as a traceback."""
        with chdir(self.folder), _untouched(), ThreadPoolExecutor(1) as thread:
            # in a thread of its own: a command runs an event loop, and the test's may run in this one
            return thread.submit(_call, list(map(str, arguments)), stdin, self.environment(**settings)).result()

    def process(self, *arguments: object, stdin: str | bytes = "", **settings: object) -> Seen:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ended = subprocess.run(
            self.line(*arguments), input=given, capture_output=True, timeout=TIMEOUT_S, **self.place(**settings)
        )
        return Seen(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def line(self, *arguments: object) -> list[str]:
        return [sys.executable, "-P", "-m", "bot.cli", *map(str, arguments)]

    def place(self, **settings: object) -> dict[str, object]:
        return {"cwd": self.folder, "env": self.environment(**settings)}

    def environment(self, **settings: object) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        changes = {"PYTHONPATH": ROOT, "MODELS_DIR": self.models, **settings}
        return {**kept, **{name: str(value) for name, value in changes.items()}}


def _call(arguments: list[str], stdin: str | bytes, environment: dict[str, str]) -> Seen:
    absent = dict.fromkeys(os.environ.keys() - environment.keys())
    result = CliRunner().invoke(app, arguments, input=stdin, env={**absent, **environment}, prog_name="utys")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Seen(result.exit_code, result.stdout, result.stderr)


@contextmanager
def _untouched() -> Iterator[None]:
    """A command owns its process: it sets up logs and the collector. Here they become again what they were."""
    root = logging.getLogger()
    handlers, level, config = root.handlers, root.level, structlog.get_config()
    thresholds, mask = gc.get_threshold(), os.umask(0o077)
    os.umask(mask)
    try:
        yield
    finally:
        root.handlers, root.level = handlers, level
        structlog.configure(**config)
        _forget_bound_loggers()
        gc.set_threshold(*thresholds)
        os.umask(mask)


def _forget_bound_loggers() -> None:
    """`cache_logger_on_first_use` keeps a command's configuration with every logger that spoke during it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("bot", "storage"):
            getattr(getattr(module, "log", None), "__dict__", {}).pop("bind", None)
