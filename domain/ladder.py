"""Chances that grow with a sum step by step, need a number of purchase days, and start again after the last step.

Works on running sums and day marks only; leaves periods, lotteries and open readings to `accrual`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from domain.facts import key
from domain.promotion import RuleFault

FreshDays = Literal["no_new_days", "same_day_again", "new_dates_only"]
"""What a further ladder needs (O-4): nothing, its own days with the completing one usable again, or later dates only."""


@dataclass(frozen=True, slots=True)
class LadderRule:
    """The ladder of the rules: each step's price in tenge, the purchase days that a ladder needs, uses allowed at once.

    `lotteries` maps every spelling to the name in the rules. `clauses` says by which clause each part holds.
    """

    steps_kzt: tuple[int, ...]
    days: int
    at_once: int
    lotteries: Mapping[str, str]
    clauses: Mapping[str, str]

    @property
    def thresholds(self) -> tuple[int, ...]:
        """The running sums at which a step is reached (S-10)."""
        return tuple(accumulate(self.steps_kzt))

    @property
    def top(self) -> int:
        return self.thresholds[-1]

    def lottery(self, name: str) -> str | None:
        """The lottery of the rules that is meant, or None if it is another one; one that was not named is unremarkable."""
        return self.lotteries.get(key(name)) if name else next(iter(self.lotteries.values()), None)


def read(data: Any) -> LadderRule | None:
    """The table [chances] of promotion.toml; None if the promotion has none. Raises RuleFault."""
    if not data:
        return None
    if data.get("kind") != "ladder":
        raise RuleFault(("kind",), f"no kind of chances is called {data.get('kind')!r}")
    steps = data.get("steps_kzt", ())
    if not steps or any(not isinstance(step, int) or step <= 0 for step in steps):
        raise RuleFault(("steps_kzt",), "the steps should be sums in tenge above zero")
    for name in ("days", "at_once"):
        if not isinstance(data.get(name), int) or data[name] < 1:
            raise RuleFault((name,), f"«{name}» should be a whole number above zero")
    names = {key(word): name for name, words in data.get("lotteries", {}).items() for word in (name, *words)}
    wanted = {"period", "lotteries", "days", "steps", "again", "bonus", "at_once", "restart"}
    if lacking := sorted(wanted - data.get("clauses", {}).keys()):
        raise RuleFault(("clauses",), f"no clause for {', '.join(lacking)}")
    return LadderRule(tuple(steps), data["days"], data["at_once"], names, data["clauses"])


@dataclass(frozen=True, slots=True)
class LadderStanding:
    """Where a person stands on the ladder. `step` is the next one to earn; sums are whole tenge."""

    chances: int
    step: int
    threshold_kzt: int
    cycle_sum_kzt: int
    amount_missing_kzt: int
    days_missing: int
    waiting: int


def climb(
    rule: LadderRule, sums: Sequence[int], days: Sequence[int], carried: bool, fresh: FreshDays
) -> LadderStanding:
    """Climb through the purchases of one period.

    `sums[i]` is the counted sum after the i-th purchase; `days` holds, date by date, the index of its first purchase.
    `carried`: the surplus of a completed ladder counts in the next (O-3). Each ladder is found by bisection, so that
    the time hangs on the ladders completed and not on the purchases.
    """
    base = 0
    first_day = 0
    days_done = False
    at = 0
    completed = 0
    while True:
        paid = bisect_left(sums, base + rule.top)
        third = first_day + rule.days - 1
        if paid == len(sums) or (not days_done and third >= len(days)):
            break
        at = max(at, paid, 0 if days_done else days[third])
        completed += 1
        base = base + rule.top if carried else sums[at]
        if fresh == "no_new_days":
            days_done = True
        else:
            first_day = bisect_right(days, at) - (1 if fresh == "same_day_again" else 0)
    cycle = (sums[-1] if sums else 0) - base
    days_missing = 0 if days_done else max(0, rule.days - max(0, len(days) - first_day))
    reached = sum(1 for threshold in rule.thresholds if cycle >= threshold)
    earned = 0 if days_missing else reached
    threshold = rule.thresholds[earned]
    return LadderStanding(
        chances=completed * len(rule.steps_kzt) + earned,
        step=earned + 1,
        threshold_kzt=threshold,
        cycle_sum_kzt=cycle,
        amount_missing_kzt=max(0, threshold - cycle),
        days_missing=days_missing,
        waiting=reached - earned,
    )
