"""What a person wants of the bot, or tells of somebody who wants something of them: read by the same marks as questions.

Not here: learning it (see storage/answers/wishes.py), what is done about a wish (see dialogs/wishes.py, dialogs/safety.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from domain.search.features import Features, Lexicon, features, lexicon, near_pairs
from domain.search.model import OCCURRENCES

QUESTION = "question"
"""The class of texts that want nothing but an answer."""
SAFETY = "safety"
"""The class of all texts about fraud; what the fraud is after stands behind a dot in a class of its own."""
PERSON = "person"
FEW, MORE = 4, 0.35
"""A text of fewer words must stand so much further above a question to be about fraud: it may be half of a talk."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`name` as the data names it: `chances`, `language.kk`, `safety.card`. Not `sure`: it is one only where no rule answers the text."""

    name: str
    sure: bool = True

    @property
    def is_fraud(self) -> bool:
        return self.name.startswith(f"{SAFETY}.")


@dataclass(frozen=True)
class WishModel:
    """Marks in rising order; for each its rarity and its weight for every class.

    `margins` are how far a wish must stand above a mere question to be taken for one: of fraud, for a person, for anything else surely, and
    for anything else where no rule answers.
    """

    version: str
    classes: tuple[str, ...]
    group_weights: tuple[float, ...]
    concepts: str
    rarity_of_unknown: float
    bias: tuple[float, ...]
    weight_scale: float
    margins: tuple[float, ...]
    marks: Sequence[int]
    rarity: Sequence[float]
    weights: Sequence[int]

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.concepts)

    def read(self, text: str) -> Wish | None:
        """None where a text is a question, or nothing that anybody knows."""
        shown = wish_features(text, self.lexicon)
        return decide(self.classes, self.score(shown), self.margins, len(shown.words)) if shown.words else None

    def score(self, shown: Features) -> list[float]:
        """How far the marks of a text speak for each class."""
        width = len(self.classes)
        scores = list(self.bias)
        for found, square, weight in self._held(shown):
            scale = weight / sqrt(square) * self.weight_scale
            for at, value in found:
                share = value * scale
                row = self.weights[at * width : (at + 1) * width]
                scores = [so_far + share * each for so_far, each in zip(scores, row, strict=True)]
        return scores

    def known(self, text: str) -> float:
        """The share of a text's words that begin like a word that was learnt from."""
        beginnings = features(text, self.lexicon).groups[1]
        return sum(self._at(mark) is not None for mark in beginnings) / len(beginnings) if beginnings else 0.0

    def _held(self, shown: Features) -> Iterator[tuple[list[tuple[int, float]], float, float]]:
        """For each kind of marks those that are known with their values, the square of all values, and what the kind counts."""
        for marks, weight in zip(shown.groups, self.group_weights, strict=True):
            found: list[tuple[int, float]] = []
            square = 0.0
            for mark, count in marks.items():
                at = self._at(mark)
                value = OCCURRENCES[min(count, 63)] * (self.rarity_of_unknown if at is None else self.rarity[at])
                square += value * value
                if at is not None:
                    found.append((at, value))
            if square:
                yield found, square, weight

    def _at(self, mark: int) -> int | None:
        at = bisect_left(self.marks, mark)
        return at if at < len(self.marks) and self.marks[at] == mark else None


def wish_features(text: str, concepts: Lexicon) -> Features:
    """The marks of a question and one kind more: «код … айт» is one wish, however many words stand between."""
    found = features(text, concepts)
    return Features(found.words, (*found.groups, near_pairs(found.words)))


def decide(classes: Sequence[str], scores: Sequence[float], margins: Sequence[float], length: int) -> Wish | None:
    """Fraud before everything, then the loudest wish; each only where it stands far enough above a question."""
    wishes = range(len(classes))
    question, fraud = scores[classes.index(QUESTION)], scores[classes.index(SAFETY)]
    frauds = [at for at in wishes if classes[at].startswith(f"{SAFETY}.")]
    others = [at for at in wishes if at not in frauds and classes[at] not in (QUESTION, SAFETY)]
    loudest = max(others, key=lambda at: scores[at])
    of_fraud, of_person, sure, doubtful = margins
    of_fraud += MORE if length < FEW else 0.0
    if fraud - question >= of_fraud and fraud >= scores[loudest]:
        return Wish(classes[max(frauds, key=lambda at: scores[at])])
    above = scores[loudest] - question
    if classes[loudest] == PERSON:
        return Wish(PERSON) if above >= of_person else None
    return Wish(classes[loudest], above >= sure) if above >= doubtful else None
