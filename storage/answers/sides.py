"""Which side a question takes: whether what it asks of a point is so or not so, learnt from the signed samples of all points.

Not here: whether a reply takes that side (see domain/search/finder.py).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from storage.answers.lessons import Course
from storage.answers.marks import Narrow
from storage.answers.regression import solve

OWN, SHARED, POINT = 2.0, 0.6, 0.5
"""What two samples of one point have to say to each other, what any two have («поздно», «только», «запрещено» turn a question wherever
they stand), and what being of one point says by itself."""
CAUTION = 1.0
"""How strongly one sample's say is held back: samples of a point are few, and one odd wording must not turn the others."""


def learn_sides(studied: Course, alike: Narrow) -> tuple[Narrow, list[float], Mapping[int, float]]:
    """Of every text its say on the side of each class, each class's bias, and how lessons look to those who have not seen them.

    One regression over all signed samples. What all points share is learnt relative to the side that most questions of a point take.
    """
    width = len(studied.classes)
    say = np.zeros((len(studied.lessons), width), dtype=np.float32)
    bias = np.zeros(width)
    signed = [at for at, lesson in enumerate(studied.lessons) if lesson.side]
    if not signed:
        return say, bias.tolist(), {}
    sides = np.array([studied.lessons[at].side for at in signed], dtype=np.float32)
    of = np.array([studied.lessons[at].classes[0] for at in signed])
    usual = np.zeros(width, dtype=np.float32)
    np.add.at(usual, of, sides)
    usual = np.where(usual >= 0, 1.0, -1.0).astype(np.float32) * np.isin(np.arange(width), of)
    same = of[:, None] == of[None, :]
    near = alike[np.ix_(signed, signed)]
    system = near * (OWN * same + SHARED * np.outer(usual[of], usual[of])) + POINT * same
    system[np.diag_indices(len(signed))] += CAUTION
    solved, unseen = solve(system, sides[:, None])
    dual, leaning = solved[:, 0], unseen[:, 0]
    say[signed, :] = SHARED * (dual * usual[of])[:, None] * usual[None, :]
    say[signed, of] += OWN * dual
    np.add.at(bias, of, POINT * dual)
    return say, np.round(bias, 6).tolist(), dict(zip(signed, leaning.tolist(), strict=True))
