"""Tells whether a question is Kazakh or Russian, in whatever letters it is typed, or that this is not clear.

Not here: learning the difference (see storage/answers/language.py); remembering a person's language (see the dialogs).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from domain.rulebook import Language
from domain.search.folding import words

UNCLEAR = 0.05
"""How far the marks of a text must lean to one side, on average, to say anything (log odds)."""
TELLING, LETTERS = 1.5, 3
"""How far a word must lean by itself, and how long it must be, to be one that only the one language has."""


@dataclass(frozen=True, slots=True)
class Detector:
    """Marks of texts in rising order, and how far each speaks for Kazakh (above zero) or Russian (below)."""

    marks: Sequence[int]
    leanings: Sequence[float]

    def detect(self, text: str, *, surely: bool = False) -> Language | None:
        """The language of a text, or None where it is unclear: a number, a brand, a word of both.

        `surely`: also where nothing but letters and pieces speak for it, as in "true" or "../etc/passwd", and no word of that language.
        """
        leaning = self.leaning(text)
        if abs(leaning) < UNCLEAR or (surely and not self._tells(text, leaning)):
            return None
        return "kk" if leaning > 0 else "ru"

    def _tells(self, text: str, leaning: float) -> bool:
        """Whether a word of the text is of the language that the whole leans to."""
        known = (self._leaning(_mark("w", word)) for word in words(text) if len(word) >= LETTERS)
        return any(own is not None and own * leaning > 0 and abs(own) >= TELLING for own in known)

    def leaning(self, text: str) -> float:
        """How far the marks of a text speak for Kazakh (above zero) or Russian (below), on average."""
        heard = [own for mark in set(language_marks(text)) if (own := self._leaning(mark)) is not None]
        return sum(heard) / len(heard) if heard else 0.0

    def _leaning(self, mark: int) -> float | None:
        at = bisect_left(self.marks, mark)
        return self.leanings[at] if at < len(self.marks) and self.marks[at] == mark else None


def language_marks(text: str) -> Iterator[int]:
    """What a text shows of its language: its letters as typed, its folded words, their neighbours and pieces."""
    spelled = words(text)
    for letter in set(filter(str.isalpha, text.lower())):
        yield _mark("l", letter)
    for word in spelled:
        if not word.isdigit():
            yield from _word_marks(word)
    for pair in pairwise(spelled):
        yield _mark("b", " ".join(pair))


@lru_cache(maxsize=2048)
def _word_marks(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    pieces = (padded[at : at + size] for size in (2, 3, 4) for at in range(len(padded) - size + 1))
    return _mark("w", word), *(_mark("c", piece) for piece in pieces)


def _mark(kind: str, spelling: str) -> int:
    return crc32((kind + spelling).encode())
