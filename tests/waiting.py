"""Waiting for what tells nobody that it has happened: the condition is looked at again and again, for a bounded time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], seconds: float = 8.0) -> None:
    """Raises TimeoutError. For calls of the fakes use their own `wait_for`."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
