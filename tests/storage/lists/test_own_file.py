"""A person's own file of purchases: every row is understood or refused with its reason, and a file that is no table says so in a word."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dialogs.messages import PurchaseFile
from dialogs.purchases import KEPT, ladder
from storage.lists import own_file as own
from storage.lists.own_file import Rule, read_own
from tests.storage.sample_lists import promotion, write_csv, write_xlsx

NOW = datetime(2026, 1, 20, 10, tzinfo=UTC)
HEAD = ("Дата", "Лотерея", "Сумма")
ROWS = [HEAD, ("12.01.2026 14:30", "Кено", "600 000,00"), ("13.01.2026", "Бинго", "450000")]
READ = [("2026-01-12T14:30:00+05:00", "Keno", 600_000), ("2026-01-13", "Bingo", 450_000)]


def rule(now: datetime = NOW) -> Rule:
    january = promotion("january-surprise")
    ladder_ = ladder(january)
    assert ladder_ is not None
    whole = january.whole
    return Rule(ladder_.lotteries, "Asia/Almaty", now, january.first_day(whole), january.last_day(whole), KEPT)


def read(path: Path) -> PurchaseFile:
    return read_own(path.read_bytes(), rule())


def typed(text: str) -> PurchaseFile:
    return read_own(text.encode(), rule())


def bought(table: PurchaseFile) -> list[tuple[Any, ...]]:
    return [(row["at"], row["lottery"], row["amount_kzt"]) for row in table.rows]


def reasons(table: PurchaseFile) -> list[tuple[int, str]]:
    return [(each.row, each.reason) for each in table.refused]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_csv_of_any_encoding_and_separator_says_the_same(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [("Күні", "Лотерея", "Сомасы"), *ROWS[1:]]
    assert bought(read(write_csv(tmp_path / "a.csv", rows, encoding=encoding, separator=separator))) == READ


def test_a_workbook_says_the_same_with_dates_and_sums_of_its_own(tmp_path: Path) -> None:
    rows = [HEAD, (datetime(2026, 1, 12, 14, 30), "кено", 600_000), (date(2026, 1, 13), "БИНГО", 450_000.0)]  # noqa: DTZ001
    table = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert (bought(table), table.wrong) == (READ, 0)


def test_every_bad_row_is_refused_with_its_number_and_reason_and_the_good_ones_stand() -> None:
    table = typed(
        "Дата;Лотерея;Сумма;Статус\n"
        "12.01.2026;Кено;600000;оплачено\n"
        "31.02.2026;Кено;500;оплачено\n"
        "13.01.2026;Кено;-500;оплачено\n"
        "13.01.2026;Кено;0;оплачено\n"
        "13.01.2026;Кено;100 USD;оплачено\n"
        "21.01.2026;Кено;500;оплачено\n"
        "13.01.2026 25:61;Кено;500;оплачено\n"
        "13.01.2026;Кено;=A1;оплачено\n"
        "13.01.2026;Кено;500,50;оплачено\n"
        "13.01.2026;Кено;500;возврат\n"
        ";Кено;500;оплачено\n"
        "13.01.2026;Кено;;оплачено\n"
        "13.01.2026;Бинго;450 000 ₸;оплачено\n"
    )
    assert reasons(table) == [
        *((3, "no_such_day"), (4, "negative"), (5, "zero"), (6, "other_currency"), (7, "future")),
        *((8, "no_such_time"), (9, "formula"), (10, "tiyn"), (11, "fell"), (12, "no_day"), (13, "no_sum")),
    ]
    assert (len(table.rows), table.wrong, table.fault) == (2, 11, None)


def test_only_the_first_reasons_are_kept_and_all_refused_rows_counted() -> None:
    table = typed("Дата;Сумма\n12.01.2026;600000\n" + "31.02.2026;5\n" * 200)
    assert (len(table.refused), table.wrong, len(table.rows)) == (own.TOLD, 200, 1)


def test_two_currencies_in_a_column_refuse_the_rows_that_are_not_in_tenge() -> None:
    table = typed("Дата;Сумма;Валюта\n12.01.2026;600;KZT\n12.01.2026;600;USD\n")
    assert (reasons(table), len(table.rows)) == ([(3, "other_currency")], 1)


def test_a_formula_is_never_a_sum_also_where_the_file_holds_its_value(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [HEAD, ("12.01.2026", "Кено", "=600000*1"), ("13.01.2026", "Бинго", 450_000)]
    )
    _with_value(path, "600000*1", "600000")
    table = read(path)
    assert (reasons(table), bought(table)) == ([(2, "formula")], READ[1:])


def _with_value(path: Path, formula: str, value: str) -> None:
    """As a spreadsheet program saves a formula: with the value that it had."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    before = parts[sheet]
    parts[sheet] = before.replace(f"<f>{formula}</f><v></v>".encode(), f"<f>{formula}</f><v>{value}</v>".encode())
    parts[sheet] = parts[sheet].replace(f"<f>{formula}</f><v />".encode(), f"<f>{formula}</f><v>{value}</v>".encode())
    assert parts[sheet] != before
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_file_without_headers_is_read_as_a_person_types() -> None:
    table = typed("12.01.2026 14:30;Кено;600000\n13.01.2026;бинго;450 тыс\nпривет\n")
    assert (bought(table), reasons(table)) == (READ, [(3, "unclear")])


