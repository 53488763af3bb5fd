"""Work on a database that is killed in the middle: each time in a process of its own, forked from one that has loaded everything.

Leaves what the work is to `WORK` and what must hold afterwards to the tests. `python -m tests.storage.dying` is the process that forks.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, event

from storage.backups.restore import restore
from storage.database import connect, prepare
from storage.rotation import Rotation
from storage.sealing import Seal
from tests.storage.store import KEY, NOON_MS

NEXT_KEY = bytes(range(100, 132))
ROOT = Path(__file__).resolve().parent.parent.parent


def _prepare(url: str) -> None:
    prepare(connect(url), Seal(KEY))


def _restore(url: str, file: str) -> None:
    with open(file, "rb") as opened:
        restore(url, KEY, opened, NOON_MS, replace=True)


def _rotate(url: str) -> None:
    engine, seal = connect(url), Seal(NEXT_KEY, KEY)
    prepare(engine, seal)
    rotation = Rotation(engine, seal)
    while rotation.walk():
        pass
    assert rotation.end()


WORK: dict[str, Callable[..., None]] = {"prepare": _prepare, "restore": _restore, "rotate": _rotate}


class Dying:
    """`with Dying() as dying: dying("prepare", url, statements=3)`."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.dying"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=30)

    def __call__(self, work: str, *arguments: str, statements: int = 1_000_000, seconds: float = 600.0) -> float | None:
        """Kills it before the statement of that number, or after so many seconds. The seconds it took, None if it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([work, arguments, statements, seconds]) + "\n")
        self._process.stdin.flush()
        ended, took = json.loads(self._process.stdout.readline())
        assert ended in (0, -signal.SIGKILL, -signal.SIGALRM), ended
        return float(took) if ended == 0 else None


def _count_down(statements: int) -> None:
    left = [statements]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)


def _serve() -> None:
    from alembic import command, config  # noqa: F401

    for line in sys.stdin:
        work, arguments, statements, seconds = json.loads(line)
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process as a kill does: nothing is tidied up
            signal.setitimer(signal.ITIMER_REAL, seconds)
            _count_down(statements)
            try:
                WORK[work](*arguments)
            except BaseException as error:
                sys.stderr.write(f"{error}\n")
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps([os.waitstatus_to_exitcode(status), time.perf_counter() - started]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
