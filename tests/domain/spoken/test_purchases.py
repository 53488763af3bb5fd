"""Purchases typed, pasted or copied from a table are read line by line; what cannot be read keeps its reason."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ladder import LadderRule
from domain.purchases import Purchase
from domain.spoken.lines import SpokenLine
from domain.spoken.purchases import LINES, may_hold_sums, read_lines
from tests.domain.given import JANUARY

TODAY = date(2026, 1, 20)
ZONE = ZoneInfo("Asia/Almaty")
JAN_12, JAN_13 = date(2026, 1, 12), date(2026, 1, 13)


def lines(text: str) -> tuple[SpokenLine, ...]:
    rule = JANUARY.rules["chances"]
    assert isinstance(rule, LadderRule)
    return read_lines(text, rule.lotteries, TODAY, TODAY, ZONE)


def bought(text: str) -> list[Purchase | None]:
    return [line.purchase for line in lines(text)]


KENO = Purchase(JAN_12, "Keno", 600_000)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12.01 600 тыс кено",
            "12 қаңтарда кенодан 600 мыңға алдым",
            "кено 12 января на 600 000 тг",
            "600к 12.01 кено",
        ),
        *("Мен 12-қаңтарда 600 000 теңгеге кено ойнадым", "қаңтардың 12-сінде 600 мың теңгеге кено"),
        *("1) 12.01 600 тыс кено", "1. 12.01 600 тыс keno", "• 12.01 – 600 тыс кено"),
        *(
            "12.01.2026;Кено;600000",
            "2026-01-12,Keno,600000",
            "12.01.2026\tКено\t600 000,00",
            "12.01.2026;600000,00;Keno",
        ),
    ],
)
def test_one_purchase_may_be_written_in_many_ways(text: str) -> None:
    assert bought(text) == [KENO]


@pytest.mark.parametrize(
    "text",
    [
        *("12.01 600 тыс кено\n13.01 бинго 450 000", "12.01 600 тыс кено; 13.01 450 тыс бинго"),
        *("12.01 600 тыс кено, 13.01 450 тыс бинго", "12.01 600 тыс кено и 13.01 450 тыс бинго"),
        *("12.01 600 тыс кено 13.01 450 тыс бинго", "12.01.2026;Кено;600000\n13.01.2026;Бинго;450000"),
        "Дата;Лотерея;Сумма\n12.01.2026;Keno;600000\n13.01.2026;Бинго;450 000,50",
        "| Күні | Лотерея | Сомасы |\n|---|---|---|\n| 12.01.2026 | Keno | 600000 |\n| 13.01.2026 | Бинго | 450 000 |",
    ],
)
def test_several_purchases_may_stand_in_one_message(text: str) -> None:
    assert bought(text) == [KENO, Purchase(JAN_13, "Bingo", 450_000)]


def test_a_line_without_a_day_is_of_the_day_of_the_line_before() -> None:
    (_, second) = lines("12.01 600 тыс кено\nбинго 100 тыс")
    assert second.undated
    assert second.purchase == Purchase(JAN_12, "Bingo", 100_000)


def test_the_hour_is_kept_where_it_is_written() -> None:
    assert bought("11.01 18:59:59 кено 300000") == [
        Purchase(datetime(2026, 1, 11, 18, 59, 59, tzinfo=ZONE), "Keno", 300_000)
    ]


def test_bonus_money_is_told_from_own_money() -> None:
    assert bought("12.01 кено 600 тыс бонусами") == [Purchase(JAN_12, "Keno", 600_000, True)]
    assert bought("12.01 кено 600 мың бонуспен") == [Purchase(JAN_12, "Keno", 600_000, True)]
    assert bought("12.01 кено 600 тыс частично бонусами") == [Purchase(JAN_12, "Keno", 600_000, None)]


def test_a_part_paid_with_bonus_money_makes_no_second_purchase() -> None:
    assert bought("12.01 кено 600 тыс, из них 100 тыс бонусами") == [Purchase(JAN_12, "Keno", 600_000, None)]
    assert bought("12.01 кено 600 мың, оның 100 мыңы бонус") == [Purchase(JAN_12, "Keno", 600_000, None)]


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        *(("полтора миллиона", 1_500_000), ("1,5 млн", 1_500_000), ("бір жарым миллион теңге", 1_500_000)),
        *(("полмиллиона", 500_000), ("жарты миллион", 500_000), ("2 млн 300 тыс", 2_300_000)),
        *(("екі жарым миллион", 2_500_000), ("1 500 000,00 ₸", 1_500_000)),
    ],
)
def test_sums_are_read_as_people_say_them(said: str, amount: int) -> None:
    assert bought(f"12.01 {said} кено") == [Purchase(JAN_12, "Keno", amount)]


def test_a_lottery_outside_the_list_keeps_its_name() -> None:
    (line,) = lines("12.01 твоя удача 600 тыс")
    assert line.purchase is not None
    assert line.purchase.lottery == "твоя удача"


def test_it_is_known_where_no_lottery_was_named() -> None:
    assert [p.lottery for p in bought("12.01 600 тыс\n13.01 кено 600 тыс") if p] == ["", "Keno"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            ("12.01 600 тыс кено x2", "unclear"),
            ("12.01 минус 600 тыс", "negative"),
            ("12.01 возврат 600 тыс", "refund"),
        ),
        *(("31.02 600 тыс", "no_such_day"), ("-500 000 12.01", "negative"), ("12.01 $500", "other_currency")),
        *(
            ("12.01 кено", "no_sum"),
            ("600 тыс", "no_day"),
            ("12.01 600,50", "no_sum"),
            ("12.01 25:00 600", "no_such_time"),
        ),
        *(("12.01 9999999 млн", "too_much"), ("12.01 600 тыс 100 евро", "other_currency"), ("🙂", "unclear")),
    ],
)
def test_a_line_that_cannot_be_read_keeps_its_reason(text: str, reason: str) -> None:
    (line,) = lines(text)
    assert line.purchase is None
    assert line.fault is not None
    assert line.fault.reason == reason


def test_a_bad_line_does_not_spoil_the_others() -> None:
    assert bought("12.01 600 тыс кено\n31.02 5 млн\n13.01 бинго 450 000") == [
        KENO,
        None,
        Purchase(JAN_13, "Bingo", 450_000),
    ]


def test_a_hundred_pasted_lines_are_a_hundred_purchases() -> None:
    assert len([p for p in bought("\n".join(f"{6 + n % 10}.01 {100 + n} тыс кено" for n in range(100))) if p]) == 100


@given(st.lists(st.tuples(st.dates(date(2026, 1, 5), TODAY), st.integers(1, 9_999_999)), min_size=1, max_size=20))
def test_written_purchases_are_read_back(made: list[tuple[date, int]]) -> None:
    text = "\n".join(f"{day:%d.%m.%Y} {amount} тг кено" for day, amount in made)
    assert bought(text) == [Purchase(day, "Keno", amount) for day, amount in made]


@given(st.text(max_size=400) | st.from_regex(r"[0-9 .,;:/\n\-+$а-яік]{0,80}", fullmatch=True))
def test_no_text_breaks_reading_and_each_line_has_a_purchase_or_a_reason(text: str) -> None:
    for line in lines(text):
        assert (line.purchase is None) != (line.fault is None) or line.change is not None
        assert line.purchase is None or line.fault is None
        assert line.purchase is None or line.purchase.amount_kzt > 0


def test_a_long_list_is_read_up_to_a_bound_and_its_last_line_says_from_where_on_it_was_not() -> None:
    *read, last = lines("12.01 600 тыс кено\n" * 600)
    assert len(read) >= 100
    assert all(each.purchase for each in read)
    assert last.fault is not None
    assert last.fault.reason == "too_long"
    assert last.text.startswith("12.01 600 тыс кено")
    assert len(lines("с 1 по 31 декабря по 1 тыс\n" * 400)) == LINES
    assert bought("x" * 10_000) == [None]


SAID = (
    "12.01",
    "вчера",
    "кеше",
    "600",
    "полтора",
    "пол",
    "жарты",
    "бір жарым",
    "½",
    "миллион",
    "млн",
    "кено",
    "бонус",
    "и",
    "\n",
    "٣",
)


@given(st.lists(st.sampled_from(SAID), max_size=8).map(" ".join))
def test_where_nothing_could_be_a_sum_there_is_no_purchase(text: str) -> None:
    assert may_hold_sums(text) or not any(bought(text))


@pytest.mark.parametrize(
    "text", ["кеше жарты миллион бинго", "вчера пол ляма кено", "вчера ½ млн", "2 с половиной миллиона вчера"]
)
def test_half_a_million_in_words_is_a_sum(text: str) -> None:
    assert may_hold_sums(text)
    assert all(bought(text))


@pytest.mark.parametrize(
    "text", ["получу ли я приз по полису?", "сколько шансов за полугодие", "жартылай төлесем бола ма?"]
)
def test_words_that_only_begin_like_a_half_are_none(text: str) -> None:
    assert not may_hold_sums(text)