def test_a_csv_of_one_column_is_read_as_a_person_types() -> None:
    table = typed("12.01 14:30 600 тыс кено\n13 қаңтар бинго 450 мың\n")
    assert (bought(table), table.wrong) == (READ, 0)


def test_a_purchase_without_a_lottery_says_so() -> None:
    assert "lottery" not in typed("Дата;Сумма\n12.01.2026;600000\n").rows[0]
    assert typed("Дата;Лотерея;Сумма\n12.01.2026;Кено;600000\n").rows[0]["lottery"] == "Keno"


def test_a_transaction_counts_once_and_alike_rows_without_one_are_named() -> None:
    table = typed("Дата;Сумма;ID транзакции\n12.01.2026;600;1\n12.01.2026;600;1\n13.01.2026;700;1\n12.01.2026;600;2\n")
    assert (reasons(table), len(table.rows)) == ([(3, "repeated"), (4, "same_number")], 2)
    assert typed("Дата;Сумма\n12.01.2026;600\n12.01.2026;600\n").alike == 1


def test_an_export_that_lost_its_hours_gives_days_and_no_midnights() -> None:
    table = typed("Дата;Сумма\n12.01.2026 00:00:00;600\n13.01.2026 00:00:00;600\n")
    assert [row["at"] for row in table.rows] == ["2026-01-12", "2026-01-13"]
    one = typed("Дата;Сумма\n12.01.2026 00:00:00;600\n13.01.2026 10:00:00;600\n")
    assert [str(row["at"])[:16] for row in one.rows] == ["2026-01-12T00:00", "2026-01-13T10:00"]


def test_a_year_of_purchases_leaves_out_what_the_promotion_does_not_count_if_there_is_no_room_for_all() -> None:
    inside = "".join(f"12.01.2026;{n}\n" for n in range(1, 101))
    table = typed("Дата;Сумма\n" + "".join(f"05.03.2025;{n}\n" for n in range(1, 301)) + inside)
    assert (len(table.rows), table.outside) == (100, 300)
    assert typed("Дата;Сумма\n05.03.2025;600\n" + inside).outside == 0


@pytest.mark.parametrize("rows", [KEPT + 1, 10_000])
def test_more_purchases_than_a_talk_holds_are_not_taken_in_part(rows: int) -> None:
    table = typed("Дата;Сумма\n" + "".join(f"12.01.2026;{n + 1}\n" for n in range(rows)))
    assert (table.fault, table.number, table.rows) == ("too_many", rows, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("\n\n;;;\n", "empty"),
        ("Дата;Лотерея;Сумма\n", "empty"),
        ("Имя;Город\nАйгерім;Өскемен\n", "columns"),
        ("Дата;Комментарий\n12.01.2026;подарок\n", "columns"),
        ("Дата;Сумма, USD\n12.01.2026;600\n", "currency"),
        ("Дата;Сумма;Сумма\n12.01.2026;600;600\n", "same_columns"),
        ("<html><table><tr><td>Дата</td></tr></table></html>", "no_table"),
        ("%PDF-1.7", "no_table"),
        ("\x00\x01\x02бинарник", "no_table"),
        ('Дата;Сумма\n"12.01.2026;600\n', "no_table"),
    ],
)
def test_a_file_that_says_no_purchase_says_why_in_a_word(text: str, fault: str) -> None:
    assert typed(text).fault == fault


