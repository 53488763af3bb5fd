"""A text as it was meant to be read: one form of every letter, nothing invisible, plain spaces, digits for keycaps; the other keyboard.

Not here: folding of spellings for search (see domain/search/folding.py) and hiding secrets (see dialogs/masking.py).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Soft hyphens, spaces without width, marks of direction, fillers. The joiner of emoji stays where it joins emoji."""
_JOINER = re.compile("\u200d(?![\u2190-\U0001faff])")
_STRESS = re.compile("(?<=[^\\W\\d_])[\u0300\u0301\u0341]")
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")

_LATIN_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN_KEYS: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]")


def clean(text: str) -> str:
    """The same text in one form. Line breaks stay: they part purchases."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _KEYCAP.sub(r"\1", _STRESS.sub("", _JOINER.sub("", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in _BREAKS.sub("\n", text).split("\n"))
    return "\n".join(lines).strip("\n")


def other_keyboard(text: str) -> str | None:
    """What the same keys write in the other layout: «rjulf» is «когда». None where a text holds letters of both alphabets, or none."""
    plain = text.lower()
    latin, cyrillic = _LATIN.search(plain) is not None, _CYRILLIC.search(plain) is not None
    if latin == cyrillic:
        return None
    return plain.translate(_TO_RUSSIAN if latin else _TO_LATIN)
