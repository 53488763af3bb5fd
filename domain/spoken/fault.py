"""Why something that was said could not be read.

Not here: what a person is told about it (the locales, by `spoken.<reason>`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "unclear",
    "no_such_day",
    "no_such_time",
    "negative",
    "other_currency",
    "too_much",
    "too_long",
    "future",
    "planned",
    "refund",
    "other_person",
    "no_day",
    "no_sum",
    "which_day",
    "days",
    "split",
    "unit",
    "about",
    "which",
]


@dataclass(frozen=True, slots=True)
class SpokenFault:
    """Why a text could not be read; `text` is the part that is meant."""

    reason: Reason
    text: str
