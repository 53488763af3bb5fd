"""Purchases as people tell them: «12.01 600 тыс кено», «с 6 по 8 по 300 тысяч каждый день», «кеше 350 мың, бүгін сонша».

Not here: words and numbers (see mentions.py), which words belong together (see told.py), what purchases earn (see domain.chances).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from domain.purchases import Purchase
from domain.spoken.dating import DayContext
from domain.spoken.fault import Reason, SpokenFault
from domain.spoken.group import Told, ToldPurchase
from domain.spoken.lines import PurchaseChange, SpokenLine
from domain.spoken.lotteries import Lotteries
from domain.spoken.mentions import Scan
from domain.spoken.sums import Sum
from domain.spoken.told import gather
from domain.spoken.values import LARGEST_KZT

LINES: Final = 320
"""Purchases that are read of one text."""
_UNIT: Final = 1_000
_CONTINUES = re.compile(r"\W*(?:и|ещё|еще|тағы|таги|плюс|также|а|потом|сосын)\b", re.IGNORECASE)
"""Words by which a text goes on with the purchases told before it."""
_SIZES = re.compile(
    r"\d|½|\b(?:тыс|тыщ|мың|мын|myn|mıń|tys|милл?ион|млн|mln|milli?on|лям|лимон|пол-?мил|косар|сто\b|двести|триста|четыреста|жүз|жуз|juz)|сот\b",
    re.IGNORECASE,
)
_AHEAD: Final = 64
"""Groups that are looked at beyond the one that is read."""
_EACH_AT_MOST: Final = 20
"""Times that one sum is taken at most: «два раза по 200 тыс»."""


def may_hold_sums(text: str) -> bool:
    """Whether anything in a text could be a sum: a digit, or a size or hundreds in words; most questions are told apart so at once."""
    return _SIZES.search(text) is not None


def read_lines(
    text: str,
    lotteries: Mapping[str, str],
    today: date,
    near: date,
    zone: ZoneInfo,
    *,
    before: Purchase | None = None,
    ahead: bool = False,
) -> tuple[SpokenLine, ...]:
    """What was told, in order; a day without a year is the one nearest to `near`, `ahead` of it where a plan is told.

    `lotteries` maps each spelling to the listed lottery (`LadderRule`); where none is named, none is kept.
    `before` is the purchase told last.
    """
    last = before.at if before is not None else None
    day_before = last.date() if isinstance(last, datetime) else last
    calendar = DayContext(today, near, last=day_before if _CONTINUES.match(text) and not ahead else None, ahead=ahead)
    begun = calendar.last
    told = gather(Scan(text, _lotteries(tuple(lotteries.items())), calendar).mentions())
    reader = _Telling(text, told, zone, today, begun, before)
    lines = reader.lines()[:LINES]
    if not lines and not reader.heard and text.strip():
        return (SpokenLine(text, fault=SpokenFault("unclear", text)),)
    return tuple(lines)


@lru_cache(maxsize=16)
def _lotteries(spellings: tuple[tuple[str, str], ...]) -> Lotteries:
    return Lotteries(dict(spellings))


class _Telling:
    """The groups of one text turned into lines. `heard`: something was read that is no line of its own."""

    def __init__(
        self, text: str, told: Told, zone: ZoneInfo, today: date, begun: date | None, before: Purchase | None
    ) -> None:
        self._text, self._told, self._zone, self._today = text, told, zone, today
        self._days: tuple[date, ...] = (begun,) if begun else ()
        self._lottery = ""
        self._amount = before.amount_kzt if before is not None and begun else 0
        self._thousands = told.thousands or _in_thousands(told.groups, before)
        self._found: list[SpokenLine] = []
        self._lines = {each.line for each in told.groups if not each.empty}
        self.heard = False

    def lines(self) -> list[SpokenLine]:
        groups = self._told.groups
        _name_backwards(groups)
        change = _change(groups[0], surely=True) if self._told.corrects and groups else None
        taken = 0
        for number, group in enumerate(groups[: LINES + 1]):
            if number >= taken:
                taken = number + 1 + self._read(group, groups[number + 1 : number + 1 + _AHEAD])
            if change is not None and number == 0:
                first = self._found[0] if self._found else SpokenLine(self._said(group))
                self._found[:1] = [replace(first, change=change)]
        alone = len(groups) == 1 and not groups[0].paid and change is None
        if alone and (change := _change(groups[0], surely=False)):
            first = self._found[0] if self._found else SpokenLine(self._said(groups[0]))
            self._found = [replace(first, change=change)]
        return self._found

    def _read(self, group: ToldPurchase, following: Sequence[ToldPurchase]) -> int:
        """How many of the groups that follow were read with this one."""
        if group.other:
            self._refuse(group, "other_person") if group.paid else None
            self.heard = True
            return 0
        if group.fault is not None:
            self._days = group.days or (() if group.fault.reason in ("no_such_day", "no_such_time") else self._days)
            return self._refuse(group, group.fault.reason, group.fault.text)
        if group.refunds:
            self._days = group.days or self._days
            return self._refuse(group, "refund")
        if not group.paid:
            return self._unpaid(group, following)
        if group.unread:
            self._days = group.days or self._days
            return self._refuse(group, "unclear", group.unread if group.unread != "?" else "")
        return self._paid(group, following)

    def _unpaid(self, group: ToldPurchase, following: Sequence[ToldPurchase]) -> int:
        self.heard = self.heard or not group.empty or not group.words
        if len(group.lotteries) == 1:
            self._lottery = group.lotteries[0]
        if group.days:
            self._days = group.days
            headed = following and following[0].paid and not following[0].days
            if not (headed or group.undone):
                self._refuse(group, "no_sum")
        elif group.empty and group.words and group.line not in self._lines and not _same_line(group, following):
            self._refuse(group, "unclear")
        return 0

    def _paid(self, group: ToldPurchase, following: Sequence[ToldPurchase]) -> int:
        said = group.sum
        if said is not None and said.about:
            self._days = group.days or self._days
            return self._refuse(group, "about")
        amount = self._in_tenge(said)
        if not amount or amount > LARGEST_KZT:
            self._days = group.days or self._days
            return self._refuse(group, "unit" if amount is None else "too_much" if amount else "no_sum")
        days = self._days_of(group, following)
        if isinstance(days, str):
            return self._refuse(group, days)
        each = group.each or (said is not None and said.each)
        read = 0
        amounts = [amount] * len(days)
        if len(days) > 1 and not each:
            listed = _listed(following, len(days) - 1, group)
            more = [self._in_tenge(one.sum) for one in listed]
            if not listed or group.total or not all(more):
                self._days = days
                return self._refuse(group, "split")
            amounts, read = [amount, *(one for one in more if one)], len(listed)
        if group.tickets and each:
            amounts = [one * group.tickets for one in amounts]
        if group.times > 1:
            listed_all = sum(one.paid for one in following) + 1 >= group.times
            if not each and listed_all:
                group.times = 1
            elif not each or group.times > _EACH_AT_MOST:
                return self._refuse(group, "split")
            days, amounts = days * group.times, amounts * group.times
        self._take(group, days, amounts)
        return read

    def _in_tenge(self, said: Sum | None) -> int | None:
        if said is None:
            return self._amount
        if not said.bare:
            return said.amount
        return said.amount * _UNIT if self._thousands else None

    def _days_of(self, group: ToldPurchase, following: Sequence[ToldPurchase]) -> tuple[date, ...] | Reason:
        if group.days:
            return group.days
        if group.vague or (group.span > 1 and not self._days):
            return "days"
        if self._days:
            return self._days
        if group.clock is not None and group.clock.at is not None:
            return (self._today,)
        later = following[0] if following else None
        if later is not None and later.line == group.line and later.days and later.paid and later.after in ("and", ","):
            return later.days
        return "no_day"

    def _take(self, group: ToldPurchase, days: Sequence[date], amounts: Sequence[int]) -> None:
        self._days, self._amount = tuple(dict.fromkeys(days)), amounts[-1]
        if len(group.lotteries) > 1:
            self._refuse(group, "split")
            return
        self._lottery = group.lotteries[0] if group.lotteries else self._lottery
        bonus = group.bonus if group.bonus is not None else self._told.all_bonus
        paid: bool | None = bool(bonus)
        if group.bonus_part or (bonus and (group.portion or group.own)):
            paid = None
        for number, (day, amount) in enumerate(zip(days, amounts, strict=True), 1):
            last = number == len(days) and group.last_bonus is not None
            self._found.append(
                SpokenLine(
                    self._said(group),
                    Purchase(
                        self._at(day, group),
                        self._lottery or self._told.all_lottery,
                        amount,
                        group.last_bonus if last else paid,
                        group.clock.hours if group.clock is not None else None,
                        min(group.refunded, amount),
                    ),
                    undated=not group.days,
                    bare=not group.words,
                    planned=group.planned or day > self._today,
                )
            )

    def _at(self, day: date, group: ToldPurchase) -> date | datetime:
        moment = group.clock.at if group.clock is not None else None
        return datetime.combine(day, moment, self._zone) if moment is not None else day

    def _refuse(self, group: ToldPurchase, reason: Reason, text: str = "") -> int:
        self.heard = True
        said = self._said(group)
        self._found.append(
            SpokenLine(said, fault=SpokenFault(reason, text or said), undated=not group.days, bare=not group.words)
        )
        return 0

    def _said(self, group: ToldPurchase) -> str:
        return self._text[group.start : group.end].strip()


def _same_line(group: ToldPurchase, following: Sequence[ToldPurchase]) -> bool:
    return bool(following) and following[0].line == group.line


def _in_thousands(groups: Sequence[ToldPurchase], before: Purchase | None) -> bool:
    """Whether a bare «300» is of thousands: its neighbours are, and none of them stands in whole tenge."""
    sums = [group.sum for group in groups if group.sum is not None]
    if any(not each.sized and not each.bare for each in sums):
        return False
    sized = any(each.sized for each in sums)
    return sized or (before is not None and before.amount_kzt >= 50 * _UNIT and before.amount_kzt % _UNIT == 0)


def _name_backwards(groups: Sequence[ToldPurchase]) -> None:
    """«keshe 350k bugin 150k loto plus»: the one lottery of a line in one breath, named at its end, is that of all before it."""
    for number, group in enumerate(groups):
        if not group.lotteries or len(group.lotteries) > 1:
            continue
        at = number
        while at > 0 and groups[at].after == "" and not groups[at - 1].lotteries and groups[at - 1].line == group.line:
            at -= 1
            groups[at].lotteries.extend(group.lotteries)
        if number + 1 < len(groups):
            continue


def _listed(following: Sequence[ToldPurchase], wanted: int, group: ToldPurchase) -> Sequence[ToldPurchase]:
    """«с 26 по 28: 600, 600 и 300 тысяч»: as many sums as days."""
    listed = following[:wanted]
    fits = len(listed) == wanted and all(each.line == group.line and each.sum and not each.days for each in listed)
    more = following[wanted : wanted + 1]
    return listed if fits and not (more and more[0].line == group.line and not more[0].days) else ()


def _change(group: ToldPurchase, *, surely: bool) -> PurchaseChange | None:
    """What a group without a whole purchase says of one told before."""
    lottery = group.lotteries[0] if len(group.lotteries) == 1 else ""
    said = group.sum
    if group.fault or group.unread or group.other or group.refunds or group.undone or len(group.days) > 1:
        return None
    if said is not None and (not surely or said.about):
        return None
    change = PurchaseChange(
        group.days[0] if group.days else None,
        lottery,
        group.denied_sum,
        group.denied_day,
        said.amount if said is not None else 0,
        said.bare if said is not None else False,
        group.clock,
        group.bonus,
        bool(group.bonus and (group.portion or group.bonus_part)),
        surely,
    )
    said_anything = (
        change.amount or change.clock or change.bonus is not None or change.lottery or (surely and change.day)
    )
    return change if said_anything else None
