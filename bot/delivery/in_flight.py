"""How many messages of one channel are on their way at once: as many as its rate needs and no more, so that a crash leaves few whose fate
is unknown.

Not here: the rate (see rates.py). By Little's law what is on its way is the rate times the time that a message takes, here from the
start of the call until its outcome is durable. One that takes far longer than usual no longer counts: a hanging call must not hold up
the others.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from time import monotonic

HANGING_AFTER_S = 0.5
"""Seconds after which a message on its way counts as hanging, at least; else four times what is usual."""
FAST_RISE, SLOW_RISE = 8, 32
"""Eager learns the mean: the whole rate is reached. Careful stands near the quicker messages: a machine that is short of time makes some
slow, and more on their way would not mend that but be more to repeat after a crash. Where times vary by half it costs a tenth of
the rate."""
FIRST_GUESS_S = 0.02
"""Seconds that a message is thought to take before one has been seen."""
HEADROOM = 0.25
"""Of a place: so much of what the rate needs the careful go without, before they put one more on its way. A message that takes a little
longer than the rate's own gap is no reason for a second one that a crash may repeat; it costs at most a fifth of the rate, there."""
Name = tuple[bytes, int]


def learn(usual: float, spent: float, rise: int) -> float:
    """The usual time (s) after one more message, which weighs an eighth where it was quicker, one in `rise` where it was slower."""
    return usual + (spent - usual) / (8 if spent < usual else rise)


def slots_for(needed: float, rise: int) -> int:
    """How many may be on their way where so many are there on average (rate times the usual time)."""
    return max(1, math.ceil(needed if rise == FAST_RISE else needed - HEADROOM))


class InFlightLimit:
    """Places are named by the messages that hold them, and given in the order in which they were asked for. Call it inside the running
    loop."""

    def __init__(self, rate: float, rise: int = SLOW_RISE) -> None:
        self._rate, self._rise, self._open = rate, rise, True
        self._usual = FIRST_GUESS_S
        self._held: dict[Name, float] = {}
        self._line: deque[tuple[Name, asyncio.Future[None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def share(self, rate: float) -> None:
        """From now on it is this rate, messages a second."""
        self._rate = rate
        self._admit()

    @property
    def size(self) -> int:
        return slots_for(self._rate * self._usual, self._rise)

    @property
    def crowded(self) -> bool:
        """Whether somebody waits for a place."""
        return bool(self._line)

    async def enter(self, name: Name) -> None:
        """Waits for a place and takes it; also returns after `let_go`."""
        if not self._open or (not self._line and len(self._held) < self.size):
            self._held[name] = monotonic()
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append((name, place))
        self._admit()
        try:
            await place
        except asyncio.CancelledError:
            self.leave(name, durable=False)  # it may have been given in the same moment
            raise

    def leave(self, name: Name, *, durable: bool) -> None:
        """The message is no longer on its way; `durable`: its outcome is kept, and the time that took counts."""
        started = self._held.pop(name, None)
        if started is not None and durable:
            self._usual = learn(self._usual, monotonic() - started, self._rise)
        if self._line:
            self._admit()

    def let_go(self) -> None:
        """Nobody waits any longer."""
        self._open = False
        self._admit()

    def _admit(self) -> None:
        """Gives the places that are free to whoever waits longest, and looks again when the oldest message begins to hang."""
        now = monotonic()
        while self._held and self._line and self._hangs_at() <= now:
            del self._held[next(iter(self._held))]
        while self._line and (not self._open or len(self._held) < self.size):
            name, place = self._line.popleft()
            if not place.done():
                self._held[name] = now
                place.set_result(None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._line:
            self._timer = asyncio.get_running_loop().call_later(self._hangs_at() - now, self._admit)

    def _hangs_at(self) -> float:
        return next(iter(self._held.values())) + max(HANGING_AFTER_S, 4 * self._usual)