def test_what_columns_there_are_is_told_without_numbers_of_people() -> None:
    table = typed("87011234567;Өскемен\n87011234568;Алматы\n")
    assert table.fault == "columns"
    assert "8701" not in table.detail


def _locked(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def _old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le"))


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(100))


def _half(path: Path) -> None:
    write_xlsx(path, ROWS)
    path.write_bytes(path.read_bytes()[:-200])


def _bomb(path: Path) -> None:
    """A workbook of some kilobytes that unpacks into half a gigabyte."""
    write_xlsx(path, ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.xml", "w") as part:
        for _ in range(512):
            part.write(bytes(1024 * 1024))


def _empty_book(path: Path) -> None:
    Workbook().save(path)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_locked, "password"),
        (_old_excel, "no_table"),
        (_picture, "no_table"),
        (_half, "damaged"),
        (_bomb, "too_large"),
        (_empty_book, "empty"),
    ],
)
def test_a_hostile_or_broken_workbook_says_why_in_a_word(
    tmp_path: Path, make: Callable[[Path], None], fault: str
) -> None:
    path = tmp_path / "a.xlsx"
    make(path)
    assert read(path).fault == fault


@pytest.mark.parametrize(
    ("header", "said", "kzt"),
    [("Сумма, тыс. тенге", "600", 600_000), ("Сумма (млн)", "1,5", 1_500_000), ("Сомасы, мың теңге", "600,5", 600_500)],
)
def test_the_unit_of_a_header_is_applied_to_the_sums_below_it(header: str, said: str, kzt: int) -> None:
    assert [row["amount_kzt"] for row in typed(f"Дата;Лотерея;{header}\n12.01.2026 г.;Кено;{said}\n").rows] == [kzt]


def test_a_unit_that_is_not_read_refuses_the_file() -> None:
    assert typed("Дата;Лотерея;Сумма, тиын\n12.01.2026;Кено;600\n").fault == "unit"


@pytest.mark.parametrize("head", ["Дата;Лотерея;Сумма\n", ""])
def test_the_total_of_a_file_is_no_purchase_and_is_told(head: str) -> None:
    table = typed(f"{head}пн, 12.01.2026;Кено;600000\n13.01.2026 г.;Кено;600000\nИтого;;1200000\n")
    assert ([row["at"] for row in table.rows], table.wrong, table.totals) == (["2026-01-12", "2026-01-13"], 0, 1)


@pytest.mark.parametrize("header", ["Оплачено", "Баланс", "Счёт списания", "Списано со счета", "Төлем"])
def test_what_was_paid_with_is_known_by_its_words_below_many_headers(header: str) -> None:
    table = typed(f"Дата;Лотерея;Сумма;{header}\n12.01.2026;Кено;600000;бонусный\n13.01.2026;Кено;600000;не бонусами\n")
    assert [row["paid_with_bonus"] for row in table.rows] == [True, False]


def test_not_paid_is_no_purchase_and_a_sum_paid_is_the_sum() -> None:
    table = typed("Дата;Лотерея;Сумма;Оплачено\n12.01.2026;Кено;600000;да\n13.01.2026;Кено;600000;нет\n")
    assert (len(table.rows), reasons(table)) == (1, [(3, "fell")])
    assert [row["amount_kzt"] for row in typed("Дата;Лотерея;Оплачено\n12.01.2026;Кено;600000\n").rows] == [600_000]


def test_columns_that_were_not_needed_are_named() -> None:
    table = typed("Дата;Лотерея;Сумма;Остаток;Примечание\n12.01.2026;Кено;600000;5;оплачено бонусами\n")
    assert table.unused == ("Остаток", "Примечание")


def test_an_entry_without_headers_is_never_taken_for_the_headers() -> None:
    table = typed("12.01.2026;Кено;600000;без бонусов\n13.01.2026;Кено;600000;бонусами\n")
    assert [row["paid_with_bonus"] for row in table.rows] == [False, True]
