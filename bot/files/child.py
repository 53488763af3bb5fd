"""Has a file read in a process of its own (`storage.lists.child`), so that no file can hold up the loop, or take its memory.

Not here: the limits of memory and processor time (see that process). It gets the file by a pipe and nothing of our environment: no
key, no token.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import msgspec
import structlog

import storage
from dialogs.messages import PurchaseFile
from dialogs.purchases import KEPT, ladder
from domain.promotion import Promotion

log = structlog.get_logger(__name__)

MAX_CHILDREN = 2
"""Files that are read at the same time."""
TIMEOUT_S = 40.0
"""Longest wait for the answer about one."""
_ROOT = Path(storage.__file__).resolve().parent.parent
_read = msgspec.json.Decoder(PurchaseFile).decode


class Sheets:
    """Use it inside the running loop."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(MAX_CHILDREN)

    async def read(self, data: bytes, promotion: Promotion, now: datetime) -> PurchaseFile:
        """What the file says as a list of purchases of this promotion. `now` is an instant: what lies after it was not bought."""
        rule = ladder(promotion)
        head = msgspec.json.encode(
            {
                "lotteries": dict(rule.lotteries) if rule else {},
                "zone": promotion.zone.key,
                "now": now,
                "first": promotion.first_day(promotion.whole),
                "last": promotion.last_day(promotion.whole),
                "room": KEPT,
            }
        )
        async with self._places:
            return await _read_apart(head + b"\n" + data)


async def _read_apart(said: bytes) -> PurchaseFile:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "storage.lists.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback may hold what stands in the file
        env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        async with asyncio.timeout(TIMEOUT_S):
            answer, _ = await process.communicate(said)
    except TimeoutError:
        return PurchaseFile(fault="too_large")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        log.warning("file_not_read", code=process.returncode)
        # killed for its time or out of memory: the file asks for more than a list of purchases ever does
        return PurchaseFile(fault="too_large" if process.returncode < 0 else "damaged")
    return _read(answer)
