"""Grey-scale morphology and connected components on numpy arrays.

Not here: what is looked for with them (see outline.py and looking.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]


def dilate(grey: Grey, size: int) -> Grey:
    """The largest value in a square window of `size` (odd) pixels around each pixel."""
    return _running_max(_running_max(grey, size, 0), size, 1)


def erode(grey: Grey, size: int) -> Grey:
    """The smallest value in a square window of `size` (odd) pixels around each pixel."""
    return -dilate(-grey, size)


def close(grey: Grey, size: int) -> Grey:
    """The picture without dark marks that are thinner than `size` pixels: a page without its print."""
    return erode(dilate(grey, size), size)


def _running_max(grey: Grey, size: int, axis: int) -> Grey:
    """By doubling the window: log2(size) passes, whatever the size."""
    lines = np.moveaxis(grey, axis, 0)
    half = size // 2
    lines = np.concatenate([np.repeat(lines[:1], half, 0), lines, np.repeat(lines[-1:], half, 0)], 0)
    width = 1
    while width * 2 <= size:
        lines = np.maximum(lines[:-width], lines[width:])
        width *= 2
    rest = size - width
    if rest:
        lines = np.maximum(lines[:-rest], lines[rest:])
    return np.moveaxis(lines, 0, axis)


def box_mean(grey: Grey, size: int) -> Grey:
    """The mean in a square window of `size` (odd) pixels around each pixel."""
    half = size // 2
    padded = np.pad(grey.astype(np.float64), ((half + 1, half), (half + 1, half)), mode="edge")
    sums = padded.cumsum(0).cumsum(1)
    total: NDArray[np.float64] = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return (total / (size * size)).astype(np.float32)


def components(mask: Mask) -> NDArray[np.int32]:
    """Each set pixel gets the number (from 1) of its 4-connected component, others 0. Rows of runs, joined by union-find."""
    height, width = mask.shape
    framed = np.zeros((height, width + 2), np.int8)
    framed[:, 1:-1] = mask
    steps = np.diff(framed, axis=1)
    parents: list[int] = []
    runs: list[tuple[int, int, int, int]] = []
    above: list[tuple[int, int, int]] = []

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for row in range(height):
        here: list[tuple[int, int, int]] = []
        starts, ends = np.flatnonzero(steps[row] == 1).tolist(), np.flatnonzero(steps[row] == -1).tolist()
        first = 0
        for start, end in zip(starts, ends, strict=True):
            node = len(parents)
            parents.append(node)
            here.append((start, end, node))
            runs.append((row, start, end, node))
            while first < len(above) and above[first][1] <= start:
                first += 1
            for left, _, other in above[first:]:
                if left >= end:
                    break
                one, two = root(other), root(node)
                if one != two:
                    parents[max(one, two)] = min(one, two)
        above = here
    labels = np.zeros((height, width), np.int32)
    numbers: dict[int, int] = {}
    for row, start, end, node in runs:
        labels[row, start:end] = numbers.setdefault(root(node), len(numbers) + 1)
    return labels
