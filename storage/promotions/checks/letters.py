"""Letters of the wrong alphabet that look right: they break search and copying, and no reader sees them.

Not here: deciding whether such a letter is the organiser's own (see the checks).
"""

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = "aceopxyikmthbəABCEHKMOPTXYIƏ"
_CYRILLIC: Final = "асеорхуікмтһвәАВСЕНКМОРТХУІӘ"
_TO_CYRILLIC: Final = str.maketrans(dict(zip(_LATIN, _CYRILLIC, strict=True)))
_TO_LATIN: Final = str.maketrans(dict(zip(_CYRILLIC, _LATIN, strict=True)))
_WORD: Final = re.compile(r"[^\W\d_]+")
_MIXED: Final = re.compile(r"[A-Za-zəƏ](?![A-Za-zəƏ])[^\W\d_]|[^\W\d_A-Za-zəƏ][A-Za-zəƏ]")
"""Two letters beside each other of which one is Latin: most texts have none, and need no closer look."""


def _alphabets(word: str) -> set[str]:
    return {"latin" if letter.isascii() or letter in "əƏ" else "cyrillic" for letter in word}


def strangers(text: str) -> list[str]:
    """The words with letters of two alphabets that would be of one if their look-alikes were replaced."""
    found: list[str] = []
    if not _MIXED.search(text):
        return found
    for word in _WORD.findall(text):
        if len(_alphabets(word)) == 1:
            continue
        if len(_alphabets(word.translate(_TO_CYRILLIC))) == 1 or len(_alphabets(word.translate(_TO_LATIN))) == 1:
            found.append(word)
    return list(dict.fromkeys(found))
