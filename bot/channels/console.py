"""The terminal: a channel like any other, where a button is typed by its number and a quotation stands behind a bar.

Not here: reading what is typed, and the order of the talk (see bot/cli/chat.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from bot.channels import preview
from bot.channels.base import Channel, Delivery
from bot.text.fitting import fit
from bot.text.limits import Limits
from bot.text.phrases import Rendered
from bot.text.terminal import draw
from bot.waiting import waited

NAME = "console"
PROFILES: dict[str, Limits] = {
    "terminal": Limits(text=20_000, buttons=0, button_label=0, button_text=0),
    **preview.PROFILES,
}


class Console(Channel):
    """Addresses are `<profile>:<name>`. `width` is that of a terminal that knows ANSI, None for a pipe or a file."""

    name = NAME

    def __init__(self, write: Callable[[str], object], width: int | None = None) -> None:
        self._write, self._width = write, width
        self._shown = asyncio.Event()

    def limits(self, address: str) -> Limits:
        return PROFILES[address.partition(":")[0]]

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        calls = []
        for piece in fit(message, self.limits(address)):
            labels = [option.label for option in piece.options]
            calls.append(msgspec.json.encode({"text": piece.text, "options": labels}))
        return calls

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        self.show(payload)
        self._shown.set()
        return Delivery("sent")

    def show(self, payload: bytes) -> None:
        message: dict[str, Any] = msgspec.json.decode(payload)
        lines = draw(message["text"], self._width)
        lines += [f"  [{number}] {label}" for number, label in enumerate(message["options"], 1)]
        self._write("\n".join(lines) + "\n\n")

    async def shown(self, within: float) -> None:
        """Comes back when something more has been shown, or after so many seconds."""
        if await waited(self._shown, within):
            self._shown.clear()
