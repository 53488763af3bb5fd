"""Measures what one text of 12 000 characters costs in every reader: `python -m benchmarks.texts [--reader NAME] [--all]`.

Leaves other work of a turn aside. More than 20 ms of processor time in any reader is too much: exit code 1 beyond it. The time is that of
the thread, the least of three; on a machine that is busy beside it is still more than on a quiet one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import thread_time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.library import Promotions
from bot.text.typed import TEXT, clean, meant
from dialogs.conversation import Conversation
from dialogs.masking import mask_person, mask_secrets
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Turn
from domain.ladder import LadderRule
from domain.secrets.shapes import SHAPES
from domain.spoken.facts import read_facts
from domain.spoken.purchases import may_hold_sums, read_lines
from domain.spoken.values import find_day, read_amount

LIMIT_MS = 20
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 20, 5, tzinfo=UTC)
TODAY = date(2026, 1, 20)
ZONE = ZoneInfo("Asia/Almaty")
Read = Callable[[str], object]
