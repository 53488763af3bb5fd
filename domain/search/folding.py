"""Folds Kazakh and Russian, in Cyrillic or Latin letters, to one plain alphabet, so that spellings of a word meet.

Not here: what the words mean (see features.py); nothing folded is ever shown to a person.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 600
"""Characters of a question that are looked at: a story's point stands well before this."""

_DIGIT_GROUPS = re.compile(r"(?<=\d)[   .,'](?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\*[\d*#]+|\d+|[^\W\d_]+|%")
_LATIN = re.compile(r"[a-z]+")
_SOFT_C = re.compile(r"c(?=[eiy])")
_CYRILLIC = re.compile(r"[а-я]")

_LOOKALIKES = str.maketrans("aceiopxyhkmtbn", "асеиорхункмтвп")
"""Latin letters that stand for the Cyrillic ones they look like, in a word that is otherwise Cyrillic."""

_LATIN_LETTERS = str.maketrans(
    {
        **dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввиз", strict=True)),
        "w": "у",
        "x": "х",
    }
)
_LATIN_GROUPS = (
    ("shch", "ш"),
    ("sch", "ш"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("zh", "ж"),
    ("kh", "х"),
    ("gh", "г"),
    ("ng", "н"),
    ("ya", "я"),
    ("yu", "у"),
    ("yo", "е"),
    ("ye", "е"),
    ("ph", "ф"),
)
_KAZAKH_LATIN = str.maketrans({**dict(zip("äáöóüūúğǵñńıýəé", "aaoouuuggnniuae", strict=True)), "ş": "sh", "ç": "ch"})
_FOLDED = str.maketrans(
    {
        **dict(zip("әғқңөұүһіёыйщюэ", "агкноуухиеиишуе", strict=True)),
        "ц": "тс",
        "ь": "",
        "ъ": "",
    }
)
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def words(text: str) -> list[str]:
    """The folded words, numbers and short codes of a text, in order."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    plain = _DIGIT_GROUPS.sub("", plain)
    return [folded for token in _TOKEN.findall(plain) if (folded := fold(token))]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """One word in the plain alphabet: `Қашан`, `кашан`, `qashan` are one."""
    if word.isdigit() or word[0] == "*":
        return word
    word = word.translate(_KAZAKH_LATIN)
    if _LATIN.search(word):
        word = _cyrillic(word.translate(_LOOKALIKES) if _CYRILLIC.search(word) else word)
    return _DOUBLED.sub(r"\1", word.translate(_FOLDED))


def _cyrillic(word: str) -> str:
    """A word in Latin letters as its Russian or Kazakh reader would write it."""
    word = _SOFT_C.sub("ц", word)
    for group, letter in _LATIN_GROUPS:
        if group in word:
            word = word.replace(group, letter)
    return word.translate(_LATIN_LETTERS)
