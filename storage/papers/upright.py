"""Cuts the paper out of a photo and straightens it: seen from straight above, its lines level.

Not here: finding its corners (see outline.py), and which of two opposite ways is up (see reading.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from storage.papers.morphology import Grey, close
from storage.papers.outline import Outline, find_outlines

SEARCHED_PX = 560
"""Longest side of the picture in which the outline is searched."""


@dataclass(frozen=True, slots=True)
class Straight:
    """`grey`: the paper alone, straightened. `outline` is None where no edge was found: then `grey` is all that bears print."""

    grey: Image.Image
    outline: Outline | None
    scale: float
    """Pixels of the photo by one pixel of the picture in which the outline was searched."""


def straighten(photo: Image.Image) -> list[Straight]:
    """The papers of an RGB photo, the likeliest first; the whole picture where no edge was found."""
    scale = max(1.0, max(photo.size) / SEARCHED_PX)
    grey = photo.convert("L")
    size = max(1, round(photo.width / scale)), max(1, round(photo.height / scale))
    # the darkest of the three colours: a tinted card on a white desk, and skin and wood under paper, stand out most there
    darkest = np.asarray(photo.resize(size, Image.Resampling.BOX), np.float32).min(2)
    outlines = find_outlines(darkest)
    if outlines:
        return [Straight(_cut_out(grey, outline, scale), outline, scale) for outline in outlines]
    return [Straight(_levelled(grey, darkest), None, scale)]


def _cut_out(grey: Image.Image, outline: Outline, scale: float) -> Image.Image:
    corners = outline.corners * scale
    width, height = max(8, round(outline.width * scale)), max(8, round(outline.height * scale))
    return grey.transform(
        (width, height), Image.Transform.PERSPECTIVE, _coefficients(corners, width, height), Image.Resampling.BICUBIC
    )


def _coefficients(corners: np.ndarray, width: int, height: int) -> tuple[float, ...]:
    """Of the projection that takes the upright rectangle to the corners, as Pillow wants them."""
    rows, right = [], []
    for (x, y), (to_x, to_y) in zip(((0, 0), (width, 0), (width, height), (0, height)), corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -to_x * x, -to_x * y], [0, 0, 0, x, y, 1, -to_y * x, -to_y * y]]
        right += [to_x, to_y]
    return tuple(np.linalg.solve(np.array(rows, float), np.array(right, float)).tolist())


def _levelled(grey: Image.Image, array: Grey) -> Image.Image:
    """The whole picture, turned by the angle at which its lines of print stand out most."""
    paper = close(array, 15)
    ink = Image.fromarray((np.clip((paper - array) / (paper + 16), 0, 0.6) * 400).astype(np.uint8))
    ink.thumbnail((320, 320))
    best, angle = 0.0, 0
    for degrees in range(-20, 21, 2):
        rows = np.asarray(ink.rotate(degrees, Image.Resampling.BILINEAR), np.float32).sum(1)
        sharp = float(np.square(np.diff(rows)).sum())
        if sharp > best * 1.02 or (degrees == 0 and sharp > best * 0.95):
            best, angle = sharp, degrees
    if not angle:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=int(np.median(array)))
