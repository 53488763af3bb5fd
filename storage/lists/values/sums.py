"""Reads sums as exports write them: numbers, «600 000,00», «1,500,000.00», «1 500 000 ₸», in whole tenge.

Not here: other cells (see values.py). Another currency, a sum below zero, and tiyn are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from domain.search.folding import fold
from domain.spoken.senses import sense_of
from domain.spoken.values import LARGEST_KZT, read_amount
from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import CellReading, exact, plain

FOREIGN = re.compile(
    r"[$€£¥₽]|\bу\.\s?е\b|\b(?:usd|eur|rub|rur|gbp|cny|kgs|uzs|руб\w*|доллар\w*|евро|сом|юан\w*)\b\.?", re.IGNORECASE
)
TENGE = re.compile(r"₸|\b(?:тенге|теңге|тг|тнг|tenge|tg|kzt)\b\.?", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?![\d '’])")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?!\d)")
_PLAIN = re.compile(r"\d{1,15}(?:[.,]\d{1,20})?")
_WORD = re.compile(r"[^\W\d_]+")
_SIZED: Final = {
    "thousand": 1_000,
    "thousands": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mln": 1_000_000,
}
_SIZED_MORE: Final = {
    "млрд": 1_000_000_000,
    "миллиард": 1_000_000_000,
    "миллиардов": 1_000_000_000,
    "billion": 1_000_000_000,
}
_NOT_SIZES: Final = frozenset(("штук", "штука"))
"""In a chat «штука» is a thousand; in a header it counts pieces."""
_HUNDREDTHS = re.compile(r"\b(?:тиын|тийын|тыин|tiyn|копе)", re.IGNORECASE)
_PIECES = re.compile(r"(?:шт|штук\w*|дана|билет\w*|pcs|piece\w*)\.?", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"['’`]\s?000\b|\b000s\b|\bт\.?\s*(?:тг|тенге|теңге|₸)|(?<!\d)(?:1\s?)?000\s*(?:тг|тенге|теңге|₸|kzt)|[x×х*]\s*1\s?000(?!\d)",
    re.IGNORECASE,
)


def unit_of(header: str) -> int | None:
    """How many a number below a header stands for: 1000 for «Сумма, тыс. тенге», 1 where it names no unit.

    None where it names one that cannot be counted with: two units, or tiyn.
    """
    found = {size for word in _WORD.findall(header) if (size := _size(word.casefold()))}
    if _THOUSANDS.search(header):
        found.add(1_000)
    if _HUNDREDTHS.search(header) or len(found) > 1:
        return None
    return found.pop() if found else 1


def _size(word: str) -> int | None:
    """By the words of the chat, from three letters on: in a header «т» or «м» may stand for anything."""
    if size := _SIZED.get(word) or _SIZED_MORE.get(word):
        return size
    sense = sense_of(fold(word)) if len(word) > 2 and word not in _NOT_SIZES else None
    return int(sense.value) if sense is not None and sense.kind == "scale" else None


def tenge(cell: Cell, reading: CellReading) -> int:
    """A sum in whole tenge above zero; a bare number counts in the unit of its header."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        amount = Decimal(repr(cell))
        if not amount.is_finite():
            raise Wrong("not a sum")
    else:
        said = plain(cell)
        if reading.unit != 1 and unit_of(said) != 1:
            raise Wrong(f"a unit in the cell and another one in the header: «{show(said, 30)}»", "unit")
        amount = _written(said)
    amount = exact(amount) * reading.unit
    if amount < 0:
        raise Wrong("the sum is below zero", "negative")
    if amount == 0:
        raise Wrong("the sum is zero", "zero")
    if amount > LARGEST_KZT:
        raise Wrong("the sum is too large", "too_much")
    if amount != amount.to_integral_value():
        raise Wrong("the sum has tiyn; the rules count whole tenge", "tiyn")
    return int(amount)


def currency(cell: Cell, _: CellReading) -> str:
    """A currency or a unit in a column of its own: only tenge, and what counts pieces."""
    said = plain(cell)
    if unit_of(said) != 1:
        raise Wrong(
            f"the sum is in another unit: «{show(said, 20)}»; write it in tenge, or the unit into the header", "unit"
        )
    if _PIECES.fullmatch(said):
        return "KZT"
    if TENGE.fullmatch(said) or said == "398":
        return "KZT"
    raise Wrong(f"another currency: «{show(said, 20)}»", "other_currency")


def _written(said: str) -> Decimal:
    if foreign := FOREIGN.search(said):
        raise Wrong(f"another currency: «{foreign[0]}»", "other_currency")
    bare = " ".join(TENGE.sub(" ", said.replace("\u202f", " ").replace("\u00a0", " ")).split())
    negative = bare.startswith(("-", "−", "–")) or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    digits = bare.strip("-−–()+ ")
    if match := _SPACED.match(digits):
        digits = re.sub(r"[ '’]", "", match[0]) + digits[match.end() :]
    elif (match := _GROUPED.match(digits)) and re.fullmatch(r"(?:[.,]\d{1,2})?", digits[match.end() :]):
        # three digits after a mark are thousands, one or two are tiyn: «1.500.000,00», «600,000»
        digits = re.sub(r"[.,]", "", match[0]) + digits[match.end() :]
    if _PLAIN.fullmatch(digits):
        amount = Decimal(digits.replace(",", "."))
        return -amount if negative else amount
    spoken = read_amount(bare) if re.fullmatch(r"[\d.,\s]+[^\W\d_]+\.?", bare) else None
    if isinstance(spoken, int):
        return Decimal(spoken)
    raise Wrong(f"not a sum: «{show(said, 30)}»")
