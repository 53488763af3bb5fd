"""One purchase as told, with all that was said of it, and the groups of a text.

Not here: gathering them (see told.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.spoken.fault import SpokenFault
from domain.spoken.hours import Clock
from domain.spoken.sums import Sum

Stop = Literal["", "and", ",", ".", "\n"]
"""What stands before a group: nothing, a joint, a comma, the end of a sentence or of a line."""


@dataclass(slots=True)
class ToldPurchase:
    """One purchase as told, or a part of it: `line` and `part` say where it stands; other fields are empty until said."""

    line: int
    part: int
    start: int
    end: int
    days: tuple[date, ...] = ()
    sum: Sum | None = None
    same: bool = False
    times: int = 0
    tickets: int = 0
    lotteries: list[str] = field(default_factory=list)
    bonus: bool | None = None
    own: bool = False
    portion: bool = False
    bonus_part: bool = False
    last_bonus: bool | None = None
    clock: Clock | None = None
    each: bool = False
    total: bool = False
    span: int = 0
    vague: bool = False
    undone: bool = False
    refunded: int = 0
    refunds: bool = False
    other: bool = False
    planned: bool = False
    unread: str = ""
    fault: SpokenFault | None = None
    words: bool = False
    after: Stop = ""
    denied_sum: int = 0
    denied_day: date | None = None

    @property
    def paid(self) -> bool:
        return self.sum is not None or self.same

    @property
    def empty(self) -> bool:
        """Nothing of a purchase was said yet."""
        return not (
            self.days
            or self.paid
            or self.lotteries
            or self.bonus is not None
            or self.clock
            or self.fault
            or self.undone
        )

    def note(self, kind: str, value: object) -> None:
        """What is said beside the day, the sum and the lottery, by the kinds of `mentions`."""
        number = value if isinstance(value, int) else 0
        match kind:
            case "word":
                self.words = True
            case "times":
                self.times = number
            case "ticket":
                self.tickets = number
            case "span":
                self.span = number
            case "each":
                self.each = True
            case "total":
                self.total = True
            case "own":
                self.own = True
            case "portion":
                self.portion = True
            case "vague_days":
                self.vague = True
            case "plan" | "wish":
                self.planned = True
            case "deny" | "number":
                self.unread = self.unread or str(value or "") or "?"


@dataclass(slots=True)
class Told:
    """The groups of a text in order, and what was said of all of them. `corrects`: the first group corrects what was told before."""

    groups: list[ToldPurchase]
    all_lottery: str = ""
    all_bonus: bool | None = None
    thousands: bool = False
    corrects: bool = False
