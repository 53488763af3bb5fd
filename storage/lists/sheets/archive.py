"""Reads the parts of a workbook through before anything understands them: a part that would swell in memory, or fetch files, is refused.

Not here: the archive's own sizes (see workbook.py). What is searched for cannot hide in another encoding: no part may hold zero bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable

from storage.lists.values.cells import Unreadable

MOST_READ_AT_ONCE = 32 * 1024 * 1024
"""Texts, styles and the table of contents are parts that are read as a whole; sheets are not."""
MOST_TEXTS = 1_000_000
MOST_OF_A_ROW = 2 * 1024 * 1024
"""A row is held in memory until it ends."""
_CHUNK = 512 * 1024
_OVERLAP = 64
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ROW_ENDS = re.compile(rb"</(?:[\w.-]+:)?row\s*>|</(?:[\w.-]+:)?sheetData\s*>")


def inspect_parts(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether a sheet holds formulas. Raises Unreadable for what no spreadsheet program writes."""
    formulas = False
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        sheet = "worksheets/" in part.filename and not part.filename.endswith(".rels")
        if not sheet and part.file_size > MOST_READ_AT_ONCE and "pivotCache" not in part.filename:
            raise Unreadable(
                f"the workbook holds more than {MOST_READ_AT_ONCE >> 20} MB beside its cells; save only the list",
                "too_large",
            )
        formulas = _read_through(archive, part, sheet=sheet) or formulas
    return formulas


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, sheet: bool) -> bool:
    formulas, rest, texts, held, data = False, b"", 0, 0, True
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
                formulas = formulas or _FORMULA.search(window) is not None
                ends = list(_ROW_ENDS.finditer(window))
                held = len(window) - ends[-1].end() if ends else held + len(chunk)
                data = data and not any(match[0].rstrip(b" >").endswith(b"sheetData") for match in ends)
            if texts > MOST_TEXTS or (data and held > MOST_OF_A_ROW):
                raise Unreadable(
                    "the workbook holds more than a list ever does in one row or in its texts; it is not opened",
                    "too_large",
                )
            rest = window[-_OVERLAP:]
    return formulas
