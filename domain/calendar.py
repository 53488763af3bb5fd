"""Working days of Kazakhstan: the `holidays` package with the operator's dated overrides (S-5).

Not here: counting terms (see deadlines.py); reading promotions/calendar.toml (see the storage).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays
from holidays.version import __version__ as holidays_version

PACKAGE_VERSION: Final = f"holidays {holidays_version}"


@cache
def _kazakhstan() -> holidays.HolidayBase:
    """The package's calendar, built once: it grows by years as it is asked, which is slow and changes no answer."""
    return holidays.country_holidays("KZ")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The five-day calendar with moved days. `overrides` maps a date to whether it is worked, and wins over the package."""

    version: str = "none"
    overrides: Mapping[date, bool] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """What a computed date carries, so that one can tell later which calendar it came from."""
        return f"{PACKAGE_VERSION}, overrides {self.version}"

    def is_working(self, day: date) -> bool:
        override = self.overrides.get(day)
        if override is not None:
            return override
        return bool(_kazakhstan().is_working_day(day))

    def add_working(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`, which itself is not counted (S-3)."""
        day = start
        while days > 0:
            day += timedelta(days=1)
            if self.is_working(day):
                days -= 1
        return day
