"""Learns to tell Kazakh from Russian by counting what stands in texts of each, however they are typed.

Not here: telling them apart (see domain/search/language.py); keeping what was learnt (see files.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from domain.rulebook import Language
from domain.search.language import Detector, language_marks

SELDOM = 3
"""Marks that stand in fewer texts teach nothing."""
BOUND = 2.0
"""No single mark speaks louder than this (log odds), so that one foreign word does not turn a sentence."""

_PLAIN_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_SHARED = {
    **dict(zip("абвгдезийклмнопрстуфхцчыэ", "abvgdeziiklmnoprstufhccye", strict=True)),
    "ё": "e",
    "ч": "ch",
    "ш": "sh",
    "ж": "zh",
    "щ": "sch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
}
_ROMANS = (
    str.maketrans({**_SHARED, **dict(zip("әғқңөұүһі", "agqnouuhi", strict=True))}),
    str.maketrans(
        {**_SHARED, **dict(zip("әөұүһіккй", "aouuhikky", strict=True))}
        | {"ж": "j", "х": "kh", "ц": "ts", "щ": "shch", "ғ": "gh", "қ": "k", "ң": "ng"}
    ),
)


def learn_language(texts: Iterable[tuple[str, Language]]) -> Detector:
    """A detector from texts of known language. Each is also read as people type it in other letters."""
    texts_of: Counter[Language] = Counter()
    held: dict[Language, Counter[int]] = {"kk": Counter(), "ru": Counter()}
    for at, (text, language) in enumerate(texts):
        for spelling in _spellings(text.lower(), language, at):
            held[language].update(set(language_marks(spelling)))
            texts_of[language] += 1
    leanings: dict[int, float] = {}
    for mark in held["kk"].keys() | held["ru"].keys():
        kazakh, russian = held["kk"][mark], held["ru"][mark]
        if kazakh + russian >= SELDOM:
            odds = log((kazakh + 1) / (texts_of["kk"] + 2)) - log((russian + 1) / (texts_of["ru"] + 2))
            leanings[mark] = max(-BOUND, min(BOUND, odds))
    marks = sorted(leanings)
    return Detector(marks, [leanings[mark] for mark in marks])


def _spellings(text: str, language: Language, at: int) -> Iterator[str]:
    yield text
    if language == "kk":
        yield text.translate(_PLAIN_KAZAKH)
    yield text.translate(_ROMANS[at % len(_ROMANS)])
