"""The person of a transcript on each channel: does what a line says, and sees what the bot sent.

Leaves reading the lines to `script`. `{sticker}` and its like are what has no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.world import World

FILES = Path(__file__).parent / "files"
EVENT = re.compile(r"\{([a-z ]+?)(?:: (.*))?\}")


@dataclass(frozen=True)
class Shown:
    """A message as the person sees it, its text without the channel's own markup."""

    text: str
    buttons: list[str]


class Person(Protocol):
    @property
    def phone(self) -> str:
        """The number that the channel vouches for."""
        ...

    async def do(self, line: str) -> None: ...

    async def see(self, count: int) -> list[Shown]:
        """What the bot has sent so far, at least so many messages."""
        ...


class OnTelegram:
    def __init__(self, world: World, language: str) -> None:
        self._telegram = world.telegram
        self._person = world.telegram.person(language_code=language)
        self._last: Any = None

    @property
    def phone(self) -> str:
        return str(self._person.phone)

    async def do(self, line: str) -> None:
        if event := EVENT.fullmatch(line):
            updates = self._event(event[1], event[2] or "")
        elif line.startswith("["):
            label = line.strip("[]")
            sent = self._telegram.messages(self._person.chat_id)
            bearer = next(message for message in reversed(sent) if label in message.labels)
            updates = [self._person.press(bearer, label)]
        else:
            updates = [self._person.text(line)]
        self._last = updates[-1]
        await self._telegram.push(*updates)

    def _event(self, what: str, words: str) -> list[Any]:
        person = self._person
        match what:
            case "start":
                return [person.start(words)]
            case "edit":
                return [person.edited(self._last, words)]
            case "album":
                return person.album(b"1", b"2", b"3")
            case "photo":
                return [person.photo(caption=words)]
            case "file":
                return [person.document(content_of(words), words, "text/csv")]
            case "contact of somebody else":
                return [person.contact(own=False)]
            case "old button":
                message = self._telegram.messages(person.chat_id)[0]
                return [person.press(message, data=words)]
        return [getattr(person, what)()]

    async def see(self, count: int) -> list[Shown]:
        chat = self._person.chat_id
        await self._telegram.wait_for(lambda: len(self._telegram.messages(chat)) >= count)
        return [Shown(_plain(message.text), message.labels) for message in self._telegram.messages(chat)]


class OnWhatsApp:
    def __init__(self, world: World, number: int) -> None:
        self._twilio = world.twilio
        self.phone = f"+7701{number:07}"
        self._person = world.twilio.person(self.phone)

    async def do(self, line: str) -> None:
        if event := EVENT.fullmatch(line):
            what, words = event[1], event[2] or ""
            person = self._person
            form = person.document(content_of(words), words, "text/csv") if what == "file" else getattr(person, what)()
        elif line.startswith("["):
            label = line.strip("[]")
            sent = self._twilio.messages(self._person.address)
            form = self._person.press(next(message for message in reversed(sent) if label in message.labels), label)
        else:
            form = self._person.text(line)
        await self._twilio.receive(form)

    async def see(self, count: int) -> list[Shown]:
        address = self._person.address
        await self._twilio.wait_for(lambda: len(self._twilio.messages(address)) >= count)
        return [Shown(_plain(message.text), message.labels) for message in self._twilio.messages(address)]


def content_of(name: str) -> bytes:
    """What stands in a file of files/."""
    return (FILES / name).read_bytes()


def _plain(text: str) -> str:
    """Without no-break spaces, quotation arrows at the beginning of lines, and the stars of bold words."""
    text = re.sub(r"^> ?", "", text.replace("\u00a0", " "), flags=re.MULTILINE)
    return re.sub(r"\*(\S(?:[^*\n]*\S)?)\*", r"\1", text)
