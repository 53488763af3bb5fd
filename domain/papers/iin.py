"""What an individual identification number (ИИН, ЖСН) says of a person: a birthday and a sex.

Not here: its check digit (see domain/participants.py). Source: the rules of forming it, Government decree No. 853 of 26 August 2013:
YYMMDD, a digit of century and sex, four of a serial number, a check digit.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from domain.participants import CENTURIES

Sex = Literal["M", "F"]


def birthday(iin: str) -> date | None:
    """The day of birth that twelve digits say; None where they say none."""
    century = CENTURIES.get(iin[6])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def sex(iin: str) -> Sex | None:
    """Odd is a man, even a woman; 0 is not a person of a known sex."""
    digit = iin[6]
    return None if digit not in CENTURIES else "M" if int(digit) % 2 else "F"
