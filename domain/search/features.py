"""Turns a question into weighted marks: pieces of words, word beginnings, neighbours and concepts, each as a number.

Not here: folding of spellings (see folding.py); what the marks say about clauses (see finder.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, pairwise
from zlib import crc32

from domain.search.folding import words

GROUPS: tuple[str, ...] = ("pieces", "beginnings", "neighbours", "concepts", "pairs")
"""The kinds of marks. Each kind is scaled to length one by itself, then to its own weight."""

SHORTEST, LONGEST = 2, 5
BEGINNING = 4
REACH = 4
"""Words stand near each other that have fewer than this between them."""

Marks = Mapping[int, int]
"""How often each mark stands in a text. A mark is the checksum of its spelling."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a text shows, kind by kind in the order of GROUPS, and its folded words."""

    words: tuple[str, ...]
    groups: tuple[Marks, ...]


class Lexicon:
    """Words of one meaning in both languages, a line each: `name|stem …`; `=word` only whole, `a_b` a phrase."""

    def __init__(self, text: str) -> None:
        self._stems: dict[str, set[str]] = {}
        self._whole: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for line in text.splitlines():
            name, bar, stems = line.partition("|")
            if bar and not line.startswith("#"):
                for stem in stems.split():
                    self._add(name.strip(), stem)
        self._longest = max(map(len, self._stems), default=0)

    def _add(self, name: str, stem: str) -> None:
        folded = tuple(words(stem.lstrip("=").replace("_", " ")))
        if len(folded) > 1:
            self._phrases.setdefault(folded[0], []).append((folded, name))
        elif folded:
            (self._whole if stem.startswith("=") else self._stems).setdefault(folded[0], set()).add(name)

    def concepts(self, text: Sequence[str]) -> list[str]:
        """The concepts that folded words name, sorted."""
        found: set[str] = set()
        for at, word in enumerate(text):
            found |= self._whole.get(word, set())
            for end in range(1, min(len(word), self._longest) + 1):
                beginning = word[:end]
                found |= self._stems.get(beginning, set())
                for phrase, name in self._phrases.get(beginning, ()):
                    here = text[at : at + len(phrase)]
                    if len(here) == len(phrase) and all(map(str.startswith, here, phrase)):
                        found.add(name)
        return sorted(found)


@lru_cache(maxsize=4)
def lexicon(text: str) -> Lexicon:
    """The lexicon of that text, read once however many promotions share it."""
    return Lexicon(text)


def features(text: str, concepts: Lexicon) -> Features:
    """All marks of a text."""
    spelled = words(text)
    beginnings = [word[:BEGINNING] for word in spelled]
    named = concepts.concepts(spelled)
    return Features(
        tuple(spelled),
        (
            _counted(chain.from_iterable(map(_piece_marks, spelled))),
            _count("p", beginnings),
            _count("b", map("_".join, pairwise(["^", *beginnings, "$"]))),
            _count("k", named),
            _count("q", map("&".join, combinations(named, 2))),
        ),
    )


def near_pairs(spelled: Sequence[str]) -> Marks:
    """Every two words that stand near each other, in whatever order."""
    beginnings = [word[:BEGINNING] for word in spelled]
    pairs = ((one, other) for at, one in enumerate(beginnings) for other in beginnings[at + 1 : at + 1 + REACH])
    return _count("s", map("&".join, map(sorted, pairs)))


@lru_cache(maxsize=2048)
def _piece_marks(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        _mark("c", padded[start : start + size])
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    )


def _mark(kind: str, spelling: str) -> int:
    return crc32((kind + spelling).encode())


def _count(kind: str, spellings: Iterable[str]) -> Marks:
    return _counted(_mark(kind, spelling) for spelling in spellings)


def _counted(marks: Iterable[int]) -> Marks:
    counted: dict[int, int] = {}
    for mark in marks:
        counted[mark] = counted.get(mark, 0) + 1
    return counted
