"""Reads one sheet of an XLSX workbook row by row, never all of it at once; macros and links are not looked at.

Not here: CSV (see text_table.py); what the cells mean (see storage/lists/values/values.py). A workbook that unpacks into too much, or
that brings a DTD, is not opened.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape

from storage.lists.sheets.archive import InspectedArchive
from storage.lists.sheets.package import kind_of, mended, part_name
from storage.lists.values.cells import BrokenFile, Cell, ListSheet, Row, Unreadable, check_size, show, trim

MOST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 2_000
LAST_ROW = 1_048_576
"""No spreadsheet has more."""
_HOURS = re.compile(r"[hHsS]")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
"""It warns of styles and validations that are not ours to keep."""


def read_xlsx(data: bytes, wanted: str | None, *, computed: bool = True) -> ListSheet:
    """The sheet of that name, or the first visible one that holds something. Raises Unreadable.

    `computed`: of a formula the value is taken that it had when the file was saved; else it is no value at all.
    """
    archive = _archive(data)
    book = _open(archive, data_only=True)
    visible = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    names = [sheet.title for sheet in visible]
    if wanted is not None and wanted not in names:
        raise Unreadable(f"there is no sheet «{show(wanted)}»; there are {_listed(names)}")
    chosen, others = _choose(visible, wanted)
    notes = [f"other sheets are not read: {_listed(others)} (--sheet)"] if others else []
    if archive.seen.formulas:
        notes.append("the workbook holds formulas: the values that they had when it was saved are taken")
    if book.epoch == CALENDAR_MAC_1904:
        notes.append("the workbook counts its days from 1904, as old Macs did")
    twin = _open(archive, data_only=False)[chosen.title] if archive.seen.formulas else None
    part = part_name(str(chosen._worksheet_path))
    return ListSheet(
        f"XLSX, sheet «{show(chosen.title)}»",
        _rows(chosen, twin, computed=computed),
        tuple(notes),
        hidden=frozenset(archive.seen.hidden.get(part, ())),
        hidden_columns=frozenset(archive.seen.columns.get(part, ())),
    )


def _archive(data: bytes) -> InspectedArchive:
    """The package as openpyxl expects it. Sizes are those that the archive names; no part is unpacked beyond them."""
    try:
        archive = InspectedArchive(data)
        parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise Unreadable("the file is protected by a password; save it without one", "password")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Unreadable(
                f"the workbook unpacks into more than {MOST_UNPACKED >> 20} MB; save only the list", "too_large"
            )
        kind = kind_of(archive)
        if kind != "xlsx":
            what = "an XLSB workbook" if kind == "xlsb" else "an archive, or another office's workbook"
            raise Unreadable(f"the file is {what}, not XLSX; save it as XLSX")
        better = mended(archive)
        return archive if better is None else InspectedArchive(better)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, zlib.error) as error:
        raise _damaged() from error


def _open(archive: InspectedArchive, *, data_only: bool) -> Any:
    """What `load_workbook` makes of it, with each part inspected before openpyxl has it. Raises Unreadable."""
    try:
        reader = ExcelReader(archive.file, read_only=True, data_only=data_only, keep_links=False)
        reader.archive = archive
        reader.read()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl fails in as many ways as a file can be damaged
        raise _damaged() from error
    return reader.wb


def _choose(sheets: list[Any], wanted: str | None) -> tuple[Any, list[str]]:
    """The sheet to read, and the names of others that hold something too."""
    filled = [sheet for sheet in sheets if sheet.title == wanted or (wanted is None and _holds_something(sheet))]
    shown = [sheet for sheet in filled if sheet.sheet_state == "visible"] or filled
    if not shown:
        raise Unreadable("the workbook is empty", "empty")
    return shown[0], [sheet.title for sheet in shown[1:]]


def _holds_something(sheet: Any) -> bool:
    return any(
        any(cell is not None for cell in cells) for _, cells in zip(range(100), _rows(sheet, None), strict=False)
    )


def _rows(sheet: Any, twin: Any, *, computed: bool = True) -> Iterator[Row]:
    """The rows that hold something. `twin` is the same sheet with its formulas instead of their values."""
    filled = 0
    try:
        pairs = zip(_raw(sheet), _raw(twin), strict=True) if twin is not None else ((row, row) for row in _raw(sheet))
        for number, (cells, formulas) in enumerate(pairs, 1):
            row = [
                _cell(cell, formula, number)
                if computed or formula is EMPTY_CELL or formula.data_type != "f"
                else BrokenFile("a formula")
                for cell, formula in zip(cells, formulas, strict=True)
            ]
            while row and row[-1] is None:
                row.pop()
            if not row:
                continue
            filled += 1
            check_size(number, len(row), filled)
            yield number, tuple(row)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl fails in as many ways as a file can be damaged
        raise _damaged() from error


def _raw(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says of its size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW:
            raise _damaged()
        yield row


def _cell(cell: Any, formula: Any, number: int) -> Cell:
    value = cell.value
    if value is None:
        if formula is EMPTY_CELL:
            return None
        return BrokenFile("a formula without a value") if formula.data_type == "f" else None
    if cell.data_type == "e":
        return BrokenFile(f"the error {show(value, 10)}")
    match value:
        case str():
            return trim(unescape(value), number)
        case datetime():
            return value.date() if value.time() == time() and not _shows_hours(cell) else value
        case timedelta():
            seconds = round(value.total_seconds())
            return (
                time(seconds // 3600, seconds // 60 % 60, seconds % 60)
                if 0 <= seconds < 86400
                else BrokenFile("a duration")
            )
        case bool() | int() | float() | date() | time():
            return value
    return BrokenFile("a value of an unknown kind")


def _shows_hours(cell: Any) -> bool:
    return _HOURS.search(_QUOTED.sub("", cell.number_format or "")) is not None


def _listed(names: list[str]) -> str:
    return ", ".join(f"«{show(name, 40)}»" for name in names[:10]) + (" …" if len(names) > 10 else "")


def _damaged() -> Unreadable:
    return Unreadable("the file cannot be read as XLSX: it is damaged or incomplete; save it anew", "damaged")
