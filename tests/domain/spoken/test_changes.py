"""A correction finds the purchase that is meant, or nothing is changed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.ladder import LadderRule
from domain.purchases import Purchase
from domain.spoken.changes import apply_change
from domain.spoken.purchases import read_lines
from tests.domain.given import JANUARY

ZONE = ZoneInfo("Asia/Almaty")
TODAY = date(2026, 1, 15)
DRAFT = [Purchase(date(2026, 1, 12), "Keno", 600_000), Purchase(date(2026, 1, 13), "Bingo", 400_000)]


def changed(text: str, draft: list[Purchase] = DRAFT) -> list[Purchase] | None:
    rule = JANUARY.rules["chances"]
    assert isinstance(rule, LadderRule)
    (line,) = read_lines(text, rule.lotteries, TODAY, TODAY, ZONE, before=draft[-1])
    assert line.change is not None, text
    return apply_change(draft, line.change, ZONE, lambda each: not isinstance(each.at, datetime))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        *(("нет, кено было 500", [500, 400]), ("жоқ, кено 500 мың", [500, 400]), ("нет, 13-го 350 тыс", [600, 350])),
        *(("не 400, а 450 тыс", [600, 450]), ("ошиблась, 700 тыс", [600, 700])),
    ],
)
def test_the_sum_of_the_purchase_that_is_meant_is_replaced(text: str, amounts: list[int]) -> None:
    after = changed(text)
    assert after is not None
    assert [each.amount_kzt // 1000 for each in after] == amounts


def test_bonus_money_of_one_lottery_is_told_afterwards() -> None:
    after = changed("бинго было бонусами")
    assert after is not None
    assert [each.paid_with_bonus for each in after] == [False, True]


def test_an_hour_is_of_the_day_that_it_names() -> None:
    after = changed("12-го в 18:30")
    assert after is not None
    assert after[0].at == datetime(2026, 1, 12, 18, 30, tzinfo=ZONE)
    assert after[1] == DRAFT[1]


def test_where_two_may_be_meant_nothing_is_changed() -> None:
    twice = [DRAFT[0], Purchase(date(2026, 1, 14), "Keno", 300_000)]
    assert changed("нет, кено было 500", twice) is None
