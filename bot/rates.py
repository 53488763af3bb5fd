"""How fast a provider wants to be called: a bucket overall and one per chat, as arithmetic, with no task or timer per chat.

Leaves the figures to the settings. The clock is the loop's own (monotonic seconds).
"""

from __future__ import annotations

import asyncio


class Bucket:
    """`burst` calls at once, then `rate` a second (GCRA, ITU-T I.371). `due` says when the next call may start and takes that place."""

    __slots__ = ("_ahead", "_gap", "_next")

    def __init__(self, rate: float, burst: float) -> None:
        self._gap = 1 / rate
        self._ahead = (burst - 1) * self._gap
        self._next = 0.0

    def due(self, now: float) -> float:
        place = max(self._next, now)
        self._next = place + self._gap
        return max(now, place - self._ahead)

    def take(self, now: float) -> bool:
        """Takes a place if one is free now; who is turned away loses nothing by having asked."""
        if max(self._next, now) - self._ahead > now:
            return False
        self.due(now)
        return True

    def hold(self, until: float) -> None:
        self._next = max(self._next, until + self._ahead)

    def idle(self, now: float) -> bool:
        return self._next <= now


class Rates:
    """Messages a second over all chats and within one."""

    def __init__(self, overall: float, overall_burst: float, chat: float, chat_burst: float) -> None:
        self._overall = Bucket(overall, overall_burst)
        self._chat, self._chat_burst = chat, chat_burst
        self._chats: dict[bytes, Bucket] = {}

    def delay(self, key: bytes) -> float:
        """Seconds until a message may leave for this chat; its place is taken."""
        now = asyncio.get_running_loop().time()
        bucket = self._chats.get(key)
        if bucket is None:
            self._forget_idle(now)
            bucket = self._chats[key] = Bucket(self._chat, self._chat_burst)
        return max(bucket.due(now), self._overall.due(now)) - now

    def pause(self, key: bytes, seconds: float) -> None:
        """The provider asked for a pause in this chat."""
        if bucket := self._chats.get(key):
            bucket.hold(asyncio.get_running_loop().time() + seconds)

    def _forget_idle(self, now: float) -> None:
        """Nothing is kept per known person: full buckets go when there are many."""
        if len(self._chats) >= 4096:
            self._chats = {key: bucket for key, bucket in self._chats.items() if not bucket.idle(now)}
