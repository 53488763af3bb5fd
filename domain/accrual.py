"""Chances that a person has earned by purchases, period by period, under every open reading of the rules.

Not here: the ladder itself (see ladder.py); readings of one period (see tally.py); entries in a draw (see entries.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.facts import When, day_of
from domain.ladder import LadderRule, LadderStanding
from domain.promotion import Period, Promotion
from domain.purchases import Purchase, assign_to_periods, end_of
from domain.readings import readings
from domain.tally import Tally, TallyLine, TallyResult, extremes, lines_of, points_of, tally
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
    placing = assign_to_periods(purchases, periods, promotion.zone, now)
    lines = lines_of(
        rule, [*placing.sure, *(each for unsure in placing.unsure for way in unsure.choices for each in way)]
    )
    ways = readings(promotion, points_of(lines), (promotion.zone,))
    tables = [tally(rule, period, placing, ways) for period in periods]
    ended = sum(period.ends < now for period in periods) if now is not None else 0
    clauses = _clauses(rule, lines, tables, ended)
    unknown = Unknown("fact_missing", clauses, ("purchases",)) if placing.unsure else Unknown("rules_silent", clauses)
    found = []
    next_step = None
    for period, table in zip(periods, tables, strict=True):
        results = table.all()
        current = now is not None and period.holds(now)
        if current or any(result.bought for result in results):
            found.append(_period(period, results, unknown))
        if current and now is not None:
            next_step = _next(period, results, day_of(now, promotion.zone), promotion.last_day(period), unknown)
    total = _number([each for n in range(len(ways)) for each in extremes(tables, n)], unknown)
    return Accrual(total, tuple(found), next_step, clauses)


def _number(values: Sequence[int], unknown: Unknown) -> int | Unknown:
    """The number on which all agree, else what is certain: the least."""
    least = Unknown(unknown.reason, unknown.clauses, unknown.missing, min(values))
    return agree(values, least)


def _period(period: Period, results: Sequence[TallyResult], unknown: Unknown) -> PeriodChances:
    certain = set.intersection(*(set(result.dates) for result in results))
    return PeriodChances(
        period=period.id,
        counted_sum_kzt=_number([result.counted for result in results], unknown),
        purchase_days=_number([len(result.dates) for result in results], unknown),
        chances=_number([result.standing.chances for result in results], unknown),
        dates=tuple(sorted(certain)),
    )


def _next(period: Period, results: Sequence[TallyResult], today: date, last: date, unknown: Unknown) -> NextStep:
    """What is next, as far as all readings agree. A date counts as left until the period ends on it."""
    coming = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    left = [sum(day not in result.dates for day in coming) for result in results]
    enough = [result.standing.days_missing <= days for result, days in zip(results, left, strict=True)]

    def said(pick: Callable[[LadderStanding], int]) -> int | Unknown:
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


def _clauses(rule: LadderRule, lines: Sequence[TallyLine], tables: Sequence[Tally], ended: int) -> tuple[str, ...]:
    """The clauses of the answer; `ended` periods are over."""
    clause = rule.clauses
    cited = [clause["period"], clause["days"], clause["steps"]]
    if any(line.bonus is not False for line in lines):
        cited.append(clause["bonus"])
    if any(not line.listed for line in lines):
        cited.append(clause["lotteries"])
    if any(result.counted >= rule.top for table in tables for result in table.all()):
        cited += [clause["again"], clause["restart"]]
    if any(result.standing.chances for table in tables[:ended] for result in table.all()):
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
