"""A workbook's archive in which each part is read through before it is opened: one that would swell in memory, or fetch files, is refused.

Not here: the archive's own sizes (see workbook.py). Which parts those are is openpyxl's to say, which follows content types and
relationships: a part is inspected because it is opened, whatever it is called, and as a sheet because rows stand in it. What is searched
for cannot hide in another encoding: no part may hold zero bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, Final, Literal

from storage.lists.sheets.package import part_name
from storage.lists.values.cells import MOST_COLUMNS, Unreadable

MOST_READ_AT_ONCE: Final = 32 * 1024 * 1024
"""Texts, styles and the table of contents are parts that are read as a whole; sheets are not."""
MOST_TEXTS: Final = 1_000_000
MOST_OF_A_ROW: Final = 2 * 1024 * 1024
"""A row is held in memory until it ends."""
_CHUNK: Final = 512 * 1024
_OVERLAP: Final = 2_048
"""The longest tag of a row or a column."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s[^<>]*>")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^<>]*>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true|on)["']|\s(?:ht|width)\s*=\s*["']0(?:\.0*)?["']""")
"""Also a row or a column of no size is seen by nobody."""
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_FIRST = re.compile(rb"""\smin\s*=\s*["'](\d{1,5})["']""")
_LAST = re.compile(rb"""\smax\s*=\s*["'](\d{1,5})["']""")
_BORDER = re.compile(rb"<(/?)(?:[\w.-]+:)?(?:row|sheetData)[\s/>]")
"""Where a row begins or ends, or all of them."""


@dataclass(slots=True)
class PartsSeen:
    """What reading the opened parts through has shown. `hidden` are the numbers of hidden rows by sheet part (`package.part_name`),
    `columns` the places of hidden columns, counted from 0."""

    formulas: bool = False
    hidden: dict[str, set[int]] = field(default_factory=dict)
    columns: dict[str, set[int]] = field(default_factory=dict)


class InspectedArchive(zipfile.ZipFile):
    """The parts of a workbook. Opening or reading one raises Unreadable for what no spreadsheet program writes."""

    def __init__(self, data: bytes) -> None:
        self.file = io.BytesIO(data)
        super().__init__(self.file)
        self.seen = PartsSeen()
        self._inspected: set[str] = set()

    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        part = name.filename if isinstance(name, zipfile.ZipInfo) else name
        if part not in self._inspected:
            with super().open(part) as file:
                _read_through(file, part_name(part), self.seen)
            self._inspected.add(part)
        return super().open(part, mode, pwd, force_zip64=force_zip64)


def _read_through(file: IO[bytes], name: str, seen: PartsSeen) -> None:
    rows, row_open = False, False
    rest, size, texts, held = b"", 0, 0, 0
    while chunk := file.read(_CHUNK):
        window = rest + chunk
        if b"\x00" in chunk:
            raise Unreadable("the workbook is not written as spreadsheet programs do; save it anew", "damaged")
        if b"<!DOCTYPE" in window:  # how XML is made to fetch files or to swell
            raise Unreadable(
                "the workbook holds a document type definition, which no list needs; it is not opened", "damaged"
            )
        size += len(chunk)
        texts += chunk.count(b"<si")
        if marks := list(_BORDER.finditer(window)):
            rows, row_open = True, not marks[-1][1]
            held = len(window) - marks[-1].end()
        else:
            held += len(chunk)
        seen.formulas = seen.formulas or (rows and _FORMULA.search(window) is not None)
        _note_hidden(name, window, seen)
        if texts > MOST_TEXTS or (row_open and held > MOST_OF_A_ROW):
            raise Unreadable(
                "the workbook holds more than a list ever does in one row or in its texts; it is not opened",
                "too_large",
            )
        if size > MOST_READ_AT_ONCE and not rows:
            raise Unreadable(
                f"the workbook holds more than {MOST_READ_AT_ONCE >> 20} MB beside its cells; save only the list",
                "too_large",
            )
        rest = window[-_OVERLAP:]


def _note_hidden(name: str, window: bytes, seen: PartsSeen) -> None:
    """What stands in the overlap of two windows is found twice, which changes nothing."""
    if b"hidden" not in window and b"ht=" not in window:
        return
    for tag in _ROW.finditer(window):
        if _is_hidden(tag[0]) and (number := _NUMBER.search(tag[0])):
            seen.hidden.setdefault(name, set()).add(int(number[1]))
    for tag in _COLUMN.finditer(window):
        first, last = _FIRST.search(tag[0]), _LAST.search(tag[0])
        if first and last and _is_hidden(tag[0]):
            start = int(first[1])
            seen.columns.setdefault(name, set()).update(range(start - 1, min(int(last[1]), start + MOST_COLUMNS)))


def _is_hidden(tag: bytes) -> bool:
    return _HIDDEN.search(tag) is not None
