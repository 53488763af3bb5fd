"""Runs a fake in a thread with its own event loop, for use beside a bot process or from plain functions.

What the fake does is left to the fake; reading its lists from outside is safe, changing it goes through `call`.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from .server import FakeServer

F = TypeVar("F", bound=FakeServer)
T = TypeVar("T")


class InThread(Generic[F]):
    """`with InThread(lambda: FakeTelegram()) as tg: tg.call(tg.fake.push(...)); tg.wait_for(lambda: tg.fake.calls)`."""

    fake: F

    def __init__(self, build: Callable[[], F], port: int = 0) -> None:
        self._build = build
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.fake = self.call(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.call(self.fake.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> F:
        fake = self._build()
        await fake.start(self._port)
        return fake

    @property
    def base_url(self) -> str:
        return self.fake.base_url

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine of the fake in its loop and hand back what it gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        return self.call(self.fake.wait_for(predicate, timeout))
