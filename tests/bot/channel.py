"""A channel that does what the test says: a double at the port `bot.channels.base.Channel`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from bot.channels.base import Accept, Delivery, Limits
from bot.phrases import Rendered

SENT = Delivery("sent", "1")
SOON = 0.01


def later(after: float = SOON, reason: str = "429") -> Delivery:
    return Delivery("later", after=after, reason=reason)


class Scripted:
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

    async def open(self, accept: Accept) -> None:
        return None

    async def close(self) -> None:
        return None
