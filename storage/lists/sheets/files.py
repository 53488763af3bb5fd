"""Opens a list's file, tells by its content what it is, and refuses what is too large or of another kind in one sentence.

Not here: reading (see text_table.py and workbook.py). The name of a file is not believed.
"""

from __future__ import annotations

import stat
from pathlib import Path

from storage.lists.sheets.text_table import read_csv
from storage.lists.sheets.workbook import read_xlsx
from storage.lists.values.cells import MOST_BYTES, ListSheet, Unreadable

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"{\\rtf", "an RTF text"),
)


def open_sheet(path: Path, sheet: str | None = None) -> ListSheet:
    """The table in a file. Raises Unreadable."""
    return read_sheet(_load(path), sheet)


def read_sheet(data: bytes, sheet: str | None = None, *, computed: bool = True) -> ListSheet:
    """The table in a file's bytes; see `read_xlsx` for `computed`. Raises Unreadable."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Unreadable("the file is empty", "empty")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable("the file is protected by a password; save it without one", "password")
        raise Unreadable("the file is an old Excel or Word file; save it as XLSX")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_xlsx(data, sheet, computed=computed)
    for start, what in _OTHERS:
        if data.startswith(start):
            raise Unreadable(f"the file is {what}; lists are read from XLSX and CSV")
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise Unreadable("the file is a web page or XML under another name; open it in Excel and save it as XLSX")
    if sheet is not None:
        raise Unreadable("a CSV file has no sheets; leave --sheet out")
    return read_csv(data)


def _load(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("this is not a file")
        if found.st_size > MOST_BYTES:
            raise Unreadable(
                f"the file has {found.st_size / 2**20:.0f} MB, at most {MOST_BYTES >> 20} MB are read; save only the list itself"
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the file has more than {MOST_BYTES >> 20} MB")
    return data
