"""Who a person is to a list: masked numbers, phones, and the check digits of an IIN or BIN.

Not here: importing lists (see the storage); what a fitting mask means (see winners.py).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_FIRST: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_LETTERS_WITHIN: Final = re.compile(r"[0-9][^0-9]*[^\W\d_][^0-9]*[0-9]")
CENTURIES: Final = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


def normalise_number(text: str) -> str:
    """A phone number or a mask as digits and `*`; +7…, 8… and ten digits become a leading 7 (DOMAIN section 10).

    A number that is not of eleven places in the end is returned as it is: it fits no mask of a Kazakhstan number. So is one that
    names another country (+49…) and one of ten digits that begins as no number of Kazakhstan does.
    """
    kept = re.sub(r"[^0-9*]", "", text)
    if "+" in text and kept[:1] != "7":
        return kept
    if len(kept) == 14 and kept.startswith("8107"):
        kept = kept[3:]
    if len(kept) == 13 and kept.startswith("007"):
        kept = kept[2:]
    if len(kept) == 11 and kept[0] in "8*":
        return "7" + kept[1:]
    return "7" + kept if len(kept) == 10 and kept[0] in "7*" and "+" not in text else kept


def phone(text: str) -> str | None:
    """A phone number of +7 as eleven digits beginning with 7, or None if it is not one. See `of_kazakhstan` for whose it is."""
    if _LETTERS_WITHIN.search(text):  # an id of letters and digits is no phone, whatever its digits spell
        return None
    number = normalise_number(text)
    return number if re.fullmatch(r"7[0-9]{10}", number) else None


def of_kazakhstan(number: str) -> bool:
    """Whether eleven digits from `phone` are Kazakhstan's: 6 or 7 stands behind +7; the others are Russia's (ITU-T E.164)."""
    return number[1] in "67"


def fits_mask(mask: str, number: str) -> bool:
    """Whether a number fits a mask such as `7 747 9** *3 83`: place by place, `*` for one digit."""
    places, digits = normalise_number(mask), phone(number)
    if digits is None or len(places) != len(digits):
        return False
    return all(place in ("*", digit) for place, digit in zip(places, digits, strict=True))


def numbers_behind(mask: str) -> int:
    """How many numbers fit a mask: ten to the power of what it hides."""
    return int(10 ** normalise_number(mask).count("*"))


def check_digit(twelve: str) -> int | None:
    """The last digit that the first eleven of an IIN or BIN ask for; None if no number with these eleven exists."""
    digits = [int(digit) for digit in twelve[:11]]
    for weights in (_FIRST, _SECOND):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def has_check_digit(number: str) -> bool:
    """Twelve digits whose last is the check digit of the others: an IIN or a BIN, whatever else they say."""
    return re.fullmatch(r"[0-9]{12}", number) is not None and check_digit(number) == int(number[11])


def is_iin(number: str) -> bool:
    """An individual identification number: a birth date, a century with sex, and a right check digit.

    The place of century and sex may be 0, as numbers of foreign citizens have it.
    """
    if not has_check_digit(number) or number[6] not in "0123456":
        return False
    centuries = set(CENTURIES.values()) if number[6] == "0" else {CENTURIES[number[6]]}
    return any(_is_date(century + int(number[:2]), int(number[2:4]), int(number[4:6])) for century in centuries)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_bin(number: str) -> bool:
    """A business identification number: year and month of registration, kind 4 to 6, branch 0 to 4, check digit.

    Kind 4 is a resident legal entity, 5 a non-resident, 6 an individual entrepreneur in joint business.
    """
    return has_check_digit(number) and 1 <= int(number[2:4]) <= 12 and number[4] in "456" and number[5] in "01234"
