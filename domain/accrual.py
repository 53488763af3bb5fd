"""Chances that a person has earned by purchases, period by period, under every open reading of the rules.

Leaves the ladder itself to `ladder`, and entries in a draw to `entries`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from domain.facts import When, day_of
from domain.ladder import FreshDays, LadderRule, Standing, climb
from domain.promotion import Period, Promotion
from domain.purchases import Placed, Purchase, end_of, in_order
from domain.readings import Reading, readings
from domain.verdict import Unknown, agree, unique


@dataclass(frozen=True, slots=True)
class PeriodChances:
    """One period. `dates` are the purchase days that are certain; chances earned are never lowered by using them."""

    period: str
    counted_sum_kzt: int | Unknown
    purchase_days: int | Unknown
    chances: int | Unknown
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is missing to the next chance in the running period. `dates_left` includes today unless it already counts."""

    period: str
    step: int | Unknown
    threshold_kzt: int | Unknown
    cycle_sum_kzt: int | Unknown
    amount_missing_kzt: int | Unknown
    days_missing: int | Unknown
    chances_waiting_for_days: int | Unknown
    dates_left: int | Unknown
    reachable_in_period: bool | Unknown


@dataclass(frozen=True, slots=True)
class Accrual:
    """Chances earned until some moment: in all, per period, and what is next (None outside all periods)."""

    chances_total: int | Unknown
    periods: tuple[PeriodChances, ...]
    next: NextStep | None
    clauses: tuple[str, ...]


class _Line(NamedTuple):
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
class _Result:
    """One period under one reading."""

    counted: int
    dates: tuple[date, ...]
    standing: Standing


_Run = Sequence[_Result]


def rule_of(promotion: Promotion) -> LadderRule:
    """The ladder of this promotion. Raises ValueError if it has none: there is nothing to accrue."""
    rule = promotion.rules.get("chances")
    if not isinstance(rule, LadderRule):
        raise ValueError(f"{promotion.slug} has no ladder of chances")
    return rule


def accrue(promotion: Promotion, purchases: Sequence[Purchase], as_of: When | None = None) -> Accrual:
    """The chances of one person as clauses 3.1 to 3.6 give them, under every open reading (O-1 … O-5).

    Purchases after `as_of` are ignored (a bare date means its end; None means no bound). The order does not matter. If
    it matters in which period a bare date lies, the purchases are what is missing. Sums are whole tenge, days are days
    in the promotion's zone.
    """
    rule = rule_of(promotion)
    now = end_of(as_of, promotion.zone) if as_of is not None else None
    periods = [period for period in promotion.periods if period.kind == "accrual"]
    orders = [_by_period(rule, order, periods) for order in in_order(purchases, periods, promotion.zone, now)]
    lines = [line for order in orders for part in order for line in part]
    ways = readings(promotion, _points(lines), (promotion.zone,))
    runs = [run for order in orders for run in _run_all(rule, order, ways)]
    clauses = _clauses(rule, lines, runs, sum(period.ends < now for period in periods) if now is not None else 0)
    unknown = Unknown("rules_silent", clauses) if len(orders) == 1 else Unknown("fact_missing", clauses, ("purchases",))
    found = []
    next_step = None
    for index, period in enumerate(periods):
        results = [run[index] for run in runs]
        current = now is not None and period.holds(now)
        if current or any(order[index] for order in orders):
            found.append(_period(period, results, unknown))
        if current and now is not None:
            next_step = _next(period, results, day_of(now, promotion.zone), promotion.last_day(period), unknown)
    total = _number([sum(result.standing.chances for result in run) for run in runs], unknown)
    return Accrual(total, tuple(found), next_step, clauses)


def _number(values: Sequence[int], unknown: Unknown) -> int | Unknown:
    """The number on which all agree, else what is certain: the least."""
    least = Unknown(unknown.reason, unknown.clauses, unknown.missing, min(values))
    return agree(values, least)


def _by_period(rule: LadderRule, order: Sequence[Placed], periods: Sequence[Period]) -> list[list[_Line]]:
    """The purchases in order, cut at the bounds of the periods; both bounds belong to a period."""
    seconds = [placed.second for placed in order]
    listed = {name: rule.lottery(name) is not None for name in {placed.lottery for placed in order}}
    parts = []
    for period in periods:
        inside = slice(bisect_left(seconds, period.starts.timestamp()), bisect_right(seconds, period.ends.timestamp()))
        parts.append([_Line(p.day, p.amount_kzt, listed[p.lottery], p.paid_with_bonus) for p in order[inside]])
    return parts


def _points(lines: Iterable[_Line]) -> list[str]:
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


