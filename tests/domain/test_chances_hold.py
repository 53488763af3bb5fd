"""What holds for chances whatever a person buys: properties tried on many invented histories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.chances import Accrual, Purchase, accrue
from domain.promotion import Promotion
from domain.verdict import Unknown
from tests.domain.given import JANUARY, at

START, END = JANUARY.whole.starts, JANUARY.whole.ends
SECONDS = int((END - START).total_seconds())

moments = st.integers(-7200, SECONDS + 7200).map(lambda second: START + timedelta(seconds=second))
bounds = st.sampled_from([moment for period in JANUARY.periods for moment in (period.starts, period.ends)])
amounts = st.one_of(st.integers(0, 3_000_000), st.sampled_from([500_000, 1_500_000, 1_900_000, 2_500_000, 5_900_000]))
lotteries = st.sampled_from(["Keno", "Bingo", "Loto Plus", "Твоя Удача 3"])
paid = st.sampled_from([False, False, False, True, None])
purchases = st.builds(Purchase, st.one_of(moments, bounds), lotteries, amounts, paid)
histories = st.lists(purchases, max_size=14)
own_money = st.builds(Purchase, moments, st.just("Keno"), amounts, st.just(False))

POINTS = {point.id: point.readings for point in JANUARY.open_points}


def settled(**choices: str) -> Promotion:
    """The promotion as if the organiser had settled points (O_1 for O-1)."""
    wanted = {name.replace("_", "-"): choice for name, choice in choices.items()}
    points = tuple(replace(point, settled=wanted.get(point.id)) for point in JANUARY.open_points)
    return replace(JANUARY, open_points=points)


ways = st.fixed_dictionaries({f"O_{n}": st.sampled_from(POINTS[f"O-{n}"]) for n in range(1, 6)}).map(
    lambda choices: settled(**choices)
)


def certain(value: int | Unknown) -> int:
    if isinstance(value, Unknown):
        assert value.certain is not None
        return value.certain
    return value


def total(accrual: Accrual) -> int:
    return certain(accrual.chances_total)


@given(histories, own_money, ways)
@settings(max_examples=150, deadline=None)
def test_more_purchases_with_own_money_never_lower_the_chances(
    history: list[Purchase], another: Purchase, promotion: Promotion
) -> None:
    assert total(accrue(promotion, [*history, another])) >= total(accrue(promotion, history))


@given(histories, own_money)
@settings(max_examples=80, deadline=None)
def test_more_purchases_with_own_money_never_lower_what_is_certain(history: list[Purchase], another: Purchase) -> None:
    assert total(accrue(JANUARY, [*history, another])) >= total(accrue(JANUARY, history))


@given(
    histories.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))), st.one_of(moments, bounds)
)
@settings(max_examples=80, deadline=None)
def test_the_order_of_purchases_in_a_file_does_not_matter(
    pair: tuple[list[Purchase], list[Purchase]], as_of: datetime
) -> None:
    history, shuffled = pair
    assert accrue(JANUARY, history, as_of) == accrue(JANUARY, shuffled, as_of)


@given(histories, ways)
@settings(max_examples=80, deadline=None)
def test_each_period_is_judged_on_its_own(history: list[Purchase], promotion: Promotion) -> None:
    together = accrue(promotion, history)
    alone = []
    for period in (period for period in JANUARY.periods if period.kind == "accrual"):
        inside = [purchase for purchase in history if period.holds(at_of(purchase))]
        alone.append(total(accrue(promotion, inside)))
    assert total(together) == sum(alone)


def at_of(purchase: Purchase) -> datetime:
    assert isinstance(purchase.at, datetime)
    return purchase.at


@given(histories, ways, st.one_of(moments, bounds))
@settings(max_examples=150, deadline=None)
def test_what_is_certain_is_never_above_any_reading(
    history: list[Purchase], promotion: Promotion, as_of: datetime
) -> None:
    open_answer, one_reading = accrue(JANUARY, history, as_of), accrue(promotion, history, as_of)
    assert not isinstance(one_reading.chances_total, Unknown)
    assert total(open_answer) <= one_reading.chances_total
    if not isinstance(open_answer.chances_total, Unknown):
        assert open_answer.chances_total == one_reading.chances_total
    for ours, theirs in zip(open_answer.periods, one_reading.periods, strict=True):
        assert certain(ours.purchase_days) <= certain(theirs.purchase_days)
        assert certain(ours.counted_sum_kzt) <= certain(theirs.counted_sum_kzt)


@given(histories, st.one_of(moments, bounds))
@settings(max_examples=80, deadline=None)
def test_purchases_after_the_moment_asked_about_change_nothing(history: list[Purchase], as_of: datetime) -> None:
    until = [purchase for purchase in history if at_of(purchase) <= as_of]
    assert accrue(JANUARY, history, as_of) == accrue(JANUARY, until, as_of)


@given(st.lists(own_money, max_size=10), ways)
@settings(max_examples=80, deadline=None)
def test_purchases_with_bonus_money_alone_earn_nothing(history: list[Purchase], promotion: Promotion) -> None:
    assert total(accrue(promotion, [replace(purchase, paid_with_bonus=True) for purchase in history])) == 0


_cut = st.sampled_from([date(2026, 1, day) for day in (5, 11, 18, 25, 31)])
_undated = st.lists(st.builds(Purchase, _cut, st.just("Keno"), amounts, st.just(False)), max_size=5)


@given(histories, _undated, st.lists(st.integers(0, 86_399), min_size=5, max_size=5), ways)
@settings(max_examples=150, deadline=None)
def test_at_whatever_hour_a_purchase_was_what_is_certain_without_the_hour_holds(
    history: list[Purchase], undated: list[Purchase], seconds: list[int], promotion: Promotion
) -> None:
    midnights = [datetime.combine(each.at, time(), JANUARY.zone) for each in undated]
    moments = [midnight + timedelta(seconds=second) for midnight, second in zip(midnights, seconds, strict=False)]
    dated = [replace(each, at=moment) for each, moment in zip(undated, moments, strict=True)]
    vague, exact = accrue(promotion, [*history, *undated]), accrue(promotion, [*history, *dated])
    assert not isinstance(exact.chances_total, Unknown)
    assert total(vague) <= exact.chances_total
    if not isinstance(vague.chances_total, Unknown):
        assert vague.chances_total == exact.chances_total


@given(st.one_of(moments, bounds), st.sampled_from([UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=6))]))
@settings(max_examples=150, deadline=None)
def test_every_second_of_the_promotion_lies_in_one_period_whatever_clock_wrote_it(
    moment: datetime, clock: tzinfo
) -> None:
    written = moment.astimezone(clock) + timedelta(milliseconds=999)
    held = [period.id for period in JANUARY.periods if period.kind == "accrual" and period.holds(written)]
    assert len(held) == JANUARY.whole.holds(moment)
    found = accrue(JANUARY, [Purchase(written, "Keno", 500, False)])
    assert [period.period for period in found.periods] == held
    assert [period.dates for period in found.periods] == [(moment.astimezone(JANUARY.zone).date(),)] * len(held)


def by_hand(history: list[tuple[int, int]], carried: bool, fresh: str) -> tuple[int, int, int]:
    """Chances, cycle sum and days missing, purchase by purchase, as one would count on paper. A purchase: day, sum."""
    total, chances, days, closed = 0, 0, set[int](), set[int]()
    free = False
    for day, amount in history:
        total += amount
        if day not in closed:
            days.add(day)
        while total >= 5_900_000 and (free or len(days) >= 3):
            chances += 3
            total = total - 5_900_000 if carried else 0
            free = fresh == "no_new_days"
            closed = closed | days | {day}
            days = {day} if fresh == "same_day_again" else set()
            closed -= days
    missing = 0 if free else max(0, 3 - len(days))
    if not missing:
        chances += sum(total >= threshold for threshold in (1_500_000, 3_400_000, 5_900_000))
    return chances, total, missing


_days = st.lists(st.tuples(st.integers(12, 17), st.one_of(amounts, st.integers(2_000_000, 9_000_000))), max_size=12)


@given(_days.map(sorted), st.booleans(), st.sampled_from(POINTS["O-4"]))
@settings(max_examples=300, deadline=None)
def test_the_ladder_is_the_one_that_is_climbed_by_hand(
    history: list[tuple[int, int]], carried: bool, fresh: str
) -> None:
    promotion = settled(O_3="carried" if carried else "lost", O_4=fresh)
    rows = [Purchase(at(f"{day} 12:00") + timedelta(minutes=n), "Keno", sum_) for n, (day, sum_) in enumerate(history)]
    found = accrue(promotion, rows, at("17 23:00"))
    assert found.next is not None
    chances, cycle, missing = by_hand(history, carried, fresh)
    assert (found.chances_total, found.next.cycle_sum_kzt, found.next.days_missing) == (chances, cycle, missing)
