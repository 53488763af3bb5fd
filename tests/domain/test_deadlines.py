"""Terms of the rules on the calendar of Kazakhstan: moved days, bounds to the second, and what starts a term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.deadlines import compute, timeline
from domain.verdict import Unknown
from tests.domain.given import CALENDAR, DOUBLE_CHANCE, ISMET, JANUARY, KASIPKER, SERIKTES, at

_TABLE = [
    (20, "2025-06-10", "2025-06-19"),
    (21, "2025-06-11", "2025-06-20"),
    (22, "2025-06-12", "2025-06-21"),
    (23, "2025-06-13", "2025-06-22"),
    (24, "2025-06-13", "2025-06-23"),
    (25, "2025-06-13", "2025-06-24"),
    (26, "2025-06-16", "2025-06-25"),
    (27, "2025-06-17", "2025-06-26"),
    (28, "2025-06-18", "2025-06-27"),
    (29, "2025-06-19", "2025-06-28"),
]


@pytest.mark.parametrize(("day", "answer", "receive"), _TABLE)
def test_fourteen_working_and_thirty_calendar_days_of_may_2025(day: int, answer: str, receive: str) -> None:
    events = {"notified_at": f"2025-05-{day}", "notified_prize_available_at": f"2025-05-{day}"}
    found = timeline(DOUBLE_CHANCE, events, calendar=CALENDAR)
    assert [str(deadline.last_day) for deadline in found] == [answer, receive]


def test_a_working_saturday_is_a_working_day() -> None:
    assert compute(ISMET, "check_winner", {"drawn_at": "2022-10-20"}).last_day == date(2022, 10, 22)


def test_an_override_of_the_operator_wins_and_its_version_is_carried() -> None:
    closed = Calendar("2025-7", {date(2025, 5, 28): False})
    deadline = compute(DOUBLE_CHANCE, "reach_winner", {"promotion_ended_on": "2025-05-15"}, calendar=closed)
    assert deadline.last_day == date(2025, 5, 30)
    assert deadline.calendar is not None
    assert "2025-7" in deadline.calendar


def test_a_term_in_calendar_days_names_no_calendar() -> None:
    assert compute(SERIKTES, "contact_organizer", {"drawn_at": "2024-02-20"}).calendar is None


def test_the_day_of_an_event_is_its_day_in_almaty() -> None:
    deadline = compute(SERIKTES, "contact_organizer", {"drawn_at": "2024-03-01T00:30:00+06:00"})
    assert deadline.counted_from == date(2024, 2, 29)
    assert compute(JANUARY, "contact_winner", {"winner_determined_at": "2026-01-10T20:00:00Z"}).counted_from == date(
        2026, 1, 11
    )


@pytest.mark.parametrize(
    ("as_of", "status"), [("31 18:59:59", "open"), ("31 18:59:59.900", "open"), ("31 19:00:00", "passed")]
)
def test_chances_lapse_to_the_second(as_of: str, status: str) -> None:
    assert compute(JANUARY, "use_chances", {}, at(as_of)).status == status


def test_ending_early_leaves_the_fate_of_unused_chances_open() -> None:
    deadline = compute(JANUARY, "use_chances", {"ended_early_at": "2026-01-20"}, at("21 12:00"))
    assert isinstance(deadline.last_day, Unknown)
    assert isinstance(deadline.status, Unknown)
    assert "3.10" in deadline.clauses


def test_what_determines_the_winner_matters_only_if_the_days_differ() -> None:
    same = {"box_opened_at": "2026-01-10T10:00:00+05:00", "published_on_site_at": "2026-01-10"}
    assert compute(JANUARY, "contact_winner", same).last_day == date(2026, 1, 20)
    differ = compute(JANUARY, "contact_winner", {**same, "published_on_site_at": "2026-01-12"})
    assert isinstance(differ.last_day, Unknown)
    assert differ.certain == date(2026, 1, 20)
    points = tuple(replace(p, settled="published_on_site_at" if p.id == "O-16" else None) for p in JANUARY.open_points)
    settled = compute(
        replace(JANUARY, open_points=points), "contact_winner", {**same, "published_on_site_at": "2026-01-12"}
    )
    assert settled.last_day == date(2026, 1, 22)


def test_signing_the_act_is_part_of_the_ten_days_of_kasipker_and_has_no_term_in_seriktes() -> None:
    events = {"drawn_at": "2024-06-19"}
    assert compute(KASIPKER, "sign_act", events).last_day == date(2024, 6, 29)
    assert isinstance(compute(SERIKTES, "sign_act", events).last_day, Unknown)
    assert [deadline.name for deadline in timeline(KASIPKER, events)] == ["contact_and_fulfil"]


def test_without_its_event_a_term_asks_for_it() -> None:
    last = compute(DOUBLE_CHANCE, "pay_prize", {"documents_handed_to_branch_office_at": "2025-06-02"}).last_day
    assert isinstance(last, Unknown)
    assert (last.reason, last.missing) == ("fact_missing", ("documents_received_by_head_office_at",))


def test_a_term_that_the_rules_do_not_know_is_not_invented() -> None:
    last = compute(SERIKTES, "winner_responds", {"notified_at": "2024-02-21"}).last_day
    assert isinstance(last, Unknown)
    assert last.reason == "rules_silent"


def test_december_2024_has_no_draw() -> None:
    assert isinstance(compute(SERIKTES, "draw", {"reporting_month": "2024-12"}).last_day, Unknown)


@pytest.mark.parametrize(("drawn", "in_time"), [("2024-02-20T23:59:59+06:00", True), ("2024-02-21", False)])
def test_a_draw_is_held_in_time_until_the_end_of_its_latest_day(drawn: str, in_time: bool) -> None:
    events = {"reporting_month": "2024-01", "drawn_at": drawn}
    assert compute(SERIKTES, "draw", events).in_time is in_time


@given(st.dates(date(2022, 1, 1), date(2026, 12, 1)), st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_the_last_working_day_is_worked_and_enough_days_lie_between(start: date, days: int) -> None:
    last = CALENDAR.add_working(start, days)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert CALENDAR.is_working(last)
    assert sum(map(CALENDAR.is_working, between)) == days


@given(st.integers(0, 366 * 24 * 60))
@settings(max_examples=40, deadline=None)
def test_a_later_draw_never_gives_an_earlier_term(minute: int) -> None:
    moment = SERIKTES.whole.starts + timedelta(minutes=minute)
    first = compute(SERIKTES, "contact_organizer", {"drawn_at": moment}).last_day
    second = compute(SERIKTES, "contact_organizer", {"drawn_at": moment + timedelta(hours=5)}).last_day
    assert isinstance(first, date)
    assert isinstance(second, date)
    assert first <= second


@given(st.integers(0, 200 * 24 * 3600), st.sampled_from(["winner_responds", "receive_prize"]))
@settings(max_examples=80, deadline=None)
def test_a_term_is_open_to_the_last_second_of_its_last_day_and_passed_after_it(seconds: int, name: str) -> None:
    local = DOUBLE_CHANCE.whole.starts + timedelta(seconds=seconds)
    events = {"notified_at": local.isoformat(), "notified_prize_available_at": local.isoformat()}
    last = compute(DOUBLE_CHANCE, name, events, None, CALENDAR).last_day
    assert isinstance(last, date)
    assert last > local.date()
    end = datetime.combine(last, time(23, 59, 59), DOUBLE_CHANCE.zone)
    before, after = (
        compute(DOUBLE_CHANCE, name, events, when, CALENDAR).status for when in (end, end + timedelta(seconds=1))
    )
    assert (before, after) == ("open", "passed")
