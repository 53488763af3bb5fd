"""Purchases of tickets, read from tables and put in the order of time.

Not here: what they earn (see accrual.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
EACH_BY_ITSELF: Final = 2
"""Purchases without an hour on a cut day of which every distribution is tried."""
_YES_OR_NO: Final = {"true": True, "yes": True, "false": False, "no": False}


class Hours(NamedTuple):
    """What is known of the hour of a purchase: not before `since`, not after `until`, local time of its day."""

    since: time
    until: time


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase of tickets, in whole tenge. `at` may be a bare date, and then `hours` what is known of its hour.

    `lottery` is empty where none was named; `paid_with_bonus` is None if only a part was; `refunded_kzt` is what was given back (O-5).
    """

    at: When
    lottery: str
    amount_kzt: int
    paid_with_bonus: bool | None = False
    hours: Hours | None = None
    refunded_kzt: int = 0


ALL_DAY: Final = Hours(_MIDNIGHT, _LAST_SECOND)


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
        paid = _YES_OR_NO.get(key(row.get("paid_with_bonus", False)))
        refunded = row.get("refunded_kzt") or 0
        purchases.append(Purchase(at, row.get("lottery") or "", amount, paid, _read_hours(row.get("hours")), refunded))
    return tuple(purchases)


def row_of(purchase: Purchase) -> dict[str, str | int | bool]:
    """A purchase as golden tables write it; what was not said is left out."""
    paid = "partly" if purchase.paid_with_bonus is None else purchase.paid_with_bonus
    row: dict[str, str | int | bool] = {
        "at": purchase.at.isoformat(),
        "amount_kzt": purchase.amount_kzt,
        "paid_with_bonus": paid,
    }
    if purchase.lottery:
        row["lottery"] = purchase.lottery
    if purchase.hours is not None:
        row["hours"] = "-".join(hour.isoformat() for hour in purchase.hours)
    if purchase.refunded_kzt:
        row["refunded_kzt"] = purchase.refunded_kzt
    return row


def _read_hours(said: object) -> Hours | None:
    """«17:00:00-18:59:59». Raises FactError."""
    if said is None:
        return None
    try:
        since, until = str(said).split("-")
        return Hours(time.fromisoformat(since), time.fromisoformat(until))
    except ValueError:
        raise FactError("hours", said) from None


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


@dataclass(frozen=True, slots=True)
class Unsure:
    """Purchases of a day that a bound of a period cuts, known by their date only: each choice is one way they may lie."""

    choices: tuple[tuple[Placed, ...], ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Purchases in the order of time: those whose place is sure, and those of days where the hour decides."""

    sure: list[Placed]
    unsure: tuple[Unsure, ...]


def assign_to_periods(
    purchases: Sequence[Purchase], periods: Sequence[Period], zone: ZoneInfo, until: datetime | None
) -> Placing:
    """The purchases made until then in the order of time, fractions of a second cut off (S-14).

    A bare date is taken at noon; where a bound of a period cuts it, at its begin or at its end. Purchases of one second
    stand by sum, so that the order in a file makes no difference.
    """
    last = until.timestamp() if until is not None else float("inf")
    today = day_of(until, zone) if until is not None else date.max
    sure: list[Placed] = []
    bare: dict[tuple[date, Hours], list[Purchase]] = {}
    if any(purchase.refunded_kzt for purchase in purchases):
        purchases = [part for each in purchases for part in _without_refund(each)]
    for purchase in purchases:
        if isinstance(purchase.at, datetime):
            second = purchase.at.timestamp() // 1
            if second <= last:
                sure.append(_placed(purchase, second, purchase.at.astimezone(zone).date()))
        elif purchase.at <= today:
            bare.setdefault((purchase.at, purchase.hours or ALL_DAY), []).append(purchase)
    unsure = []
    for (day, known), group in sorted(bare.items(), key=itemgetter(0)):
        hours = [min(moment.timestamp(), last) for moment in _hours(day, known, zone)]
        if len({tuple(_inside(hour, period) for period in periods) for hour in hours}) == 1:
            sure += [_placed(purchase, hours[1], day) for purchase in group]
        else:
            unsure.append(Unsure(_choices(group, (hours[0], hours[-1]), day)))
    return Placing(sorted(sure, key=itemgetter(0, 1)), tuple(unsure))


def _placed(purchase: Purchase, second: float, day: date) -> Placed:
    return Placed(second, purchase.amount_kzt, day, purchase.lottery, purchase.paid_with_bonus)


def _choices(group: Sequence[Purchase], hours: Sequence[float], day: date) -> tuple[tuple[Placed, ...], ...]:
    """A few purchases may lie each by itself; of many, all early, all late, or nowhere: less than that they never earn."""
    if len(group) <= EACH_BY_ITSELF:
        ways: list[Sequence[float]] = [*product(hours, repeat=len(group))]
        return tuple(tuple(_placed(p, second, day) for p, second in zip(group, way, strict=True)) for way in ways)
    return ((), *(tuple(_placed(purchase, second, day) for purchase in group) for second in hours))


def _hours(day: date, known: Hours, zone: ZoneInfo) -> list[datetime]:
    between = min(max(_NOON, known.since), known.until)
    return [datetime.combine(day, hour, zone) for hour in (known.since, between, known.until)]


def _without_refund(purchase: Purchase) -> tuple[Purchase, ...]:
    """What was kept of a purchase, and what was given back: whether that counts the rules leave open, as of one paid in part (O-5)."""
    if not purchase.refunded_kzt or purchase.paid_with_bonus is not False:
        return (purchase,)
    back = min(purchase.refunded_kzt, purchase.amount_kzt)
    return (
        replace(purchase, amount_kzt=purchase.amount_kzt - back, refunded_kzt=0),
        replace(purchase, amount_kzt=back, paid_with_bonus=None, refunded_kzt=0),
    )


def _inside(second: float, period: Period) -> bool:
    return period.starts.timestamp() <= second <= period.ends.timestamp()
