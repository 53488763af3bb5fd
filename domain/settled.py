"""Which decisions of the organiser an answer stands on: the settled points without which it would be another one.

Not here: computing the answer to whoever asks, and saying so (see the dialogs).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.promotion import OpenPoint, Promotion


def decided_by(promotion: Promotion, answer: Callable[[Promotion], object]) -> tuple[OpenPoint, ...]:
    """The settled points that change what `answer` gives for this promotion."""
    settled = [point for point in promotion.open_points if point.settled is not None]
    if not settled:
        return ()
    given = answer(promotion)
    return tuple(point for point in settled if answer(_as_open(promotion, point)) != given)


def _as_open(promotion: Promotion, point: OpenPoint) -> Promotion:
    points = tuple(replace(each, settled=None) if each is point else each for each in promotion.open_points)
    return replace(promotion, open_points=points)
