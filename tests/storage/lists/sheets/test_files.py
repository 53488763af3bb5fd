"""Files as programs export them are read whatever their encoding; what is no list is refused in one clear sentence."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from storage.lists.sheets.files import open_sheet
from storage.lists.values.cells import MOST_BYTES, BrokenFile, Cell, Unreadable
from tests.storage.sample_lists import BOUGHT, read, reasons, write_csv, write_xlsx

NOON = datetime(2026, 1, 12, 14, 30)  # noqa: DTZ001 as a spreadsheet has it
MIDNIGHT = datetime(2026, 1, 12)  # noqa: DTZ001
ROWS = [("Телефон", "Қала", "Сумма"), ("87011234567", "Өскемен", "600 000,00"), ("87011234568", "a\r\nb", "1")]


def cells(path: Path, sheet: str | None = None) -> list[tuple[Cell, ...]]:
    return [row for _, row in open_sheet(path, sheet).rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"])
def test_csv_of_any_encoding_and_separator_reads_the_same(tmp_path: Path, encoding: str, separator: str) -> None:
    found = cells(write_csv(tmp_path / "list.csv", ROWS, encoding=encoding, separator=separator))
    assert found == [tuple(cell.replace("\r\n", "\n") for cell in row) for row in ROWS]


def test_russian_text_in_cp1251_reads_as_written(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [("Лицевой счёт", "Сумма №"), ("№ 1 «да»", "ёЁ")], encoding="cp1251")
    assert cells(path) == [("Лицевой счёт", "Сумма №"), ("№ 1 «да»", "ёЁ")]


def test_a_utf_16_file_with_a_mark_in_the_other_order_reads_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"\xfe\xff" + "Телефон;Сумма\r\n1;2\r\n".encode("utf-16-be"))
    assert cells(path) == [("Телефон", "Сумма"), ("1", "2")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('sep=;\nтелефон;сумма\n\n"8701\n1234567";1\n;;;\n2;3\n', "utf-8")
    assert [number for number, _ in open_sheet(path).rows] == [2, 4, 6]


def test_a_number_kept_as_text_by_an_equals_sign_is_that_number(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('телефон;счёт\n"=""87011234567""";=1+1\n', "utf-8")
    assert cells(path)[1] == ("87011234567", "=1+1")


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(100))


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 10)


def _old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le"))


