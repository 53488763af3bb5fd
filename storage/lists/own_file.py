"""Reads a person's own file of purchases as far as it can be read: what each row says, or why not, never all or nothing.

Not here: organisers' lists (see storage/lists/kinds/rows.py); what purchases earn (see the domain). A file without headers is read row
by row as a person would type it; a formula is never a sum, and beyond the room that a talk has rows are only counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from dialogs.conversation import Json
from dialogs.messages import PurchaseFile, RefusedRow
from domain.chances import Purchase
from domain.facts import day_of, key, read_when
from domain.purchases import row_of
from domain.spoken.purchases import read_lines
from storage.lists.sheets.columns import HEADER_ROWS, Columns, find_columns, listed
from storage.lists.sheets.files import read_sheet
from storage.lists.sheets.totals import is_total, numbers_columns
from storage.lists.values import moments, payment, sums, values
from storage.lists.values.cells import BrokenFile, Cell, ListSheet, Row, Unreadable, Wrong, show
from storage.lists.values.values import NOTHING, CellReading

TOLD: Final = 20
"""Refused rows that are kept with their reason; of the others only the number is."""
READ: Final = 5_000
"""Rows that are understood at most; what comes after them is counted."""
_READERS: Final = {
    "at": moments.past,
    "time": moments.clock,
    "lottery": values.text,
    "amount_kzt": sums.tenge,
    "currency": sums.currency,
    "paid_with_bonus": payment.source,
    "status": payment.status,
    "refund": payment.refund,
    "transaction": values.text,
}
_NEEDED: Final = ("at", "amount_kzt")
_LACKING: Final = {"at": "no_day", "amount_kzt": "no_sum"}
_NUMBERS = re.compile(r"(?=.*\d)[\d\s.,:₸-]{4,}")
"""Digits and marks alone: no header is written so."""
NO_COLUMNS: Final = Columns(0, (), ())
Bought = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Rule:
    """What reading depends on beside the file. `lotteries` maps each spelling to a lottery of the rules; `first` and `last` are the
    promotion's days in `zone`; `room` is how many purchases a talk holds; `now` is an instant."""

    lotteries: Mapping[str, str]
    zone: str
    now: datetime
    first: date
    last: date
    room: int


def read_own(data: bytes, rule: Rule) -> PurchaseFile:
    """What the file says; a file that cannot be read at all says so by `fault`."""
    try:
        return _read(read_sheet(data, computed=False), rule)
    except Unreadable as unreadable:
        return PurchaseFile(fault=unreadable.kind)


def _read(sheet: ListSheet, rule: Rule) -> PurchaseFile:
    first = list(islice(sheet.rows, HEADER_ROWS))
    columns = find_columns(first, _READERS, {}, rule.last)
    understood = _Understood(rule)
    if not columns.known or _is_entry(next(row for row in first if row[0] == columns.row)[1]):
        _take_spoken(chain(first, sheet.rows), rule, understood, sheet.hidden)
        if not understood.good:
            return PurchaseFile(fault="columns", detail=listed(columns.ignored))
    elif not all(columns.has(name) for name in _NEEDED):
        return PurchaseFile(fault="columns", detail=listed((*(c.header for c in columns.known), *columns.ignored)))
    else:
        below = (row for row in chain(first, sheet.rows) if row[0] > columns.row)
        _take_rows(below, columns, rule, understood, sheet.hidden)
        understood.unused = columns.ignored
    return understood.table()


def _is_entry(cells: tuple[Cell, ...]) -> bool:
    """Whether what was taken for headers is an entry already: a day or a sum stands in it."""
    return any(
        isinstance(cell, int | float | date) or (isinstance(cell, str) and _NUMBERS.fullmatch(cell) is not None)
        for cell in cells
    )


def _take_rows(
    rows: Iterator[Row], columns: Columns, rule: Rule, understood: _Understood, hidden: frozenset[int]
) -> None:
    reading = CellReading(ZoneInfo(rule.zone), rule.now)
    readings = {column.place: replace(reading, header=column.header, unit=column.unit) for column in columns.known}
    unpaid = columns.has("paid_with_bonus") and payment.must_be_said(columns.header("paid_with_bonus"))
    transactions: dict[str, Bought] = {}
    for number, cells in rows:
        if number == columns.row + 1 and numbers_columns(cells):
            continue
        if is_total(cells, columns):
            understood.totals += 1
            continue
        if understood.full():
            continue
        understood.hidden += number in hidden
        try:
            found = _values(cells, columns, readings)
            if found is None:
                continue
            bought = _bought(found, reading, rule, unpaid=unpaid)
            if (transaction := found.get("transaction")) and transactions.setdefault(transaction, bought) is not bought:
                kind = "repeated" if transactions[transaction] == bought else "same_number"
                raise Wrong("the same transaction", kind)
            understood.take(bought)
        except Wrong as wrong:
            understood.refuse(number, wrong.kind, _meant(cells, columns, wrong.kind))


def _values(cells: tuple[Cell, ...], columns: Columns, readings: Mapping[int, CellReading]) -> dict[str, Any] | None:
    """What a row says by field, None where nothing of it stands in a column of ours. Raises Wrong."""
    found: dict[str, Any] = {}
    filled = False
    for column in columns.known:
        cell = cells[column.place] if column.place < len(cells) else None
        if cell is None or (isinstance(cell, str) and cell.casefold() in NOTHING):
            continue
        filled = True
        try:
            found[column.field] = _READERS[column.field](cell, readings[column.place])
        except Wrong as wrong:
            if wrong.kind == "unclear" and column.field in _LACKING:
                raise Wrong(str(wrong), _LACKING[column.field]) from None
            raise
    return found if filled else None


