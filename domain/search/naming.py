"""Recognises which promotion a text names, with typos and in either alphabet.

Not here: whether a talk about one promotion turns to another (see turning.py), and what follows from it (see the dialogs).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from domain.promotion import Promotion
from domain.search.folding import words

SHORTEST_FUZZY = 5
"""Shorter names count only as they are spelled: between `ип` and `из` lies one letter."""
ALIKE = 84.0
CALLED = ("актси", "акц")
"""How a word begins that only says that a promotion is meant."""


def name_promotion(text: str, promotions: Iterable[Promotion]) -> str | None:
    """The slug of the promotion that a text names, by the longest name that fits; None if none or several do."""
    spelled = words(text)
    best, found = 0, set[str]()
    for promotion in promotions:
        for name in spelled_names(*promotion.names, promotion.name.kk, promotion.name.ru):
            length = len("".join(name))
            if length < best or not name or find_name(name, spelled) is None:
                continue
            if length > best:
                best, found = length, set()
            found.add(promotion.slug)
    return found.pop() if len(found) == 1 else None


def without_name(text: str, promotion: Promotion) -> str:
    """A question without the promotion's name, which says nothing about what is asked; a text of hardly more than the name stays."""
    tokens = text.split()
    spelled = [(word, at) for at, token in enumerate(tokens) for word in words(token)]
    plain = [word for word, _ in spelled]
    own = spelled_names(*(name for each in (promotion.name, promotion.label) for name in (each.kk, each.ru)))
    for name in sorted(own | spelled_names(*promotion.names), key=lambda name: (-len(name), name)):
        first = find_name(name, plain) if name else None
        if first is None:
            continue
        last = first + len(name)
        before, after = (bool(near) and near[0].startswith(CALLED) for near in (plain[:first][-1:], plain[last:][:1]))
        if name in own or before or after:
            gone = {at for _, at in spelled[first - before : last + after]}
            left = [token for at, token in enumerate(tokens) if at not in gone]
            return " ".join(left) if len(left) > 1 else text
    return text


@lru_cache(maxsize=1024)
def spelled_names(*names: str) -> frozenset[tuple[str, ...]]:
    """The folded words of each name; kept, for every question asks for those of every promotion."""
    return frozenset(tuple(words(name)) for name in names)


def find_name(name: Sequence[str], spelled: Sequence[str]) -> int | None:
    """Where a name begins among the words of a text, or None."""
    alike = _same if len(name) == 1 else _same_or_inflected
    for at in range(len(spelled) - len(name) + 1):
        # most words are no beginning of any name: nothing else is done for them
        if alike(name[0], spelled[at]) and all(map(alike, name[1:], spelled[at + 1 : at + len(name)])):
            return at
    return None


@lru_cache(maxsize=8192)
def _same_or_inflected(name: str, word: str) -> bool:
    return _same(name, word) or _inflected(name, word)


def _inflected(name: str, word: str) -> bool:
    """«шансе» for шанс: one short word of a name of several, with an ending."""
    return len(name) == SHORTEST_FUZZY - 1 and word.startswith(name) and len(word) <= len(name) + 2


@lru_cache(maxsize=8192)
def _same(name: str, word: str) -> bool:
    if len(name) < SHORTEST_FUZZY or name[0] == "*":
        return name == word
    if word.startswith(name):
        return True
    return any(ratio(name, each, score_cutoff=ALIKE) >= ALIKE for each in (word[: len(name) + 1], word))
