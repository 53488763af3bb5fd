"""Logs as one JSON object a line, with only what may be logged: keys are allow-listed, so no text, phone or token can slip in.

Not here: saying things (see the modules); other libraries' loggers speak from WARNING up and without their arguments' text.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "error",
        "channel",
        "reason",
        "outcome",
        "attempts",
        "status",
        "code",
        "count",
        "slug",
        "version",
        "address",
        "port",
        "seconds",
        "promotion",
        "language",
        "result",
        "url",
        "database",
        "process",
        "name",
        "file",
        "line",
    ]
)
_LIMIT = 300


def _only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drops unknown keys; what is left is one short line, whatever it holds."""
    return {key: _flat(value) for key, value in event.items() if key in ALLOWED}


def _flat(value: Any) -> Any:
    return value if isinstance(value, (int, float, bool)) or value is None else str(value).replace("\n", " ")[:_LIMIT]


class _Foreign(logging.Handler):
    """What libraries log: their logger, level and kind of exception, never their text (it may hold a token in a URL)."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().warning("library", logger=record.name, level=record.levelname, error=error)


class _Stderr(io.TextIOBase):
    """A log that cannot be written, on a full disk for instance, ends nobody's work: the line is lost and the work goes on."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Stderr())),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_Foreign()]
    root.setLevel(logging.WARNING)
