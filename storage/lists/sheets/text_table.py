"""Reads CSV as programs export it: UTF-8, UTF-16 and cp1251, with `;`, `,`, tab or `|`, quoted fields with line breaks.

Not here: spreadsheets (see workbook.py); what the cells mean (see storage/lists/values/values.py).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from storage.lists.values.cells import Cell, ListSheet, Row, Unreadable, check_size, trim

_SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
_SAMPLE = 50
"""Records by which the separator is told."""
_BOMS = (
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_KEPT_TEXT = re.compile(r'="([^"]*)"')
"""How some programs keep Excel from eating leading zeros."""


def read_csv(data: bytes) -> ListSheet:
    """Raises Unreadable; a quotation mark that is never closed is noticed while the rows are read."""
    encoding, name = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("the file is neither text nor XLSX; export it as XLSX, or as CSV in UTF-8") from None
    text = text.removeprefix("\ufeff")
    if _CONTROL.search(text):
        raise Unreadable("the file is binary, not CSV; export it as XLSX or as CSV in UTF-8")
    said, text, skipped = _said_separator(text)
    separator = said or _separator(text)
    rows = _rows(text, separator, skipped)
    return ListSheet(f"CSV, {name}, {_SEPARATORS.get(separator, repr(separator))}", rows, cut=True)


def _encoding(data: bytes) -> tuple[str, str]:
    """The codec and what to call it."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            if codec is None:
                raise Unreadable("the file is UTF-32; save it as CSV in UTF-8")
            return codec, codec.upper().removesuffix("-SIG")
    if (wide := _wide(data[:4096])) is not None:
        return wide, "UTF-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Kazakh letters stand where cp1251 has Serbian and Ukrainian ones; all else is the same
        return "kz1048", "cp1251"
    return "utf-8", "UTF-8"


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: of separators, digits and line ends every other byte is zero."""
    if len(start) < 4 or b"\x00" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    most = len(start) / 2
    if odd > 0.2 * most and even < 0.05 * most:
        return "utf-16-le"
    if even > 0.2 * most and odd < 0.05 * most:
        return "utf-16-be"
    return None


def _said_separator(text: str) -> tuple[str | None, str, int]:
    """Excel's first line `sep=;`, if there is one, the text after it, and the rows left out."""
    match = re.match(r'"?sep=([;,|\t])"?\r?\n', text, re.IGNORECASE)
    return (match[1], text[match.end() :], 1) if match else (None, text, 0)


def _separator(text: str) -> str:
    """The separator that cuts the first records most evenly into the most columns."""
    best, most = ";", (0.0, 0)
    for separator in _SEPARATORS:
        widths: list[int] = []
        try:
            for record in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator):
                if record:
                    widths.append(len(record))
                if len(widths) == _SAMPLE:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        usual, times = Counter(width for width in widths if width > 1).most_common(1)[0] if max(widths) > 1 else (1, 0)
        found = (times / len(widths), usual)
        if found > most:
            best, most = separator, found
    return best


def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    # a field longer than any of ours is a quotation mark that was never closed
    csv.field_size_limit(64 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, filled = skipped, 0
    try:
        for record in reader:
            number += 1
            row = [_cell(field, number) for field in record]
            while row and row[-1] is None:
                row.pop()
            if row:
                filled += 1
                check_size(number, len(row), filled)
                yield number, tuple(row)
    except csv.Error:
        raise Unreadable(
            f"the quotation marks after row {number} do not match; save the file anew as CSV or as XLSX"
        ) from None


def _cell(field: str, number: int) -> Cell:
    text = trim(field, number)
    if text and text.startswith("=") and (kept := _KEPT_TEXT.fullmatch(text)):
        return kept[1].strip() or None
    return text
