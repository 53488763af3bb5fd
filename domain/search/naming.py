"""Recognises which promotion a text names, with typos and in either alphabet.

Not here: what follows from it, a switch or a question back (see the dialogs).
"""

from __future__ import annotations

import re
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
        for name in _spelled(*promotion.names, promotion.name.kk, promotion.name.ru):
            length = len("".join(name))
            if length < best or not name or _find(name, spelled) is None:
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
        here = spelled[at : at + len(name)]
        if all(
            _same(one, word) or (len(name) > 1 and _inflected(one, word)) for one, word in zip(name, here, strict=True)
        ):
            return at
    return None


def _inflected(name: str, word: str) -> bool:
    """«шансе» for шанс: one short word of a name of several, with an ending."""
    return len(name) == SHORTEST_FUZZY - 1 and word.startswith(name) and len(word) <= len(name) + 2


def _same(name: str, word: str) -> bool:
    if len(name) < SHORTEST_FUZZY or name[0] == "*":
        return name == word
    return word.startswith(name) or ratio(name, word[: len(name) + 1]) >= ALIKE or ratio(name, word) >= ALIKE


def _branded(promotion: Promotion, text: str) -> bool:
    """Whether a text in Cyrillic letters holds the promotion's Latin name as it is printed."""
    name = promotion.name.ru.lower().strip("«» ")
    return name.isascii() and name in text.lower() and any("а" <= letter <= "я" for letter in text.lower())


# a talk that has a promotion: does a text mean another one?

MARK, NAME, TURNED, ORDINARY = 1.0, 2.0, 0.6, 0.9
"""What speaks for another promotion: one of its marks, its own name, words that turn to something else («покажи»,
«ауысайық»), and a name that is an ordinary word of the talk's own rules."""
MEANT = 1.5
"""From here on another promotion is meant; below, from one mark on, where the question is better answered there."""
BEGINNING = 5
"""Letters by which a word is known again, whatever its ending."""
_TURNING = frozenset(
    word[:BEGINNING]
    for each in (
        *(
            "акция",
            "акцию",
            "акции",
            "переключись",
            "открой",
            "покажи",
            "давай",
            "та",
            "тот",
            "который",
            "которая",
            "туда",
            "спрашивал",
        ),
        *(
            "акциясы",
            "ауыс",
            "ауысшы",
            "көшейік",
            "дегені",
            "деген",
            "соны",
            "айтшы",
            "жайлы",
            "туралы",
            "қайсы",
            "едім",
            "өтейік",
            "аш",
        ),
        *("условия", "шарттарын", "хотел", "спросить", "расскажите"),
    )
    for word in words(each)
)


_SPEAKER = frozenset(word for each in ("жеке", "ип", "мен", "біз", "я", "мы", "сіз", "вы") for word in words(each))
_TAKES_PART = tuple(word for each in ("қатыс", "бол", "ретінде", "компания") for word in words(each))
_OF_A_PERSON = re.compile(r"(?:[мбп]и[нз]|си[нз]|[лдт](?:[ае]р|и[кг])\w*)$")
"""«Кәсіпкермін», «серіктеспіз», «кәсіпкерлер», «серіктестік»: somebody who is that, and no promotion."""


def _is_somebody(name: Sequence[str], at: int, spelled: Sequence[str]) -> bool:
    """Whether a name that is also a noun (кәсіпкер, серіктес) says here what somebody is: «жеке кәсіпкер қатыса ала ма?»."""
    word, ending = spelled[at], spelled[at][len(name[0]) :]
    if len(name) > 1 or not word.startswith(name[0]):
        return False
    after = spelled[at + 1] if at + 1 < len(spelled) else ""
    beside = not ending and (not _SPEAKER.isdisjoint(spelled[max(0, at - 1) : at]) or after.startswith(_TAKES_PART))
    return beside or _OF_A_PERSON.search(ending) is not None


def pull(text: str, promotion: Promotion, ordinary: frozenset[str]) -> float:
    """How strongly a text speaks for a promotion that is not the talk's: by its name, or by its marks.

    `ordinary` are the words of the talk's own promotion (`vocabulary`): they speak for no other.
    """
    spelled = words(text)
    own = _spelled(promotion.name.kk, promotion.name.ru)
    seen: dict[int, float] = {}
    for name in own | _spelled(*promotion.names):
        at = _find(name, spelled) if name else None
        if at is not None:
            new = not all(
                known in ordinary or word in ordinary
                for known, word in zip(name, spelled[at : at + len(name)], strict=True)
            )
            new = new and not (name in own and _is_somebody(name, at, spelled))
            strong = (name in own and new) or _branded(promotion, text)
            seen[at] = max(seen.get(at, 0.0), NAME if strong else MARK if new else ORDINARY if name in own else 0.0)
    for mark in _spelled(*promotion.marks):
        at = _find_stem(mark, spelled) if mark else None
        if at is not None and not all(_known(word, ordinary) for word in mark):
            seen[at] = max(seen.get(at, 0.0), MARK if len(mark) == 1 else MEANT)
    strength = sum(seen.values())
    return strength + TURNED if strength and not _TURNING.isdisjoint(word[:BEGINNING] for word in spelled) else strength


def _find_stem(mark: Sequence[str], spelled: Sequence[str]) -> int | None:
    """Where words begin as a mark does; numbers and codes must be whole."""
    for at in range(len(spelled) - len(mark) + 1):
        here = spelled[at : at + len(mark)]
        if all(
            word == stem or (not stem.isdigit() and word.startswith(stem))
            for stem, word in zip(mark, here, strict=True)
        ):
            return at
    return None


def _known(word: str, ordinary: frozenset[str]) -> bool:
    return word in ordinary or (len(word) >= BEGINNING and word[:BEGINNING] in ordinary)


def vocabulary(promotion: Promotion) -> frozenset[str]:
    """The words of a promotion's own rules and points, and their beginnings: they say nothing of another promotion."""
    texts = [
        *(clause.text.get(language) for clause in promotion.rulebook for language in ("kk", "ru")),
        *(point.say.get(language) for point in promotion.points for language in ("kk", "ru")),
    ]
    found = {word for text in texts for line in text.splitlines() for word in words(line)}
    return frozenset(found | {word[:BEGINNING] for word in found if len(word) >= BEGINNING})
