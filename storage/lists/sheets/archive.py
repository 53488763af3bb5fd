"""Reads the parts of a workbook through before anything understands them: a part that would swell in memory, or fetch files, is refused.

Not here: the archive's own sizes (see workbook.py). What is searched for cannot hide in another encoding: no part may hold zero bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.lists.sheets.package import part_name
from storage.lists.values.cells import MOST_COLUMNS, Unreadable

MOST_READ_AT_ONCE = 32 * 1024 * 1024
"""Texts, styles and the table of contents are parts that are read as a whole; sheets are not."""
MOST_TEXTS = 1_000_000
MOST_OF_A_ROW = 2 * 1024 * 1024
"""A row is held in memory until it ends."""
_CHUNK = 512 * 1024
_OVERLAP = 2_048
"""The longest tag of a row or a column."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s[^<>]*>")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^<>]*>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true|on)["']|\s(?:ht|width)\s*=\s*["']0(?:\.0*)?["']""")
"""Also a row or a column of no size is seen by nobody."""
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_FIRST = re.compile(rb"""\smin\s*=\s*["'](\d{1,5})["']""")
_LAST = re.compile(rb"""\smax\s*=\s*["'](\d{1,5})["']""")
_ROW_ENDS = re.compile(rb"</(?:[\w.-]+:)?row\s*>|</(?:[\w.-]+:)?sheetData\s*>")


@dataclass(slots=True)
class PartsSeen:
    """What reading a workbook's parts through has shown. `hidden` are the numbers of hidden rows by sheet part (`package.part_name`),
    `columns` the places of hidden columns, counted from 0."""

    formulas: bool = False
    hidden: dict[str, set[int]] = field(default_factory=dict)
    columns: dict[str, set[int]] = field(default_factory=dict)


def inspect_parts(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> PartsSeen:
    """Raises Unreadable for what no spreadsheet program writes."""
    seen = PartsSeen()
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        name = part_name(part.filename)
        sheet = "worksheets/" in name and not name.endswith(".rels")
        if not sheet and part.file_size > MOST_READ_AT_ONCE and "pivotcache" not in name:
            raise Unreadable(
                f"the workbook holds more than {MOST_READ_AT_ONCE >> 20} MB beside its cells; save only the list",
                "too_large",
            )
        _read_through(archive, part, seen, sheet=sheet)
    return seen


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, seen: PartsSeen, *, sheet: bool) -> None:
    rest, texts, held, data = b"", 0, 0, True
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            window = rest + chunk
            if b"\x00" in chunk:
                raise Unreadable("the workbook is not written as spreadsheet programs do; save it anew", "damaged")
            if b"<!DOCTYPE" in window:  # how XML is made to fetch files or to swell
                raise Unreadable(
                    "the workbook holds a document type definition, which no list needs; it is not opened", "damaged"
                )
            texts += chunk.count(b"<si")
            if sheet:
                seen.formulas = seen.formulas or _FORMULA.search(window) is not None
                _note_hidden(part_name(part.filename), window, seen)
                ends = list(_ROW_ENDS.finditer(window))
                held = len(window) - ends[-1].end() if ends else held + len(chunk)
                data = data and not any(match[0].rstrip(b" >").endswith(b"sheetData") for match in ends)
            if texts > MOST_TEXTS or (data and held > MOST_OF_A_ROW):
                raise Unreadable(
                    "the workbook holds more than a list ever does in one row or in its texts; it is not opened",
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
