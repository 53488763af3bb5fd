"""A text sign by sign in one form and of the same length, and places in it: what secrets are looked for in.

Not here: cleaning what is kept (see domain/spoken/cleaning.py). Nothing of this form is ever kept or shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

MASK: Final = "••••"
"""Stands for a secret in what is kept; it is read again as one that is hidden already."""
NOTHING: Final = "\u200b"
"""Stands for every sign that is not seen: it parts no digits."""
_KEPT: Final = 4_096
"""Signs whose form is remembered: more than people write with, and no text can make it grow."""
_END = re.compile(r"[.!?;](?=\s)")
WORD = re.compile(r"[^\W\d_]+")


class _Forms(dict[int, str]):
    def __missing__(self, code: int) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[code] = _form(chr(code))
        return self[code]


def _form(sign: str) -> str:
    """One sign for one sign: any digit is 0 to 9, any space a space, any dash a hyphen, any letter small."""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if sign in "\r\u2028\u2029\x85\v\f":
        return "\n"
    if kind == "Zs" or sign == "\t":
        return " "
    if kind in ("Cf", "Mn", "Me"):
        return NOTHING
    if kind == "Pd" or sign == "\u2212":
        return "-"
    plain = unicodedata.normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign


_FORMS = _Forms()


def plain_of(text: str) -> str:
    """The text in one form: what stands at a place of it stands at the same place of the text."""
    return text.translate(_FORMS)


class Stretch(NamedTuple):
    start: int
    end: int


class Taken:
    """Places of a text that are known already: to be hidden, or to be left as they are."""

    def __init__(self, length: int) -> None:
        self._places = bytearray(length)

    def take(self, span: Stretch) -> None:
        self._places[span.start : span.end] = b"\x01" * (span.end - span.start)

    def holds(self, start: int, end: int) -> bool:
        return self._places.find(1, start, end) >= 0

    def stretches(self) -> list[Stretch]:
        """All that was taken, in order; what touches is one."""
        return [Stretch(*each.span()) for each in re.finditer(b"\x01+", self._places)]


def before(plain: str, at: int, reach: int) -> str:
    """What stands before a place within its sentence, `reach` characters at most."""
    near = plain[max(0, at - reach) : at]
    ends = [each.end() for each in _END.finditer(near)]
    return near[ends[-1] :] if ends else near


def behind(plain: str, at: int, reach: int) -> str:
    """What stands behind a place within its sentence, `reach` characters at most."""
    near = plain[at : at + reach + 1]
    end = _END.search(near)
    return near[: end.start() if end else reach]
