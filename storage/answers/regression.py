"""Ridge and logistic regression: the arithmetic of learning, with what every text looks like to a model without it.

Leaves what is learnt from what to `training` and `calibration`.
"""

from __future__ import annotations

import numpy as np

from storage.answers.marks import Floats, Narrow

CONSTANT = 1.0
"""The likeness that all texts share: from it comes the bias of every class."""


def ridge(alike: Narrow, held: Narrow, wanted: Narrow) -> tuple[Narrow, Narrow]:
    """What every text speaks for, and what each would be taken for by a model that had not seen it.

    `held` is how strongly each text's say is held back. Leaving one out has a closed form: its error is its say divided by
    its entry on the diagonal of the inverse.
    """
    lower = inverse_of_root(_held_back(alike, held))
    dual = lower.T @ (lower @ wanted)
    return dual, wanted - dual / np.einsum("ij,ij->j", lower, lower)[:, None]


def ridge_alone(alike: Narrow, held: Narrow, wanted: Narrow) -> Narrow:
    """What every text speaks for, where nobody asks how it looks unseen: a third of the work."""
    return np.asarray(np.linalg.solve(_held_back(alike, held), wanted), dtype=np.float32)


def _held_back(alike: Narrow, held: Narrow) -> Narrow:
    system = alike + np.float32(CONSTANT)
    system.flat[:: len(system) + 1] += held
    return system


def inverse_of_root(system: Narrow) -> Narrow:
    """The inverse of the lower triangle whose square is `system`, half by half: nearly all of it multiplies matrices."""
    size = len(system)
    if size <= 128:
        return np.asarray(np.linalg.inv(np.linalg.cholesky(system)), dtype=np.float32)
    half = size // 2
    found = np.zeros_like(system)
    first = found[:half, :half] = inverse_of_root(system[:half, :half])
    below = system[half:, :half] @ first.T
    second = found[half:, half:] = inverse_of_root(system[half:, half:] - below @ below.T)
    found[half:, :half] = -second @ (below @ first)
    return found


def logistic(seen: Floats, right: Floats, counts: Floats, caution: float = 1.0) -> Floats:
    """The weights of what was seen in the odds of being right, by Newton's method; the first column is the bias."""
    spread = seen.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = seen / spread
    held = np.diag([0.0, *[caution] * (seen.shape[1] - 1)])
    found = np.zeros(seen.shape[1])
    for _ in range(30):
        trust = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (counts * (trust - right)) + held @ found
        bend = (scaled * (counts * trust * (1 - trust))[:, None]).T @ scaled + held
        found = found - np.linalg.solve(bend, slope)
    return np.asarray(found / spread)
