"""What a person's chances are: chances by purchases, and entries in the draws, under one roof for those who ask.

Not here: counting (see accrual.py and entries.py); the verdict on taking part (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from typing import Any

from domain import entries as _entries
from domain import ladder as _ladder
from domain.accrual import Accrual as Accrual
from domain.accrual import NextStep as NextStep
from domain.accrual import PeriodChances as PeriodChances
from domain.accrual import Use as Use
from domain.accrual import accrue as accrue
from domain.accrual import use as use
from domain.entries import Entries as Entries
from domain.entries import EntryRule as EntryRule
from domain.entries import entries as entries
from domain.ladder import LadderRule as LadderRule
from domain.purchases import Purchase as Purchase
from domain.purchases import read_purchases as read_purchases


def read(data: Any) -> LadderRule | EntryRule | None:
    """The table [chances] of promotion.toml; None if the promotion has none. Raises RuleFault."""
    if not data:
        return None
    return _ladder.read(data) if data.get("kind") == "ladder" else _entries.read(data)
