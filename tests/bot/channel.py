"""A channel that does what the test says, a double at the port `bot.channels.base.Channel`; and an outbox that sends by it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.channels.base import Channel, Delivery
from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates
from bot.delivery.retries import GIVE_UP_THROTTLED_AFTER_S
from bot.text.limits import Limits
from bot.text.phrases import Rendered
from domain.pace import FREE
from storage.tables import Sending, outbox
from storage.turns.types import Mark, Queued
from tests.storage.store import Silent, Store
from tests.waiting import until

SENT = Delivery("sent", "1")
SOON = 0.01


def later(after: float = SOON) -> Delivery:
    """The provider asks for a pause of so many seconds."""
    return Delivery("later", after=after, reason="429", throttled=True)


class Scripted(Channel):
    """Answers calls with `outcomes` in turn, then all is sent. `gate` holds every call back while it is not set."""

    name = "telegram"

    def __init__(self, outcomes: Iterable[Delivery | Exception] = ()) -> None:
        self.outcomes = list(outcomes)
        self.calls: list[tuple[bytes, bool]] = []
        self.arrived = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    @property
    def payloads(self) -> list[str]:
        return [payload.decode() for payload, _ in self.calls]

    def limits(self, address: str) -> Limits:
        return Limits(4096, 100, 64, 4096)

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        raise NotImplementedError("these tests compose their messages themselves")

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        self.calls.append((payload, repeated))
        self.arrived.set()
        await self.gate.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else SENT
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class Heard:
    """What the writer tells goes to an outbox."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def kept(self, marks: Sequence[Mark]) -> None:
        self._outbox.kept(marks)

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        self._outbox.taken(given, own)

    def recovered(self) -> None:
        return None


class Post:
    """A store, a scripted channel, and the outbox between them, which hears from the store's writer."""

    def __init__(self, store: Store, rates: Rates | None = None, throttled: float = GIVE_UP_THROTTLED_AFTER_S) -> None:
        self.store = store
        self.channel = Scripted()
        each = {"telegram": rates or Rates(1e6, 1e6, FREE)}
        self.outbox = Outbox({"telegram": self.channel}, store.writer, each, throttled=throttled)
        store.listener = Heard(self.outbox)

    async def say(self, *texts: str, address: str = "ann") -> None:
        """Turns whose answers are now waiting to be sent."""
        for text in texts:
            await self.store.turn(f"{address}/{text}", text, address)

    async def unheard(self, *texts: str, address: str = "ann") -> list[Queued]:
        """Messages that were committed, and that the outbox was not told of."""
        self.store.listener = Silent()
        committed = [await self.store.turn(f"{address}/{text}", text, address) for text in texts]
        self.store.listener = Heard(self.outbox)
        return [queued for one in committed for queued in one.sends]

    async def sent(self) -> None:
        await until(lambda: self.outbox.waiting == 0)

    async def statuses(self) -> list[Sending]:
        return [Sending(row.status) for row in await self.store.rows(outbox)]
