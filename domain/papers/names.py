"""Whether two spellings name one person: Kazakh letters, a Russian keyboard's letters, and the Latin of a machine readable zone.

All are folded to one plain Latin spelling that keeps only what survives all three ways of writing, and are then compared with room for a
misread letter. Not here: who the person is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import Levenshtein

_LETTERS: Final = {
    **dict(zip("абвгдезийклмнопрстуфыі", "abvgdeziiklmnoprstufii", strict=True)),
    **{"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "э": "e", "ю": "iu", "я": "ia"},
    **{"ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "kh", "ъ": "", "ь": "", "ї": "i"},
}
_FOLDS: Final = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "j"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("ch", "c"), ("ts", "c"),
    ("ng", "n"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("q", "k"), ("w", "u"), ("x", "ks"), ("j", "z"), ("h", ""),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def fold(name: str) -> str:
    """One word of a name in a plain spelling: «Әбдірахманова», «Абдирахманова» and ABDIRAKHMANOVA are the same."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    for old, new in _FOLDS:
        plain = plain.replace(old, new)
    plain = plain.replace("ii", "i").replace("iu", "u").replace("ia", "a").replace("ie", "e")
    plain = plain.replace("o", "u")  # ө, ұ and ү are written О or У on a Russian keyboard
    return re.sub(r"(.)\1", r"\1", plain)


def same_word(one: str, two: str) -> bool:
    """Whether both can be the same word, read or written with at most a letter in six wrong."""
    first, second = fold(one), fold(two)
    if not first or not second:
        return False
    return Levenshtein.distance(first, second) <= max(len(first), len(second)) // 6


def words(name: str) -> list[str]:
    return _WORD.findall(name)


def same_person(known: str, surname: str, given: str) -> bool:
    """Whether surname and given name stand in the name that is known, in any order and spelling."""
    have = words(known)
    return all(any(same_word(word, other) for other in have) for word in (*words(surname)[:1], *words(given)[:1]))


def stands_in(known: str, text: str, least: int = 2) -> bool:
    """Whether at least so many words of a name stand somewhere in a text."""
    have = [fold(word) for word in words(text)]
    found = 0
    for word in words(known):
        plain = fold(word)
        found += any(Levenshtein.distance(plain, other, score_cutoff=2) <= len(plain) // 6 for other in have)
    return found >= min(least, len(words(known)))
