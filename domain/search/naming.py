"""Recognises which promotion a text names, with typos and in either alphabet.

Leaves what follows from it, a switch or a question back, to the dialogs.
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
ABOUT = (["в"], ["по"], ["про"], ["о"], ["об"])
AT = ("де", "те", "да", "та", "деги", "теги")
"""What makes of an ordinary word a place or a topic: «в Seriktes», «Kasipker-де»."""
PROMOTION_WORDS = ("актси", "акц", "розигриш", "утис", "лотере", "пакет", "топтама")


def name_promotion(text: str, promotions: Iterable[Promotion], *, plainly: bool = False) -> str | None:
    """The slug of the promotion that a text names, by the longest name that fits; None if none or several do.

    `plainly` is for a talk that already has a promotion: there an ordinary word that is also a name (касса, январь,
    кәсіпкер) counts only beside a word such as «акция» or as the whole text.
    """
    spelled = words(text)
    best, found = 0, set[str]()
    for promotion in promotions:
        own = _spelled(promotion.name.kk, promotion.name.ru)
        for name in _spelled(*promotion.names) | own:
            length = len("".join(name))
            if length < best or not name:
                continue
            at = _find(name, spelled)
            if at is None or (plainly and not (_plain(name, own, at, spelled) or _branded(promotion, text))):
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
    own = _spelled(*(name for each in (promotion.name, promotion.label) for name in (each.kk, each.ru)))
    for name in sorted(own | _spelled(*promotion.names), key=lambda name: (-len(name), name)):
        first = _find(name, plain) if name else None
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
def _spelled(*names: str) -> frozenset[tuple[str, ...]]:
    """The folded words of each name; kept, for every question asks for those of every promotion."""
    return frozenset(tuple(words(name)) for name in names)


def _find(name: Sequence[str], spelled: Sequence[str]) -> int | None:
    """Where a name begins among the words of a text, or None."""
    for at in range(len(spelled) - len(name) + 1):
        if all(map(_same, name, spelled[at : at + len(name)])):
            return at
    return None


def _same(name: str, word: str) -> bool:
    if len(name) < SHORTEST_FUZZY or name[0] == "*":
        return name == word
    return word.startswith(name) or ratio(name, word[: len(name) + 1]) >= ALIKE or ratio(name, word) >= ALIKE


def _plain(name: Sequence[str], own: Iterable[Sequence[str]], at: int, spelled: Sequence[str]) -> bool:
    if len(spelled) <= len(name) or (len(name) > 1 and name in own):
        return True
    if name in own and (spelled[at - 1 : at] in ABOUT or spelled[at] in {name[0] + ending for ending in AT}):
        return True
    beside = [*spelled[max(0, at - 1) : at], *spelled[at + len(name) : at + len(name) + 1]]
    return any(word.startswith(PROMOTION_WORDS) for word in beside)


def _branded(promotion: Promotion, text: str) -> bool:
    """Whether a text in Cyrillic letters holds the promotion's Latin name as it is printed."""
    name = promotion.name.ru.lower().strip("«» ")
    return name.isascii() and name in text.lower() and any("а" <= letter <= "я" for letter in text.lower())
