"""The terminal: a channel like any other, where a button is typed by its number and a quotation stands behind a bar.

Leaves reading what is typed, and the order of the talk, to `bot.cli_chat`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from bot import marked
from bot.channels import preview
from bot.channels.base import Accept, Delivery, Limits
from bot.fitting import fit
from bot.phrases import Rendered

NAME = "console"
PROFILES: dict[str, Limits] = {
    "terminal": Limits(text=20_000, buttons=0, button_label=0, button_text=0),
    **preview.PROFILES,
}
_BOLD, _QUIET, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
BAR = "│ "


class Console:
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

    async def shown(self) -> None:
        """Comes back when something more has been shown."""
        await self._shown.wait()
        self._shown.clear()

    async def open(self, accept: Accept) -> None:
        return None

    async def close(self) -> None:
        return None


def draw(text: str, width: int | None) -> list[str]:
    """A marked text as lines: with ANSI and broken at words where there is a width, else as it is; quotations behind a bar."""
    lines: list[str] = []
    bold = quote = False
    for line in text.split("\n"):
        quoted = quote or marked.QUOTE in line
        room = (width - 1 - len(BAR) * quoted) if width else None
        for piece in _broken(line, room):
            drawn = _BOLD if width and bold else ""
            for character in piece:
                match character:
                    case marked.BOLD | marked.UNBOLD:
                        bold = character == marked.BOLD
                        drawn += (_BOLD if bold else _PLAIN) if width else ""
                    case marked.QUOTE | marked.UNQUOTE:
                        quote = character == marked.QUOTE
                    case _:
                        drawn += character
            stop = _PLAIN if width and bold else ""
            bar = (f"{_QUIET}{BAR}{_PLAIN}" if width else BAR) if quoted else ""
            lines.append(f"{bar}{drawn}{stop}".rstrip())
    return lines


def _broken(line: str, room: int | None) -> list[str]:
    """A line in pieces of at most that many visible characters, broken between words; a longer word stays whole."""
    if room is None or marked.length(line) <= room:
        return [line]
    pieces = [""]
    for word in line.split(" "):
        if pieces[-1] and marked.length(pieces[-1]) + 1 + marked.length(word) > room:
            pieces.append(word)
        else:
            pieces[-1] = f"{pieces[-1]} {word}" if pieces[-1] else word
    return pieces
