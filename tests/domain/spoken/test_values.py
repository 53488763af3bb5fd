"""Days, months, numbers and sums are understood as people write them, in both languages; nothing that is written breaks anything."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spoken.counting import only_number
from domain.spoken.values import (
    SpokenFault,
    find_day,
    find_time,
    month_named,
    read_amount,
    read_day,
    read_month,
)

TODAY = date(2026, 1, 15)
MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),  # noqa: SIM905
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),  # noqa: SIM905
}
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12.03.2024",
            "12/3/24",
            "12-03-2024",
            "12 03 2024",
            "12,03,2024",
            "2024-03-12",
            "2024.03.12",
            "12.03.2024г.",
        ),
        *(
            "12 марта 2024",
            "12 мрта 2024",
            "12марта2024",
            "12-го марта 2024 года",
            "2024 жылғы 12 наурыз",
            "12 наурз 2024",
        ),
        "подключил 12 марта 2024 года, кажется",
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2024, 3, 12)


@pytest.mark.parametrize(("text", "away"), [("вчера", -1), ("кеше", -1), ("бүгін", 0), ("завтра", 1), ("ертең", 1)])
def test_yesterday_and_tomorrow_are_counted_from_today(text: str, away: int) -> None:
    day = read_day(text, TODAY)
    assert isinstance(day, date)
    assert (day - TODAY).days == away


@pytest.mark.parametrize("text", ["31.02.2026", "31 февраля", "30 ақпан", "29.02.2025", "45.01.2026", "12.13.2025"])
def test_a_day_that_is_in_no_calendar_is_no_day(text: str) -> None:
    found = read_day(text, TODAY)
    assert isinstance(found, SpokenFault)
    assert found.reason == "no_such_day"


@pytest.mark.parametrize("text", ["5 билетов", "600 мың теңге", "12 тыс", "что-то", "🙂", ""])
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert read_day(text, TODAY) == SpokenFault("unclear", text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("3", 3),
            ("мне 17 лет", 17),
            ("три", 3),
            ("на пятый день", 5),
            ("үш", 3),
            ("үшінші күні", 3),
            ("17 жас", 17),
        ),
        *(("он жеті", 17), ("жиырма", 20), ("двадцать", 20), ("восемнадцать", 18), ("уш", 3)),
        *(("двадцать один", 21), ("мне тридцать пять", 35), ("отыз бес", 35), ("елу бір", 51)),
    ],
)
def test_a_number_may_be_written_in_digits_or_up_to_twenty_in_words(text: str, number: int) -> None:
    assert only_number(text) == number


@pytest.mark.parametrize(
    "text", ["-3", "17,5", "2-3", "двадцать семь восемь", "9" * 20, "мне нет 18", "почти 18", "отыздан асты"]
)
def test_a_number_that_could_be_several_or_is_denied_is_asked_for_again(text: str) -> None:
    assert only_number(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("март 2024", "2024-03"),
        ("наурыз", "2024-03"),
        ("03.2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("декабрь", "2023-12"),
    ],
)
def test_a_month_may_be_named_or_numbered(text: str, month: str) -> None:
    assert read_month(text, date(2024, 11, 30)) == month


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(
            ("600 тыс", 600_000),
            ("600 мың", 600_000),
            ("600 мыңға", 600_000),
            ("1,5 млн", 1_500_000),
            ("600к", 600_000),
        ),
        *(("600 000 тг", 600_000), ("600000", 600_000), ("1.500.000", 1_500_000), ("1,500,000.00", 1_500_000)),
        *(("600.000", 600_000), ("600,00", 600), ("1 млн 500 тыс", 1_500_000), ("600,5 тыс", 600_500)),
    ],
)
def test_a_sum_is_understood_as_people_write_it(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("-500", "negative"), ("$500", "other_currency"), ("100 рублей", "other_currency"), ("600,50", "unclear")),
        *(("5 000 000 млн", "too_much"), ("0", "unclear"), ("много", "unclear"), ("17 лет", "unclear")),
    ],
)
def test_a_sum_that_the_rules_cannot_count_is_no_sum(text: str, reason: str) -> None:
    found = read_amount(text)
    assert isinstance(found, SpokenFault)
    assert found.reason == reason


@given(DAYS, st.sampled_from(["{:%d.%m.%Y}", "{:%Y-%m-%d}", "{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%d %m %Y}"]))
def test_a_written_day_is_read_back_as_that_day(day: date, form: str) -> None:
    assert read_day(form.format(day), TODAY) == day


@given(DAYS, st.sampled_from(["ru", "kk"]))
def test_a_day_with_its_month_by_name_is_read_back_as_that_day(day: date, language: str) -> None:
    assert read_day(f"{day.day} {MONTHS[language][day.month - 1]} {day.year}", TODAY) == day


@given(
    st.integers(1, 100_000_000_000),
    st.sampled_from(["{}", "{:,}", "{} тг", "{} теңге", "{}₸"]),
    st.sampled_from([" ", "\u00a0", "."]),
)
def test_a_written_sum_is_read_back_as_that_sum(amount: int, form: str, mark: str) -> None:
    assert read_amount(form.format(amount).replace(",", mark)) == amount


@given(st.integers(1, 99_999), st.sampled_from(["тыс", "тысяч", "мың", "мыңға", "к"]))
def test_thousands_are_read_back_as_thousands(thousands: int, word: str) -> None:
    assert read_amount(f"{thousands} {word}") == thousands * 1_000


@given(st.times())
def test_a_time_of_day_is_read_back(clock: time) -> None:
    found = find_time(f"{clock:%H:%M:%S}")
    assert found is not None
    assert found[0] == clock.replace(microsecond=0)


@given(st.text(max_size=300) | st.from_regex(r"[0-9 .,:/\-+%$₸а-я]{0,40}", fullmatch=True))
def test_no_text_breaks_reading(text: str) -> None:
    assert isinstance(only_number(text), int | None)
    assert isinstance(read_amount(text), (int, SpokenFault))
    assert isinstance(read_day(text, TODAY), (date, SpokenFault))
    assert isinstance(read_month(text, TODAY), (str, SpokenFault))
    find_day(text, TODAY)
    find_time(text)


@pytest.mark.parametrize("word", ["қашан", "кашан", "Қашанға"])
def test_when_is_no_october(word: str) -> None:
    assert month_named(word) is None
    assert month_named("қазан") == 10
