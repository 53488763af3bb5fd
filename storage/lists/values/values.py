"""Reads one cell of an export: texts, phones, IIN and BIN, accounts, numbers, yes and no.

Not here: days (see moments.py); sums (see sums.py); which column holds what (see storage/lists/sheets/columns.py). What cannot be read
raises Wrong with its reason, in which no value stands that could name a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from domain.participants import is_bin, is_iin, of_kazakhstan, phone
from storage.lists.values.cells import BrokenFile, Cell, Wrong, show

YES: Final = frozenset(["да", "иә", "ия", "yes", "true", "y", "1", "+", "есть", "бар", "✓", "✔"])
NO: Final = frozenset(["нет", "жоқ", "жок", "no", "false", "n", "0"])
NOTHING: Final = frozenset(
    ("-", "–", "—", "н/д", "нет данных", "n/a", "na", "null", "none", "nan", "(null)", "деректер жоқ")
)
"""How exports write that there is no value."""
_SHORTENED = re.compile(r"[+-]?(\d)(?:[.,](\d+))?[eE][+]?(\d{1,2})")
_DECIMAL = re.compile(r"(\d{4,})[.,]0{1,6}")
"""A whole number that a program kept as one with decimal places: «87011234567.0»."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What reading a cell depends on: the zone of times without an offset, and now.

    `header` is the header of its column, and `unit` what a number there counts by that header: 1000 for «тыс. тенге».
    """

    zone: ZoneInfo
    now: datetime
    header: str = ""
    unit: int = 1


def plain(cell: Cell) -> str:
    """The cell as text. Raises Wrong for an error, a formula, or a number that a spreadsheet has cut short."""
    match cell:
        case BrokenFile():
            raise Wrong(f"the cell holds {cell.reason}", "formula")
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case str():
            if cell.startswith("="):
                raise Wrong("the cell holds a formula", "formula")
            if cell.startswith("#") and cell.rstrip("!?").lstrip("#").replace("/", "").isupper():
                raise Wrong("the cell holds an error", "formula")
            return "" if cell.casefold() in NOTHING else cell
        case None:
            return ""
        case datetime() | date() | time():
            return cell.isoformat()
        case int():
            return str(cell)


def text(cell: Cell, _: CellReading) -> str:
    found = " ".join(plain(cell).split())
    if len(found) > 200:
        raise Wrong("longer than 200 characters")
    if not found.isprintable():
        raise Wrong("there are control characters in it")
    return found


def account(cell: Cell, reading: CellReading) -> str:
    """An account number or name; letter case makes no difference."""
    found = " ".join(_whole_number(text(cell, reading)).split())
    if len(found) > 100:
        raise Wrong("longer than 100 characters")
    return found.casefold()


def mobile(cell: Cell, _: CellReading) -> str:
    said = _whole_number(plain(cell))
    if found := phone(said):
        if not of_kazakhstan(found):
            raise Wrong("a phone number of Russia, not of Kazakhstan")
        return found
    digits = re.sub(r"\D", "", said)
    if len(digits) >= 20:
        raise Wrong("more than one phone number; leave one in the cell")
    if 10 <= len(digits) <= 15:
        raise Wrong("not a phone number of Kazakhstan, but of another country, or with a digit too many or too few")
    raise Wrong("not a phone number of Kazakhstan")


def number(cell: Cell, _: CellReading) -> str:
    """An IIN or BIN; leading zeros that a spreadsheet has eaten come back, and the check digit must be right."""
    digits = re.sub(r"[\s-]", "", _whole_number(plain(cell)))
    if not digits.isascii() or not digits.isdecimal():
        raise Wrong("not twelve digits")
    whole = digits.zfill(12) if len(digits) >= 9 else digits
    if is_iin(whole) or is_bin(whole):
        return whole
    raise Wrong("the check digit or the date in it is wrong" if len(whole) == 12 else "not twelve digits")


def _whole_number(said: str) -> str:
    """A number that names something, without the decimal places or the exponent in which a program wrote it.

    Raises Wrong where digits are lost: «7.70E+10».
    """
    if match := _DECIMAL.fullmatch(said):
        return match[1]
    if match := _SHORTENED.fullmatch(said):
        digits = match[1] + (match[2] or "")
        if len(digits) == int(match[3]) + 1:
            return digits
        raise Wrong("a spreadsheet has cut this number short; format the column as text and export anew")
    return said


def flag(cell: Cell, _: CellReading) -> bool:
    word = plain(cell).casefold()
    if word in YES or word in NO:
        return word in YES
    raise Wrong(f"neither yes nor no: «{show(word, 30)}»")


def exact(said: Decimal) -> Decimal:
    """A number without the noise of binary fractions in its last places: 124599.99999999999 is 124600."""
    if said.adjusted() > 15:
        return said
    near = said.quantize(Decimal("0.0001"))
    return near if abs(said - near) < Decimal("0.0000001") else said


def whole(cell: Cell, reading: CellReading) -> int:
    bare = re.sub(r"\s", "", plain(cell))
    if re.fullmatch(r"-\d+(?:[.,]0+)?", bare):
        raise Wrong("below zero")
    if match := re.fullmatch(r"(\d{1,9})(?:[.,](\d{1,20}))?", bare):
        counted = exact(Decimal(f"{match[1]}.{match[2] or 0}")) * reading.unit
        if counted == counted.to_integral_value():
            return int(counted)
    raise Wrong(f"not a whole number: «{show(bare, 30)}»")
