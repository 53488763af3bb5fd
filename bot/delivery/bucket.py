"""A rate limit: so many calls at once, then so many a second.

Not here: which limits hold for whom (see rates.py).
"""

from __future__ import annotations


class Bucket:
    """`burst` calls at once, then `rate` a second (GCRA, ITU-T I.371)."""

    __slots__ = ("_ahead", "_burst", "_gap", "_held", "_next", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._next = self._held = 0.0
        self._gap, self._ahead = 1 / rate, max(0.0, burst - 1) / rate

    def share(self, part: float, now: float) -> None:
        """From now on only this part of rate and burst is there to be had; what was taken before counts at the new rate."""
        gap = 1 / (self._rate * part)
        self._next = now + (self._next - now) * gap / self._gap
        self._gap, self._ahead = gap, max(0.0, self._burst * part - 1) * gap

    def take(self, now: float) -> bool:
        """Takes a place if one is free now; who is turned away loses nothing by having asked."""
        place = max(self._next, now)
        if place - self._ahead > now or self._held > now:
            return False
        self._next = place + self._gap
        return True

    def free_at(self, now: float) -> float:
        return max(now, self._next - self._ahead, self._held)

    def hold(self, until: float) -> None:
        self._held = max(self._held, until)