def _mark(lines: Sequence[_Line], bonus_day: bool, other_day: bool, partly: bool) -> _Marks:
    """What counts, where the open points O-1, O-2 and O-5 are read in one way."""
    sums: list[int] = []
    days: dict[date, int] = {}
    total = 0
    for index, (day, amount, listed, bonus) in enumerate(lines):
        # Bonus money is left out of the sum entirely (3.4, S-12), other lotteries are (1.9).
        if listed and (bonus is False or (bonus is None and partly)):
            total += amount
        sums.append(total)
        if day not in days and (listed or other_day) and (bonus is not True or bonus_day):
            days[day] = index
    return _Marks(sums, days)


def _run_all(rule: LadderRule, parts: Sequence[Sequence[_Line]], ways: Iterable[Reading]) -> list[_Run]:
    """Every period under every reading; readings that count alike share their marks."""
    marks: dict[tuple[bool, bool, bool], list[_Marks]] = {}
    runs: list[_Run] = []
    for way in ways:
        counting = (way.takes("O-1", "counts"), way.takes("O-2", "counts"), way.takes("O-5", "counted"))
        if counting not in marks:
            marks[counting] = [_mark(part, *counting) for part in parts]
        carried, fresh = way.takes("O-3", "carried"), cast(FreshDays, way.choices.get("O-4", "no_new_days"))
        runs.append([_result(rule, mark, carried, fresh) for mark in marks[counting]])
    return runs


def _result(rule: LadderRule, mark: _Marks, carried: bool, fresh: FreshDays) -> _Result:
    standing = climb(rule, mark.sums, list(mark.days.values()), carried, fresh)
    return _Result(mark.sums[-1] if mark.sums else 0, tuple(mark.days), standing)


def _period(period: Period, results: Sequence[_Result], unknown: Unknown) -> PeriodChances:
    certain = set.intersection(*(set(result.dates) for result in results))
    return PeriodChances(
        period=period.id,
        counted_sum_kzt=_number([result.counted for result in results], unknown),
        purchase_days=_number([len(result.dates) for result in results], unknown),
        chances=_number([result.standing.chances for result in results], unknown),
        dates=tuple(sorted(certain)),
    )


def _next(period: Period, results: Sequence[_Result], today: date, last: date, unknown: Unknown) -> NextStep:
    """What is next, as far as all readings agree. A date counts as left until the period ends on it."""
    coming = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    left = [sum(day not in result.dates for day in coming) for result in results]
    enough = [result.standing.days_missing <= days for result, days in zip(results, left, strict=True)]

    def said(pick: Callable[[Standing], int]) -> int | Unknown:
        return agree((pick(result.standing) for result in results), unknown)

    return NextStep(
        period=period.id,
        step=said(lambda standing: standing.step),
        threshold_kzt=said(lambda standing: standing.threshold_kzt),
        cycle_sum_kzt=said(lambda standing: standing.cycle_sum_kzt),
        amount_missing_kzt=said(lambda standing: standing.amount_missing_kzt),
        days_missing=said(lambda standing: standing.days_missing),
        chances_waiting_for_days=said(lambda standing: standing.waiting),
        dates_left=agree(left, unknown),
        reachable_in_period=agree(enough, unknown),
    )


def _clauses(rule: LadderRule, lines: Sequence[_Line], runs: Sequence[_Run], ended: int) -> tuple[str, ...]:
    """The clauses of the answer; `ended` periods are over."""
    clause = rule.clauses
    cited = [clause["period"], clause["days"], clause["steps"]]
    if any(line.bonus is not False for line in lines):
        cited.append(clause["bonus"])
    if any(not line.listed for line in lines):
        cited.append(clause["lotteries"])
    if any(result.counted >= rule.top for run in runs for result in run):
        cited += [clause["again"], clause["restart"]]
    if any(result.standing.chances for run in runs for result in run[:ended]):
        # A chance of an earlier period is kept.
        cited.append(clause["restart"])
    return unique(cited)


@dataclass(frozen=True, slots=True)
class Use:
    """Whether chances may be used as asked, and by which clauses."""

    allowed: bool
    clauses: tuple[str, ...]


def use(promotion: Promotion, available: int, request: int, at: datetime, earned_in_period: str | None = None) -> Use:
    """Whether `request` of `available` chances may be used at once at that moment (3.5, 3.6).

    Chances live until the end of the promotion, whichever period they were earned in (S-16).
    """
    rule = rule_of(promotion)
    earned = next((period for period in promotion.periods if period.id == earned_in_period), None)
    running = promotion.whole.holds(at) and (earned is None or earned.starts <= at)
    fits = 1 <= request <= min(available, rule.at_once)
    return Use(fits and running, (rule.clauses["at_once"], rule.clauses["restart"], rule.clauses["period"]))
