"""What was learnt about one promotion's questions, as flat arrays that lie in a file as they are used.

Not here: learning it (see storage/answers/training.py), its file (see storage/answers/files.py), and deciding (see finder.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

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
    def _arrays(self) -> _Arrays:
        """The flat parts as matrices; none of them is copied."""
        marks, rarity = np.asarray(self.marks, dtype=np.uint32), np.asarray(self.rarity, dtype=np.float32)
        places = np.asarray(self.places, dtype=np.int8).reshape(len(marks), self.rank)
        heads, signs = (
            np.asarray(each, dtype=np.float32).reshape(len(self.classes), self.rank)
            for each in (self.heads, self.signs)
        )
        return _Arrays(marks, rarity, places, heads, signs, np.asarray(self.form, dtype=np.float32))

    def score(self, shown: Features) -> Scores:
        """How far the marks of a text speak for each class."""
        arrays = self._arrays
        place = np.zeros(self.rank, dtype=np.float32)
        known = 0.0
        for group, (marks, weight) in enumerate(zip(shown.groups, self.group_weights, strict=True)):
            if not marks:
                continue
            asked = np.fromiter(marks.keys(), dtype=np.uint32, count=len(marks))
            times = np.array([OCCURRENCES[min(count, 63)] for count in marks.values()], dtype=np.float32)
            at = np.minimum(np.searchsorted(arrays.marks, asked), len(arrays.marks) - 1)
            found = arrays.marks[at] == asked
            value = times * np.where(found, arrays.rarity[at], np.float32(self.rarity_of_unknown))
            square = float(value @ value)
            if group == 1:
                known = float(value[found] @ value[found]) / square
            place += (value[found] * np.float32(weight / sqrt(square))) @ arrays.places[at[found]].astype(np.float32)
        place *= np.asarray(self.place_scale, dtype=np.float32)
        scores = arrays.heads @ place + np.asarray(self.bias, dtype=np.float32)
        return Scores(scores.tolist(), known, len(shown.words), place)

    def side(self, scores: Scores, at: int) -> float:
        """How far a text asks what is so (above zero) or what is not (below), where it asks for this class."""
        return float(self._arrays.signs[at] @ scores.place) + self.sign_bias[at]

    def is_yes_no(self, scores: Scores) -> float:
        """Above zero for a question that is answered with yes or no."""
        return float(self._arrays.form @ scores.place) + self.form_bias


Narrow = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Arrays:
    marks: NDArray[np.uint32]
    rarity: Narrow
    places: NDArray[np.int8]
    heads: Narrow
    signs: Narrow
    form: Narrow


@dataclass(frozen=True, slots=True)
class Scores:
    """What speaks for each class; how known the words are, how many there are, and where the text lies."""

    scores: Sequence[float]
    known: float
    length: int
    place: NDArray[np.float32]
