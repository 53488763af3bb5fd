"""Files that people sent as lists of purchases: fetched from where they came, read apart, and handed in as an event of their own.

Not here: when that happens, order and retry (see the outbox): an order stands there like a message, under a channel of its own, so
that it outlives a crash. What was read has its effect once, because the event's id follows from that of the event which brought the
file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import structlog

from bot.channels.base import Delivery, Sender
from bot.channels.fetching import Fetcher, Gone, NotNow, TooLarge
from bot.channels.program import Accept
from bot.files.sheets import Sheets
from dialogs.conversation import Conversation
from dialogs.files import READING_TIMEOUT
from dialogs.messages import Incoming, PurchaseFile
from dialogs.purchases import FILE
from dialogs.turn import Fetched, Library
from storage.turns.types import StorageDown, file_jobs_of

log = structlog.get_logger(__name__)


NOT_FETCHED = ("gone", "unreachable")
"""Faults of files that were never here."""


class Order(msgspec.Struct):
    """A file to be read. `at` is the instant at which it was sent: what is said of it belongs to that moment's reply window."""

    source: str
    address: str
    ref: str
    promotion: str
    at: datetime


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Order).decode


def order(incoming: Incoming, fetched: Fetched) -> bytes:
    return _encode(Order(fetched.source, incoming.address, fetched.attachment.ref, fetched.promotion, incoming.at))


Talk = Callable[[str, str], Awaitable[Conversation | None]]
"""The state of a conversation by channel and address, None where there is none. Raises StorageDown."""


class Files(Sender):
    """The file jobs of one channel."""

    def __init__(
        self,
        channel: str,
        fetcher: Fetcher,
        library: Library,
        sheets: Sheets,
        talk: Talk,
        accept: Accept,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = file_jobs_of(channel)
        self._channel, self._fetcher, self._library, self._sheets = channel, fetcher, library, sheets
        self._talk, self._accept, self._now = talk, accept, now

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        wanted = _decode(payload)
        try:
            talk = await self._talk(self._channel, wanted.address)
            reading = talk.slots.get("reading") if talk else None
            # read before, as after a crash, or its person was forgotten since: nothing is fetched for nobody
            if not isinstance(reading, dict) or wanted.source not in reading:
                return Delivery("sent")
            table = await self._table(wanted)
            if isinstance(table, Delivery):
                return table
            await self._accept(
                Incoming(
                    id=f"{wanted.source}:table",
                    channel=self._channel,
                    address=wanted.address,
                    at=wanted.at,
                    kind="table",
                    table=replace(table, source=wanted.source, promotion=wanted.promotion),
                )
            )
        except StorageDown:
            return Delivery("later", after=2.0, reason="storage")
        if table.fault not in NOT_FETCHED:  # what was not had is not deleted: it may be good
            await self._fetcher.dispose(wanted.ref)
        return Delivery("sent")

    async def _table(self, wanted: Order) -> PurchaseFile | Delivery:
        promotion = self._library.promotions.get(wanted.promotion)
        if promotion is None:  # taken away by its organiser since
            return PurchaseFile(fault="gone")
        try:
            data = await self._fetcher.fetch(wanted.ref, FILE)
        except TooLarge:
            return PurchaseFile(fault="too_large")
        except Gone:
            return PurchaseFile(fault="gone")
        except NotNow as trouble:
            if self._now() < wanted.at + READING_TIMEOUT:
                # a pause that its files need is none for the chat's messages
                return Delivery("later", after=trouble.after, reason=f"file: {trouble.reason}")
            return PurchaseFile(fault="unreachable")
        return await self._sheets.read(data, promotion, wanted.at)


def file_jobs(fetchers: Mapping[str, Fetcher], library: Library, talk: Talk, accept: Accept) -> dict[str, Files]:
    """What runs file jobs for each of these channels, by the name under which the outbox holds them."""
    sheets = Sheets()
    return {
        file_jobs_of(channel): Files(channel, fetcher, library, sheets, talk, accept)
        for channel, fetcher in fetchers.items()
    }
