"""`utys chat`: the same bot in a terminal, line by line, through the same intake, database and outbox as everywhere.

Not here: how a message looks (see bot/channels/console.py). The loop runs only while an answer is on its way: between two lines the
terminal belongs to the person, so that line editing, Ctrl-C and the end of a pipe behave as in any shell tool.
"""

from __future__ import annotations

import asyncio
import getpass
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bot.app import App
from bot.channels.console import NAME, Console
from bot.settings import Settings
from dialogs.messages import Incoming, Kind
from storage.talks.history import history

REMEMBERED = 4
"""Entries of an earlier talk that are shown again in a terminal."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is tapped before the first line."""

    profile: str = "terminal"
    promotion: str | None = None
    language: str | None = None


def chat(settings: Settings, opening: Opening) -> None:
    """Runs until the end of the input. Raises Cannot, Unusable, BadSetting, StorageDown."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    for stream in (sys.stdin, sys.stdout):
        _forgive(stream)
    console = Console(_print, shutil.get_terminal_size().columns if sys.stdout.isatty() else None)
    with asyncio.Runner() as runner:
        talk = runner.run(Talk.open(settings, console, f"{opening.profile}:{_login()}"))
        try:
            if terminal:
                print("A message, or the number of a button. Ctrl-D ends the chat.\n", file=sys.stderr)
                runner.run(talk.remember())
            if opening.promotion:
                runner.run(talk.say("start", opening.promotion))
            if opening.language:
                runner.run(talk.say("option", option=f"language.{opening.language}"))
            for line in _lines("› " if terminal else ""):
                runner.run(talk.say("text", line))
        except KeyboardInterrupt:
            print()
        finally:
            runner.run(talk.app.stop())


class Talk:
    """One conversation of one terminal with the running program around it."""

    def __init__(self, app: App, console: Console, address: str) -> None:
        self.app, self._console, self._address = app, console, address

    @classmethod
    async def open(cls, settings: Settings, console: Console, address: str) -> Talk:
        app = App(settings, console)
        await app.start()
        talk = cls(app, console, address)
        await talk._answered()  # what an earlier chat committed and could not show any more
        return talk

    async def say(self, kind: Kind, text: str = "", option: str | None = None) -> None:
        """Hands one event in and comes back when everything that answers it has been shown."""
        now = datetime.now(UTC)
        await self.app.intake.accept(Incoming(str(uuid4()), NAME, self._address, now, kind, text, option=option))
        await self._answered()

    async def remember(self) -> None:
        """Shows the end of the talk as it stands in the database."""
        key = self.app.intake.key(NAME, self._address)
        said = await self.app.reads(lambda connection: history(connection, self.app.seal, key))
        for entry in said[-REMEMBERED:]:
            if entry.payload is not None:
                self._console.show(entry.payload)
            elif entry.incoming is not None and entry.incoming.text:
                _print(f"› {entry.incoming.text}\n\n")

    async def _answered(self) -> None:
        while self.app.outbox.waiting:
            await self._console.shown(within=0.2)  # what cannot be shown is given up by the outbox without a word to us


def _lines(prompt: str) -> Iterator[str]:
    if prompt:
        try:
            import readline  # noqa: F401 - makes the arrow keys work in input()
        except ImportError:
            pass
    while True:
        try:
            line = input(prompt)
        except EOFError:
            if prompt:
                print()
            return
        if line.strip():
            yield line


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _forgive(stream: Any) -> None:
    """Bytes that are no text, and letters that the terminal lacks, become a sign of their absence."""
    stream.reconfigure(errors="replace")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "nobody"
