"""The browser chat: a channel like any other, shown under the limits of Telegram or of WhatsApp.

Not here: HTTP (see bot/web/). What is "sent" is already durable in the outbox; sending only wakes the streams that show it.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import msgspec

from bot.channels.base import Channel, Delivery
from bot.channels.telegram import shape as telegram_shape
from bot.channels.whatsapp import shape as whatsapp_shape
from bot.text import markup as marked
from bot.text.fitting import Fitted, fit
from bot.text.limits import Limits
from bot.text.phrases import Rendered

NAME = "preview"
IDLE_DAYS = 30
"""After so many days without a word a talk goes, and a token that was not renewed is worth nothing."""
PROFILES: dict[str, Limits] = {"telegram": telegram_shape.LIMITS, "whatsapp": whatsapp_shape.LIMITS}
_encode = msgspec.json.Encoder().encode


class Preview(Channel):
    """Addresses are `<profile>:<browser token>`."""

    name = NAME
    outbox_is_read = True

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def limits(self, address: str) -> Limits:
        return PROFILES[address.partition(":")[0]]

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return [self._call(address, piece, message.language) for piece in fit(message, self.limits(address))]

    def _call(self, address: str, piece: Fitted, language: str) -> bytes:
        shown: dict[str, Any] = {"to": address, "lang": language, "shape": piece.shape, "spans": []}
        for span in marked.spans(piece.text):
            entry: dict[str, Any] = {"t": span.text}
            if span.bold:
                entry["b"] = True
            if span.quote:
                entry["q"] = True
            if span.fold:
                entry["f"] = True
            shown["spans"].append(entry)
        if piece.options:
            shown["options"] = [{"id": o.id, "label": o.label, "hint": o.hint} for o in piece.options]
            if piece.shape == "buttons" and address.startswith("telegram:"):
                shown["rows"] = telegram_shape.rows([option.label for option in piece.options])
        return _encode(shown)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        self.wake(msgspec.json.decode(payload)["to"])
        return Delivery("sent")

    def wake(self, address: str) -> None:
        for event in self._waiting.get(address, ()):
            event.set()

    def watch(self, address: str) -> asyncio.Event:
        event = asyncio.Event()
        self._waiting.setdefault(address, set()).add(event)
        return event

    def unwatch(self, address: str, event: asyncio.Event) -> None:
        watchers = self._waiting.get(address, set())
        watchers.discard(event)
        if not watchers:
            self._waiting.pop(address, None)

    @property
    def watched(self) -> tuple[str, ...]:
        return tuple(self._waiting)

    def wake_all(self) -> None:
        for events in list(self._waiting.values()):
            for event in events:
                event.set()
