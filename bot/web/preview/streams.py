"""Open streams of the browser chat: tells each when its conversation has moved, whichever process moved it.

Not here: what a stream shows (see routes.py). One cheap question serves all streams together, so that a stream in which nothing happens
costs next to nothing; only one that moved reads its history.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.channels.preview import Preview
from storage.turns.types import StorageDown

POLL_INTERVAL_S = 3.0
"""Seconds between looks for what other processes have said."""


class Streams:
    """`numbers` says of conversations, by address, which number their last entry has."""

    def __init__(self, channel: Preview, numbers: Callable[[Sequence[str]], Awaitable[Mapping[str, int]]]) -> None:
        self._channel, self._numbers = channel, numbers
        self._looking: asyncio.Task[None] | None = None

    def open(self, address: str) -> asyncio.Event:
        """What is set whenever the conversation has moved."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look())
        return self._channel.watch(address)

    def close(self, address: str, moved: asyncio.Event) -> None:
        self._channel.unwatch(address, moved)
        if not self._channel.watched and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look(self) -> None:
        seen: dict[str, int | None] = {}
        while True:
            await asyncio.sleep(POLL_INTERVAL_S)
            addresses = self._channel.watched
            try:
                found = await self._numbers(addresses)
            except StorageDown:
                continue
            # one that is looked at for the first time counts as moved: nobody knows what its stream has read
            for address in addresses:
                if address not in seen or seen[address] != found.get(address):
                    self._channel.wake(address)
            seen = {address: found.get(address) for address in addresses}
