"""Finds the paper in a photo: the four corners of the page or card that bears the print.

Several ways to tell the paper from what lies around it are tried (a step of brightness, a line between two tones), because a white desk
defeats the one and a shadow the other. The most paper-like four-sided shape with print on it is taken, or none.
Not here: what is wrong with the paper (see looking.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.papers.morphology import Grey, Mask, close, components, dilate, erode

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outline:
    """`corners`: 4 x 2 (x, y), clockwise from the one nearest the upper left, in pixels of the picture that was searched."""

    corners: Points
    fit: float
    """Area of what was found by area of the four-sided shape, 0 to 1."""
    touched: tuple[float, float, float, float]
    """Which part of the picture's left, top, right and bottom border the paper covers, each 0 to 1."""
    inside: Mask

    @property
    def width(self) -> float:
        """Mean length of the upper and lower side, in pixels."""
        a, b, c, d = self.corners
        return float(np.hypot(*(b - a)) + np.hypot(*(c - d))) / 2

    @property
    def height(self) -> float:
        a, b, c, d = self.corners
        return float(np.hypot(*(d - a)) + np.hypot(*(c - b))) / 2


def find_outlines(grey: Grey, most: int = 2) -> list[Outline]:
    """The papers in a picture of at most some 640 pixels, brightness 0 to 255: the best first, others only if they lie apart from it."""
    level = float(np.percentile(grey, 97))
    if level < 8:
        return []
    lit = np.clip(grey * (240.0 / level), 0, 255).astype(np.float32)
    paper = close(lit, 15)
    print_ = ((paper - lit) / (paper + 16) > 0.25) & (paper > 95)
    print_ &= (dilate(paper, 9) - erode(paper, 9)) < 45  # rough ground has dark marks as well
    printed = max(1.0, float(print_.sum()))
    found = []
    for mask in _guesses(paper):
        for outline in _shapes(mask):
            worth = _worth(outline, print_, printed, paper)
            if worth > 0:
                found.append((worth, outline))
    found.sort(key=lambda each: -each[0])
    kept: list[Outline] = []
    for _, outline in found:
        if not kept or (_is_card(outline) and not any((outline.inside & other.inside).any() for other in kept)):
            kept.append(outline)
        if len(kept) == most:
            break
    return kept


def _is_card(outline: Outline) -> bool:
    """Four sides in the proportion of a card or a passport's page, all of them in the picture."""
    shape = max(outline.width, outline.height) / max(1.0, min(outline.width, outline.height))
    alike = min(abs(shape / 1.586 - 1), abs(shape / 1.42 - 1)) < 0.07
    return alike and outline.fit > 0.94 and max(outline.touched) < 0.1


def _guesses(paper: Grey) -> Iterator[Mask]:
    for size, step in ((3, 14.0), (3, 7.0), (7, 24.0)):
        yield (dilate(paper, size) - erode(paper, size)) < step
    threshold = _otsu(paper)
    for shift in (-0.15, 0.0, 0.15):
        yield paper > threshold * (1 + shift)


def _otsu(grey: Grey) -> float:
    counts = np.bincount(grey.astype(np.uint8).ravel(), minlength=256).astype(np.float64)
    values = np.arange(256)
    below = counts.cumsum()
    above = below[-1] - below
    sums = (counts * values).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(np.argmax(np.nan_to_num(spread)))


def _shapes(mask: Mask) -> Iterator[Outline]:
    labels = components(mask)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    large = np.argsort(sizes)[::-1][:4]
    whole = []
    for number in large:
        if sizes[number] < 0.015 * mask.size:
            break
        region = labels == number
        whole.append(region)
        outline = _outline(region)
        if outline is not None:
            yield outline
    for first in range(len(whole)):  # a shadow cuts a paper in two
        for second in range(first):
            outline = _outline(whole[first] | whole[second])
            if outline is not None and outline.fit > 0.93:
                yield outline


def _outline(region: Mask) -> Outline | None:
    hull = _hull(region)
    if hull is None:
        return None
    corners = _corners(hull)
    area, hull_area = _area(corners), _area(hull)
    if area < 1 or hull_area < 1:
        return None
    height, width = region.shape
    inside = _filled(hull, height, width)
    solid = float(region.sum()) / max(1.0, float(inside.sum()))
    fit = min(hull_area / area, area / hull_area) * min(1.0, solid / 0.75)
    touched = (
        float(inside[:, :2].any(1).mean()),
        float(inside[:2].any(0).mean()),
        float(inside[:, -2:].any(1).mean()),
        float(inside[-2:].any(0).mean()),
    )
    return Outline(corners, fit, touched, inside)


