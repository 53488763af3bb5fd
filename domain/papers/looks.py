"""What can be seen of a page without reading it, as figures, and what is wrong with the picture by them.

The bounds stand where good and bad photos are far apart (docs/papers.md has the figures), not at the edge of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import Final

from domain.papers.asked import CARDS, Asked
from domain.papers.findings import Finding

BLACK: Final = 12.0
DARK: Final = 70.0
"""Brightness (0 to 255) of the paper between its lines of print."""
FAINT: Final = 0.55
"""Depth of the darkest print, as a part of the paper's brightness, below which a light paper is overexposed."""
SHARP: Final = 0.2
"""Steepest step of the print's edges by its depth. Photos in focus have 0.45 and more, blurred ones 0.13 and less."""
CARD_PX: Final = 520
PAGE_PX: Final = 700
SCREEN_PX: Final = 480
"""Longest side of the paper in pixels, below which its small print cannot be read."""
SHAPES: Final = {Asked.ID_FRONT: 1.586, Asked.ID_BACK: 1.586, Asked.PASSPORT: 1.42}
"""Long side by short side (ISO/IEC 7810: ID-1 and ID-3)."""
HOLE: Final = 0.1
"""Widest gap in a line of the machine readable zone, as a part of the paper's width; a filler sign is 0.02 wide."""


@dataclass(frozen=True, slots=True)
class Look:
    pixels: tuple[int, int]
    """Of the whole picture."""
    paper: tuple[int, int]
    """Width and height of the paper in it; of all that bears print where no edge was found."""
    found: bool
    """Whether the paper's edges were found."""
    level: float
    """Brightness of the paper without its print, 0 to 255: the lightest tenth."""
    low_level: float
    """The same of the darkest fifth."""
    contrast: float
    """Depth of the darkest print by the paper's brightness, 0 to 1."""
    printed: float
    """Which part of the paper bears print."""
    sharpness: float
    spread: float
    """Standard deviation of the brightness."""
    touched: tuple[float, float, float, float]
    """Which part of the picture's left, top, right and bottom border the paper covers."""
    corners: tuple[tuple[float, float], ...]
    """Of the paper in the picture, clockwise, in pixels; none where no edge was found."""
    burnt: float
    """Which part is a blot of pure white while the rest is not."""
    zone: tuple[float, float] | None
    """Of the machine readable zone: the width of its lines, and its widest gap, as parts of the paper's width."""

    @property
    def shape(self) -> float:
        return max(self.paper) / max(1, min(self.paper))


def poor(look: Look, asked: Asked) -> set[Finding]:
    """What is wrong with the picture."""
    if look.level < BLACK:
        return {Finding.DARK, Finding.BLANK}
    if asked is Asked.PHOTO_WITH_PRIZE:
        return _poor_photo(look)
    if look.spread < 3 or (look.printed < 0.0005 and look.contrast < 0.05):
        return {Finding.BLANK}
    if look.level < DARK:
        return {Finding.DARK}
    wrong: set[Finding] = set()
    if (
        look.contrast < FAINT and look.low_level > 232 and look.sharpness >= SHARP
    ):  # blur takes the depth of the print as well
        return {Finding.BRIGHT}
    if max(look.paper) < (CARD_PX if asked in CARDS else SCREEN_PX if asked is Asked.WIN_SCREEN else PAGE_PX):
        wrong.add(Finding.SMALL)
    if look.sharpness < SHARP:
        wrong.add(Finding.BLURRED)
        if not look.found and look.contrast < 0.3 and look.printed < 0.006:
            wrong.add(Finding.NOT_A_PAPER)
        return wrong
    if asked in CARDS:
        wrong |= _poor_card(look, asked)
    return wrong


def _poor_photo(look: Look) -> set[Finding]:
    if look.level < DARK:
        return {Finding.DARK}
    if look.spread < 6:
        return {Finding.BLANK}
    return {Finding.SMALL} if max(look.pixels) < SCREEN_PX else set()


def _poor_card(look: Look, asked: Asked) -> set[Finding]:
    wrong: set[Finding] = set()
    if look.found:
        off = abs(look.shape / SHAPES[asked] - 1)
        left, top, right, bottom = (part > 0.3 for part in look.touched)
        if (left or top or right or bottom) and (off > 0.1 or ((left or right) and (top or bottom))):
            wrong.add(Finding.CROPPED)
        elif off > 0.33 or _lopsided(look.corners) > 1.8:
            wrong.add(Finding.SKEWED)
    if not look.found:  # what lies around the paper looks like a hole in it
        return wrong
    if look.zone is not None and look.zone[1] > HOLE and asked is not Asked.ID_FRONT:
        wrong.add(Finding.COVERED)
    if look.burnt > 0.03 and asked is not Asked.ID_FRONT and (look.zone is None or look.zone[1] > HOLE):
        wrong.add(Finding.GLARE)
    if look.burnt > 0.08 and asked is Asked.ID_FRONT:
        wrong.add(Finding.GLARE)
    return wrong


def _lopsided(corners: tuple[tuple[float, float], ...]) -> float:
    """The longer of two opposite sides by the shorter, of the pair that differs more."""
    if len(corners) != 4:
        return 1.0
    a, b, c, d = corners
    pairs = ((dist(a, b), dist(c, d)), (dist(b, c), dist(d, a)))
    return max(max(pair) / max(1.0, min(pair)) for pair in pairs)
