"""Reads sums as exports write them: numbers, «600 000,00», «1,500,000.00», «1 500 000 ₸», in whole tenge.

Not here: other cells (see values.py). Another currency, a sum below zero, and tiyn are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from domain.spoken.values import LARGEST_KZT, read_amount
from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import CellReading, plain

FOREIGN = re.compile(
    r"[$€£¥₽]|\b(?:usd|eur|rub|rur|gbp|cny|kgs|uzs|руб\w*|доллар\w*|евро|сом|юан\w*)\b\.?", re.IGNORECASE
)
_TENGE = re.compile(r"₸|\b(?:тенге|теңге|тг|тнг|tenge|tg|kzt)\b\.?", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?![\d '’])")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*(?!\d)")
_PLAIN = re.compile(r"\d{1,15}(?:[.,]\d{1,9})?")


def tenge(cell: Cell, _: CellReading) -> int:
    """A sum in whole tenge above zero."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        amount = Decimal(repr(cell))
        if not amount.is_finite():
            raise Wrong("not a sum")
    else:
        amount = _written(plain(cell))
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
    """A currency in a column of its own: only tenge."""
    said = plain(cell)
    if _TENGE.fullmatch(said) or said == "398":
        return "KZT"
    raise Wrong(f"another currency: «{show(said, 20)}»", "other_currency")


def _written(said: str) -> Decimal:
    if foreign := FOREIGN.search(said):
        raise Wrong(f"another currency: «{foreign[0]}»", "other_currency")
    bare = " ".join(_TENGE.sub(" ", said.replace("\u202f", " ").replace("\u00a0", " ")).split())
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
