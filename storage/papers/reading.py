"""Reads a straightened paper: which way is up, the text, and the machine readable zone at several scales.

Not here: what is made of it (see domain/papers/).
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from PIL import Image

from domain.papers.asked import Asked
from domain.papers.claim import PaperReading
from domain.papers.looks import SHAPES
from domain.papers.mrz import Zone, find_zone
from domain.papers.words import kinds
from storage.papers.morphology import box_mean, close
from storage.papers.recognising import MRZ_SIGNS, Recogniser

CARD_WIDTHS: Final = (1000, 1300)
"""Pixels at which a card is read: first and second reading."""
ZONE_WIDTHS: Final = ((1000, 1400, 760), (1200, 900, 1600))
FIELD_WIDTHS: Final = ((1500, 1200), (1800,))
PAGE_WIDTHS: Final = (1650, 2100)
SCREEN_WIDTHS: Final = (720, 1000)
SPARSE, BLOCK, COLUMN = 11, 6, 4
"""Tesseract's page segmentation modes."""


def even(grey: Image.Image, width: int) -> Image.Image:
    """At this width, with the paper everywhere equally light: shadows and dusk are gone."""
    size = width, max(8, round(grey.height * width / grey.width))
    picture = grey.resize(size, Image.Resampling.LANCZOS)
    array = np.asarray(picture, np.float32)
    paper = box_mean(close(array, 41), 31)
    lit = np.clip(array / np.maximum(paper, 24) * 235, 0, 255)
    return Image.fromarray(lit.astype(np.uint8))


def read_card(
    grey: Image.Image, asked: Asked, today: date, recogniser: Recogniser, attempt: int, turn: int | None, found: bool
) -> tuple[PaperReading, int]:
    """A card or a passport's page. `attempt` 0 or 1 reads at other scales; `turn` is the turn that the first reading found (degrees,
    counter-clockwise). Returns the reading and the turn."""
    turns = (turn,) if turn is not None else (0, 180) if _lines_run_across(grey) else (90, 270)
    best, best_turn, best_score = PaperReading(), turns[0], -1
    for degrees in turns:
        turned = grey.rotate(degrees, expand=True) if degrees else grey
        if found:  # its true shape is known
            turned = turned.resize((turned.width, round(turned.width / SHAPES[asked])), Image.Resampling.BICUBIC)
        text = recogniser.read(even(turned, CARD_WIDTHS[attempt] if found else FIELD_WIDTHS[attempt][0]), "kaz", SPARSE)
        zoned = text.count("<") > 8
        zone = None
        if zoned or asked is not Asked.ID_FRONT:
            zone = read_zone(turned, today, recogniser, attempt, found) if zoned or turn is not None else None
        score = sum(kinds(text).values()) + (4 if zone else 0)
        if score > best_score:
            best, best_turn, best_score = PaperReading(text, zone), degrees, score
        if score >= 3:
            break
    return best, best_turn


def _lines_run_across(grey: Image.Image) -> bool:
    """Whether the lines of print run from left to right, and not from top to bottom."""
    small = grey.resize((300, 300), Image.Resampling.BOX)
    array = np.asarray(small, np.float32)
    paper = close(array, 11)
    ink = np.clip((paper - array) / (paper + 16), 0, 0.6)
    across, down = (float(np.square(np.diff(ink.mean(axis))).sum()) for axis in (1, 0))
    return across >= down


def read_zone(grey: Image.Image, today: date, recogniser: Recogniser, attempt: int, found: bool) -> Zone | None:
    """The machine readable zone in the lower half of the paper (anywhere if the paper was not found).

    It is read at up to three scales, until its check digits are right.
    """
    lower = levelled(grey.crop((0, round(grey.height * 0.52), grey.width, grey.height)) if found else grey)
    widths = ZONE_WIDTHS[attempt] if found else FIELD_WIDTHS[attempt]
    texts: list[str] = []
    for width in widths:
        texts.append(recogniser.read(even(lower, width), "eng", BLOCK, MRZ_SIGNS))
        zone = find_zone(texts, today)
        if zone is not None and not zone.wrong:
            return zone
    return find_zone(texts, today)


def read_page(grey: Image.Image, asked: Asked, recogniser: Recogniser, attempt: int) -> PaperReading:
    """A page of text. Account numbers are read as Latin once more, and goods on a screen have Latin names."""
    if asked is Asked.WIN_SCREEN:
        return PaperReading(recogniser.read(even(grey, SCREEN_WIDTHS[attempt]), "kaz+eng", SPARSE))
    picture = even(grey, PAGE_WIDTHS[attempt])
    text = recogniser.read(picture, "kaz", COLUMN)
    if asked is Asked.IBAN:
        text += "\n" + recogniser.read(picture, "eng", BLOCK)
    return PaperReading(text)


def read_whole(grey: Image.Image, today: date, recogniser: Recogniser) -> PaperReading:
    """A page with both sides of a card, or with a card and something else."""
    picture = even(grey, PAGE_WIDTHS[0])
    text = recogniser.read(picture, "kaz", SPARSE)
    zone = find_zone([recogniser.read(picture, "eng", BLOCK, MRZ_SIGNS)], today) if "<<" in text else None
    return PaperReading(text, zone)


def levelled(grey: Image.Image) -> Image.Image:
    """Turned by the few degrees at which its lines of print stand out most."""
    small = grey.resize((500, max(8, round(grey.height * 500 / grey.width))), Image.Resampling.BOX)
    array = np.asarray(small, np.float32)
    paper = close(array, 15)
    ink = Image.fromarray((np.clip((paper - array) / (paper + 16), 0, 0.6) * 400).astype(np.uint8))
    sharp = {
        half: float(
            np.square(np.diff(np.asarray(ink.rotate(half / 2, Image.Resampling.BILINEAR), np.float32).sum(1))).sum()
        )
        for half in range(-8, 9)
    }
    best = max(sharp, key=sharp.__getitem__)
    if sharp[best] < sharp[0] * 1.1:
        return grey
    return grey.rotate(best / 2, Image.Resampling.BICUBIC, fillcolor=int(np.median(array)))
