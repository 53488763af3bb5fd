"""Rows become people, purchases and masks by the promotion's own rules; what does not fit is refused by number and reason."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.participants import fits_mask
from storage.lists.kinds.results import read_mask
from storage.lists.report import defuse, write_report
from storage.lists.values.cells import Unreadable
from storage.lists.values.values import CellReading
from tests.storage.sample_lists import BOUGHT, NOW, TAKES_PART, read, read_rows, reasons, write_csv, write_xlsx

BIN, OTHER_BIN = "180440012349", "990240005557"
PHONE = "+7 701 123-45-67"


def bought(
    day: str = "12.01.2026", amount: object = "600 000,00", paid: str = "Kaspi", number: str = "", phone: str = PHONE
) -> list[object]:
    return [day, phone, "Кено", amount, paid, number]


def taking(
    bin_: str = BIN,
    phone: str = PHONE,
    form: str = "ТОО",
    package: str = "SERIKTES",
    day: str = "15.03.2024",
    ismet: str = "да",
) -> list[object]:
    return [bin_, phone, form, package, day, ismet]


# purchases


def test_a_purchase_is_what_golden_tables_call_it(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [BOUGHT, bought("12.01.2026 14:30", paid="бонусный баланс")])
    assert found.records[0].said == {
        "phone": "77011234567",
        "bought": {
            "at": "2026-01-12T14:30:00+05:00",
            "lottery": "Keno",
            "amount_kzt": 600_000,
            "paid_with_bonus": True,
        },
    }


def test_csv_and_xlsx_of_one_list_say_the_same(tmp_path: Path) -> None:
    rows = [BOUGHT, bought(number="1"), bought("13.01.2026 18:59:59", 1_500_000, number="2")]
    sheet, text = (
        read(write_xlsx(tmp_path / "list.xlsx", rows)),
        read(write_csv(tmp_path / "list.csv", rows, encoding="utf-16")),
    )
    assert [record.content for record in sheet.records] == [record.content for record in text.records]


def test_every_row_that_cannot_be_is_refused_with_its_number_and_reason(tmp_path: Path) -> None:
    rows = [
        BOUGHT,
        bought(),
        bought("31.02.2026"),
        bought(amount="-1"),
        bought(amount="100 USD"),
        bought("11.03.2026"),
        bought(phone="12345"),
        bought(phone=""),
        bought(amount=""),
        bought(paid=""),
        bought("вчера", "abc"),
        [],
        bought("=NOW()"),
    ]
    found = read_rows(tmp_path, rows)
    assert [record.row for record in found.records] == [2]
    assert reasons(found) == {
        3: "«Дата»: there is no such day: «31.02.2026»",
        4: "«Сумма»: the sum is below zero",
        5: "«Сумма»: another currency: «USD»",
        6: "«Дата»: 11.03.2026 is in the future",
        7: "«Телефон»: not a phone number of Kazakhstan",
        8: "nothing says whose purchase this is: no phone and no account",
        9: "«Сумма» is empty",
        10: "«Способ оплаты» is empty",
        11: "«Дата»: not a day: «вчера»; «Сумма»: not a sum: «abc»",
        13: "«Дата»: the cell holds a formula",
    }


def test_one_transaction_counts_once_and_may_not_say_two_things(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [BOUGHT, bought(number="1"), bought(number="1"), bought(amount=5, number="1")])
    assert [record.row for record in found.records] == [2]
    assert [remark.row for remark in found.repeated] == [3]
    assert reasons(found) == {4: "row 2 has the same transaction number with other values"}


def test_rows_alike_without_a_transaction_are_kept_and_named(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [BOUGHT, bought(), bought(), bought(amount=5)])
    assert len(found.records) == 3
    assert len({record.identity for record in found.records}) == 3
    assert [remark.row for remark in found.remarks] == [3]


def test_a_list_that_does_not_say_how_was_paid_is_own_money_and_says_so(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [[*BOUGHT[:4]], bought()[:4]])
    assert found.records[0].said["bought"]["paid_with_bonus"] is False
    assert any("no column says how purchases were paid" in note for note in found.notes)


def test_an_empty_sum_of_bonus_money_is_none(tmp_path: Path) -> None:
    headers = [*BOUGHT[:4], "Оплачено бонусами"]
    rows = [[*bought(amount=1000)[:4], paid] for paid in ("", "400", "1000", "0", "1001")]
    found = read_rows(tmp_path, [headers, *rows])
    assert [record.said["bought"]["paid_with_bonus"] for record in found.records] == [False, "partly", True, False]
    assert reasons(found) == {6: "more bonus money than the sum"}


def test_what_an_operator_should_know_of_purchases_is_noted(tmp_path: Path) -> None:
    rows = [
        BOUGHT,
        ["01.02.2026 00:00:00", PHONE, "Твоя Удача 3", 5, "Kaspi", ""],
        ["12.01.2026 00:00", PHONE, "Бинго", 5, "бонус", ""],
    ]
    notes = " · ".join(read_rows(tmp_path, rows).notes)
    assert "1 purchases lie outside" in notes
    assert "every time is 00:00:00" in notes
    assert "«Твоя Удача 3» (1)" in notes
    assert "own money: 1, bonus money: 1" in notes


def test_a_refund_is_refused(tmp_path: Path) -> None:
    rows = [[*BOUGHT, "Статус"], [*bought(), "Успешно"], [*bought(amount=5), "Возврат"]]
    assert list(reasons(read_rows(tmp_path, rows))) == [3]


def test_day_and_time_of_two_columns_are_one_moment_in_the_zone_named(tmp_path: Path) -> None:
    rows = [["Дата", "Время", *BOUGHT[1:5]], ["11.01.2026", "14:00:00", *bought()[1:5]]]
    found = read_rows(tmp_path, rows, reading=CellReading(ZoneInfo("UTC"), NOW))
    assert found.records[0].said["bought"]["at"] == "2026-01-11T14:00:00+00:00"


def test_purchases_by_phone_command_need_no_sum(tmp_path: Path) -> None:
    rows = [["Абонент", "Дата и время", "USSD", "Количество билетов"], ["87011234567", "02.05.2025 10:00", "*88*5#", 5]]
    found = read_rows(tmp_path, rows, "purchases", "double-chance")
    assert found.records[0].said["bought"] == {
        "at": "2025-05-02T10:00:00+05:00",
        "ussd": "*88*5#",
        "tickets_at_once": 5,
    }


# what exports of 1C and of banks bring along

UNITS = [*BOUGHT[:3], "Сумма, тыс. тенге"]


@pytest.mark.parametrize(
    ("header", "said", "kzt"),
    [
        ("Сумма, тыс. тенге", "600", 600_000),
        ("Сумма (млн)", "1,5", 1_500_000),
        ("Сомасы, мың теңге", "600,5", 600_500),
        ("Сумма (т.тг)", "600", 600_000),
        ("Сумма, тенге", "600", 600),
    ],
)
def test_the_unit_of_a_header_is_applied_and_told(tmp_path: Path, header: str, said: str, kzt: int) -> None:
    found = read_rows(tmp_path, [[*BOUGHT[:3], header], bought(amount=said)[:4]])
    assert found.records[0].said["bought"]["amount_kzt"] == kzt
    assert ("is taken times" in " ".join(found.notes)) == (kzt >= 1_000)


def test_a_unit_above_the_headers_holds_for_their_sums(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [["Единица измерения: тыс. тенге"], BOUGHT, bought(amount="600")])
    assert found.records[0].said["bought"]["amount_kzt"] == 600_000


def test_a_unit_that_is_not_read_refuses_the_list_and_two_units_the_row(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="unit that is not read"):
        read_rows(tmp_path, [[*BOUGHT[:3], "Сумма, тиын"], bought()[:4]])
    found = read_rows(tmp_path, [UNITS, bought(amount="600 тыс")[:4], bought()[:4]])
    assert "a unit in the cell and another one in the header" in reasons(found)[2]


def test_a_unit_in_a_column_of_its_own_is_refused_and_not_dropped(tmp_path: Path) -> None:
    rows = [[*BOUGHT[:4], "Ед. изм."], [*bought(amount="600")[:4], "тыс. тенге"], [*bought(amount="600")[:4], "тенге"]]
    assert reasons(read_rows(tmp_path, rows))[2].startswith("«Ед. изм.»: the sum is in another unit")


@pytest.mark.parametrize(("said", "good"), [("да", 0), ("200", 0), ("нет", 1), ("0", 1), ("", 1)])
def test_what_was_given_back_is_refused_with_its_reason(tmp_path: Path, said: str, good: int) -> None:
    found = read_rows(tmp_path, [[*BOUGHT[:4], "Возврат"], [*bought()[:4], said]])
    assert len(found.records) == good
    assert all("was returned" in reason for reason in reasons(found).values())


def test_the_total_of_an_export_is_left_out_aloud_and_held_against_the_rows(tmp_path: Path) -> None:
    rows = [
        BOUGHT,
        ["1", "2", "3", "4", "5", "6"],
        bought(number="1"),
        bought(number="2"),
        ["Итого", "", "", "1 200 000"],
    ]
    found = read_rows(tmp_path, rows)
    assert (len(found.records), found.refused) == (2, ())
    assert "row 5: a total («Итого»)" in " ".join(found.notes)
    assert "row 2 only numbers the columns" in " ".join(found.notes)
    less = read_rows(tmp_path, [*rows[:-1], ["", "Барлығы:", "", "1 800 000"]])
    assert "row 5 says 1800000, but the rows that were taken add up to 1200000" in less.notes


def test_a_total_may_count_the_rows_where_a_number_would_stand(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path, [["№", "Маска"], ["1", r"7 747 9\*\* \*3 83"], ["Итого", "1"]], "results", "double-chance"
    )
    assert ([record.said["mask"] for record in found.records], found.refused) == (["7 747 9** *3 83"], ())


def test_a_client_whose_name_begins_like_a_total_is_a_client(tmp_path: Path) -> None:
    headers = ["Наименование", *TAKES_PART]
    found = read_rows(tmp_path, [headers, ["Итого Трейд", *taking()]], "participants", "seriktes")
    assert len(found.records) == 1


def test_a_sum_below_zero_is_refused_and_the_list_says_what_returns_mean(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [BOUGHT, bought(), bought(amount="-600 000")])
    assert list(reasons(found)) == [3]
    assert "do not say what a return takes away" in " ".join(found.notes)


@pytest.mark.parametrize("header", ["Оплачено", "Баланс", "Счёт списания", "Есептен шығару шоты", "Способ оплаты"])
def test_a_column_that_says_bonus_is_bonus_money_whatever_its_header(tmp_path: Path, header: str) -> None:
    said = [
        "бонусами",
        "Бонусный счёт",
        "бонус",
        "без бонусов",
        "не бонусами",
        "Основной",
        "бонуссыз",
        "наличные + бонусы",
    ]
    found = read_rows(tmp_path, [[*BOUGHT[:4], header], *([*bought()[:4], each] for each in said)])
    paid = [record.said["bought"]["paid_with_bonus"] for record in found.records]
    assert paid == [True, True, True, False, False, False, False, "partly"]


@pytest.mark.parametrize("header", ["Оплачено", "Баланс"])
def test_numbers_below_such_a_header_are_no_bonus_money(tmp_path: Path, header: str) -> None:
    found = read_rows(tmp_path, [[*BOUGHT[:4], header], [*bought()[:4], "600000"]])
    assert found.records[0].said["bought"]["paid_with_bonus"] is False
    assert found.columns.ignored == (header,)


def test_a_column_of_remarks_that_speaks_of_bonus_money_is_named(tmp_path: Path) -> None:
    rows = [[*BOUGHT[:4], "Примечание"], [*bought()[:4], "оплата бонусами"], [*bought("13.01.2026")[:4], "срочно"]]
    assert "«Примечание» is not used, and speaks of bonus money in 1 row" in " ".join(read_rows(tmp_path, rows).notes)


def test_a_header_that_says_without_bonus_is_read_the_other_way_round(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [[*BOUGHT[:4], "Без бонусов"], [*bought()[:4], "да"], [*bought()[:4], "нет"]])
    assert [record.said["bought"]["paid_with_bonus"] for record in found.records] == [False, True]


# people


def test_a_participant_is_facts_of_the_rules(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking()], "participants", "seriktes", draw="2024-03")
    assert found.records[0].part == "2024-03"
    assert found.records[0].said == {
        "bin": BIN,
        "phone": "77011234567",
        "legal_form": "TOO",
        "package": "SERIKTES",
        "connected_at": "2024-03-15",
        "registered_on_ismet": True,
    }


@pytest.mark.parametrize(
    ("form", "meant"),
    [("ЖШС", "TOO"), ("ИП", "IP"), ("жк", "IP"), ("Крестьянское хозяйство", "Крестьянское хозяйство")],
)
def test_a_legal_form_is_the_one_of_the_rules_or_as_written(tmp_path: Path, form: str, meant: str) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking(form=form)], "participants", "seriktes")
    assert found.records[0].said["legal_form"] == meant


def test_a_wrong_check_digit_is_refused_and_not_shown(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking("180440012348")], "participants", "seriktes")
    assert reasons(found) == {2: "«БИН»: the check digit or the date in it is wrong"}


def test_the_same_person_twice_is_counted_once(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking(), taking()], "participants", "seriktes")
    assert len(found.records) == 1
    assert [(remark.row, remark.reason) for remark in found.repeated] == [(3, "the same as row 2: counted once")]


def test_a_second_connection_of_one_client_is_kept(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking(), taking(day="20.05.2024")], "participants", "seriktes")
    assert [record.person for record in found.records] == [("number", BIN)] * 2


def test_rows_that_contradict_each_other_over_one_person_are_refused(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [TAKES_PART, taking(), taking(form="ИП", day="20.05.2024")], "participants", "seriktes")
    assert reasons(found) == {3: "legal_form: row 2 says otherwise of the same person"}


def test_an_option_that_the_rules_do_not_know_is_refused(tmp_path: Path) -> None:
    rows = [["БИН", "Акт подписан"], [BIN, "ЭЦП"], [OTHER_BIN, "не подписан"], [BIN, "может быть"]]
    found = read_rows(tmp_path, rows, "participants", "seriktes")
    assert [record.said["act_signed"] for record in found.records] == ["eds", "no"]
    assert reasons(found) == {4: "«Акт подписан»: «может быть» is none of eds, manual, refused, no"}


def test_nobody_is_refused(tmp_path: Path) -> None:
    rows = [["Телефон", "Пакет"], ["", "SERIKTES"], ["87011234567", "SERIKTES"]]
    assert reasons(read_rows(tmp_path, rows, "participants", "seriktes")) == {
        2: "nothing says who this is: no phone, BIN, IIN or account"
    }


def test_receipts_have_a_month(tmp_path: Path) -> None:
    rows = [["ЖСН", "Чеки сентябрь", "Чеки 2022-10"], [BIN, 6, 7]]
    assert read_rows(tmp_path, rows, "participants", "ismet-app").records[0].said["receipts_via_app"] == {
        "2022-09": 6,
        "2022-10": 7,
    }
    rows = [["БИН", "Чеки", "Отчетный месяц"], [BIN, 6, "сентябрь 2022"], [OTHER_BIN, 6, ""]]
    found = read_rows(tmp_path, rows, "participants", "ismet-app")
    assert found.records[0].said["receipts_via_app"] == {"2022-09": 6}
    assert "receipts need a month" in reasons(found)[3]


def test_a_draw_that_the_rules_do_not_have_is_refused(tmp_path: Path) -> None:
    rows = [["БИН", "Отчетный месяц"], [BIN, "январь 2023"]]
    assert "there is no draw 2023-01" in reasons(read_rows(tmp_path, rows, "participants", "seriktes"))[2]


def test_the_only_draw_of_a_promotion_is_the_one_meant(tmp_path: Path) -> None:
    assert (
        read_rows(tmp_path, [["Телефон"], ["87011234567"]], "participants", "double-chance").records[0].part
        == "promotion"
    )


# masks


@pytest.mark.parametrize(
    "mask", ["7 747 9** *3 83", "+7 (747) 9XX X3 83", "8747 9●● ●383", "7479***383", "7-747-9**-*3-83"]
)
def test_a_mask_is_read_as_published(tmp_path: Path, mask: str) -> None:
    found = read_rows(tmp_path, [["Номер"], [mask]], "results", "double-chance")
    assert fits_mask(found.records[0].said["mask"], "87479123383")
    assert not fits_mask(found.records[0].said["mask"], "87479123384")


@pytest.mark.parametrize(
    ("mask", "reason"),
    [
        ("8 747 912 33 83", "not masked"),
        ("***********", "not a masked number|fewer than"),
        ("7**********", "fewer than"),
        ("7 747 9** *3", "not a masked number"),
        ("Иванов И.", "not a masked number"),
    ],
)
def test_what_is_no_mask_is_refused(tmp_path: Path, mask: str, reason: str) -> None:
    found = read_rows(tmp_path, [["Номер"], [mask]], "results", "double-chance")
    assert len(found.refused) == 1
    assert any(part in found.refused[0].reason for part in reason.split("|"))


@given(st.from_regex(r"[78][0-9*]{10}", fullmatch=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mask_that_is_kept_hides_something_and_shows_enough(text: str) -> None:
    shown = sum(place != "*" for place in text[1:])
    try:
        mask = read_mask(text)
    except ValueError:
        assert "*" not in text or shown < 3
    else:
        assert "*" in mask
        assert shown >= 3


def test_which_list_and_when_stand_in_columns_or_are_said_beside_the_file(tmp_path: Path) -> None:
    rows = [
        ["Маска", "Список", "Дата публикации"],
        ["7 747 9** *3 83", "участники", "19.05.2025"],
        ["7 747 9** *3 84", "", ""],
    ]
    found = read_rows(tmp_path, rows, "results", "double-chance", list="results", published_on="2025-05-20")
    assert [(record.part, record.said["published_on"]) for record in found.records] == [
        ("participants", "2025-05-19"),
        ("results", "2025-05-20"),
    ]


# the report


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_report_runs_nothing_in_a_spreadsheet(start: str) -> None:
    assert defuse(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert defuse(f"  {start}1").startswith("'")
    assert defuse("ТОО «А»") == "ТОО «А»"


def test_a_report_has_every_refused_row_with_its_cells_and_is_its_owners_only(tmp_path: Path) -> None:
    found = read_rows(tmp_path, [BOUGHT, *[bought("31.02.2026", f"={n}") for n in range(70)]])
    path = tmp_path / "report.csv"
    path.write_text("older", "utf-8")
    path.chmod(0o644)
    assert write_report(path, found.headers, [("refused", found.refused)]) == 70
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 71
    assert lines[1].startswith('"2";"refused";"«Дата»: there is no such day')
    assert '"\'=0"' in lines[1]
    assert path.stat().st_mode & 0o777 == 0o600
