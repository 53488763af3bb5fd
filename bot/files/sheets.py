"""Has lists of purchases read in the sandbox, a few at a time, whoever sent them.

Not here: the process (see child.py). A chat's files are handed in one after another (see bot/delivery/outbox.py), and places are given
in the order in which they are asked for: so however many files a person sends, another's waits for one of them at most in each place.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

import msgspec
import structlog

from bot.files.child import Answer, read_apart
from dialogs.messages import PurchaseFile
from dialogs.purchases import KEPT, ladder
from domain.facts import FactError
from domain.promotion import Promotion
from domain.purchases import read_purchases
from storage.lists.own_file import TOLD

log = structlog.get_logger(__name__)

MAX_CHILDREN: Final = 2
"""Files that are read at the same time."""
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
            answer = await read_apart("purchases", head, data)
        return table_of(answer, promotion)


def table_of(answer: Answer, promotion: Promotion) -> PurchaseFile:
    """What a reader said, believed only as far as a list of purchases can go: its file may have taken it over."""
    if answer.unsafe:
        log.error("no_sandbox", reason="; ".join(answer.walls.gaps) if answer.walls else "")
        return PurchaseFile(fault="no_sandbox")
    if answer.said is not None:
        try:
            table = _read(answer.said)
            read_purchases(table.rows, promotion.zone)
        except (msgspec.DecodeError, FactError, TypeError, AttributeError):
            table = None
        if table is None or len(table.rows) > KEPT or len(table.refused) > TOLD:
            log.error("reader_said_nonsense")
            return PurchaseFile(fault="damaged")
        return table
    log.warning("file_not_read", code=answer.code)
    # killed for its time or out of memory: the file asks for more than a list of purchases ever does
    return PurchaseFile(fault="too_large" if answer.code < 0 else "damaged")
