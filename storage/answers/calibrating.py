"""When to trust an answer, and when a silence: learnt from how every sample looks to a model that has not seen it.

Not here: the model itself (see training.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from domain.search.finder import SHORT, SILENCES
from storage.answers.lessons import Course, Recipe
from storage.answers.marks import Floats, Narrow
from storage.answers.regression import logistic

Bits = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Unseen:
    """A course's lessons as a model without them scores them. `leaning` is the side that such a model gives to the signed ones."""

    course: Course
    scores: Narrow
    known: Floats
    leaning: Mapping[int, float]

    def seen(self) -> Floats:
        """A row for each lesson: what `domain.search.finder.evidence` says of one, said of all at once."""
        studied, scores = self.course, self.scores
        end = len(studied.classes) - len(SILENCES)
        silent = np.array(studied.silent[:end], dtype=np.bool_)
        best, rival = self._best(np.flatnonzero(~silent))
        unsaid = scores[:, :end][:, silent].max(axis=1, initial=-np.inf) if silent.any() else np.full(len(scores), -1.0)
        length = np.array([shown.length for shown in studied.shown], dtype=np.float64)
        rules_silent, others = scores[:, end], scores[:, end + 1 :].max(axis=1)
        against = np.stack([rival, unsaid, rules_silent, others]).astype(np.float64)
        alone = np.stack(
            [
                *(best, *(best - against)),
                *(against[1], against[2], self.known),
                *((length <= SHORT).astype(np.float64), 1.0 / (1 + length)),
            ]
        )
        pairs = [one * other for one, other in combinations_with_replacement(alone, 2)]
        return np.stack([np.ones(len(scores)), *alone, *pairs], axis=1)

    def _best(self, stated: Any) -> tuple[Floats, Floats]:
        """The best score of a class that states something, and the best of another clause (-1 where there is none)."""
        lead: dict[tuple[str, ...], int] = {}
        leads = np.array([lead.setdefault(self.course.clauses[at][:1], len(lead)) for at in stated])
        order = np.argsort(leads, kind="stable")
        starts = np.searchsorted(leads[order], np.arange(len(lead)))
        by_clause = np.maximum.reduceat(self.scores[:, stated[order]], starts, axis=1)
        best_at = leads[self.scores[:, stated].argmax(axis=1)]
        rows = np.arange(len(by_clause))
        best = by_clause[rows, best_at].astype(np.float64)
        by_clause[rows, best_at] = -np.inf
        rival = by_clause.max(axis=1).astype(np.float64)
        return best, np.where(np.isinf(rival), -1.0, rival)

    def truths(self) -> list[str]:
        """Of each lesson `answer`, `silent` or `other`."""
        course, end = self.course, len(self.course.classes) - len(SILENCES)
        first = [lesson.classes[0] for lesson in course.lessons]
        return ["silent" if course.silent[of] else "answer" if of < end else "other" for of in first]


def calibrate(courses: Sequence[Unseen], recipe: Recipe) -> dict[str, Any]:
    """The two calibrators with their thresholds, as fields of the model."""
    counts = np.array([lesson.tested for each in courses for lesson in each.course.lessons])
    tested = counts > 0
    rows = np.concatenate([each.seen() for each in courses])[tested]
    kinds = np.array([truth for each in courses for truth in each.truths()])[tested]
    weights = counts[tested]
    answerable = _learn(rows, kinds == "answer", weights)
    trusted = np.sort(_confide(answerable, rows[kinds == "answer"]))
    # a silence must be told from questions that the rules do answer; small talk is neither
    about = kinds != "other"
    silence = _learn(rows[about], kinds[about] == "silent", weights[about])
    claimed = np.sort(_confide(silence, rows[kinds == "answer"]))[::-1]
    return {
        "answerable": answerable,
        "answerable_from": round(float(trusted[int(recipe.false_refusals * len(trusted))]), 6),
        "known_silence": silence,
        "known_silence_from": round(float(claimed[int(recipe.false_silences * len(claimed))]), 6),
    }


def _confide(calibrator: Sequence[float], rows: Floats) -> Floats:
    """`domain.search.finder.confide` of many at once."""
    return np.asarray(1 / (1 + np.exp(-np.clip(rows @ np.array(calibrator), -30.0, 30.0))))


def _learn(rows: Floats, right: Bits, weights: Floats) -> tuple[float, ...]:
    """Both outcomes count alike, however many there are of each."""
    counts = weights.copy()
    for outcome in (True, False):
        counts[right == outcome] *= 0.5 * len(counts) / max(counts[right == outcome].sum(), 1e-9)
    return tuple(np.round(logistic(rows, right.astype(np.float64), counts), 6).tolist())
