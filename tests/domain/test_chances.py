"""Chances of «Январский сюрприз» at the bounds: seconds, midnights, bare dates, settled readings, and work."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import FrameType

import pytest

from domain.chances import Purchase, accrue, entries, read_purchases, use
from domain.facts import FactError
from domain.verdict import Unknown
from tests.domain.given import DOUBLE_CHANCE, ISMET, JANUARY, SERIKTES, at, bought

THREE_DAYS = [bought("06 12:00", 500_000), bought("07 12:00", 500_000), bought("08 12:00", 500_000)]


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("05 13:59:59", None),
        ("05 14:00:00", "1"),
        ("11 18:59:59", "1"),
        ("11 18:59:59.999", "1"),
        ("11 19:00:00", "2"),
        ("18 18:59:59", "2"),
        ("18 19:00:00", "3"),
        ("25 18:59:59", "3"),
        ("25 19:00:00", "4"),
        ("31 18:59:59", "4"),
        ("31 19:00:00", None),
    ],
)
def test_a_purchase_belongs_to_the_period_of_its_second(moment: str, period: str | None) -> None:
    found = accrue(JANUARY, [bought(moment, 1000)]).periods
    assert [one.period for one in found] == ([period] if period else [])


def test_the_same_instant_counts_alike_in_every_zone() -> None:
    utc = Purchase(datetime.fromisoformat("2026-01-11T13:59:59Z"), "Keno", 1000)
    east = Purchase(datetime.fromisoformat("2026-01-11T19:59:59+06:00"), "Keno", 1000)
    here = bought("11 18:59:59", 1000)
    assert accrue(JANUARY, [utc]) == accrue(JANUARY, [east]) == accrue(JANUARY, [here])


def test_days_change_at_midnight_in_almaty() -> None:
    late = [bought("06 23:59:59", 1), bought("07 00:00:00", 1)]
    assert accrue(JANUARY, late).periods[0].purchase_days == 2


def test_a_chance_appears_with_the_first_purchase_of_the_third_day() -> None:
    early = [bought("06 12:00", 1_500_000), bought("07 12:00", 100)]
    third = bought("08 09:00", 100)
    assert accrue(JANUARY, [*early, third], at("08 08:59:59")).chances_total == 0
    assert accrue(JANUARY, [*early, third], at("08 09:00:00")).chances_total == 1


def test_the_dates_that_are_left_are_counted_until_the_period_ends() -> None:
    step = accrue(JANUARY, [bought("10 12:00", 1_500_000)], at("10 23:00")).next
    assert step is not None
    assert step.dates_left == 1
    assert step.reachable_in_period is False


def test_a_bare_date_inside_one_period_counts_there() -> None:
    found = accrue(JANUARY, [Purchase(date(2026, 1, 7), "Keno", 1000)])
    assert [period.period for period in found.periods] == ["1"]


def test_a_bare_date_that_a_bound_cuts_asks_for_the_hour_where_it_matters() -> None:
    bare = Purchase(date(2026, 1, 11), "Keno", 1000)
    rich = accrue(JANUARY, [bought("09 12:00", 750_000), bought("10 12:00", 750_000), bare])
    assert isinstance(rich.chances_total, Unknown)
    assert rich.chances_total.reason == "fact_missing"
    assert rich.chances_total.certain == 0
    assert accrue(JANUARY, [bare]).chances_total == 0


def test_a_purchase_paid_partly_with_bonus_money_is_open() -> None:
    history = [*THREE_DAYS[:2], bought("08 12:00", 500_000, bonus=None)]
    found = accrue(JANUARY, history)
    assert isinstance(found.chances_total, Unknown)
    assert "3.4" in found.clauses


def test_a_point_that_the_organiser_settles_makes_the_answer_definite() -> None:
    history = [bought("06 12:00", 750_000), bought("07 12:00", 750_000), bought("08 12:00", 5_000, bonus=True)]
    assert isinstance(accrue(JANUARY, history).chances_total, Unknown)
    points = tuple(replace(point, settled="counts" if point.id == "O-1" else None) for point in JANUARY.open_points)
    assert accrue(replace(JANUARY, open_points=points), history).chances_total == 1


def test_lotteries_are_recognised_in_every_spelling() -> None:
    names = ("keno", "КЕНО", "Мега лото", "mega-loto", "NavalBattle", "Морской бой", "Loto+")
    for name in names:
        assert accrue(JANUARY, [bought("06 12:00", 1000, name)]).periods[0].counted_sum_kzt == 1000, name


@pytest.mark.parametrize(
    ("available", "request_", "moment", "allowed"),
    [(3, 3, "31 18:59:59", True), (3, 0, "20 12:00", False), (3, 1, "05 13:59:59", False), (9, 4, "20 12:00", False)],
)
def test_one_to_three_chances_are_used_at_once_until_the_end(
    available: int, request_: int, moment: str, allowed: bool
) -> None:
    assert use(JANUARY, available, request_, at(moment)).allowed is allowed


def test_a_chance_cannot_be_used_before_its_period_began() -> None:
    assert not use(JANUARY, 1, 1, at("12 12:00"), earned_in_period="3").allowed


@pytest.mark.parametrize("row", [{"at": "31.02.2026"}, {"at": "2026-01-06", "amount_kzt": -5}, {"at": None}])
def test_a_purchase_that_makes_no_sense_is_refused_by_name(row: dict[str, object]) -> None:
    with pytest.raises(FactError):
        read_purchases([row], JANUARY.zone)


def test_ten_times_the_purchases_take_ten_times_the_work() -> None:
    """How long that is says `python -m benchmarks.chances`: here calls are counted, which no busy machine makes more of."""
    assert _calls(10_000) < 11 * _calls(1_000)


def _calls(purchases: int) -> int:
    """Calls that are made for a history of so many purchases, spread over the whole promotion."""
    start, step = JANUARY.whole.starts, 2_270_000 // purchases
    history = [
        Purchase(start + timedelta(seconds=step * n), ("Keno", "Bingo", "Другая")[n % 3], 1000 + n, n % 5 == 0)
        for n in range(purchases)
    ]
    made = 0

    def count(frame: FrameType, event: str, value: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        accrue(JANUARY, history, at("30 12:00"))
    finally:
        sys.setprofile(before)
    return made


def test_a_second_month_of_connection_gives_an_entry_once_the_organiser_says_so() -> None:
    rows = [{"package": "SERIKTES", "at": "2024-03-05"}, {"package": "SERIKTES", "at": "2024-07-02"}]
    facts = {"legal_form": "TOO", "connections": rows}
    assert isinstance(entries(SERIKTES, facts).months["2024-07"], Unknown)
    for choice, expected in (("again", {"2024-03": 1, "2024-07": 1}), ("once", {"2024-03": 1})):
        points = tuple(replace(point, settled=choice if point.id == "O-8" else None) for point in SERIKTES.open_points)
        assert entries(replace(SERIKTES, open_points=points), facts).months == expected


def test_a_connection_at_the_turn_of_the_month_in_the_west_leaves_both_months_open() -> None:
    facts = {
        "legal_form": "TOO",
        "region": "Aktau",
        "connections": [{"package": "SERIKTES", "at": "2024-01-31T23:30:00+05:00"}],
    }
    found = entries(SERIKTES, facts).months
    assert set(found) == {"2024-01", "2024-02"}
    assert all(isinstance(number, Unknown) for number in found.values())


def test_several_personal_accounts_leave_the_number_open_but_not_the_part() -> None:
    facts = {
        "legal_form": "IP",
        "app_authorized": True,
        "ekassa_connected_at": "2022-09-05",
        "ofd": "Kazakhtelecom",
        "paid_one_month": True,
        "receipts_via_app": {"2022-09": 6},
        "personal_accounts": 3,
    }
    number = entries(ISMET, facts).months["2022-09"]
    assert isinstance(number, Unknown)
    assert number.certain == 1


def test_without_the_age_it_cannot_be_said_whether_one_is_in_the_draw() -> None:
    facts = {
        "subscriber_type": "natural person",
        "operator": "Altel",
        "subscribed_88": True,
        "purchases_of_5_in_period": 1,
    }
    found = entries(DOUBLE_CHANCE, facts).in_draw
    assert isinstance(found, Unknown)
    assert found.missing == ("age_at_purchase",)


def test_two_purchases_without_an_hour_may_lie_in_two_periods() -> None:
    days = [bought("09 12:00", 100), bought("10 12:00", 100), bought("12 12:00", 100), bought("13 12:00", 100)]
    two = [Purchase(date(2026, 1, 11), "Keno", 800_000)] * 2
    found = accrue(JANUARY, [*days, *two])
    assert isinstance(found.chances_total, Unknown)
    assert (found.chances_total.reason, found.chances_total.certain) == ("fact_missing", 0)
    one = accrue(JANUARY, [*days, Purchase(date(2026, 1, 11), "Keno", 1_600_000)])
    assert one.chances_total == 1


def test_a_purchase_of_today_before_the_bound_lies_before_it() -> None:
    three = [Purchase(date(2026, 1, 11), "Keno", 600_000)] * 3
    found = accrue(JANUARY, [bought("09 12:00", 100), bought("10 12:00", 100), *three], at("11 15:00"))
    assert found.chances_total == 1
