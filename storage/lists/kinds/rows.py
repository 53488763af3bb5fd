"""Reads a whole list: finds its columns, reads every row, and sorts it into what is to be kept and what is refused.

Leaves the file to `files`, the meaning of a row to `people`, `purchases` and `results`, and the database to `keeping`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Literal

from storage.lists.kinds.fields import Layout
from storage.lists.kinds.people import People
from storage.lists.kinds.purchases import Purchases
from storage.lists.kinds.records import Record, Remark, Repeat, Sieve
from storage.lists.kinds.results import Results
from storage.lists.kinds.winners import Winners
from storage.lists.sheets.columns import HEADER_ROWS, Column, Columns, find_columns, listed
from storage.lists.sheets.totals import is_total, numbers_columns
from storage.lists.values import sums
from storage.lists.values.cells import Cell, ListSheet, Row, Unreadable, Wrong
from storage.lists.values.values import NOTHING, CellReading, plain

Hidden = Literal["keep", "leave"]
"""What becomes of rows that the sheet does not show."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the operator says beside the file: columns by hand, and values for rows that do not say them."""

    mapped: Mapping[str, str]
    draw: str | None = None
    list: str | None = None
    published_on: str | None = None
    hidden: Hidden = "keep"


@dataclass(frozen=True, slots=True)
class RowFound:
    """A list as it was read. `repeated` rows are counted once, `remarks` are about rows that are kept."""

    described: str
    columns: Columns
    headers: tuple[str, ...]
    records: tuple[Record, ...]
    refused: tuple[Remark, ...]
    repeated: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(self.records) + len(self.refused) + len(self.repeated)


def read_list(
    sheet: ListSheet, layout: Layout, given: Given, reading: CellReading, tell: Callable[[int], None] = lambda _: None
) -> RowFound:
    """`tell` hears the number of rows read, now and then. Raises Unreadable."""
    first = list(islice(sheet.rows, HEADER_ROWS))
    near = layout.promotion.last_day(layout.promotion.whole)
    columns = find_columns(first, layout.fields, given.mapped, near)
    _check_needed(columns, layout)
    sieve = _sieve(layout, columns, given, reading)
    records: list[Record] = []
    refused: list[Remark] = []
    repeated: list[Remark] = []
    reader = _Rows(layout, columns, reading, next(row for row in first if row[0] == columns.row), cut=sheet.cut)
    beside = _Beside(sheet, columns, given.hidden, reading, _unused(columns, reader.headers, layout))
    for seen, (number, cells) in enumerate(_below(columns.row, first, sheet.rows), 1):
        if beside.leaves_out(number, cells):
            continue
        try:
            records.append(sieve.take(number, reader.read(cells)))
        except Wrong as wrong:
            refused.append(Remark(number, str(wrong), reader.shown(cells)))
            beside.returned += wrong.kind == "negative"
        except Repeat as repeat:
            repeated.append(Remark(number, str(repeat), reader.shown(cells)))
        if not seen % 500:
            tell(seen)
    if not records and not refused:
        raise Unreadable(f"there is no row below the headers {listed(column.header for column in columns.known)}")
    notes = (*sheet.notes, *columns.notes, *beside.notes(records), *sieve.notes())
    every = tuple(refused), tuple(repeated), tuple(sieve.remarks())
    return RowFound(sheet.described, columns, reader.headers, tuple(records), *every, notes)


