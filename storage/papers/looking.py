"""What can be seen of a paper without reading it: light, sharpness, size, and where its print stands.

Not here: what is said about it (see domain/papers/looks.py).
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from domain.papers.looks import Look
from storage.papers.morphology import Grey, Mask, box_mean, close, dilate, erode
from storage.papers.upright import Straight

LOOKED_AT_PX = 800
"""Longest side of the straightened paper when it is measured: figures of small and large photos are alike then."""


def look(photo: Image.Image, straight: Straight) -> Look:
    """The measures of one page."""
    grey = straight.grey
    scale = LOOKED_AT_PX / max(grey.size)
    size = max(16, round(grey.width * scale)), max(16, round(grey.height * scale))
    paper_picture = grey.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    array = np.asarray(paper_picture, np.float32)
    paper = close(array, 21)
    drop = paper - array
    depth = drop / (paper + 8)
    calm = (dilate(paper, 5) - erode(paper, 5)) < 0.12 * paper + 6
    inked = (depth > 0.12) & calm
    level = float(np.percentile(paper, 90))
    ink = float(np.percentile(depth[inked], 90)) if inked.sum() > 50 else 0.0
    outline = straight.outline
    corners = outline.corners * straight.scale if outline is not None else None
    return Look(
        pixels=photo.size,
        paper=grey.size,
        found=outline is not None,
        level=level,
        low_level=float(np.percentile(paper, 20)),
        contrast=ink,
        printed=float(((depth > 0.25) & calm).mean()),
        sharpness=_sharpness(array, depth, calm),
        spread=float(array.std()),
        touched=outline.touched if outline is not None else (0.0, 0.0, 0.0, 0.0),
        corners=tuple(map(tuple, corners.tolist())) if corners is not None else (),
        burnt=_burnt(array),
        zone=_zone(depth, calm),
    )


def _sharpness(array: Grey, depth: Grey, calm: Mask) -> float:
    """How steep the edges of the print are: the largest step between neighbours by the depth of the stroke there, 0 to 1.

    Along and across the lines apart, and the lesser counts: a shaken hand smears one way only.
    """
    across, down = np.zeros_like(array), np.zeros_like(array)
    across[:, 1:-1] = np.abs(array[:, 2:] - array[:, :-2]) / 2
    down[1:-1] = np.abs(array[2:] - array[:-2]) / 2
    stroke = dilate(array, 21) - array
    for least in (0.2, 0.06):
        where = (depth > least) & calm
        if where.sum() >= 80:
            return min(float(np.median(dilate(step, 7)[where] / (stroke[where] + 4))) for step in (across, down))
    return 0.0


def _burnt(array: Grey) -> float:
    """Which part of the paper is a large blot of pure white, while the rest is not."""
    if float(np.median(array)) > 247:
        return 0.0
    return float((box_mean((array > 252).astype(np.float32), 25) > 0.97).mean())


def _zone(depth: Grey, calm: Mask) -> tuple[float, float] | None:
    """Of the lines of a machine readable zone: the widest share of the paper that a line spans, and its widest hole. None without any."""
    ink = (depth > 0.25) & calm
    if ink.shape[0] > ink.shape[1]:
        ink = ink.T
    best: tuple[float, float] | None = None
    height, width = ink.shape
    for half in (ink[height // 2 :], ink[: height // 2]):
        rows = half.reshape(half.shape[0], -1)
        dense = rows.mean(1)
        lines = _runs(dense > 0.06)
        found = []
        for start, end in lines:
            if not height * 0.02 < end - start < height * 0.12:
                continue
            columns = np.flatnonzero(half[start:end].any(0))
            if len(columns) < width * 0.3:
                continue
            span = (columns[-1] - columns[0]) / width
            hole = float(np.diff(columns).max()) / width
            found.append((float(span), hole))
        wide = [line for line in found if line[0] > 0.75]
        if len(wide) >= 2:
            worst = max(hole for _, hole in wide)
            if best is None or len(wide) > 2:
                best = max(span for span, _ in wide), worst
    return best


def _runs(mask: Mask) -> list[tuple[int, int]]:
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))
