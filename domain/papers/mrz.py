"""The machine readable zone of an identity card (TD1, 3 lines of 30) and a passport (TD3, 2 lines of 44).

Source: ICAO Doc 9303, parts 3 to 5. In Kazakhstan's cards the optional data of the first line is the IIN; in passports it is the personal
number. Letters and digits that look alike are told apart by what may stand at a place, never by guessing a check digit right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.participants import has_check_digit

_WEIGHTS: Final = (7, 3, 1)
_TO_DIGIT: Final = str.maketrans("OQDUILZSBGTA", "000011258674")
_TO_LETTER: Final = str.maketrans("0128567", "OIZBSGT")
_NOT_MRZ = re.compile(r"[^A-Z0-9<]")


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. `wrong` names the fields whose check digit is not right: number, birth, expires, whole."""

    lines: tuple[str, ...]
    number: str
    birth: date | None
    expires: date | None
    sex: str
    iin: str
    surname: str
    given: str
    wrong: frozenset[str]

    @property
    def is_passport(self) -> bool:
        return len(self.lines) == 2


def check_digit(text: str) -> int:
    """Weights 7, 3, 1; A is 10, < is 0."""
    total = 0
    for at, sign in enumerate(text):
        value = 0 if sign == "<" else int(sign) if sign.isdigit() else ord(sign) - 55
        total += value * _WEIGHTS[at % 3]
    return total % 10


def find_zone(texts: Iterable[str], today: date) -> Zone | None:
    """The best zone in lines as they were recognised; several readings of the same lines may be given one after another.

    Returns a zone without faults if any reading has one, else the one with the fewest, else None.
    """
    best: Zone | None = None
    for text in texts:
        lines = [_NOT_MRZ.sub("", line.upper().replace(" ", "")) for line in text.splitlines()]
        lines = [line for line in lines if len(line) >= 24]
        for zone in (*_cards(lines, today), *_passports(lines, today)):
            if not zone.wrong:
                return zone
            if best is None or len(zone.wrong) < len(best.wrong):
                best = zone
    return best


def _cards(lines: list[str], today: date) -> Iterable[Zone]:
    for at in range(len(lines) - 1):
        first, second = lines[at : at + 2]
        third = lines[at + 2] if at + 2 < len(lines) else ""
        if not re.match(r"[I1L][D0O]K?[A4]?[Z27]", first) and "KAZ" not in first[:6]:
            continue
        for one in _fitted(first, 30):
            zone = _card(one, second, third, today)
            if zone is not None:
                yield zone


def _fitted(line: str, length: int) -> list[str]:
    """The line at its length: fillers at the end are often read too many or too few."""
    if len(line) == length:
        return [line]
    if len(line) < length:
        stem = line.rstrip("<")
        return [line.ljust(length, "<")] if len(stem) < length - 1 and line != stem else []
    return [line[:length]]


def _card(first: str, second: str, third: str, today: date) -> Zone | None:
    number, iin = _number(first[5:14]), _digits(first[15:27])
    birth, expires = _digits(second[:6]), _digits(second[8:14])
    if second[7] not in "MF<" or not iin.isdigit() or "KAZ" not in second[14:20]:
        return None
    # the last digit of line 2 stands behind fillers, of which one too many or too few is often read, some as K
    overall = _digits(second[18:].strip("<K")[-1:] or "<")
    checks = {
        "number": (number, _digits(first[14])),
        "birth": (birth, _digits(second[6])),
        "expires": (expires, _digits(second[14])),
    }
    wrong = {name for name, (value, digit) in checks.items() if not digit.isdigit() or check_digit(value) != int(digit)}
    together = number + _digits(first[14]) + iin + first[27:30].replace("K", "<") + birth + _digits(second[6])
    together += expires + _digits(second[14]) + "<" * 11
    # where the last digit was not read, the IIN's own check digit vouches for the only field that no other digit covers
    if check_digit(together) != int(overall) if overall.isdigit() else not has_check_digit(iin):
        wrong.add("whole")
    surname, given = _names(third)
    lines = (
        f"IDKAZ{number}{_digits(first[14])}{iin}{first[27:30]}",
        f"{birth}{_digits(second[6])}{second[7]}{expires}{_digits(second[14])}KAZ{'<' * 11}{overall}",
        _filled(surname, given, 30),
    )
    return Zone(lines, number, _day(birth, today), _expiry(expires), second[7], iin, surname, given, frozenset(wrong))


def _passports(lines: list[str], today: date) -> Iterable[Zone]:
    for at in range(len(lines) - 1):
        first, second = lines[at : at + 2]
        if not re.match(r"P[<KCA-Z]?K[A4][Z27]", first) or len(second) < 36:
            continue
        for line in _passport_lines(second):
            zone = _passport(first, line, today)
            if zone is not None:
                yield zone


def _passport_lines(line: str) -> list[str]:
    if len(line) == 44:
        return [line]
    tail = line[42:] or line[-2:]
    return [line[:42].ljust(42, "<") + tail[-2:].rjust(2, "<")]


def _passport(first: str, second: str, today: date) -> Zone | None:
    number = second[:1].translate(_TO_LETTER) + _digits(second[1:9])
    birth, expires, personal = _digits(second[13:19]), _digits(second[21:27]), _digits(second[28:40])
    if second[20] not in "MF<" or not personal.isdigit():
        return None
    personal_field = personal + "<<"
    checks = {
        "number": (number, _digits(second[9])),
        "birth": (birth, _digits(second[19])),
        "expires": (expires, _digits(second[27])),
        "personal": (personal_field, _digits(second[42])),
    }
    wrong = {name for name, (value, digit) in checks.items() if not digit.isdigit() or check_digit(value) != int(digit)}
    together = number + _digits(second[9]) + birth + _digits(second[19]) + expires + _digits(second[27])
    together += personal_field + _digits(second[42])
    whole = _digits(second[43])
    if not whole.isdigit() or check_digit(together) != int(whole):
        wrong.add("whole")
    surname, given = _names(first[5:])
    lines = (
        f"P<KAZ{_filled(surname, given, 39)}",
        f"{number}{_digits(second[9])}KAZ{birth}{_digits(second[19])}{second[20]}{expires}{_digits(second[27])}"
        f"{personal_field}{_digits(second[42])}{whole}",
    )
    return Zone(
        lines, number, _day(birth, today), _expiry(expires), second[20], personal, surname, given, frozenset(wrong)
    )


def _number(text: str) -> str:
    return text[:1] + _digits(text[1:]) if text[:1].isalpha() and text[:1] not in "OQDIS" else _digits(text)


def _digits(text: str) -> str:
    return text.translate(_TO_DIGIT)


def _names(line: str) -> tuple[str, str]:
    """Surname and given names; what follows the fillers is misread filler."""
    surname, _, rest = re.sub(r"[0-9]", lambda found: found.group().translate(_TO_LETTER), line).partition("<<")
    given = rest.partition("<<")[0]
    return surname.strip("<").replace("<", " "), given.strip("<").replace("<", " ")


def _filled(surname: str, given: str, length: int) -> str:
    return f"{surname.replace(' ', '<')}<<{given.replace(' ', '<')}"[:length].ljust(length, "<")


def _day(text: str, today: date) -> date | None:
    """A birthday lies in the hundred years before today."""
    try:
        day = date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
        return day if day <= today else date(day.year - 100, day.month, day.day)
    except ValueError:
        return None


def _expiry(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
