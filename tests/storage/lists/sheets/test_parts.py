"""The parts of a workbook are inspected because they are opened, by content type and relationship, whatever they are called."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.xml.constants import SHARED_STRINGS

from storage.lists.sheets.files import open_sheet
from storage.lists.values.cells import Unreadable
from tests.storage.sample_lists import write_xlsx

ROWS = [("Телефон", "Қала", "Сумма"), ("87011234567", "Өскемен", "600 000,00")]
SHEET, BOOK, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/texts.png"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENDLESS = b"<c/>" * 1_000_000
Change = Callable[[bytes], bytes]


def _made(path: Path, names: Mapping[str, str], changed: str, change: Change = lambda part: part) -> Path:
    """A workbook with other names for some of its parts, and with other content in one."""
    clean = write_xlsx(path.with_suffix(".clean"), ROWS)
    with zipfile.ZipFile(clean, "a") as archive:
        archive.writestr(TEXTS, f'<sst xmlns="{_SPACE}"><si/></sst>')
    with zipfile.ZipFile(clean) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part)
            if part == "[Content_Types].xml":
                told = f'<Override PartName="/{TEXTS}" ContentType="{SHARED_STRINGS}"/></Types>'
                data = data.replace(b"</Types>", told.encode())
            if part.endswith((".rels", "].xml")):
                for old, new in names.items():
                    data = data.replace(old.encode(), new.encode())
                    data = data.replace(
                        f'"{old.removeprefix("xl/")}"'.encode(), f'"{new.removeprefix("xl/")}"'.encode()
                    )
            name = names.get(part, part)
            if part == "xl/_rels/workbook.xml.rels":
                name = f"xl/_rels/{names.get(BOOK, BOOK).removeprefix('xl/')}.rels"
            after.writestr(name, change(data) if part == changed else data)
    return path


@pytest.mark.parametrize("names", [{SHEET: "xl/cells.foo"}, {BOOK: "xl/other.foo"}, {STYLES: "xl/look.png"}])
def test_a_workbook_reads_the_same_whatever_its_parts_are_called(tmp_path: Path, names: dict[str, str]) -> None:
    path = _made(tmp_path / "a.xlsx", names, "")
    assert [row for _, row in open_sheet(path).rows] == ROWS


def _dtd(part: bytes) -> bytes:
    return b"<!DOCTYPE x []>" + part.partition(b"?>")[2] if part.startswith(b"<?xml") else b"<!DOCTYPE x []>" + part


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        (SHEET, _dtd, "document type definition"),
        (BOOK, _dtd, "document type definition"),
        (TEXTS, _dtd, "document type definition"),
        (TEXTS, lambda part: part.replace(b"<si/>", b"<si/>" * 1_010_000), "more than a list ever does"),
        (SHEET, lambda part: part.replace(b"</row>", ENDLESS + b"</row>", 1), "more than a list ever does"),
        (
            SHEET,
            lambda part: part.replace(b"</sheetData>", b"</sheetData><row>" + ENDLESS + b"</row>"),
            "more than a list",
        ),
        (
            SHEET,
            lambda part: part.replace(b"<sheetData>", b"<row>" + ENDLESS + b"</row><sheetData>"),
            "more than a list",
        ),
        (
            SHEET,
            lambda part: b" " * 600_000 + part.replace(b"<row", b"<row " + b" " * 3_000_000, 1),
            "more than a list",
        ),
        (SHEET, lambda part: part.decode().replace("utf-8", "utf-16").encode("utf-16"), "as spreadsheet programs do"),
    ],
)
@pytest.mark.parametrize("renamed", [False, True])
def test_what_swells_or_fetches_is_refused_whatever_its_part_is_called(
    tmp_path: Path, part: str, change: Change, why: str, *, renamed: bool
) -> None:
    path = _made(tmp_path / "a.xlsx", {part: "xl/other.foo"} if renamed else {}, part, change)
    with pytest.raises(Unreadable, match=why):
        list(open_sheet(path).rows)


@pytest.mark.parametrize(
    ("change", "why"),
    [(_dtd, "document type definition"), (lambda part: part + b" " * 34_000_000, "beside its cells")],
)
def test_a_part_that_is_read_as_a_whole_is_bounded(tmp_path: Path, change: Change, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_sheet(_made(tmp_path / "a.xlsx", {}, STYLES, change))


def test_parts_that_nothing_opens_are_no_harm(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.svg", "<!DOCTYPE svg><svg/>")
        archive.writestr("xl/media/image1.xml", b"\x89PNG\x00")
    assert [row for _, row in open_sheet(path).rows] == ROWS


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "another office's"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "XLSB"),
    ],
)
def test_what_an_archive_is_its_table_of_contents_says(tmp_path: Path, kind: str, said: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
        )
        archive.writestr(BOOK, "<workbook/>")
    with pytest.raises(Unreadable, match=said):
        open_sheet(tmp_path / "a.xlsx")


def test_the_samples_here_are_workbooks_for_others_too(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.xlsx", {SHEET: "xl/cells.foo", BOOK: "xl/other.foo"}, "")
    with path.open("rb") as file:
        assert load_workbook(file).active is not None
