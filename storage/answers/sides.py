"""Which side a question takes: whether what it asks of a point is so or not so, learnt from the signed samples of that point.

Not here: whether a reply takes that side (see domain/search/finder.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from storage.answers.lessons import Course
from storage.answers.marks import Narrow

CAUTION = 0.5
"""How strongly one sample's say is held back: samples of a point are few, and one odd wording must not turn the others."""


def learn_sides(studied: Course, alike: Narrow) -> tuple[Narrow, list[float], Mapping[int, float]]:
    """Of every text its say on the side of each class, each class's bias, and how lessons look to those who have not seen them.

    Each point is a small regression of its own over the same likeness.
    """
    width = len(studied.classes)
    say = np.zeros((len(studied.lessons), width), dtype=np.float32)
    bias = [0.0] * width
    leaning: dict[int, float] = {}
    members: dict[int, list[int]] = {}
    for at, lesson in enumerate(studied.lessons):
        if lesson.side:
            members.setdefault(lesson.classes[0], []).append(at)
    for of, texts in members.items():
        sides = np.array([studied.lessons[at].side for at in texts], dtype=np.float64)
        mean = float(sides.sum() / (len(sides) + 1))
        system = alike[np.ix_(texts, texts)].astype(np.float64) + CAUTION * np.eye(len(texts))
        inverse = np.linalg.inv(system)
        dual = inverse @ (sides - mean)
        say[texts, of] = dual
        bias[of] = round(mean, 6)
        leaning.update(zip(texts, (sides - dual / np.diag(inverse)).tolist(), strict=True))
    return say, bias, leaning


def agreement(sides: Sequence[int], leaning: Sequence[float], least: float) -> tuple[float, float]:
    """The share that is taken rightly, and wrongly, where a side is taken from `least` on."""
    taken = [(side > 0) == (lean > 0) for side, lean in zip(sides, leaning, strict=True) if abs(lean) >= least]
    return sum(taken) / max(len(sides), 1), (len(taken) - sum(taken)) / max(len(sides), 1)