def _locked(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def _too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def _archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", "a;b")


def _web_page(path: Path) -> None:
    path.write_text("<html><table><tr><td>1</td></tr></table></html>", "utf-8")


def _torn(path: Path) -> None:
    write_xlsx(path, ROWS)
    path.write_bytes(path.read_bytes()[:-500])


def _bomb(path: Path) -> None:
    write_xlsx(path, ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.xml", bytes(450 * 1024 * 1024))


def _changed(path: Path, change: Callable[[bytes], bytes]) -> None:
    """A workbook whose sheet is another one than it was written with."""
    write_xlsx(path.with_suffix(".clean"), ROWS)
    with (
        zipfile.ZipFile(path.with_suffix(".clean")) as clean,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in clean.namelist():
            data = clean.read(part)
            archive.writestr(part, change(data) if part == "xl/worksheets/sheet1.xml" else data)


def _with_a_row_without_end(path: Path) -> None:
    _changed(path, lambda sheet: sheet.replace(b"</row>", b"<c/>" * 1_000_000 + b"</row>", 1))


def _in_utf_16(path: Path) -> None:
    _changed(path, lambda sheet: sheet.decode().replace("utf-8", "utf-16").encode("utf-16"))


def _with_a_far_row(path: Path) -> None:
    _changed(path, lambda sheet: sheet.replace(b'<row r="3"', b'<row r="999999999999"'))


def _with_a_far_column(path: Path) -> None:
    _changed(path, lambda sheet: sheet.replace(b'r="C3"', b'r="XFD3"'))


def _with_a_column_that_cannot_be(path: Path) -> None:
    _changed(path, lambda sheet: sheet.replace(b'r="C3"', b'r="ZZZZZZZ3"'))


def _with_dtd(path: Path) -> None:
    """A workbook whose sheet asks the reader for a file of the machine."""
    _changed(path, lambda sheet: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet.partition(b"?>")[2])


def _open_quotation(path: Path) -> None:
    path.write_text('телефон;имя\n8701;"ТОО\n8702;б\n', "utf-8")


def _no_rows(path: Path) -> None:
    write_xlsx(path, [])


NO_LISTS: dict[Callable[[Path], None], str] = {
    lambda path: path.write_bytes(b"") and None: "empty",
    lambda path: path.write_bytes(b"\xef\xbb\xbf\r\n") and None: "empty",
    lambda path: path.mkdir(): "not a file",
    lambda path: None: "no such file",
    _picture: "a picture",
    _noise: "binary|neither text",
    _old_excel: "old Excel",
    _locked: "password",
    _too_large: "200 MB",
    _archive: "not XLSX",
    _web_page: "web page",
    _torn: "damaged",
    _bomb: "unpacks into more than",
    _with_dtd: "document type definition",
    _with_a_row_without_end: "more than a list ever does",
    _in_utf_16: "as spreadsheet programs do",
    _with_a_far_row: "damaged",
    _with_a_far_column: "more than 200 columns",
    _with_a_column_that_cannot_be: "damaged",
    _open_quotation: "quotation marks",
    _no_rows: "empty",
}


@pytest.mark.parametrize("make", NO_LISTS)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "list.xlsx"
    make(path)
    with pytest.raises(Unreadable, match=NO_LISTS[make]) as refusal:
        list(open_sheet(path).rows)
    assert "\n" not in str(refusal.value)


def test_a_file_at_the_limit_is_still_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a;b\n" * (MOST_BYTES // 4))
    with pytest.raises(Unreadable, match="more than 100000 rows"):
        list(open_sheet(path).rows)


# spreadsheets


def test_the_first_sheet_that_holds_something_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", [], Данные=ROWS, Справка=[("x",)])
    sheet = open_sheet(path)
    assert "Данные" in sheet.described
    assert any("«Справка»" in note for note in sheet.notes)
    assert [row for _, row in open_sheet(path, "Справка").rows] == [("x",)]
    with pytest.raises(Unreadable, match="«Лист1», «Данные», «Справка»"):
        open_sheet(path, "Нет")


def test_date_cells_are_days_or_moments_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([date(2026, 1, 12), MIDNIGHT, NOON, 87011234567])
    sheet["B1"].number_format = "dd.mm.yyyy hh:mm"
    book.save(tmp_path / "list.xlsx")
    assert cells(tmp_path / "list.xlsx") == [(date(2026, 1, 12), MIDNIGHT, NOON, 87011234567)]


def test_a_formula_that_was_never_computed_and_an_error_have_no_value(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", [("a", "b", "c"), ("=1+1", "#REF!", "d"), (None, None, "=A2")])
    found = cells(path)
    assert found[1][0] == BrokenFile("a formula without a value")
    assert isinstance(found[1][1], BrokenFile)
    assert found[1][2] == "d"
    assert found[2][2] == BrokenFile("a formula without a value")


def test_a_formula_that_was_computed_has_the_value_it_had(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "raw.xlsx", [("телефон",), ("=1+1",)])
    with zipfile.ZipFile(tmp_path / "raw.xlsx") as raw, zipfile.ZipFile(tmp_path / "list.xlsx", "w") as saved:
        for part in raw.namelist():
            data = raw.read(part)
            if part == "xl/worksheets/sheet1.xml":
                data, times = re.subn(rb"(<f>1\+1</f>)<v ?(?:/>|></v>)", rb"\1<v>2</v>", data)
                assert times == 1
            saved.writestr(part, data)
    assert cells(tmp_path / "list.xlsx")[1] == (2,)
    assert any("formulas" in note for note in open_sheet(tmp_path / "list.xlsx").notes)


def test_a_formula_without_a_value_refuses_its_row_and_no_other(tmp_path: Path) -> None:
    rows = [
        BOUGHT,
        ("12.01.2026", "87011234567", "Keno", "=1+1", "Kaspi", "1"),
        ("12.01.2026", "87011234567", "Keno", 5, "Kaspi", "2"),
    ]
    found = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert reasons(found) == {2: "«Сумма»: the cell holds a formula without a value"}
    assert len(found.records) == 1


def test_what_a_workbook_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "raw.xlsx", ROWS)
    with zipfile.ZipFile(tmp_path / "raw.xlsx") as raw, zipfile.ZipFile(tmp_path / "list.xlsx", "w") as changed:
        for part in raw.namelist():
            data = raw.read(part)
            if part == "xl/worksheets/sheet1.xml":
                data = data.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"')
            changed.writestr(part, data)
    assert load_workbook(tmp_path / "list.xlsx", read_only=True).worksheets[0].max_row == 1
    assert len(cells(tmp_path / "list.xlsx")) == 3


def test_macros_are_not_looked_at(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "list.xlsm", ROWS)
    with zipfile.ZipFile(tmp_path / "list.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x00evil")
    assert len(cells(tmp_path / "list.xlsm")) == 3
