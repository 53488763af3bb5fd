"""What was learnt about one promotion's questions, as flat arrays that lie in a file as they are used.

Leaves learning it to `storage.training`, reading and writing it to `storage.models`, and deciding to `search`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

from domain.search.features import Features, Lexicon, lexicon

OCCURRENCES = tuple(1 + log(max(count, 1)) for count in range(64))
"""The weight of a mark that stands so often in one text."""


@dataclass(frozen=True)
class Model:
    """Marks in rising order; for each its rarity, its weight for every class, and the sample questions that hold it.

    `classes` are the clause numbers in the order of the document, then the kinds of questions that no clause answers.
    `within` says for each clause which one it belongs to, "" for most: a table belongs to the clause that it stands in.
    """

    version: str
    classes: tuple[str, ...]
    clauses: int
    within: tuple[str, ...]
    group_weights: tuple[float, ...]
    concepts: str
    rarity_of_unknown: float
    bias: tuple[float, ...]
    weight_scale: float
    mix: tuple[float, float]
    calibrator: tuple[float, ...]
    threshold: float
    marks: Sequence[int]
    rarity: Sequence[float]
    weights: Sequence[int]
    first_posting: Sequence[int]
    posting_sample: Sequence[int]
    posting_value: Sequence[int]
    posting_scale: float
    sample_class: Sequence[int]
    """For every sample question the class it stands for."""
    also_sample: Sequence[int]
    also_class: Sequence[int]
    """The samples that stand for a further class, and that class."""

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.concepts)

    def score(self, shown: Features) -> Scores:
        """How far the marks of a question speak for each class."""
        width = len(self.classes)
        linear = list(self.bias)
        likeness = [0.0] * len(self.sample_class)
        known = 0.0
        for group, (marks, weight) in enumerate(zip(shown.groups, self.group_weights, strict=True)):
            found: list[tuple[int, float]] = []
            square = missing = 0.0
            for mark, count in marks.items():
                at = bisect_left(self.marks, mark)
                times = OCCURRENCES[min(count, 63)]
                if at < len(self.marks) and self.marks[at] == mark:
                    value = times * self.rarity[at]
                    found.append((at, value))
                else:
                    value = times * self.rarity_of_unknown
                    missing += value * value
                square += value * value
            if not square:
                continue
            if group == 1:
                known = 1 - missing / square
            scale = weight / sqrt(square)
            for at, value in found:
                value *= scale
                row = self.weights[at * width : (at + 1) * width]
                share = value * self.weight_scale
                linear = [so_far + share * each for so_far, each in zip(linear, row, strict=True)]
                if not group:
                    continue
                share = value * self.posting_scale
                begin, end = self.first_posting[at], self.first_posting[at + 1]
                for sample, held in zip(self.posting_sample[begin:end], self.posting_value[begin:end], strict=True):
                    likeness[sample] += share * held
        nearest = [0.0] * width
        for of, like in zip(self.sample_class, likeness, strict=True):
            if like > nearest[of]:
                nearest[of] = like
        for sample, of in zip(self.also_sample, self.also_class, strict=True):
            nearest[of] = max(nearest[of], likeness[sample])
        return Scores(linear, nearest, known, len(shown.words))


@dataclass(frozen=True, slots=True)
class Scores:
    """What speaks for each class, learnt weights and likeness to its nearest sample; and how known the words are."""

    linear: Sequence[float]
    nearest: Sequence[float]
    known: float
    length: int
