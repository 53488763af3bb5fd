"""What a cell of a spreadsheet or of a CSV file may hold, and what can be wrong with a file, a row or a cell.

Not here: reading files (see storage/lists/sheets/text_table.py and storage/lists/sheets/workbook.py); what a cell means (see
values.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.spoken.cleaning import clean

_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
MOST_BYTES = 32 * 1024 * 1024
"""The largest file that is read."""
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_TEXT = 2_000
"""Characters in one cell; longer ones are no data of ours."""


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A cell without a usable value: an error such as #REF!, or a formula that was never computed."""

    reason: str


Cell = str | int | float | bool | datetime | date | time | BrokenFile | None
"""A datetime is a moment as written, without or with an offset; a date is a cell that shows no hour."""
Row = tuple[int, tuple[Cell, ...]]
"""The number of a row as a spreadsheet shows it, and its cells."""


class Unreadable(Exception):
    """The whole file cannot be used; the text is one sentence that says why and what to do, for an operator.

    `kind` says the same as a word, for a person whose file it is: it is told in their own language.
    """

    def __init__(self, text: str, kind: str = "no_table") -> None:
        super().__init__(text)
        self.kind = kind


class Wrong(ValueError):
    """One cell cannot be read; the text says why, and never holds what could name a person. `kind` says it as a word."""

    def __init__(self, text: str, kind: str = "unclear") -> None:
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A table being read: `described` says of what kind the file is; `notes` are for the operator.

    `cut`: the rows were cut at separators, so that a cell too many means that a row is shifted. `hidden` are the numbers of rows that
    the program does not show, by a filter or by hand, `hidden_columns` places counted from 0.
    """

    described: str
    rows: Iterator[Row]
    notes: tuple[str, ...] = ()
    cut: bool = False
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def check_size(number: int, width: int, filled: int) -> None:
    """Raises Unreadable for a table that is larger than any list."""
    if filled > MOST_ROWS:
        raise Unreadable(f"the list has more than {MOST_ROWS} rows; split it", "too_large")
    if width > MOST_COLUMNS:
        raise Unreadable(f"row {number} has more than {MOST_COLUMNS} columns; is this the list?")


def trim(text: str, number: int) -> str | None:
    """A cell's text in the form that a chat's texts are read in, without control characters, as XLSX writes them also (`_x000D_`).

    None if nothing is left. Raises Unreadable for a text that is no data.
    """
    bare = clean(_CONTROL.sub("", _ESCAPED.sub(" ", text))).strip()
    if len(bare) > MOST_TEXT:
        raise Unreadable(f"row {number} has a cell of more than {MOST_TEXT} characters; is this the list?")
    return bare or None


def show(text: object, most: int = 60) -> str:
    """A text of the file for a terminal: no control characters, not longer than needed."""
    clean = "".join(letter if letter.isprintable() else " " for letter in str(text))
    clean = " ".join(clean.split())
    return clean if len(clean) <= most else f"{clean[: most - 1]}…"
