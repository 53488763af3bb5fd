"""Ridge and logistic regression: the arithmetic of learning, with what every text looks like to a model without it.

Leaves what is learnt from what to `training` and `calibration`.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from storage.answers.marks import Floats, Narrow

SMALL = 128
"""Rows of a matrix that is inverted at once."""
PRECISE = 1e-9
"""A step of Newton's method that moves no weight by more is the last one."""
CONSTANT = 1.0
"""The likeness that all texts share: from it comes the bias of every class."""


def ridge(alike: Narrow, held: Narrow, wanted: Narrow) -> tuple[Narrow, Narrow, Narrow]:
    """What every text speaks for, what each would be taken for by a model that had not seen it, and what likeness makes of the first.

    `alike` is used up: it is by far the largest thing here. `held` is how strongly each text's say is held back.
    """
    _hold_back(alike, held)
    dual, unseen = solve(alike, wanted)
    return dual, unseen, wanted - held[:, None] * dual - np.float32(CONSTANT) * dual.sum(axis=0)


def solve(system: Narrow, wanted: Narrow) -> tuple[Narrow, Narrow]:
    """The solution of a symmetric system, and what each text would be taken for without it. `system` is used up.

    Leaving one out has a closed form: its error is its say divided by its entry on the diagonal of the inverse.
    """
    invert_root(system)
    dual = system.T @ times_lower(system, wanted)
    return dual, wanted - dual / np.einsum("ij,ij->j", system, system)[:, None]


def ridge_alone(alike: Narrow, held: Narrow, wanted: Narrow) -> Narrow:
    """What every text speaks for, where nobody asks how it looks unseen. `alike` is used up."""
    _hold_back(alike, held)
    return np.asarray(np.linalg.solve(alike, wanted), dtype=np.float32)


def _hold_back(alike: Narrow, held: Narrow) -> None:
    alike += np.float32(CONSTANT)
    alike.flat[:: len(alike) + 1] += held


def invert_root(system: Narrow) -> None:
    """Puts the inverse of the lower triangle whose square is `system` in its place, half by half: nearly all of it multiplies matrices."""
    size = len(system)
    if size <= SMALL:
        system[:] = np.tril(np.linalg.inv(np.linalg.cholesky(system)))
        return
    half = size // 2
    first, below, second = system[:half, :half], system[half:, :half], system[half:, half:]
    invert_root(first)
    root = times_lower(first, below.T).T
    second -= root @ root.T
    invert_root(second)
    below[:] = -times_lower(second, times_upper(first.T, root.T).T)
    system[:half, half:] = 0


def times_lower(lower: Narrow, other: Narrow) -> Narrow:
    """`lower @ other`, without most of what is zero above the diagonal."""
    found = np.empty((len(lower), other.shape[1]), dtype=np.float32)
    for start, end in _bands(len(lower)):
        found[start:end] = lower[start:end, :end] @ other[:end]
    return found


def times_upper(upper: Narrow, other: Narrow) -> Narrow:
    """`upper @ other`, without most of what is zero below the diagonal."""
    found = np.empty((len(upper), other.shape[1]), dtype=np.float32)
    for start, end in _bands(len(upper)):
        found[start:end] = upper[start:end, start:] @ other[start:]
    return found


def _bands(size: int) -> list[tuple[int, int]]:
    borders = [size * at // 4 for at in range(5)]
    return list(pairwise(borders))


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
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < PRECISE:
            break
    return np.asarray(found / spread)
