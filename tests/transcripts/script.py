"""Reads a transcript: who says what in which order, and what the bot must answer (the form is described in README.md).

Leaves talking to `people` and comparing to the test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

BUTTON = re.compile(r"\[([^\]]+)\]")
HEADER = re.compile(r"(channel|language|about|list): (.+)")


@dataclass
class Expected:
    """One message of the bot: fragments in order, buttons in order, and what must not stand in it."""

    fragments: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass
class Exchange:
    """What the person does, one thing right after the other, and the messages that come back."""

    line: int
    person: list[str] = field(default_factory=list)
    bot: list[Expected] = field(default_factory=list)


@dataclass
class Script:
    header: dict[str, str]
    exchanges: list[Exchange]


def read(path: Path) -> Script:
    """Raises ValueError, naming the line, for what is neither of the two talking."""
    script = Script({}, [])
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        mark, words = line[:1], line[1:].strip()
        if mark == ">":
            if not script.exchanges or script.exchanges[-1].bot:
                script.exchanges.append(Exchange(number))
            script.exchanges[-1].person.append(words)
        elif mark == "<" and script.exchanges:
            _expect(script.exchanges[-1], line[1:2] == "!", words)
        elif (found := HEADER.fullmatch(line)) and not script.exchanges:
            script.header[found[1]] = found[2]
        elif line.strip() and mark != "#":
            raise ValueError(f"{path.name}:{number}: {line}")
    return script


def _expect(exchange: Exchange, absent: bool, words: str) -> None:
    if not exchange.bot or not words:
        exchange.bot.append(Expected())
    message = exchange.bot[-1]
    if absent:
        message.absent.append(words[1:].strip())
    elif BUTTON.match(words):
        message.buttons += BUTTON.findall(words)
    elif words:
        message.fragments.append(words)
