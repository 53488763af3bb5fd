"""How often and how long one message is tried, and how long is waited before the next try.

Not here: sending, and what becomes of a message that is given up (see outbox.py).
"""

from __future__ import annotations

import random
from time import monotonic

from bot.channels.base import Delivery

MAX_ATTEMPTS = 40
"""Tries of one message before it is given up: with the waits below about half an hour of a provider being away."""
MAX_WAIT_S = 60.0
"""Seconds that are waited at most before a try, where the provider does not ask for more."""
MAX_PAUSE_S = 3600.0
"""Seconds of a pause that are believed: past them the message is tried again, whatever the provider asked for."""
GIVE_UP_THROTTLED_AFTER_S = 2 * MAX_PAUSE_S
"""Seconds after the first 429 to a message at which it is given up: a 429 is no failure of the message and uses up no try. So even the
longest pause may be asked for twice; an answer that is hours late helps nobody. A restart begins to count anew."""
DEFAULT_RETRY_AFTER_S = 6.0
"""Seconds that are waited at most after a first 429 that does not say how long; then twice as long each time."""


class Retries:
    """Of one message, `attempts` of them before a restart. `pauses` is a factor on our own. The clock is time.monotonic (seconds)."""

    def __init__(self, attempts: int, throttled: float = GIVE_UP_THROTTLED_AFTER_S, pauses: float = 1.0) -> None:
        self.attempts, self._pauses = attempts, pauses
        self._throttles, self._bound, self._until = 0, throttled, 0.0

    def count(self, delivery: Delivery) -> None:
        if not delivery.throttled:
            self.attempts += 1
        else:
            self._until = self._until or monotonic() + self._bound
            self._throttles += 1

    @property
    def over(self) -> bool:
        """Whether the message is to be given up unless it was sent."""
        return self.attempts >= MAX_ATTEMPTS or bool(self._until and monotonic() >= self._until)

    def pause_after(self, delivery: Delivery) -> float:
        """Seconds until the next try; call it after `count`."""
        return pause_before(delivery, self._throttles if delivery.throttled else self.attempts, self._pauses)


def pause_before(delivery: Delivery, tries: int, factor: float = 1.0) -> float:
    """Seconds until the next try, after so many of this kind: as long as a 429 asks for, else longer each time, with jitter. `factor` is
    on pauses that no provider asked for."""
    if delivery.throttled and delivery.after > 0:
        return delivery.after
    first = DEFAULT_RETRY_AFTER_S if delivery.throttled else 1.0
    longer = min(MAX_WAIT_S, first * 2.0 ** min(tries - 1, 8)) * random.uniform(0.6, 1.0)  # noqa: S311
    return max(delivery.after, longer) * factor
