"""Short phrases as data: «касс* .. казахтелеком*» is looked for in a sentence, whatever endings and spelling its words have.

Not here: what a phrase means (see facts.py) and whether it is denied (see polarity.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Generic, TypeVar

from domain.search.folding import fold
from domain.spoken.polarity import AFTER, BEFORE, Token, word_set

GAP: Final = 3
"""Words that «..» may stand for, or none."""
_ENDINGS: Final = word_set(
    "мин бин пин миз биз пиз сиз сыз сиздер да де та те дан ден тан тен нан нен га ге ка ке на не ди ти ни дин тин "
    "нин и си сы им имиз имизди иниз м мен бен пен лар лер дар дер тар тер лари лери дари дери тари тери даги деги "
    "таги теги дик тик лик шник шник а у е ом ем ам ами ах ов еи ои ую ая ое ие их ими ого его ему ому ю я ям ями "
    "ях инда инде ин син сина сине синда синде ина ине имен ма ме ба бе па пе мыз быз гои мисиз бисиз писиз мисин"
)
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class FoundPhrase(Generic[Meaning]):
    """A phrase that stands in a text, on the words at `places`; `weight` is how much of the text it explains.

    `denies`: a negation is part of the phrase itself.
    """

    meaning: Meaning
    places: tuple[int, ...]
    weight: int
    denies: bool = False

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[Meaning]):
    """`second` is how its second word may begin, empty where that is not known: it tells most phrases apart before they are compared."""

    words: tuple[tuple[str, ...], ...]
    second: frozenset[str]
    meaning: Meaning
    weight: int
    denies: bool


class PhraseBook(Generic[Meaning]):
    """Phrases with what they mean, found by the beginning of their first word.

    In a phrase `*` ends a word of any ending, `|` parts words of which any will do, `..` is up to three words of any kind. Without `*`
    a word may have the endings of a noun. `=` before a word compares it as it is written: folded, «ТОО» is «то».
    """

    def __init__(self, phrases: Iterable[tuple[str, Meaning]] = ()) -> None:
        self._by_start: dict[str, list[_Phrase[Meaning]]] = {}
        for text, meaning in phrases:
            words = tuple(tuple(_folded(part) for part in word.split("|")) for word in text.split())
            weight = sum(len(parts[0]) for parts in words if parts != ("..",))
            phrase = _Phrase(
                words, _second(words), meaning, weight, any(_denies(part) for parts in words for part in parts)
            )
            for start in {_start(part) for part in words[0]}:
                self._by_start.setdefault(start, []).append(phrase)

    @property
    def meanings(self) -> frozenset[Meaning]:
        return frozenset(phrase.meaning for phrases in self._by_start.values() for phrase in phrases)

    def find(self, said: Sequence[Token]) -> list[FoundPhrase[Meaning]]:
        """Every phrase that stands in a text."""
        found: list[FoundPhrase[Meaning]] = []
        starts = [_starts(token.word) for token in said]
        for at, here in enumerate(starts):
            near: set[str] | None = None
            for start in here:
                for phrase in self._by_start.get(start, ()):
                    if phrase.second:
                        if near is None:
                            near = set(chain.from_iterable(starts[at + 1 : at + 2 + GAP]))
                        if near.isdisjoint(phrase.second):
                            continue
                    if taken := _match(phrase.words, said, at):
                        found.append(
                            FoundPhrase(phrase.meaning, tuple(taken), phrase.weight * len(taken), phrase.denies)
                        )
        return found


_DENYING = re.compile(r"..[мбп][ае](?:и|ган|д|п|с|$)")


def _denies(pattern: str) -> bool:
    word = pattern.rstrip("*")
    return word in BEFORE or word in AFTER or word.endswith("сиз") or _DENYING.search(word) is not None


def _start(pattern: str) -> str:
    return fold(pattern[1:])[:1] if pattern[0] == "=" else pattern[:2]


def _starts(word: str) -> tuple[str, str, str]:
    """The beginnings of patterns that a word may fit."""
    return word[:2], word[:1], f"{word[:1]}*"


def _second(words: Sequence[Sequence[str]]) -> frozenset[str]:
    parts = next((parts for parts in words[1:] if parts != ("..",)), ())
    return frozenset() if any(part[0] == "=" for part in parts) else frozenset(map(_start, parts))


def _folded(word: str) -> str:
    if word == ".." or word.startswith("*"):  # a code to dial is itself
        return word
    if word.startswith("="):
        return word
    return fold(word.rstrip("*").lower()) + ("*" if word.endswith("*") else "")


def fits(pattern: str, token: Token) -> bool:
    """Whether a word is the pattern's word: `pattern` is folded, a `*` at its end allows any ending."""
    word = token.word
    if pattern[0] == "=":
        pattern, word = pattern[1:], token.plain
        return word.startswith(pattern) and (word == pattern or fold(word[len(pattern) :]) in _ENDINGS)
    if pattern.endswith("*") and pattern[0] != "*":
        return word.startswith(pattern[:-1])
    if not word.startswith(pattern):
        return False
    rest = word[len(pattern) :]
    return not rest or (len(pattern) > 1 and rest in _ENDINGS)


def _match(words: Sequence[Sequence[str]], said: Sequence[Token], at: int) -> list[int]:
    """The places of a phrase's words from `at` on, none where it does not stand there."""
    if not any(fits(part, said[at]) for part in words[0]):
        return []
    taken, n = [at], 1
    while n < len(words):
        gap = words[n] == ("..",)
        n += gap
        reach = range(at + 1, min(at + 2 + (GAP if gap else 1), len(said)))
        # an ending that a hyphen joins («ЖШС-міз») is no word of its own
        following = [m for m in reach if gap or not any(not said[k].joined for k in range(at + 1, m))]
        here = next((m for m in following if any(fits(part, said[m]) for part in words[n])), None)
        if here is None:
            return []
        taken.append(here)
        at, n = here, n + 1
    return taken