def _bought(found: Mapping[str, Any], reading: CellReading, rule: Rule, *, unpaid: bool) -> Bought:
    """The purchase as golden tables write it."""
    for name, kind in _LACKING.items():
        if name not in found:
            raise Wrong(f"no {name}", kind)
    at, amount = found["at"], found["amount_kzt"]
    if "time" in found:
        at = moments.join(at, found["time"], reading)
    lottery = found.get("lottery")
    if unpaid and "paid_with_bonus" not in found:
        raise Wrong("nothing says how it was paid", "unpaid")
    paid = payment.settle(found.get("paid_with_bonus", False), amount)
    bought: Bought = {"at": at, "amount_kzt": amount, "paid_with_bonus": paid}
    return {**bought, "lottery": rule.lotteries.get(key(lottery), lottery)} if lottery else bought


def _meant(cells: tuple[Cell, ...], columns: Columns, kind: str) -> str:
    """The cell that a refusal speaks of: the sum, the status or the day."""
    field_ = {"negative": "amount_kzt", "other_currency": "amount_kzt", "fell": "status"}.get(kind, "at")
    if kind == "other_currency" and columns.has("currency"):
        field_ = "currency"
    if kind == "fell" and not columns.has("status"):
        field_ = "refund" if columns.has("refund") else "paid_with_bonus"
    place = next((column.place for column in columns.known if column.field == field_), None)
    cell = cells[place] if place is not None and place < len(cells) else None
    return show(_said(cell), 40)


def _take_spoken(rows: Iterator[Row], rule: Rule, understood: _Understood, hidden: frozenset[int]) -> None:
    zone = ZoneInfo(rule.zone)
    today = day_of(rule.now, zone)
    for number, cells in rows:
        if understood.full():
            continue
        if is_total(cells, NO_COLUMNS):
            understood.totals += 1
            continue
        understood.hidden += number in hidden
        if any(isinstance(cell, BrokenFile) for cell in cells):
            understood.refuse(number, "formula", "")
            continue
        text = " ".join(filter(None, map(_said, cells)))
        for line in read_lines(text, rule.lotteries, today, min(today, rule.last), zone):
            if line.fault or line.purchase is None:
                reason, meant = (line.fault.reason, line.fault.text) if line.fault else ("unclear", "")
                understood.refuse(number, reason, show(meant, 40))
            elif _is_ahead(line.purchase, rule.now, today):
                understood.refuse(number, "future", show(text, 40))
            else:
                understood.take({**row_of(line.purchase)})


def _is_ahead(purchase: Purchase, now: datetime, today: date) -> bool:
    return purchase.at > now if isinstance(purchase.at, datetime) else purchase.at > today


def _said(cell: Cell) -> str:
    """A cell as a person would write it."""
    match cell:
        case datetime():
            return f"{cell:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{cell:%d.%m.%Y}"
        case float() if cell.is_integer():
            return str(int(cell))
        case None | BrokenFile():
            return ""
    return str(cell)


@dataclass(slots=True)
class _Understood:
    """The rows of a file, sorted into what is to be kept and what was refused."""

    rule: Rule
    good: list[Bought] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    wrong: int = 0
    seen: int = 0
    totals: int = 0
    hidden: int = 0
    unused: tuple[str, ...] = ()

    def full(self) -> bool:
        self.seen += 1
        return self.seen > READ

    def take(self, bought: Bought) -> None:
        self.good.append(bought)

    def refuse(self, number: int, reason: str, text: str) -> None:
        self.wrong += 1
        if len(self.refused) < TOLD:
            self.refused.append(RefusedRow(number, reason, text))

    def table(self) -> PurchaseFile:
        good = _without_lost_hours(self.good)
        inside = good if len(good) <= self.rule.room else [row for row in good if self._is_inside(row)]
        if self.seen > READ or len(inside) > self.rule.room:
            return PurchaseFile(fault="too_many", number=self.seen)
        if not inside and not self.wrong:
            return PurchaseFile(fault="empty")
        return PurchaseFile(
            rows=tuple(inside),
            refused=tuple(self.refused),
            wrong=self.wrong,
            alike=len(inside) - len({tuple(row.items()) for row in inside}),
            outside=len(good) - len(inside),
            totals=self.totals,
            hidden=self.hidden,
            unused=self.unused,
        )

    def _is_inside(self, row: Bought) -> bool:
        zone = ZoneInfo(self.rule.zone)
        return self.rule.first <= day_of(read_when(row["at"], zone), zone) <= self.rule.last


def _without_lost_hours(rows: list[Bought]) -> list[Bought]:
    """Where every time of a file is 00:00:00 the export has lost the hours: bare days say so honestly."""
    timed = [str(row["at"]) for row in rows if "T" in str(row["at"])]
    if len(timed) < 2 or any(datetime.fromisoformat(at).timetz().replace(tzinfo=None) != time() for at in timed):
        return rows
    return [{**row, "at": str(row["at"])[:10]} for row in rows]
