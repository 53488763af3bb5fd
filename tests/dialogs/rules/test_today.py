"""An answer knows the day: the draw of a month, a term that runs from a named day, whether a period is still on."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dialogs.messages import Phrase
from dialogs.rules import today
from domain.promotion import Promotion
from tests.domain.given import DOUBLE_CHANCE, ISMET, SERIKTES


def told(promotion: Promotion, id: str, question: str, now: str) -> list[Phrase]:
    point = promotion.point(id)
    assert point is not None
    return today.lines(promotion, point, question, datetime.fromisoformat(f"{now}T12:00:00+05:00"))


@pytest.mark.parametrize("question", ["когда розыгрыш за март?", "наурыздың ұтысы қашан?"])
def test_the_draw_of_a_month_is_dated_by_the_rules(question: str) -> None:
    (line,) = told(SERIKTES, "draw-date", question, "2024-04-10")
    assert (line.key, line.params["day"]) == ("today.draw", date(2024, 4, 20))


def test_a_draw_whose_day_has_passed_is_said_to_have_passed() -> None:
    (line,) = told(SERIKTES, "draw-date", "когда розыгрыш за март?", "2026-06-01")
    assert (line.key, line.params["day"]) == ("today.draw_passed", date(2024, 4, 20))


def test_two_months_that_are_named_get_a_line_each() -> None:
    lines = told(SERIKTES, "draw-date", "когда розыгрыш за март и за апрель?", "2024-04-10")
    assert [line.params["day"] for line in lines] == [date(2024, 4, 20), date(2024, 5, 20)]


def test_without_a_month_the_next_draw_is_meant_and_after_the_end_the_last_one() -> None:
    (line,) = told(SERIKTES, "draw-date", "когда розыгрыш?", "2024-06-21")
    assert (line.key, line.params["day"]) == ("today.draw", date(2024, 7, 20))
    (line,) = told(SERIKTES, "draw-date", "когда розыгрыш?", "2026-06-01")
    assert line.key == "today.draw_passed"
    assert line.params["day"] == SERIKTES.draws[-1].latest


def test_a_month_that_has_no_draw_gets_no_date() -> None:
    assert told(ISMET, "draw-when", "когда розыгрыш за март?", "2022-10-01") == []


@pytest.mark.parametrize(("now", "key"), [("2022-10-24", "today.term"), ("2022-11-02", "today.term_passed")])
def test_a_term_runs_from_the_day_that_the_question_names(now: str, key: str) -> None:
    (line,) = told(ISMET, "ten", "розыгрыш был 20 октября, не поздно?", now)
    assert (line.key, line.params["first"], line.params["day"]) == (key, date(2022, 10, 20), date(2022, 10, 30))


def test_without_such_a_day_the_text_is_enough() -> None:
    assert told(ISMET, "ten", "сколько дней даётся?", "2022-10-24") == []


@pytest.mark.parametrize(
    ("now", "key"),
    [("2025-01-01", "today.upcoming"), ("2025-05-01", "today.running"), ("2025-07-01", "today.over")],
)
def test_a_period_is_ahead_running_or_over(now: str, key: str) -> None:
    point = next(point for point in DOUBLE_CHANCE.points if point.period)
    assert [line.key for line in told(DOUBLE_CHANCE, point.id, "ещё идёт?", now)] == [key]
