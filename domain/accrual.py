"""Chances that a person has earned by purchases, period by period, under every open reading of the rules.

Leaves the ladder itself to `ladder`, and entries in a draw to `chances`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from domain.facts import FactError, When, day_of, key, read_when
from domain.ladder import FreshDays, LadderRule, Standing, climb
from domain.promotion import Period, Promotion
from domain.readings import Reading, readings
from domain.verdict import Unknown, agree, agree_on_number, unique

T = TypeVar("T")
_NOON = time(12)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase of tickets. `at` may be a bare date; `paid_with_bonus` is None if only a part was (O-5)."""

    at: When
    lottery: str
    amount_kzt: int
    paid_with_bonus: bool | None = False


def read_purchases(rows: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> tuple[Purchase, ...]:
    """Purchases from tables with `at`, `lottery`, `amount_kzt`, `paid_with_bonus`. Raises FactError."""
    purchases = []
    for row in rows:
        try:
            at = read_when(row.get("at"), zone)
        except ValueError:
            raise FactError("at", row.get("at")) from None
        amount = row.get("amount_kzt", 0)
        if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
            raise FactError("amount_kzt", amount)
        bonus = row.get("paid_with_bonus", False)
        paid = bonus if isinstance(bonus, bool) else {"yes": True, "true": True, "no": False, "false": False}.get(key(bonus))
        purchases.append(Purchase(at, str(row.get("lottery", "")), amount, paid))
    return tuple(purchases)


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
    """Chances earned until `as_of`: in all, per period, and what is next (None outside all periods)."""

    chances_total: int | Unknown
    periods: tuple[PeriodChances, ...]
    next: NextStep | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A purchase put in its place: its second, its local day, and how it counts apart from open readings."""

    second: float
    amount: int
    day: date
    listed: bool
    bonus: bool | None


@dataclass(frozen=True, slots=True)
class _Result:
    """One period under one reading."""

    counted: int
    dates: tuple[date, ...]
    standing: Standing


def rule_of(promotion: Promotion) -> LadderRule:
    """The ladder of this promotion. Raises ValueError if it has none: there is nothing to accrue."""
    rule = promotion.rules.get("chances")
    if not isinstance(rule, LadderRule):
        raise ValueError(f"{promotion.slug} has no ladder of chances")
    return rule


def accrue(promotion: Promotion, purchases: Sequence[Purchase], as_of: When | None = None) -> Accrual:
    """The chances of one person, computed as 3.1 to 3.6 say, under every open reading (O-1 … O-5).

    Purchases after `as_of` are ignored (a bare date means its end; None means no bound). The order does not matter.
    A purchase with a bare date on which a period ends is tried in both; if that matters, the time is what is missing.
    Sums are whole tenge, days are days in the promotion's zone.
    """
    rule = rule_of(promotion)
    zone = promotion.zone
    now = _moment(as_of, zone, _LAST_SECOND) if as_of is not None else None
    periods = [period for period in promotion.periods if period.kind == "accrual"]
    worlds = list(_worlds(promotion, rule, purchases, periods, now))
    seen = [[_within(world, period) for period in periods] for world in worlds]
    everything = [entry for entries in seen for part in entries for entry in part]
    ways = readings(promotion, _points(everything), (zone,))
    runs = [[_run(rule, entries, way) for entries in world] for world in seen for way in ways]
    clauses = _clauses(rule, everything, runs, periods, now)
    missing = Unknown("fact_missing", clauses, ("purchases",)) if len(worlds) > 1 else Unknown("rules_silent", clauses)

    def number(pick: Callable[[list[_Result]], int]) -> int | Unknown:
        value = agree_on_number((pick(run) for run in runs), clauses)
        if isinstance(value, Unknown) and len(worlds) > 1:
            return Unknown(missing.reason, clauses, missing.missing, value.certain)
        return value

    results = []
    next_step = None
    for index, period in enumerate(periods):
        current = now is not None and period.holds(now)
        if current or any(world[index] for world in seen):
            certain = set.intersection(*(set(run[index].dates) for run in runs))
            results.append(
                PeriodChances(
                    period.id,
                    number(lambda run, i=index: run[i].counted),  # type: ignore[misc]
                    number(lambda run, i=index: len(run[i].dates)),  # type: ignore[misc]
                    number(lambda run, i=index: run[i].standing.chances),  # type: ignore[misc]
                    tuple(sorted(certain)),
                )
            )
        if current and now is not None:
            next_step = _next(period, [run[index] for run in runs], day_of(now, zone), day_of(period.ends, zone), missing)
    total = number(lambda run: sum(result.standing.chances for result in run))
    return Accrual(total, tuple(results), next_step, clauses)


def _moment(when: When, zone: ZoneInfo, at: time) -> datetime:
    return when.replace(microsecond=0) if isinstance(when, datetime) else datetime.combine(when, at, zone)


def _worlds(
    promotion: Promotion, rule: LadderRule, purchases: Sequence[Purchase], periods: Sequence[Period], now: datetime | None
) -> Iterable[list[_Entry]]:
    """The purchases in order of time; more than one order of things only where a bare date is cut by a bound."""
    zone = promotion.zone
    last = now.timestamp() if now is not None else float("inf")
    today = day_of(now, zone) if now is not None else date.max
    timed: list[_Entry] = []
    bare: list[Purchase] = []
    for purchase in purchases:
        if not isinstance(purchase.at, datetime):
            if purchase.at <= today:
                bare.append(purchase)
        elif (second := float(int(purchase.at.timestamp()))) <= last:
            timed.append(_entry(rule, purchase, second, purchase.at.astimezone(zone).date()))
    choices = []
    for day in sorted({day_of(purchase.at, zone) for purchase in bare}):
        start, end = datetime.combine(day, time(), zone), datetime.combine(day, _LAST_SECOND, zone)
        cut = any(period.holds(start) != period.holds(end) for period in periods)
        choices.append([(day, moment) for moment in ((start, end) if cut else (datetime.combine(day, _NOON, zone),))])
    for chosen in product(*choices):
        hours = {day: min(moment.timestamp(), last) for day, moment in chosen}
        placed = [_entry(rule, purchase, hours[day], day) for purchase in bare if (day := day_of(purchase.at, zone))]
        yield sorted([*timed, *placed], key=lambda entry: (entry.second, entry.amount))


def _entry(rule: LadderRule, purchase: Purchase, second: float, day: date) -> _Entry:
    return _Entry(second, purchase.amount_kzt, day, rule.lottery(purchase.lottery) is not None, purchase.paid_with_bonus)


def _within(entries: Sequence[_Entry], period: Period) -> list[_Entry]:
    starts, ends = period.starts.timestamp(), period.ends.timestamp()
    return [entry for entry in entries if starts <= entry.second <= ends]


def _points(entries: Iterable[_Entry]) -> list[str]:
    """The open points that can matter for these purchases."""
    points = ["O-3", "O-4"]
    kinds = {(entry.listed, entry.bonus) for entry in entries}
    if any(bonus is True for _, bonus in kinds):
        points.append("O-1")
    if any(not listed for listed, _ in kinds):
        points.append("O-2")
    if (True, None) in kinds:
        points.append("O-5")
    return points


def _run(rule: LadderRule, entries: Sequence[_Entry], way: Reading) -> _Result:
    bonus_day, other_day = way.takes("O-1", "counts"), way.takes("O-2", "counts")
    partly = way.takes("O-5", "counted")
    sums: list[int] = []
    firsts: dict[date, int] = {}
    total = 0
    for index, entry in enumerate(entries):
        if entry.listed and (entry.bonus is False or (entry.bonus is None and partly)):
            total += entry.amount
        sums.append(total)
        if entry.day not in firsts and (entry.listed or other_day) and (entry.bonus is not True or bonus_day):
            firsts[entry.day] = index
    fresh = cast(FreshDays, way.choices.get("O-4", "no_new_days"))
    standing = climb(rule, sums, list(firsts.values()), way.takes("O-3", "carried"), fresh)
    return _Result(total, tuple(firsts), standing)


def _next(period: Period, results: Sequence[_Result], today: date, last: date, missing: Unknown) -> NextStep:
    """What is next, as far as all readings agree. A date counts as left until the period ends on it."""
    all_dates = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    left = [sum(1 for day in all_dates if day not in result.dates) for result in results]

    def value(pick: Callable[[Standing], T]) -> T | Unknown:
        return agree((pick(result.standing) for result in results), missing)

    return NextStep(
        period=period.id,
        step=value(lambda s: s.step),
        threshold_kzt=value(lambda s: s.threshold_kzt),
        cycle_sum_kzt=value(lambda s: s.cycle_sum_kzt),
        amount_missing_kzt=value(lambda s: s.amount_missing_kzt),
        days_missing=value(lambda s: s.days_missing),
        chances_waiting_for_days=value(lambda s: s.waiting),
        dates_left=agree(left, missing),
        reachable_in_period=agree(
            (result.standing.days_missing <= dates for result, dates in zip(results, left, strict=True)), missing
        ),
    )


def _clauses(
    rule: LadderRule,
    entries: Sequence[_Entry],
    runs: Sequence[Sequence[_Result]],
    periods: Sequence[Period],
    now: datetime | None,
) -> tuple[str, ...]:
    clause = rule.clauses
    cited = [clause["period"], clause["days"], clause["steps"]]
    if any(entry.bonus is not False for entry in entries):
        cited.append(clause["bonus"])
    if any(not entry.listed for entry in entries):
        cited.append(clause["lotteries"])
    if any(result.counted >= rule.top for run in runs for result in run):
        cited += [clause["again"], clause["restart"]]
    earlier = [index for index, period in enumerate(periods) if now is not None and period.ends < now]
    if any(run[index].standing.chances for run in runs for index in earlier):
        cited.append(clause["restart"])
    return unique(cited)


@dataclass(frozen=True, slots=True)
class Use:
    """Whether chances may be used as asked, and by which clauses."""

    allowed: bool
    clauses: tuple[str, ...]


def use(promotion: Promotion, available: int, request: int, at: When, earned_in_period: str | None = None) -> Use:
    """Whether `request` of `available` chances may be used at once at that moment (3.5, 3.6).

    Chances live until the end of the promotion, whichever period they were earned in (S-16).
    """
    rule = rule_of(promotion)
    moment = _moment(at, promotion.zone, _NOON)
    earned = next((period for period in promotion.periods if period.id == earned_in_period), None)
    running = promotion.whole.holds(moment) and (earned is None or earned.starts <= moment)
    fits = 1 <= request <= min(available, rule.at_once)
    return Use(fits and running, (rule.clauses["at_once"], rule.clauses["restart"], rule.clauses["period"]))