def _below(header: int, first: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    return (row for row in chain(first, rest) if row[0] > header)


def _check_needed(columns: Columns, layout: Layout) -> None:
    missing = [group for group in layout.needed if not any(columns.has(field) for field in group)]
    if not missing:
        return
    wanted = " and for ".join(" or ".join(group) for group in missing)
    headers = listed((*(column.header for column in columns.known), *columns.ignored))
    hint = "; is the separator ; , or a tab?" if len(columns.known) + len(columns.ignored) == 1 else ""
    raise Unreadable(
        f"there is no column for {wanted}; row {columns.row} has {headers or 'nothing'}{hint} "
        f"(--map COLUMN={missing[0][0]} says which it is)"
    )


def _sieve(layout: Layout, columns: Columns, given: Given, reading: CellReading) -> Sieve:
    match layout.kind:
        case "participants":
            return People(layout, given.draw)
        case "purchases":
            return Purchases(layout, columns, reading)
        case "results":
            return Results(layout, given.list, given.published_on)
        case "winners":
            return Winners(layout.promotion, given.draw)


_BONUS = re.compile(r"бонус|bonus", re.IGNORECASE)
_RETURNED = (
    "{} rows have a sum below zero, as returns do: the rules do not say what a return takes away, so they are refused; "
    "if what was given back does not count, leave out its purchase too"
)


class _Beside:
    """Rows that are no entries of the list, and those that the sheet does not show."""

    def __init__(
        self, sheet: ListSheet, columns: Columns, hidden: Hidden, reading: CellReading, unused: Mapping[int, str]
    ) -> None:
        self._sheet, self._columns, self._how, self._reading = sheet, columns, hidden, reading
        self._totals: list[tuple[int, Cell]] = []
        self._numbered: int | None = None
        self._hidden: list[int] = []
        self._unused = unused
        self._bonus: Counter[str] = Counter()
        self.returned = 0
        """Refused rows whose sum is below zero."""

    def leaves_out(self, number: int, cells: tuple[Cell, ...]) -> bool:
        if number == self._columns.row + 1 and numbers_columns(cells):
            self._numbered = number
            return True
        if is_total(cells, self._columns):
            place = next((column.place for column in self._columns.known if column.field == "amount_kzt"), len(cells))
            self._totals.append((number, cells[place] if place < len(cells) else None))
            return True
        for place, header in self._unused.items():
            cell = cells[place] if place < len(cells) else None
            if isinstance(cell, str) and _BONUS.search(cell):
                self._bonus[header] += 1
        if number in self._sheet.hidden:
            self._hidden.append(number)
            return self._how == "leave"
        return False

    def notes(self, records: Sequence[Record]) -> list[str]:
        found = []
        if self._numbered:
            found.append(f"row {self._numbered} only numbers the columns: it is left out")
        if self._totals:
            rows = _numbers([number for number, _ in self._totals])
            found.append(f"{rows}: a total («Итого»), no entry of the list; left out")
            found += self._weighed(records)
        if self.returned:
            found.append(_RETURNED.format(self.returned))
        for header, times in self._bonus.items():
            told = f"«{header}» is not used, and speaks of bonus money in {_count(times)}"
            found.append(f'{told}: if it says how was paid, --map "{header}=paid_with_bonus"')
        if self._hidden:
            how = "read like the others; --hidden leave leaves them out" if self._how == "keep" else "left out"
            found.append(f"{_numbers(self._hidden)}: hidden in the sheet, by a filter or by hand; {how}")
        unseen = [column.header for column in self._columns.known if column.place in self._sheet.hidden_columns]
        if unseen:
            found.append(f"hidden columns are read too: {listed(unseen)}")
        return found

    def _weighed(self, records: Sequence[Record]) -> list[str]:
        """A total that is not what the rows add up to: something is missing, or too much."""
        taken = [record.said.get("bought", {}).get("amount_kzt") for record in records]
        number, cell = self._totals[-1]
        unit = next((column.unit for column in self._columns.known if column.field == "amount_kzt"), 1)
        if len(self._totals) > 1 or cell is None or not taken or None in taken:
            return []
        try:
            said = sums.tenge(cell, replace(self._reading, unit=unit))
        except Wrong:
            return []
        return (
            []
            if said == sum(taken)
            else [f"row {number} says {said}, but the rows that were taken add up to {sum(taken)}"]
        )


def _unused(columns: Columns, headers: tuple[str, ...], layout: Layout) -> Mapping[int, str]:
    """Columns that nothing is read from, where one of them may say what was paid with."""
    if "paid_with_bonus" not in layout.fields or columns.has("paid_with_bonus"):
        return {}
    used = {column.place for column in columns.known}
    return {place: header for place, header in enumerate(headers) if place not in used and header}


def _count(rows: int) -> str:
    return f"{rows} row{'' if rows == 1 else 's'}"


def _numbers(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:20])) + (" …" if len(rows) > 20 else "")
    return f"row {shown}" if len(rows) == 1 else f"{len(rows)} rows ({shown})"


class _Rows:
    """Turns the cells of a row into values by field."""

    def __init__(self, layout: Layout, columns: Columns, reading: CellReading, header: Row, *, cut: bool) -> None:
        self._fields = [
            (column, layout.fields[column.field], replace(reading, header=column.header, unit=column.unit))
            for column in columns.known
        ]
        self._width = len(header[1]) if cut else None
        self.headers = tuple(_text(cell) for cell in header[1])

    def read(self, cells: tuple[Cell, ...]) -> dict[str, Any]:
        """Raises Wrong with everything that is wrong in the row."""
        if self._width is not None and len(cells) > self._width:
            raise Wrong(f"{len(cells)} cells under {self._width} headers: is there a separator inside a value?")
        values: dict[str, Any] = {}
        wrong: list[Wrong] = []
        for column, field, reading in self._fields:
            cell = cells[column.place] if column.place < len(cells) else None
            try:
                if cell is None or (isinstance(cell, str) and cell.casefold() in NOTHING):
                    continue
                _put(values, column, field.read(cell, reading))
            except Wrong as fault:
                wrong.append(Wrong(f"«{column.header}»: {fault}", fault.kind))
        if wrong:
            raise Wrong("; ".join(map(str, wrong)), wrong[0].kind)
        return values

    def shown(self, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        return tuple(_text(cell) for cell in cells)


def _put(values: dict[str, Any], column: Column, value: Any) -> None:
    if column.month is not None:
        values.setdefault(column.field, {})[column.month] = value
    else:
        values[column.field] = value


def _text(cell: Cell) -> str:
    try:
        return plain(cell)
    except Wrong as wrong:
        return cell if isinstance(cell, str) else f"({wrong})"
