"""Waits for an event, but not longer than so many seconds.

Not here: what is done when it came, or did not (see who calls it).
"""

from __future__ import annotations

import asyncio


async def waited(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event was set in time. Not `wait_for`: in Python 3.11 it can swallow being cancelled."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
