"""Cells as exports write them mean what they say; nonsense is refused with its reason, and no reason names a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel

from domain.participants import check_digit
from storage.lists.values import moments, payment, sums, values
from storage.lists.values.cells import BrokenFile, Cell, Wrong
from tests.storage.sample_lists import ALMATY, NOW, READING

MARKS = st.sampled_from([" ", "\u00a0", "\u202f", "'", ""])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-12", "2026-01-12"),
        ("2026-01-12 14:30", "2026-01-12T14:30:00+05:00"),
        ("2026-01-12T14:30:05.999", "2026-01-12T14:30:05+05:00"),
        ("2026-01-12T14:30:05Z", "2026-01-12T14:30:05+00:00"),
        ("2026-01-12T14:30:05+06:00", "2026-01-12T14:30:05+06:00"),
        ("2026-01-12 14:30:05 +0500", "2026-01-12T14:30:05+05:00"),
        ("12.01.2026", "2026-01-12"),
        ("12.01.26", "2026-01-12"),
        ("12/01/2026 9:05", "2026-01-12T09:05:00+05:00"),
        ("12.01.2026, 18:59:59", "2026-01-12T18:59:59+05:00"),
        ("2026/01/12", "2026-01-12"),
        ("20260112", "2026-01-12"),
        ("20260112143005", "2026-01-12T14:30:05+05:00"),
        ("12 января 2026 г., 14:30", "2026-01-12T14:30:00+05:00"),
        ("2026 жылғы 12 қаңтар", "2026-01-12"),
        ("46034", "2026-01-12"),
        ("46034,604167", "2026-01-12T14:30:00+05:00"),
        (46034, "2026-01-12"),
        (46034.75, "2026-01-12T18:00:00+05:00"),
        (date(2026, 1, 12), "2026-01-12"),
        (datetime(2026, 1, 12, 19), "2026-01-12T19:00:00+05:00"),  # noqa: DTZ001
        ("12.01.2026 г.", "2026-01-12"),
        ("12.01.2026 г. 14:30", "2026-01-12T14:30:00+05:00"),
        ("12.01.2026 ж.", "2026-01-12"),
        ("пн, 12.01.2026", "2026-01-12"),
        ("Пн. 12.01.26 14:30", "2026-01-12T14:30:00+05:00"),
        ("понедельник, 12 января 2026 г.", "2026-01-12"),
        ("дүйсенбі, 12.01.2026", "2026-01-12"),
        ("12.01.2026 (дс)", "2026-01-12"),
        ("Mon 12.01.2026", "2026-01-12"),
        ("29.02.2024 23:30", "2024-02-29T23:30:00+06:00"),
        ("01.03.2024 00:30", "2024-03-01T00:30:00+05:00"),
    ],
)
def test_a_day_or_moment_is_read_as_exports_write_it(written: Cell, meant: str) -> None:
    assert moments.past(written, READING) == meant


def test_a_weekday_that_is_another_day_refuses_the_cell() -> None:
    with pytest.raises(Wrong, match="the day and the weekday do not fit"):
        moments.past("вторник, 12.01.2026", READING)


@pytest.mark.parametrize(
    "cell", [87011234567.0, "87011234567.0", "87011234567,00", "7.7011234567E+10", "\u202a8 701 123 45 67"]
)
def test_a_phone_that_a_program_kept_as_a_number_is_the_phone(cell: Cell) -> None:
    assert values.mobile(cell, READING) == "77011234567"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("+998 90 123 45 67", "another country"),
        ("+1 650 253 0000", "another country"),
        ("6502530000", "another country"),
        ("3022530000", "another country"),
        ("+49 30 123456", "another country"),
        ("+7 916 123 45 67", "of Russia"),
        ("8 (495) 123-45-67", "of Russia"),
        ("8 701 123 45 67, 8 702 123 45 67", "more than one"),
        ("7.70E+10", "cut this number short"),
    ],
)
def test_a_phone_of_another_country_is_not_kept_as_one_of_kazakhstan(cell: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        values.mobile(cell, READING)


@pytest.mark.parametrize("cell", [124599.99999999999, "124599.99999999999", "124 599,99999999999", 124600.00000000001])
def test_noise_in_the_last_places_of_a_sum_is_no_tiyn(cell: Cell) -> None:
    assert sums.tenge(cell, READING) == 124_600


def test_a_time_without_an_offset_is_in_the_zone_that_the_operator_names() -> None:
    assert moments.past("12.01.2026 14:30", values.CellReading(ZoneInfo("UTC"), NOW)) == "2026-01-12T14:30:00+00:00"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31.02.2026", "no such day"),
        ("2026-13-01", "no such day"),
        ("31 февраля 2026", "no such day"),
        ("01/13/2026", "no such day"),
        ("12.01.2026 25:00", "no such time"),
        ("12.01.2026 14:30 PM", "not a day"),
        ("12.01", "not a day"),
        ("12 января", "not a day"),
        ("вчера", "not a day"),
        ("0.01.2026", "no such day"),
        ("12.01.0026", "a year that cannot be"),
        ("12.01.9999", "a year that cannot be"),
        (7, "a number that is no day"),
        (1e300, "a number that is no day"),
        (float("nan"), "a number that is no day"),
        (True, "not a day"),
        ("10.03.2026 12:00:01", "in the future"),
        ("11.03.2026", "in the future"),
        (BrokenFile("the error #N/A"), "#N/A"),
        ("=NOW()", "formula"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_reason(written: Cell, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        moments.past(written, READING)


def test_now_itself_is_not_in_the_future() -> None:
    assert moments.past("10.03.2026 12:00:00", READING) == "2026-03-10T12:00:00+05:00"
    assert moments.past("10.03.2026", READING) == "2026-03-10"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 3, 9)))  # noqa: DTZ001
def test_a_spreadsheets_day_number_is_its_moment_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    placed = moment.replace(tzinfo=ALMATY).isoformat()
    if moment.time() != time():
        assert moments.past(float(to_excel(moment)), READING) == placed
    assert moments.past(f"{moment:%d.%m.%Y %H:%M:%S}", READING) == placed
    assert moments.past(moment, READING) == placed


@pytest.mark.parametrize("written", ["14:30", "14:30:00", time(14, 30), 14.5 / 24])
def test_a_time_in_a_column_of_its_own_joins_its_day(written: Cell) -> None:
    clock = moments.clock(written, READING)
    assert moments.join("2026-01-12", clock, READING) == "2026-01-12T14:30:00+05:00"
    assert moments.join("2026-01-12T00:00:00+05:00", clock, READING) == "2026-01-12T14:30:00+05:00"


def test_two_times_of_one_purchase_are_refused() -> None:
    with pytest.raises(Wrong, match="has a time already"):
        moments.join("2026-01-12T10:00:00+05:00", "14:30:00", READING)


@given(
    st.integers(1, 99_999_999_999),
    MARKS,
    st.sampled_from(["", ",00", ".00", ",0"]),
    st.sampled_from(["", " ₸", " тг", " KZT", " теңге"]),
)
def test_a_sum_is_read_whatever_stands_between_its_thousands(amount: int, mark: str, tiyn: str, unit: str) -> None:
    assert sums.tenge(f"{amount:,}".replace(",", mark) + tiyn + unit, READING) == amount


@given(st.integers(1, 99_999_999_999))
def test_english_and_german_thousands_are_the_same_sum(amount: int) -> None:
    assert sums.tenge(f"{amount:,}.00", READING) == amount
    assert sums.tenge(f"{amount:,}".replace(",", ".") + ",00", READING) == amount
    assert sums.tenge(amount, READING) == sums.tenge(float(amount), READING) == amount


@pytest.mark.parametrize(
    ("written", "meant"), [("600.000", 600_000), ("1500.000", 1500), ("600 тыс", 600_000), ("1,5 млн", 1_500_000)]
)
def test_a_sum_is_read_as_people_write_it(written: str, meant: int) -> None:
    assert sums.tenge(written, READING) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-500", "below zero"), ("(500)", "below zero"), ("500-", "below zero"), (-1, "below zero"), ("−5", "below zero"),
        ("0", "zero"), ("0,00", "zero"), ("600,50", "tiyn"), (0.5, "tiyn"),
        ("100 $", "another currency"), ("5000 ₸ / 10 USD", "another currency"), ("100 руб.", "another currency"),
        ("5000 2000", "not a sum"), ("5000 тг 2000 тг", "not a sum"), ("12,345.678", "not a sum"), ("12 000 / 5 000", "not a sum"),
        ("abc", "not a sum"), ("1e5", "not a sum"), ("∞", "not a sum"), (float("nan"), "not a sum"), (float("inf"), "not a sum"),
        (10**12, "too large"), ("999999999999999", "too large"), ("=A1*2", "formula"), (BrokenFile("the error #REF!"), "#REF!"),
    ],
)  # fmt: skip
def test_what_is_no_sum_in_tenge_is_refused_with_its_reason(written: Cell, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        sums.tenge(written, READING)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_but_never_fails(text: str) -> None:
    readers: list[Callable[[Cell, values.CellReading], Any]] = [
        *(moments.past, moments.clock, moments.month, sums.tenge, sums.currency, payment.source, payment.status),
        *(values.mobile, values.number, values.account, values.flag, values.whole, values.text),
    ]
    for read in readers:
        try:
            read(text, READING)
        except Wrong:
            pass


@given(st.floats() | st.integers() | st.datetimes() | st.dates() | st.times() | st.booleans())
def test_any_value_of_a_cell_is_read_or_refused_but_never_fails(cell: Any) -> None:
    for read in (
        moments.past,
        moments.clock,
        moments.month,
        sums.tenge,
        values.mobile,
        values.number,
        values.flag,
        values.whole,
    ):
        try:
            read(cell, READING)
        except Wrong:
            pass


@pytest.mark.parametrize("written", ["+7 701 123-45-67", "8 (701) 1234567", "87011234567", 77011234567, 7011234567.0])
def test_a_phone_is_the_same_however_it_is_written(written: Cell) -> None:
    assert values.mobile(written, READING) == "77011234567"


@pytest.mark.parametrize(
    "written", ["87011234567, 87021234567", "123", "+1 202 555 0100", "8,70112E+10", "нет", "=7701"]
)
def test_what_is_no_phone_is_refused_without_being_named(written: str) -> None:
    with pytest.raises(Wrong) as refusal:
        values.mobile(written, READING)
    assert written not in str(refusal.value)


@given(st.dates(date(1950, 1, 1), date(1999, 12, 31)), st.integers(0, 9999))
def test_an_iin_is_kept_with_its_check_digit_and_refused_without(born: date, serial: int) -> None:
    start = f"{born:%y%m%d}3{serial:04d}"
    digit = check_digit(start)
    if digit is None:
        return
    assert values.number(f"{start}{digit}", READING) == f"{start}{digit}"
    with pytest.raises(Wrong, match="check digit") as refusal:
        values.number(f"{start}{(digit + 1) % 10}", READING)
    assert start not in str(refusal.value)


def test_leading_zeros_that_a_spreadsheet_ate_come_back() -> None:
    start = "00010150012"
    whole = f"{start}{check_digit(start)}"
    assert values.number(int(whole), READING) == whole
    assert values.number(float(whole), READING) == whole


@pytest.mark.parametrize(
    ("written", "paid"),
    [
        ("Kaspi Gold", False), ("карта", False), ("наличные", False), ("без бонусов", False), ("бонуссыз", False), ("нет", False),
        ("бонусный баланс", True), ("Бонустық баланс", True), ("bonus", True), ("да", True), (True, True),
        ("карта + бонусы", "partly"), ("частично бонусами", "partly"), ("аралас", "partly"), ("Kaspi и бонусы", "partly"),
        ("1 500", 1500), (500, 500),
    ],
)  # fmt: skip
def test_the_source_of_a_payment_is_bonus_money_only_where_it_says_so(written: Cell, paid: payment.Paid) -> None:
    assert payment.source(written, READING) == paid
    assert type(payment.source(written, READING)) is type(paid)


def test_a_sum_of_bonus_money_is_held_against_the_price() -> None:
    assert [payment.settle(paid, 1000) for paid in (0, 400, 1000, True, "partly")] == [
        False,
        "partly",
        True,
        True,
        "partly",
    ]
    with pytest.raises(Wrong, match="more bonus money"):
        payment.settle(1001, 1000)


@pytest.mark.parametrize(
    "written", ["Возврат", "отменён", "Не оплачен", "refunded", "неуспешно", "қайтарылды", "pending"]
)
def test_a_purchase_that_does_not_stand_is_refused(written: str) -> None:
    with pytest.raises(Wrong, match="does not stand"):
        payment.status(written, READING)


@pytest.mark.parametrize("written", ["Успешно", "Оплачен", "төленді", "Completed", "OK"])
def test_a_purchase_that_stands_is_taken(written: str) -> None:
    assert payment.status(written, READING) == written


def test_a_month_needs_its_year() -> None:
    assert [moments.month(text, READING) for text in ("2024-03", "03.2024", "март 2024", "наурыз 2024")] == [
        "2024-03"
    ] * 4
    with pytest.raises(Wrong):
        moments.month("март", READING)
    assert moments.month(datetime(2024, 3, 5, tzinfo=UTC) + timedelta(), READING) == "2024-03"
