"""When a chat's next message may leave: one number a chat, kept with its conversation, so that all processes count alike.

Leaves the provider's figures to the bot and waiting to the outbox. The number is the theoretical arrival time of GCRA (ITU-T I.371).
"""

from __future__ import annotations

from dataclasses import dataclass

FARTHEST = 300_000
"""ms ahead that is believed: past it the clock was set back, and nobody is to wait for it to come round again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` messages at once, then one every `gap` ms."""

    gap: int = 0
    burst: int = 1

    @property
    def ahead(self) -> int:
        """ms by which the number may lie in the future while messages still leave at once."""
        return (self.burst - 1) * self.gap

    def place(self, paced_at: int, now: int) -> tuple[int, int]:
        """When the next message may leave, and the number to keep; all in ms of one clock."""
        place = max(min(paced_at, now + FARTHEST), now)
        return max(now, place - self.ahead), place + self.gap


FREE = Pace()
