"""A text of several questions cut into its questions.

Not here: finding what answers each (see finder.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from domain.search.folding import words

SHORTEST = 2
"""Words of a part at least: what is shorter is no question of its own."""
MOST = 3
"""Parts that are answered one under another."""
_SENTENCES = re.compile(r"(?<=[?!.\n;])\s+|\n+")
_JOINED = re.compile(
    r"\s*,\s*(?:а\s+|и\s+|ал\s+|әрі\s+|және\s+|тағы\s+|ещё\s+|еще\s+)?|\s+(?:и|а|а\s+ещё|а\s+еще|ещё|еще|также|плюс|әрі|және|ал|тағы|сосын)\s+",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:если|егер|когда\s+бы|чтоб\w*|потому|так\s+как|өйткені|сондықтан)\b", re.IGNORECASE)
"""What is joined by a condition is one question."""
_ASKING = (
    "когда", "када", "где", "куда", "откуда", "кто", "кому", "кого", "кем", "что", "чо", "почему", "зачем", "как", "какои",
    "какая", "какие", "какую", "каким", "сколько", "скока", "чем", "ли", "можно", "нужно", "надо", "обязательно",
    "кашан", "каида", "каидан", "ким", "кимге", "кимнин", "кимнен", "не", "неге", "калаи", "кандаи", "канша", "неше", "керек",
    "бола", "болама", "ба", "бе", "ма", "ме", "па", "пе", "каншаға", "каи", "мумкин",
)  # fmt: skip
_ASKS = frozenset(word for each in _ASKING for word in words(each))


_WHAT: Final = "не"
_AFTER_WHAT = re.compile(
    r"^(?:исте|бол|кере|бере|берил|беред|ала|де|ушин|нарсе|жаса|айт|аит|каж|ут|оина|ти[ей]|шыг|шиг|дед|диеи)"
)


def is_what(said: Sequence[str], at: int) -> bool:
    """Whether the word there is the Kazakh «не», a «what»; the Russian one is a «not». Words are folded."""
    return said[at] == _WHAT and (at + 1 == len(said) or _AFTER_WHAT.match(said[at + 1]) is not None)


def _among(said: Sequence[str], asking: frozenset[str]) -> bool:
    return any(word in asking and (word != _WHAT or is_what(said, at)) for at, word in enumerate(said))


def asks(text: str) -> bool:
    """Whether a stretch of text looks like a question of its own."""
    said = words(text)
    return len(said) >= SHORTEST and (text.rstrip().endswith("?") or _among(said, _ASKS))


_WHICH = frozenset(
    word
    for each in (
        *(
            "когда",
            "када",
            "где",
            "куда",
            "откуда",
            "кто",
            "кому",
            "кого",
            "кем",
            "почему",
            "зачем",
            "как",
            "какой",
            "какая",
            "какие",
        ),
        *(
            "какую",
            "каким",
            "каком",
            "сколько",
            "скока",
            "чем",
            "чей",
            "чья",
            "что",
            "қашан",
            "қайда",
            "қайдан",
            "кім",
            "кімге",
            "кімнің",
        ),
        *("кімнен", "неге", "қалай", "қандай", "қанша", "неше", "қаншаға", "қайсы", "қай", "нешеде", "несі", "не"),
    )
    for word in words(each)
)
_WHETHER = frozenset(
    word for each in ("ли", "ма", "ме", "ба", "бе", "па", "пе", "разве", "правда", "рас") for word in words(each)
)


def asks_whether(text: str) -> bool | None:
    """Whether a question is answered with yes or no: so by its particle, not so by its question word, None where neither stands in it."""
    said = words(text)
    if not _WHETHER.isdisjoint(said):
        return True
    return False if _among(said, _WHICH) else None


def parts(text: str) -> tuple[str, ...]:
    """The questions of a text in their order; one where it is a single question, or a story with one at its end.

    Pieces that a conjunction joins are only candidates: whoever searches them drops those that ask nothing of their own.
    """
    found: list[str] = []
    for sentence in _SENTENCES.split(text):
        pieces = [piece for piece in _JOINED.split(sentence) if piece.strip()]
        joined = asks(sentence) and any(map(asks, pieces)) and not _CONDITION.search(sentence)
        if len(pieces) > 1 and joined and all(len(words(piece)) >= SHORTEST for piece in pieces):
            found += pieces
        elif asks(sentence):
            found.append(sentence)
    return tuple(found[:MOST]) if len(found) > 1 else (text,)
