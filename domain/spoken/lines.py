"""What reading a text of purchases gives: for each thing told a purchase, why there is none, or a change of one told before.

Not here: reading (see purchases.py), carrying out a change (see changes.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.purchases import Purchase
from domain.spoken.fault import SpokenFault
from domain.spoken.hours import Clock


@dataclass(frozen=True, slots=True)
class PurchaseChange:
    """What a text says of a purchase that was told before it: which one is meant, and what is different.

    `day`, `lottery`, `not_kzt` and `not_day` say which; `amount` is in tenge, or `bare` in the unit of what it replaces.
    `surely`: said as a correction.
    """

    day: date | None = None
    lottery: str = ""
    not_kzt: int = 0
    not_day: date | None = None
    amount: int = 0
    bare: bool = False
    clock: Clock | None = None
    bonus: bool | None = None
    partly: bool = False
    surely: bool = False


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One thing that was told: a purchase, why there is none, or a change of what was told before.

    `undated`: it named no day of its own; `bare`: nothing else is said beside it; `planned`: not bought yet.
    """

    text: str
    purchase: Purchase | None = None
    fault: SpokenFault | None = None
    change: PurchaseChange | None = None
    undated: bool = False
    bare: bool = False
    planned: bool = False
