"""Purchases of tickets, read from tables and put in the order of time.

Leaves what they earn to `accrual`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import product
from operator import itemgetter
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from domain.facts import FactError, When, day_of, key, read_when
from domain.promotion import Period

_MIDNIGHT: Final = time()
_NOON: Final = time(12)
_LAST_SECOND: Final = time(23, 59, 59)
_YES_OR_NO: Final = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase of tickets, in whole tenge. `at` may be a bare date; `paid_with_bonus` is None if only a part was."""

    at: When
    lottery: str
    amount_kzt: int
    paid_with_bonus: bool | None = False


def read_purchases(rows: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> tuple[Purchase, ...]:
    """Purchases from tables with `at`, `lottery`, `amount_kzt`, `paid_with_bonus` (true, false, or «partly»).

    A time without an offset is taken in `zone`. Raises FactError for what cannot be read, also for a negative sum.
    """
    purchases = []
    for row in rows:
        try:
            at = read_when(row.get("at"), zone)
        except ValueError:
            raise FactError("at", row.get("at")) from None
        amount = row.get("amount_kzt", 0)
        if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
            raise FactError("amount_kzt", amount)
        paid = row.get("paid_with_bonus", False)
        purchases.append(Purchase(at, str(row.get("lottery", "")), amount, _YES_OR_NO.get(key(paid))))
    return tuple(purchases)


def end_of(when: When, zone: ZoneInfo) -> datetime:
    """The moment itself to the second, or the last second of a bare date."""
    return when.replace(microsecond=0) if isinstance(when, datetime) else datetime.combine(when, _LAST_SECOND, zone)


class Placed(NamedTuple):
    """A purchase at its second, counted from 1970, and on its local day. A plain tuple: there may be many of them."""

    second: float
    amount_kzt: int
    day: date
    lottery: str
    paid_with_bonus: bool | None


def _place(purchase: Purchase, second: float, day: date) -> Placed:
    return Placed(second, purchase.amount_kzt, day, purchase.lottery, purchase.paid_with_bonus)


def in_order(
    purchases: Sequence[Purchase], periods: Sequence[Period], zone: ZoneInfo, until: datetime | None
) -> Iterator[list[Placed]]:
    """The purchases made until then in the order of time, fractions of a second cut off (S-14).

    A bare date is taken at noon; where a bound of a period cuts it, once at its begin and once at its end, so that there
    is more than one order. Purchases of one second stand by sum, so that the order in a file makes no difference.
    """
    last = until.timestamp() if until is not None else float("inf")
    today = day_of(until, zone) if until is not None else date.max
    timed: list[Placed] = []
    bare: list[Purchase] = []
    for purchase in purchases:
        if isinstance(purchase.at, datetime):
            second = purchase.at.timestamp() // 1
            if second <= last:
                timed.append(_place(purchase, second, purchase.at.astimezone(zone).date()))
        elif purchase.at <= today:
            bare.append(purchase)
    choices = [_hours(day, periods, zone) for day in sorted({day_of(purchase.at, zone) for purchase in bare})]
    for chosen in product(*choices):
        seconds = {moment.date(): min(moment.timestamp(), last) for moment in chosen}
        placed = [_place(purchase, seconds[day], day) for purchase in bare if (day := day_of(purchase.at, zone))]
        yield sorted([*timed, *placed], key=itemgetter(0, 1))


def _hours(day: date, periods: Sequence[Period], zone: ZoneInfo) -> list[datetime]:
    begin, noon, end = (datetime.combine(day, hour, zone) for hour in (_MIDNIGHT, _NOON, _LAST_SECOND))
    return [begin, end] if any(period.holds(begin) != period.holds(end) for period in periods) else [noon]
