"""Measures what one text of 12 000 characters costs in every reader: `python -m benchmarks.texts [--reader NAME] [--all]`.

Leaves other work of a turn aside. More than 20 ms of processor time in any reader is too much: exit code 1 beyond it. The time is that of
the thread, the least of three; on a machine that is busy beside it is still more than on a quiet one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LIMIT_MS = 20
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 20, 5, tzinfo=UTC)
TODAY = date(2026, 1, 20)
ZONE = ZoneInfo("Asia/Almaty")
Read = Callable[[str], object]
