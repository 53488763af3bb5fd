"""Days are understood as people name them: alone, in lists and ranges, counted from today or from the day before."""

from __future__ import annotations

from datetime import date

import pytest

from domain.spoken.dating import DayContext
from domain.spoken.days import Days, days_at
from domain.spoken.fault import SpokenFault
from domain.spoken.pieces import cut

THURSDAY = date(2026, 1, 22)


def days(text: str, *, last: date | None = None, ahead: bool = False) -> list[int] | str | None:
    """Days of January 2026 by their number; a fault by its reason."""
    found = days_at(cut(text), 0, DayContext(THURSDAY, THURSDAY, last=last, ahead=ahead))
    if isinstance(found, SpokenFault):
        return found.reason
    if not isinstance(found, Days) or not found.days:
        return None
    assert all((day.year, day.month) == (2026, 1) for day in found.days)
    return [day.day for day in found.days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("9-го", [9]), ("9го", [9]), ("девятого", [9]), ("9 числа", [9]), ("9 қаңтар", [9]), ("9-ында", [9])),
        *(("он алтысында", [16]), ("он алтыншы қаңтарда", [16]), ("алтысы күні", [6]), ("двадцать первого", [21])),
        *(("вчера", [21]), ("кеше", [21]), ("позавчера", [20]), ("алдыңғы күні", [20]), ("4 дня назад", [18])),
        *(("бес күн бұрын", [17]), ("неделю назад", [15])),
        *(
            ("пн, 12.01.2026", [12]),
            ("понедельник, 12 января", [12]),
            ("дүйсенбі, 12 қаңтар", [12]),
            ("12.01, пн", [12]),
        ),
    ],
)
def test_one_day(text: str, expected: list[int]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("в понедельник", [19]), ("дүйсенбіде", [19]), ("пн", [19]), ("сс", [20]), ("в пятницу", [16])),
        *(("в четверг", [15]), ("на прошлой неделе в среду", None), ("өткен аптаның сәрсенбісінде", [14])),
        *(("в прошлую среду", "which_day"), ("в прошлую субботу", [17]), ("в субботу 17-го", [17])),
        ("в субботу 16-го", "which_day"),
    ],
)
def test_a_weekday_is_the_last_one_past_and_asked_for_where_it_may_be_two(
    text: str, expected: list[int] | str | None
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("с 9 по 11 января", [9, 10, 11]), ("9-11 қаңтар", [9, 10, 11]), ("с девятого по одиннадцатое", [9, 10, 11])),
        *(("9 бен 11 аралығында", [9, 10, 11]), ("тоғызынан он біріне дейін", [9, 10, 11])),
        *(
            ("с понедельника по среду", [19, 20, 21]),
            ("дүйсенбіден сәрсенбіге дейін", [19, 20, 21]),
            ("пн-ср", [19, 20, 21]),
        ),
        *(("09.01-11.01", [9, 10, 11]), ("9, 10 и 12 января", [9, 10, 12]), ("9-го и 12-го", [9, 12])),
        ("9, 10, 12 қаңтарда", [9, 10, 12]),
    ],
)
def test_several_days_may_be_named_at_once(text: str, expected: list[int]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", ["5 билетов", "3 раза", "20 тыс", "2 млн", "500", "три дня", "7", "второй период"])
def test_a_number_of_something_else_is_no_day(text: str) -> None:
    assert days(text) is None


@pytest.mark.parametrize(
    ("text", "day"), [("на следующий день", 11), ("ертеңіне", 11), ("в тот же день", 10), ("сол күні", 10)]
)
def test_a_day_may_be_counted_from_the_one_before(text: str, day: int) -> None:
    last = date(2026, 1, 10)
    assert days(text.removeprefix("на "), last=last) == [day] or days(text, last=last) == [day]


def test_of_a_plan_a_day_lies_ahead() -> None:
    assert days("25-го", ahead=True) == [25]
    assert days("в субботу", ahead=True) == [24]
