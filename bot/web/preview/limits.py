"""How fast one browser, and one network address, may call: the address bounds whoever makes a new browser for every call.

Not here: refusing (see the routes). Many people share the address of a mobile network, so its bounds are wide; what one person may say
to the bot is bounded by `dialogs.crowding`.
"""

from __future__ import annotations

from time import monotonic

from bot.delivery.bucket import Bucket

KNOWN = 10_000
"""Buckets that are remembered; the ones that were used longest ago go first."""
BROWSER, ADDRESS, SESSIONS, READS = (2.0, 20.0), (20.0, 400.0), (1.0, 100.0), (50.0, 500.0)
"""Calls a second and at once: events of a browser, events of an address, new browsers of an address, an address's looks at talks."""
STREAMS = 300
"""Open streams of an address at most: each holds a connection."""


class Callers:
    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}
        self._open: dict[str, int] = {}

    def event(self, token: str, address: str) -> bool:
        """Whether this browser at this address may say something now."""
        return self._take(f"browser {token}", BROWSER) and self._take(f"address {address}", ADDRESS)

    def session(self, address: str) -> bool:
        """Whether a new browser may be known at this address now."""
        return self._take(f"sessions {address}", SESSIONS)

    def look(self, address: str) -> bool:
        """Whether a talk may be read at this address now, once or as a stream."""
        return self._open.get(address, 0) < STREAMS and self._take(f"reads {address}", READS)

    def opened(self, address: str) -> None:
        self._open[address] = self._open.get(address, 0) + 1

    def closed(self, address: str) -> None:
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]

    def _take(self, name: str, figures: tuple[float, float]) -> bool:
        bucket = self._buckets.pop(name, None) or Bucket(*figures)
        self._buckets[name] = bucket
        if len(self._buckets) > KNOWN:
            del self._buckets[next(iter(self._buckets))]
        return bucket.take(monotonic())
