"""What was learnt about one promotion's questions, as flat arrays that lie in a file as they are used.

Not here: learning it (see storage/answers/training.py), its file (see storage/answers/files.py), and deciding (see finder.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from operator import mul

from domain.search.features import Features, Lexicon, lexicon

OCCURRENCES = tuple(1 + log(max(count, 1)) for count in range(64))
"""The weight of a mark that stands so often in one text."""


@dataclass(frozen=True)
class Model:
    """Marks in rising order; for each its rarity and where it points in a space of `rank` dimensions (whole numbers, scaled).

    A text is the sum of its marks there. Each class has a direction (`heads`) and a bias: what a text points to is what it asks.
    `signs` are the same for the side that a question of a class takes (above zero: what it asks is so), `form` for being a yes/no
    question at all.

    `classes` are points (`#id`), clauses, then the kinds of questions that no clause answers, of which there are `silences`; `clauses` and
    `silent` say of each what it stands on and whether the rules are silent on it. `within` maps a table to the clause it belongs to.
    `answerable` and `known_silence` weigh what speaks for there being an answer, and for a silence of the rules; with their thresholds.
    """

    version: str
    classes: tuple[str, ...]
    silences: int
    clauses: tuple[tuple[str, ...], ...]
    silent: tuple[bool, ...]
    within: tuple[tuple[str, str], ...]
    group_weights: tuple[float, ...]
    concepts: str
    rank: int
    rarity_of_unknown: float
    place_scale: tuple[float, ...]
    bias: tuple[float, ...]
    sign_bias: tuple[float, ...]
    form_bias: float
    answerable: tuple[float, ...]
    answerable_from: float
    known_silence: tuple[float, ...]
    known_silence_from: float
    marks: Sequence[int]
    rarity: Sequence[float]
    places: Sequence[int]
    heads: Sequence[float]
    signs: Sequence[float]
    form: Sequence[float]

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.concepts)

    @cached_property
    def _heads(self) -> list[list[float]]:
        """Rows as lists: they are multiplied for every question."""
        return [list(self.heads[at * self.rank : (at + 1) * self.rank]) for at in range(len(self.classes))]

    def score(self, shown: Features) -> Scores:
        """How far the marks of a text speak for each class."""
        rank = self.rank
        place = [0.0] * rank
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
                share = value * scale
                row = self.places[at * rank : (at + 1) * rank]
                place = [so_far + share * each for so_far, each in zip(place, row, strict=True)]
        place = [each * scale for each, scale in zip(place, self.place_scale, strict=True)]
        scores = [sum(map(mul, place, head), bias) for head, bias in zip(self._heads, self.bias, strict=True)]
        return Scores(scores, known, len(shown.words), place)

    def side(self, scores: Scores, at: int) -> float:
        """How far a text asks what is so (above zero) or what is not (below), where it asks for this class."""
        head = self.signs[at * self.rank : (at + 1) * self.rank]
        return sum(map(mul, scores.place, head), self.sign_bias[at])

    def is_yes_no(self, scores: Scores) -> float:
        """Above zero for a question that is answered with yes or no."""
        return sum(map(mul, scores.place, self.form), self.form_bias)


@dataclass(frozen=True, slots=True)
class Scores:
    """What speaks for each class; how known the words are, how many there are, and where the text lies."""

    scores: Sequence[float]
    known: float
    length: int
    place: Sequence[float]
