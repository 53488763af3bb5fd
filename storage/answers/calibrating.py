"""When to trust an answer, and when a silence: learnt from how every sample looks to a model that has not seen it.

Not here: the model itself (see training.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.search.finder import SILENCES, confide, evidence
from domain.search.model import Scores
from storage.answers.lessons import Course, Recipe
from storage.answers.marks import Floats, Narrow
from storage.answers.regression import logistic

NOWHERE = np.zeros(0, dtype=np.float32)
"""Where a text lies is not asked here."""


@dataclass(frozen=True)
class Unseen:
    """A course's lessons as a model without them scores them. `leaning` is the side that such a model gives to the signed ones."""

    course: Course
    scores: Narrow
    known: Floats
    leaning: Mapping[int, float]

    def seen(self, at: int) -> tuple[float, ...]:
        studied = self.course
        end = len(studied.classes) - len(SILENCES)
        stated = [of for of in range(end) if not studied.silent[of]]
        silent = [of for of in range(end) if studied.silent[of]]
        scores = Scores(self.scores[at].tolist(), float(self.known[at]), studied.shown[at].length, NOWHERE)
        return evidence(scores.scores, scores, stated, silent, end, studied.clauses)

    def truth(self, at: int) -> str:
        """`answer`, `silent` or `other`."""
        of = self.course.lessons[at].classes[0]
        if self.course.silent[of]:
            return "silent"
        return "answer" if of < len(self.course.classes) - len(SILENCES) else "other"


def calibrate(courses: Sequence[Unseen], recipe: Recipe) -> dict[str, Any]:
    """The two calibrators with their thresholds, as fields of the model."""
    seen, truth, counts = [], [], []
    for each in courses:
        for at, lesson in enumerate(each.course.lessons):
            if lesson.tested:
                seen.append(each.seen(at))
                truth.append(each.truth(at))
                counts.append(lesson.tested)
    rows, kinds, weights = np.array(seen), np.array(truth), np.array(counts)
    answerable = _learn(rows, kinds == "answer", weights)
    trusted = sorted(confide(answerable, row) for row in rows[kinds == "answer"].tolist())
    from_ = round(trusted[int(recipe.false_refusals * len(trusted))], 6)
    # a silence must be told from questions that the rules do answer; small talk is neither
    about = kinds != "other"
    silence = _learn(rows[about], kinds[about] == "silent", weights[about])
    claimed = sorted((confide(silence, row) for row in rows[kinds == "answer"].tolist()), reverse=True)
    least = claimed[int(recipe.false_silences * len(claimed))]
    return {
        "answerable": answerable,
        "answerable_from": from_,
        "known_silence": silence,
        "known_silence_from": round(least, 6),
    }


def _learn(rows: Floats, right: np.ndarray[Any, np.dtype[np.bool_]], weights: Floats) -> tuple[float, ...]:
    """Both outcomes count alike, however many there are of each."""
    counts = weights.copy()
    for outcome in (True, False):
        counts[right == outcome] *= 0.5 * len(counts) / max(counts[right == outcome].sum(), 1e-9)
    return tuple(np.round(logistic(rows, right.astype(np.float64), counts), 6).tolist())
