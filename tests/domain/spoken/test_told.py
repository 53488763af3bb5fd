"""Purchases as people tell them: what carries over, what is counted for each day, what is corrected, and what is asked back."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.ladder import LadderRule
from domain.purchases import Hours, Purchase
from domain.spoken.lines import SpokenLine
from domain.spoken.purchases import read_lines
from tests.domain.given import JANUARY

ZONE = ZoneInfo("Asia/Almaty")
THURSDAY = date(2026, 1, 22)


def lines(text: str, today: date = THURSDAY, before: Purchase | None = None) -> tuple[SpokenLine, ...]:
    rule = JANUARY.rules["chances"]
    assert isinstance(rule, LadderRule)
    return read_lines(text, rule.lotteries, today, today, ZONE, before=before)


def bought(text: str) -> list[tuple[int, int, str]]:
    """Day of January, thousands of tenge, lottery; every line must be a purchase."""
    found = []
    for line in lines(text):
        assert line.purchase is not None, (text, line.fault)
        at = line.purchase.at
        found.append((at.day, line.purchase.amount_kzt // 1000, line.purchase.lottery))
    return found


def reasons(text: str) -> list[str]:
    return [line.fault.reason for line in lines(text) if line.fault]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19-го кено 250 тыс, 20-го столько же", [(19, 250, "Keno"), (20, 250, "Keno")]),
        ("дүйсенбіде бингоға 250 мың, сейсенбіде де сонша", [(19, 250, "Bingo"), (20, 250, "Bingo")]),
        ("19.01 кено 250, 20.01 300 тыс", [(19, 250, "Keno"), (20, 300, "Keno")]),
        ("19 қаңтар миллион екі жүз, 20 қаңтар үш жүз", [(19, 1200, ""), (20, 300, "")]),
        ("вчера 250к позавчера 100к бинго", [(21, 250, "Bingo"), (20, 100, "Bingo")]),
        ("кено: 19.01 – 250 000, 20.01 – 300 000", [(19, 250, "Keno"), (20, 300, "Keno")]),
        (
            "19.01\nкено 250 тыс\nбинго 100 тыс\n20.01\nкено 1 млн",
            [(19, 250, "Keno"), (19, 100, "Bingo"), (20, 1000, "Keno")],
        ),
        ("19-го 250, 20-го 300, всё в тысячах, оба бинго", [(19, 250, ""), (20, 300, "")]),
    ],
)
def test_the_day_the_unit_the_sum_and_the_lottery_carry_over(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [each[:2] for each in bought(text)] == [each[:2] for each in expected]
    assert all(
        lottery in (given, "Bingo") for (_, _, given), (_, _, lottery) in zip(expected, bought(text), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 19 по 21 по 250 тысяч каждый день, кено", [(19, 250), (20, 250), (21, 250)]),
        ("19-21 қаңтар күн сайын 250 мыңнан", [(19, 250), (20, 250), (21, 250)]),
        ("19, 20 и 21 января по 250 000", [(19, 250), (20, 250), (21, 250)]),
        ("19-дан 21-ге дейін: 250, 300, 400 мың", [(19, 250), (20, 300), (21, 400)]),
        ("вчера три раза по 100 тыс", [(21, 100), (21, 100), (21, 100)]),
        ("вчера 4 билета по 5000", [(21, 20)]),
    ],
)
def test_a_sum_for_each_day_or_each_time_is_that_many_purchases(text: str, expected: list[tuple[int, int]]) -> None:
    assert [each[:2] for each in bought(text)] == expected


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        *(
            ("вчера 250 тыс без бонусов", False),
            ("кеше 250 мың бонуссыз", False),
            ("кеше 250 мың бонуспен емес", False),
        ),
        *(
            ("вчера 250 тыс, бонусы не тратила", False),
            ("вчера 250 тыс бонусами", True),
            ("кеше 250 мың бонусқа", True),
        ),
        *(("кеше 250 мың, бір бөлігі бонуспен", None), ("вчера 250 тыс, половина бонусами", None)),
        *(("вчера 250 тыс, из них 40 тыс бонусами", None), ("кеше 250 мың, соның 40 мыңы бонус", None)),
    ],
)
def test_bonus_money_is_heard_in_both_polarities(text: str, paid: bool | None) -> None:
    (line,) = lines(text)
    assert line.purchase is not None
    assert line.purchase.paid_with_bonus is paid


def test_card_and_bonus_in_one_sentence_are_two_purchases() -> None:
    first, second = lines("вчера картой 400 тыс, и ещё бонусами 50 тыс")
    assert first.purchase is not None
    assert second.purchase is not None
    assert (first.purchase.paid_with_bonus, second.purchase.paid_with_bonus) == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("19-го 250 тыс, ой нет, 300 тыс", [(19, 300)]), ("19-ында 250 мың, қателестім, 300 мың", [(19, 300)])),
        *(("вчера 250 тыс, вернее позавчера", [(20, 250)]), ("кеше емес, алдыңғы күні 250 мың", [(20, 250)])),
    ],
)
def test_a_correction_replaces(text: str, expected: list[tuple[int, int]]) -> None:
    assert [each[:2] for each in bought(text)] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("250 тыс", "no_day"), ("вчера брала билеты", "no_sum"), ("вчера 250, позавчера 300", "unit")),
        *(
            ("19-21 января всего 900 тыс", "split"),
            ("за четыре дня 900 тыс", "days"),
            ("күн ара 100 мыңнан алдым", "days"),
        ),
        *(
            ("вчера около миллиона", "about"),
            ("кеше миллионға жуық", "about"),
            ("вчера 300 долларов", "other_currency"),
        ),
        *(
            ("вчера 500 рублей", "other_currency"),
            ("в прошлую среду 250 тыс", "which_day"),
            ("31.02 250 тыс", "no_such_day"),
        ),
    ],
)
def test_what_is_read_only_in_part_is_asked_back_and_never_guessed(text: str, reason: str) -> None:
    assert set(reasons(text)) == {reason}
    assert not any(line.purchase for line in lines(text))


def test_what_is_understood_stays_beside_what_is_asked() -> None:
    found = lines("19-го кено 250 тыс, 20-го около миллиона")
    assert [bool(line.purchase) for line in found] == [True, False]


def test_a_vague_hour_is_kept_as_what_it_leaves_sure() -> None:
    (line,) = lines("18 января до 19:00 250 тыс")
    assert line.purchase == Purchase(date(2026, 1, 18), "", 250_000, hours=Hours(time(), time(18, 59, 59)))


def test_an_hour_without_a_day_is_of_today_and_a_day_without_one_is_not() -> None:
    (line,) = lines("в 10:20 взяла на 250 тыс")
    assert line.purchase is not None
    assert line.purchase.at == datetime(2026, 1, 22, 10, 20, tzinfo=ZONE)
    assert reasons("взяла на 250 тыс") == ["no_day"]


@pytest.mark.parametrize(
    "text", ["брат 19-го купил на 250 тыс, а я 20-го на 300 тыс", "досым 19-ында 250 мың алды, мен 20-сында 300 мың"]
)
def test_purchases_of_another_person_are_left_out(text: str) -> None:
    assert reasons(text) == ["other_person"]
    assert [line.purchase.amount_kzt for line in lines(text) if line.purchase] == [300_000]


def test_a_refund_in_part_stays_with_its_purchase_and_a_whole_one_leaves_none() -> None:
    (line,) = lines("19-го на 900 тыс, но 200 тыс вернули")
    assert line.purchase is not None
    assert (line.purchase.amount_kzt, line.purchase.refunded_kzt) == (900_000, 200_000)
    assert reasons("вчера на 250 тыс, деньги вернули") == ["refund"]


@pytest.mark.parametrize("text", ["завтра куплю на 250 тыс", "ертең 250 мыңға аламын"])
def test_a_plan_is_no_purchase_yet(text: str) -> None:
    assert all(line.planned for line in lines(text))


def test_a_day_on_which_nothing_was_bought_is_no_purchase() -> None:
    assert bought("19.01 кено 250 тыс\n20.01 пусто\n21.01 300 тыс") == [(19, 250, "Keno"), (21, 300, "Keno")]


def test_a_text_that_goes_on_takes_the_day_and_the_unit_of_the_purchase_before() -> None:
    before = Purchase(date(2026, 1, 19), "Keno", 250_000)
    (line,) = lines("и ещё 100 бинго", before=before)
    assert line.purchase == Purchase(date(2026, 1, 19), "Bingo", 100_000)
    assert lines("100 бинго", before=before)[0].purchase is None
