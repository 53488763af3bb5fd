"""Rows of an export that are no entries of the list: its totals («Итого»), and the numbers of its columns below the headers.

Not here: the headers (see columns.py). A row is a total only where nothing in it says who or when.
"""

from __future__ import annotations

import re
from typing import Final

from storage.lists.sheets.columns import Columns
from storage.lists.values.cells import Cell
from storage.lists.values.values import NOTHING

_TOTAL = re.compile(
    r"(?:общий\s+|жалпы\s+|grand\s+|sub-?)?(?:итоги?|итого|всего|барлығы|барлыгы|жиыны|жиынтығы|қорытынды|total|totals)\b(?:.{0,60})",
    re.IGNORECASE,
)
_ENTRY: Final = ("phone", "account", "bin", "iin", "personal_account", "at", "mask", "transaction")
"""Fields that say who or when: a total has none of them."""
_NO_SHORT_NUMBERS: Final = ("phone", "mask", "at")
_COUNT = re.compile(r"\d{1,5}(?:\.0)?")


def is_total(cells: tuple[Cell, ...], columns: Columns) -> bool:
    """Whether the row sums up others."""
    words = [place for place, cell in enumerate(cells) if isinstance(cell, str) and _TOTAL.fullmatch(cell)]
    if not words:
        return False
    entry = {
        column.place: column.field for column in columns.known if column.field in _ENTRY and column.place not in words
    }
    return all(place >= len(cells) or _is_nothing(cells[place], field) for place, field in entry.items())


def numbers_columns(cells: tuple[Cell, ...]) -> bool:
    """Whether the row only counts the columns: 1, 2, 3 and so on, as printed forms do."""
    said = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in cells]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def _is_nothing(cell: Cell, field: str) -> bool:
    """A short number where a phone or a day should stand counts the rows."""
    if field in _NO_SHORT_NUMBERS and _COUNT.fullmatch(str(cell)):
        return True
    return cell is None or (isinstance(cell, str) and cell.casefold() in NOTHING)
