"""Workbooks as other programs save them are read like ordinary ones, and what a sheet hides is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.lists.sheets.files import read_sheet
from storage.lists.values.cells import Unreadable
from tests.storage.sample_lists import BOUGHT, read, write_xlsx

ROWS = [("Телефон", "Аккаунт", "Возраст"), ("87011234501", "a1", 30), ("87011234502", "a2", 31)]
Change = Callable[[str, bytes], tuple[str, bytes]]


def package(tmp_path: Path, change: Change) -> bytes:
    """A workbook of `ROWS` whose parts are each given another name or content."""
    new = io.BytesIO()
    with zipfile.ZipFile(write_xlsx(tmp_path / "list.xlsx", ROWS)) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            archive.writestr(*change(name, old.read(name)))
    return new.getvalue()


def _strict(name: str, content: bytes) -> tuple[str, bytes]:
    for ordinary, strict in (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        content = content.replace(ordinary, strict)
    return name, content


def _part(before: str, after: str) -> Change:
    return lambda name, content: (name.replace(before, after), content)


def _said_otherwise(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content.replace(b"sharedStrings.xml", b"SharedStrings.xml")


@pytest.mark.parametrize(
    "change",
    [
        _strict,
        _part("sharedStrings", "SharedStrings"),
        _part("sheet1.xml", "Sheet1.XML"),
        _part("worksheets/", "Worksheets/"),
        _part("xl/workbook.xml", "xl/Workbook.xml"),
        _part("[Content_Types]", "[content_types]"),
        _part("/", "\\"),
        _said_otherwise,
    ],
    ids=["strict", "texts", "sheet", "folder", "workbook", "contents", "backslashes", "said otherwise"],
)
def test_a_workbook_of_another_program_is_read_like_any(tmp_path: Path, change: Change) -> None:
    assert [cells for _, cells in read_sheet(package(tmp_path, change)).rows] == ROWS


def test_two_parts_of_one_name_are_no_workbook(tmp_path: Path) -> None:
    data = package(tmp_path, lambda name, content: (name, content))
    whole = io.BytesIO(data)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml"))
    with pytest.raises(Unreadable, match="two parts of one name"):
        read_sheet(whole.getvalue())


@pytest.mark.parametrize("mark", [b'hidden="1"', b"hidden='true'", b'ht="0" customHeight="1"'])
def test_rows_that_the_sheet_does_not_show_are_known(tmp_path: Path, mark: bytes) -> None:
    data = package(tmp_path, lambda name, content: (name, re.sub(rb'<row r="3"', b'<row r="3" ' + mark, content)))
    assert read_sheet(data).hidden == {3}


def test_columns_that_the_sheet_does_not_show_are_known(tmp_path: Path) -> None:
    columns = b'<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>'
    data = package(tmp_path, lambda name, content: (name, content.replace(b"<sheetData>", columns)))
    assert read_sheet(data).hidden_columns == {1, 2}


def test_hidden_rows_are_told_and_left_out_where_that_is_asked(tmp_path: Path) -> None:
    rows = [BOUGHT, *([f"{day}.01.2026", "+7 701 123-45-67", "Кено", 600_000, "Kaspi", str(day)] for day in (12, 13))]
    path = write_xlsx(tmp_path / "list.xlsx", rows)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'<row r="3"', b'<row r="3" hidden="1"'))
    kept, left = read(path), read(path, hidden="leave")
    assert [len(found.records) for found in (kept, left)] == [2, 1]
    assert all("row 3: hidden in the sheet" in " ".join(found.notes) for found in (kept, left))


@pytest.mark.parametrize("escape", ["_x000D_\n", "_x000D_", "_x0009_", "\u200b", "\u202c", "\u2060"])
def test_signs_that_nobody_sees_are_no_part_of_a_value(tmp_path: Path, escape: str) -> None:
    rows = [ROWS[0], (f"87011234501{escape}", f"a1{escape}", 30)]
    (tmp_path / "list.csv").write_text(
        "\n".join(";".join(map(str, row)) for row in rows).replace(f"{escape};", f"{escape.strip()};")
    )
    for data in (write_xlsx(tmp_path / "list.xlsx", rows).read_bytes(), (tmp_path / "list.csv").read_bytes()):
        assert list(read_sheet(data).rows)[1][1][:2] == ("87011234501", "a1")