def _worth(outline: Outline, print_: Mask, all_print: float, paper: Grey) -> float:
    """More for a shape with four sides, with print on it, and with none of the picture's own borders."""
    inside = outline.inside
    share = float(inside.mean())
    if share < 0.015 or outline.fit < 0.8:
        return 0.0
    here = float(print_[inside].sum())
    printed = here / float(inside.sum())
    if printed < 0.004 or here < (0.06 if _is_card(outline) else 0.6) * all_print:
        return 0.0
    left, top, right, bottom = outline.touched
    long, short = max(outline.width, outline.height), max(1.0, min(outline.width, outline.height))
    beside, above = max(left, right), max(top, bottom)
    if max(beside, above) > 0.85 and min(beside, above) > 0.35:  # the ground, or the whole picture
        return 0.0
    if max(min(left, right), min(top, bottom)) > 0.5 and long / short < 1.3:  # a stripe of the ground
        return 0.0
    borders = sum(part > 0.5 for part in outline.touched)
    shapely = 1.4 if _is_card(outline) else 1.0 if 1.35 < long / short < 1.75 else 0.7
    light = float((paper[inside] > 100).mean())
    worth = (outline.fit - 0.75) * shapely * min(1.0, printed / 0.03) * 0.75**borders
    return worth * (0.7 + 0.3 * share) * (0.3 + here / all_print) * (0.4 + 0.6 * light)


def _hull(region: Mask) -> Points | None:
    """The convex hull of the set pixels (Andrew's monotone chain over the ends of rows)."""
    rows = np.flatnonzero(region.any(1))
    if len(rows) < 8:
        return None
    lines = region[rows]
    left = lines.argmax(1)
    right = lines.shape[1] - 1 - lines[:, ::-1].argmax(1)
    points = sorted({*zip(left.tolist(), rows.tolist(), strict=True), *zip(right.tolist(), rows.tolist(), strict=True)})

    def chain(some: list[tuple[int, int]]) -> list[tuple[int, int]]:
        kept: list[tuple[int, int]] = []
        for x, y in some:
            while len(kept) > 1 and (kept[-1][0] - kept[-2][0]) * (y - kept[-2][1]) <= (kept[-1][1] - kept[-2][1]) * (
                x - kept[-2][0]
            ):
                kept.pop()
            kept.append((x, y))
        return kept

    lower, upper = chain(points), chain(points[::-1])
    hull = np.array(lower[:-1] + upper[:-1], np.float64)
    return hull if len(hull) >= 4 else None


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _corners(hull: Points) -> Points:
    """The four of the hull's points that span the largest area, found by improving a first choice one point at a time."""
    centred = hull - hull.mean(0)
    angles = np.arctan2(centred[:, 1], centred[:, 0])
    far = np.hypot(centred[:, 0], centred[:, 1])
    picked = [
        int(np.argmax(far * np.cos(angles - turn))) for turn in (-2.356, -0.785, 0.785, 2.356)
    ]  # 135 and 45 degrees to both sides
    for _ in range(8):
        before = list(picked)
        for at in range(4):
            back, on = hull[picked[at - 1]], hull[picked[(at + 1) % 4]]
            line = on - back
            away = line[0] * (hull[:, 1] - back[1]) - line[1] * (hull[:, 0] - back[0])
            picked[at] = int(np.argmin(away))
        if picked == before:
            break
    return _ordered(hull[picked])


def _ordered(corners: Points) -> Points:
    centred = corners - corners.mean(0)
    turned = corners[np.argsort(np.arctan2(centred[:, 1], centred[:, 0]))]  # clockwise, as y grows downwards
    first = int(np.argmin(turned.sum(1)))
    return np.roll(turned, -first, axis=0)


def _filled(hull: Points, height: int, width: int) -> Mask:
    ys, xs = np.mgrid[0:height, 0:width]
    inside = np.ones((height, width), bool)
    turns = np.roll(hull, -1, axis=0) - hull
    first, second = turns[0], turns[1]
    sign = np.sign(first[0] * second[1] - first[1] * second[0])
    for (x, y), (dx, dy) in zip(hull, turns, strict=True):
        inside &= (dx * (ys - y) - dy * (xs - x)) * sign >= -0.5
    return inside
