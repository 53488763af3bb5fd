"""How fast a provider wants to be called: over all chats by a bucket, within one by the pace that its conversation keeps.

Not here: the figures (see the settings); a chat's pace (see domain/pace.py). The clock is time.monotonic (seconds).
"""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic

from bot.channels.program import SendRate
from bot.delivery.bucket import Bucket
from bot.delivery.in_flight import FAST_RISE, SLOW_RISE, InFlightLimit
from domain.pace import Pace


class Rates:
    """Of one channel. Who finds no place waits in line; what is shared out, or held, holds for those in line too.

    `asks`: after a crash the provider can be asked what was sent, so there is no need to be careful with what is on its way.
    """

    def __init__(
        self, overall: float, burst: float, chat: Pace, group: Pace | None = None, *, asks: bool = False
    ) -> None:
        self._bucket, self._overall = Bucket(overall, burst), overall
        self.in_flight = InFlightLimit(overall, FAST_RISE if asks else SLOW_RISE)
        self.chat, self._group = chat, group or chat
        self._line: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @classmethod
    def of(cls, rate: SendRate) -> Rates:
        return cls(rate.overall, rate.overall, rate.chat, rate.group, asks=rate.asks)

    def pace(self, address: str) -> Pace:
        """Telegram's groups have negative numbers."""
        return self._group if address.startswith("-") else self.chat

    @property
    def slowest(self) -> Pace:
        """Of a chat or of a group, whichever has to go slower."""
        return max(self.chat, self._group, key=lambda pace: pace.gap)

    def share(self, part: float) -> None:
        """This process may use so much of the overall rate; the others use the rest."""
        self._bucket.share(part, monotonic())
        self.in_flight.share(self._overall * part)
        self._arm()

    def hold(self, seconds: float) -> None:
        """The provider asked for a pause of everything."""
        self._bucket.hold(monotonic() + seconds)
        self._arm()

    def take(self) -> bool:
        """Takes a place if nobody waits and one is free."""
        return not self._line and self._bucket.take(monotonic())

    async def wait_for_slot(self) -> None:
        """Waits for a place and takes it; returns without one after `let_go`."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(future)
        self._arm()
        await future

    def let_go(self) -> None:
        """Nobody waits any longer."""
        self.in_flight.let_go()
        while self._line:
            _resolve(self._line.popleft())

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._line:
            now = monotonic()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._bucket.free_at(now) - now, self._serve)

    def _serve(self) -> None:
        self._timer = None
        while self._line and (self._line[0].done() or self._bucket.take(monotonic())):
            _resolve(self._line.popleft())
        self._arm()


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
