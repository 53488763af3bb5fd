"""How often one browser, and one network address, may call: the address bounds whoever makes a new browser for every call.

Not here: refusing (see the routes), whose an address is (see visitors.py). Counted by each process, from its start. Many people share the
address of a mobile network, so its bounds are wide; what one person may say to the bot is bounded by `dialogs.flood`.
"""

from __future__ import annotations

from collections import Counter
from time import monotonic

from bot.delivery.bucket import Bucket

KNOWN = 10_000
"""Buckets that are remembered; the ones that were used longest ago go first."""
BROWSER, ADDRESS, READS = (2.0, 20.0), (20.0, 400.0), (50.0, 500.0)
"""Calls a second and at once: events of a browser, events of an address, an address's looks at talks."""
BROWSERS, BROWSERS_IN_ALL = 100, 3000
"""New browsers a day: of an address, and of all together. Each may have a talk of either profile."""
DAY_S = 86_400
STREAMS, STREAMS_IN_ALL = 60, 400
"""Open streams at most, of an address and of all together: each holds one of the process's connections."""


class Callers:
    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}
        self._open: Counter[str] = Counter()
        self._new: Counter[str] = Counter()
        self._day = 0

    def event(self, token: str, address: str) -> bool:
        """Whether this browser at this address may say something now."""
        return self._take(f"browser {token}", BROWSER) and self._take(f"address {address}", ADDRESS)

    def session(self, address: str) -> bool:
        """Whether a new browser may be known at this address today."""
        if (day := int(monotonic() / DAY_S)) != self._day:
            self._day, self._new = day, Counter()
        if self._new[address] >= BROWSERS or self._new.total() >= BROWSERS_IN_ALL:
            return False
        self._new[address] += 1
        return True

    def look(self, address: str) -> bool:
        """Whether a talk may be read at this address now, once or as a stream."""
        return self._room(address) and self._take(f"reads {address}", READS)

    def _room(self, address: str) -> bool:
        return self._open[address] < STREAMS and self._open.total() < STREAMS_IN_ALL

    def opened(self, address: str) -> None:
        self._open[address] += 1

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
