"""A change of purchases that were told before: which one is meant, and what it becomes; nothing where that is not sure.

Not here: reading a text (see purchases.py), what is said about it (see dialogs).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.facts import day_of
from domain.purchases import Purchase
from domain.spoken.lines import PurchaseChange

_UNIT: Final = 1_000


def apply_change(
    draft: Sequence[Purchase], change: PurchaseChange, zone: ZoneInfo, lacks_hour: Callable[[Purchase], bool]
) -> list[Purchase] | None:
    """The draft with the change in it; None where it is not sure which purchase is meant. `lacks_hour`: its hour was asked for."""
    numbers = _meant(draft, change, zone, lacks_hour)
    if not numbers:
        return None
    changed = list(draft)
    for number in numbers:
        changed[number] = _changed(draft[number], change, zone, named=_is_named(draft, change, zone))
    return changed


def _meant(
    draft: Sequence[Purchase], change: PurchaseChange, zone: ZoneInfo, lacks_hour: Callable[[Purchase], bool]
) -> list[int]:
    every = range(len(draft))
    if change.not_kzt:
        return _only([n for n in every if draft[n].amount_kzt in (change.not_kzt, change.not_kzt * _UNIT)])
    if change.not_day is not None:
        return _only([n for n in every if day_of(draft[n].at, zone) == change.not_day])
    named = [n for n in every if _names(draft[n], change, zone)]
    if change.clock is not None and not change.amount:
        open_ = [n for n in (named or every) if lacks_hour(draft[n])]
        return open_ or _only(named)
    if named and (change.amount or change.bonus is not None):
        return _only(named)
    if change.lottery and not change.surely and not change.amount:
        return [n for n in every if not draft[n].lottery]
    if change.surely and not named:
        return [len(draft) - 1] if draft else []
    return [0] if len(draft) == 1 else _only(named) if change.surely else []


def _only(numbers: list[int]) -> list[int]:
    return numbers if len(numbers) == 1 else []


def _names(purchase: Purchase, change: PurchaseChange, zone: ZoneInfo) -> bool:
    """Whether a change names a purchase by its lottery or its day; by both, where both are of one that was told."""
    by_lottery = bool(change.lottery) and purchase.lottery == change.lottery
    by_day = change.day is not None and day_of(purchase.at, zone) == change.day
    return by_lottery or by_day if not (change.lottery and change.day) else by_lottery and by_day


def _is_named(draft: Sequence[Purchase], change: PurchaseChange, zone: ZoneInfo) -> bool:
    return any(_names(each, change, zone) for each in draft)


def _changed(purchase: Purchase, change: PurchaseChange, zone: ZoneInfo, *, named: bool) -> Purchase:
    """What names the purchase stays; everything else that was said is new."""
    day = day_of(purchase.at, zone)
    if change.day is not None and not (named and change.day == day):
        purchase = replace(purchase, at=_moved(purchase, change.day, zone))
        day = change.day
    if change.lottery:
        purchase = replace(purchase, lottery=change.lottery)
    if change.amount:
        small = change.bare and purchase.amount_kzt >= 32 * _UNIT
        purchase = replace(purchase, amount_kzt=change.amount * (_UNIT if small else 1))
    if change.bonus is not None:
        purchase = replace(purchase, paid_with_bonus=None if change.partly else change.bonus)
    if change.clock is not None:
        at = datetime.combine(day, change.clock.at, zone) if change.clock.at is not None else day
        purchase = replace(purchase, at=at, hours=change.clock.hours)
    return purchase


def _moved(purchase: Purchase, day: date, zone: ZoneInfo) -> date | datetime:
    if not isinstance(purchase.at, datetime):
        return day
    return datetime.combine(day, purchase.at.astimezone(zone).timetz().replace(tzinfo=None), zone)
