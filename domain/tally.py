"""One period's purchases under every open reading, and for every way in which those without an hour may lie at its bounds.

Not here: the ladder (see ladder.py); what is said of a period, the next step and the total (see accrual.py).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, product
from operator import add, itemgetter
from typing import NamedTuple, cast

from domain.ladder import FreshDays, LadderRule, LadderStanding, climb
from domain.promotion import Period
from domain.purchases import Placed, Placing
from domain.readings import Reading


class TallyLine(NamedTuple):
    """A purchase as far as no open reading touches it."""

    day: date
    amount: int
    listed: bool
    bonus: bool | None


class _Marks(NamedTuple):
    """One period with its counted sum after each purchase, and for each purchase day the index of its first purchase."""

    sums: list[int]
    days: dict[date, int]


@dataclass(frozen=True, slots=True)
class TallyResult:
    """One period under one reading. `bought`: whether there was any purchase in it, also one that does not count."""

    bought: bool
    counted: int
    dates: tuple[date, ...]
    standing: LadderStanding


class Tally(NamedTuple):
    """One period: the choices of unsure days that it hangs on, and for each combination of them its results by reading."""

    days: tuple[int, ...]
    results: dict[tuple[int, ...], list[TallyResult]]

    def all(self) -> list[TallyResult]:
        return [result for results in self.results.values() for result in results]


def lines_of(rule: LadderRule, placed: Sequence[Placed]) -> list[TallyLine]:
    listed = {name: rule.lottery(name) is not None for name in {each.lottery for each in placed}}
    return [TallyLine(p.day, p.amount_kzt, listed[p.lottery], p.paid_with_bonus) for p in placed]


def tally(rule: LadderRule, period: Period, placing: Placing, ways: Sequence[Reading]) -> Tally:
    """Every reading of one period, for every way in which purchases without an hour may lie at its bounds."""
    first, last = period.starts.timestamp(), period.ends.timestamp()

    def inside(placed: Sequence[Placed]) -> list[Placed]:
        """Both bounds belong to a period; `placed` is in the order of time, or all of one day."""
        return [each for each in placed if first <= each.second <= last]

    seconds = [each.second for each in placing.sure]
    sure = placing.sure[bisect_left(seconds, first) : bisect_right(seconds, last)]
    choices = [[inside(way) for way in unsure.choices] for unsure in placing.unsure]
    days = tuple(n for n, ways_of_day in enumerate(choices) if any(ways_of_day))
    results: dict[tuple[int, ...], list[TallyResult]] = {}
    known: dict[tuple[Placed, ...], list[TallyResult]] = {}
    for chosen in product(*(range(len(choices[day])) for day in days)):
        more = tuple(each for day, choice in zip(days, chosen, strict=True) for each in choices[day][choice])
        if more not in known:
            lines = sorted([*sure, *more], key=itemgetter(0, 1)) if more else sure
            known[more] = _run_all(rule, lines_of(rule, lines), ways)
        results[chosen] = known[more]
    return Tally(days, results)


def extremes(tables: Sequence[Tally], way: int) -> tuple[int, int]:
    """The least and the most chances in all under one reading. A purchase without an hour lies in one period only."""
    reached: dict[tuple[tuple[int, int], ...], tuple[int, int]] = {(): (0, 0)}
    for index, table in enumerate(tables):
        needed = {day for later in tables[index + 1 :] for day in later.days}
        onward: dict[tuple[tuple[int, int], ...], tuple[int, int]] = {}
        for fixed, (least, most) in reached.items():
            before = dict(fixed)
            for chosen, results in table.results.items():
                here = dict(zip(table.days, chosen, strict=True))
                if any(before.get(day, choice) != choice for day, choice in here.items()):
                    continue
                rest = tuple(sorted((day, choice) for day, choice in {**before, **here}.items() if day in needed))
                earned = results[way].standing.chances
                low, high = onward.get(rest, (least + earned, most + earned))
                onward[rest] = (min(low, least + earned), max(high, most + earned))
        reached = onward
    return min(low for low, _ in reached.values()), max(high for _, high in reached.values())


def points_of(lines: Iterable[TallyLine]) -> list[str]:
    """The open points that can matter for these purchases."""
    points = ["O-3", "O-4"]
    kinds = {(line.listed, line.bonus) for line in lines}
    if any(bonus is True for _, bonus in kinds):
        points.append("O-1")
    if any(not listed for listed, _ in kinds):
        points.append("O-2")
    if (True, None) in kinds:
        points.append("O-5")
    return points


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One period's purchases, read once for all readings: sums with and without partly paid ones, first purchases by kind."""

    sums: dict[bool, list[int]]
    firsts: dict[tuple[bool, bool], dict[date, int]]

    def mark(self, bonus_day: bool, other_day: bool, partly: bool) -> _Marks:
        """What counts, where the open points O-1, O-2 and O-5 are read in one way."""
        days: dict[date, int] = {}
        for (listed, bonus), firsts in self.firsts.items():
            if (listed or other_day) and (not bonus or bonus_day):
                for day, index in firsts.items():
                    days[day] = min(index, days.get(day, index))
        return _Marks(self.sums[partly], dict(sorted(days.items(), key=itemgetter(1))))


def _sheet(lines: Sequence[TallyLine]) -> _Sheet:
    """Bonus money is left out of the sum entirely (3.4, S-12), other lotteries are (1.9)."""
    own = [amount if listed and bonus is False else 0 for _, amount, listed, bonus in lines]
    part = [amount if listed and bonus is None else 0 for _, amount, listed, bonus in lines]
    firsts: dict[tuple[bool, bool], dict[date, int]] = {}
    for index, (day, _, listed, bonus) in enumerate(lines):
        firsts.setdefault((listed, bonus is True), {}).setdefault(day, index)
    return _Sheet({False: [*accumulate(own)], True: [*accumulate(map(add, own, part))]}, firsts)


def _run_all(rule: LadderRule, lines: Sequence[TallyLine], ways: Iterable[Reading]) -> list[TallyResult]:
    """One period under every reading; readings that count alike share their marks."""
    sheet = _sheet(lines)
    marks: dict[tuple[bool, bool, bool], _Marks] = {}
    results: list[TallyResult] = []
    for way in ways:
        counting = (way.takes("O-1", "counts"), way.takes("O-2", "counts"), way.takes("O-5", "counted"))
        if counting not in marks:
            marks[counting] = sheet.mark(*counting)
        carried, fresh = way.takes("O-3", "carried"), cast(FreshDays, way.choices.get("O-4", "no_new_days"))
        results.append(_result(rule, marks[counting], carried, fresh))
    return results


def _result(rule: LadderRule, mark: _Marks, carried: bool, fresh: FreshDays) -> TallyResult:
    standing = climb(rule, mark.sums, list(mark.days.values()), carried, fresh)
    return TallyResult(bool(mark.sums), mark.sums[-1] if mark.sums else 0, tuple(mark.days), standing)
