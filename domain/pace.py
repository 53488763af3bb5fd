"""How fast something may come one after another: one number that is kept with a talk, so that all processes count alike.

Not here: the figures (see the settings); what happens to what comes too fast (see whoever asks). The number is the theoretical arrival
time of GCRA (ITU-T I.371).
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_AHEAD_MS = 300_000
"""ms that something may have to wait: a number that asks for more is of a clock that was set back since, and nobody waits for that clock
to come round again. Who truly has so much waiting keeps their distance by the order in which it leaves."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` at once, then one every `gap` ms."""

    gap: int = 0
    burst: int = 1

    @property
    def ahead(self) -> int:
        """ms by which the number may lie in the future while nothing has to wait."""
        return (self.burst - 1) * self.gap

    def schedule(self, paced_at: int, now: int) -> tuple[int, int]:
        """When the next one is due, and the number to keep; all in ms of one clock, which may have been set back since."""
        place = now if paced_at > now + self.ahead + MAX_AHEAD_MS else max(paced_at, now)
        return max(now, place - self.ahead), place + self.gap


def due(due_at: int, made_at: int, now: int) -> int:
    """When something that waits may leave, in ms of one clock: what was made later than now was timed before that clock was set back,
    and waits as long as it would have."""
    return due_at - max(0, made_at - now)


def pace(rate: float, burst: int) -> Pace:
    """So many messages a second, after so many at once."""
    return Pace(round(1000 / rate), burst)


FREE = Pace()
