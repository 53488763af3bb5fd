"""The criterion of age, where the moment at which it must be reached may be open.

Not here: the purchases that mark the first moment (see subscription.py and tickets.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from domain.criteria import Case, Check, Criterion, Kind, met, missing, not_met

MOMENT: Final = "O-12"
"""The moment at which the age must be reached: at the purchase (`entry`) or by the end (`end`)."""


def age(entry_day: Callable[[Case], date | None], end_day: Callable[[Case], date]) -> Kind:
    """The kind for promotions whose first moment is `entry_day` (None: no purchase yet) and whose last is `end_day`.

    A birthday decides before an age; where one age is known it is taken for every moment (S-21).
    """

    def check(criterion: Criterion, case: Case) -> Check:
        facts, at_entry = case.facts, case.reading.takes(MOMENT, "entry")
        birthday = facts.when("eighteenth_birthday")
        if birthday is not None:
            eighteen, end = case.reading.day(birthday), end_day(case)
            day = entry_day(case) if at_entry else end
            if eighteen <= case.promotion.first_day(case.promotion.whole) or (day is not None and eighteen <= day):
                return met(criterion)
            return not_met(criterion) if day is not None or eighteen > end else missing(criterion, "purchases")
        names = ("age_at_purchase", "age_at_draw", "age") if at_entry else ("age_at_draw", "age", "age_at_purchase")
        years = next((years for name in names if (years := facts.number(name)) is not None), None)
        if years is None:
            return missing(criterion, *criterion.core)
        return met(criterion) if years >= case.settings["age"] else not_met(criterion)

    return check
