"""How fast something may come one after another: one number that is kept with a talk, so that all processes count alike.

Leaves the figures to the settings, and what happens to what comes too fast to whoever asks. The number is the theoretical arrival time of
GCRA (ITU-T I.371).
"""

from __future__ import annotations

from dataclasses import dataclass

FARTHEST = 300_000
"""ms ahead that is believed: past it the clock was set back, and nobody is to wait for it to come round again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` at once, then one every `gap` ms."""

    gap: int = 0
    burst: int = 1

    @property
    def ahead(self) -> int:
        """ms by which the number may lie in the future while nothing has to wait."""
        return (self.burst - 1) * self.gap

    def place(self, paced_at: int, now: int) -> tuple[int, int]:
        """When the next one is due, and the number to keep; all in ms of one clock."""
        place = max(min(paced_at, now + FARTHEST), now)
        return max(now, place - self.ahead), place + self.gap


FREE = Pace()
