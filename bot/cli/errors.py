"""How the command line fails: one plain sentence on standard error and an exit code, never a traceback for what a user did.

Not here: the sentences (see those who raise them).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from bot.settings import BadSetting, Settings, load


def fail(reason: object) -> NoReturn:
    """One plain sentence, exit code 1."""
    print(f"utys: {' '.join(str(reason).split())}", file=sys.stderr)
    raise SystemExit(1)


@contextmanager
def plainly(*kinds: type[Exception]) -> Iterator[None]:
    """Exceptions of these kinds become their sentence."""
    try:
        yield
    except kinds as error:
        fail(_without_number(error) if isinstance(error, OSError) else error)


def _without_number(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def settings() -> Settings:
    """The settings, or their fault in one sentence."""
    with plainly(BadSetting):
        return load()
