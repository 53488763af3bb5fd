"""No text costs more than a bound, whatever its twelve thousand characters are: this runs on the one writer thread."""

from __future__ import annotations

from datetime import date
from time import thread_time
from zoneinfo import ZoneInfo

import pytest

from domain.ladder import LadderRule
from domain.spoken.purchases import may_hold_sums, read_lines
from domain.spoken.values import find_day, read_amount
from tests.domain.given import JANUARY

LENGTH = 12_000
BOUND_S = 0.06
"""Three times what is promised: other work on the machine must not turn a test red."""
TODAY = date(2026, 1, 20)
ZONE = ZoneInfo("Asia/Almaty")
TEXTS = [
    *(
        "1",
        "1 ",
        "12,",
        "12.",
        "6-",
        "x",
        " ",
        "\n",
        "-",
        "½",
        ", ",
        "№1 ",
        "бонус ",
        "не ",
        "пн ",
        "жүз ",
        "лото-",
        "сағат ",
    ),
    *(
        "12.01 600 тыс кено\n",
        "вчера, ",
        "нет 600 ",
        "в 6 утра ",
        "с 1 по 9 ",
        "keno 500k ",
        "жетіге он минут ",
        "по 200 тыс и ",
    ),
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_costs_more_than_a_bound(text: str) -> None:
    rule = JANUARY.rules["chances"]
    assert isinstance(rule, LadderRule)
    long = (text * LENGTH)[:LENGTH]
    for read in (
        lambda: read_lines(long, rule.lotteries, TODAY, TODAY, ZONE),
        lambda: find_day(long, TODAY),
        lambda: read_amount(long),
        lambda: may_hold_sums(long),
    ):
        assert min(_seconds(read) for _ in range(3)) < BOUND_S


def _seconds(read: object) -> float:
    assert callable(read)
    begun = thread_time()
    read()
    return thread_time() - begun
