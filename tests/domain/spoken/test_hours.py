"""Hours in digits and in words; what is vague leaves a span, and what says nothing for sure leaves none."""

from __future__ import annotations

from datetime import time

import pytest

from domain.purchases import Hours
from domain.spoken.fault import SpokenFault
from domain.spoken.hours import Clock, clock_at
from domain.spoken.pieces import cut

LAST = time(23, 59, 59)


def clock(text: str) -> time | Hours | str | None:
    found = clock_at(cut(text), 0)
    if isinstance(found, SpokenFault):
        return found.reason
    assert isinstance(found, Clock), text
    return found.at or found.hours


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(
            ("17:40", time(17, 40)),
            ("17:40-та", time(17, 40)),
            ("17:40:05", time(17, 40, 5)),
            ("в 17.40", time(17, 40)),
        ),
        *(("в 9 утра", time(9)), ("утром в 9", time(9)), ("таңғы 9-да", time(9)), ("в восемь вечера", time(20))),
        *(
            ("кешкі сегізде", time(20)),
            ("кешкі алтыдан он минут өткенде", time(18, 10)),
            ("в половине восьмого вечера", time(19, 30)),
        ),
        *(("18 часов", time(18)), ("18 часов 20 минут", time(18, 20)), ("в 2 дня", time(14))),
        *(
            ("без десяти восемь вечера", time(19, 50)),
            ("в полвосьмого вечера", time(19, 30)),
            ("в восемь двадцать вечера", time(20, 20)),
        ),
        *(
            ("кешкі сегізге он минут қалғанда", time(19, 50)),
            ("кешкі сегіз жарымда", time(20, 30)),
            ("он жеті елуде", time(17, 50)),
        ),
        *(
            ("сағат он жетіден жиырма минут өткенде", time(17, 20)),
            ("в 17-40", time(17, 40)),
            ("17.40-та", time(17, 40)),
        ),
    ],
)
def test_an_hour_may_be_said_in_many_ways(text: str, at: time) -> None:
    assert clock(text) == at


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("до 19:00", Hours(time(), time(18, 59, 59))), ("19:00-ге дейін", Hours(time(), time(18, 59, 59)))),
        *(("после 19:00", Hours(time(19), LAST)), ("19:00-ден кейін", Hours(time(19), LAST))),
        *(("утром", Hours(time(5), time(11, 59, 59))), ("түсте", Hours(time(12), time(14, 59, 59)))),
        *(("после обеда", Hours(time(13), time(17, 59, 59))), ("кешке", Hours(time(17), LAST))),
        *(
            ("вечером до восьми", Hours(time(), time(19, 59, 59))),
            ("в восьмом часу вечера", Hours(time(19), time(19, 59, 59))),
        ),
    ],
)
def test_a_vague_hour_leaves_a_span(text: str, hours: Hours) -> None:
    assert clock(text) == hours


@pytest.mark.parametrize(
    "text", ["около 19:00", "до вечера", "в 7", "ночью", "18:30 шамасында", "между 18 и 20", "кешкі 6 мен 8 арасында"]
)
def test_what_may_be_before_or_after_leaves_nothing(text: str) -> None:
    assert clock(text) is None


def test_an_hour_that_is_on_no_clock_is_a_fault() -> None:
    assert clock("25:10") == "no_such_time"


@pytest.mark.parametrize("text", ["три дня", "2 билета", "500 тыс", "7-го", "в 12 января"])
def test_a_number_of_something_else_is_no_hour(text: str) -> None:
    assert clock_at(cut(text), 0) is None
