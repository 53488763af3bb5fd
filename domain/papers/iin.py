"""The individual identification number (ИИН, ЖСН): twelve digits with a birthday, a sex and a check digit.

Source: the rules of forming it, Government decree No. 853 of 26 August 2013: YYMMDD, a digit of century and sex, four of a serial
number, a check digit.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

Sex = Literal["M", "F"]

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000}


def is_iin(text: str) -> bool:
    """Twelve digits whose last is the check digit of the others."""
    if len(text) != 12 or not (text.isascii() and text.isdigit()):
        return False
    return check_digit(text[:11]) == int(text[11])


def check_digit(eleven: str) -> int | None:
    """Of the first eleven digits; None for a serial number that is not given out."""
    digits = [int(digit) for digit in eleven]
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def birthday(iin: str) -> date | None:
    """The day of birth that twelve digits say; None where they say none."""
    century = _CENTURIES.get(int(iin[6]))
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def sex(iin: str) -> Sex | None:
    """Odd is a man, even a woman; 0 is not a person of a known sex."""
    digit = int(iin[6])
    return None if digit not in _CENTURIES else "M" if digit % 2 else "F"
