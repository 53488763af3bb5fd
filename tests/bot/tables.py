"""Files of purchases as people send them, and three people who send them: on Telegram, on WhatsApp and in a browser.

Leaves what must come of them to the tests.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from domain.rulebook import Language
from tests.bot.browser import Browser, words
from tests.world import World

GOOD = "Дата;Лотерея;Сумма\n12.01.2026 14:30;Кено;600 000,00\n31.02.2026;Бинго;5\n13.01.2026;Бинго;450 000\n"
SECRET = "Құпия-Лотерея-7"
"""What stands in a file and nowhere else."""


class Sender(Protocol):
    async def say(self, text: str) -> None: ...

    async def send(self, content: bytes, name: str = "list.csv", kind: str = "text/csv") -> None: ...

    async def heard(self, part: str) -> str:
        """The first message of the bot with that part in it, once it is there."""
        ...


class OnTelegram:
    def __init__(self, world: World) -> None:
        self.world, self.person = world, world.telegram.person()

    async def say(self, text: str) -> None:
        await self.world.telegram.push(self.person.text(text))

    async def send(self, content: bytes, name: str = "list.csv", kind: str = "text/csv") -> None:
        await self.world.telegram.push(self.person.document(content, name, kind))

    def texts(self) -> list[str]:
        return [message.text for message in self.world.telegram.messages(self.person.id)]

    async def heard(self, part: str) -> str:
        await self.world.telegram.wait_for(lambda: any(part in text for text in self.texts()), timeout=20)
        return next(text for text in self.texts() if part in text)


class OnWhatsApp:
    def __init__(self, world: World) -> None:
        self.world, self.person = world, world.twilio.person(f"+7701{uuid4().int % 10**7:07}")

    async def say(self, text: str) -> None:
        await self.world.twilio.receive(self.person.text(text))

    async def send(self, content: bytes, name: str = "list.csv", kind: str = "text/csv") -> None:
        await self.world.twilio.receive(self.person.document(content, name, kind))

    def texts(self) -> list[str]:
        return [message.text for message in self.world.twilio.messages(self.person.address)]

    async def heard(self, part: str) -> str:
        await self.world.twilio.wait_for(lambda: any(part in text for text in self.texts()), timeout=20)
        return next(text for text in self.texts() if part in text)


class InBrowser:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def say(self, text: str) -> None:
        assert await self.browser.say(text) == 200

    async def send(self, content: bytes, name: str = "list.csv", kind: str = "text/csv") -> None:
        id = str(uuid4())
        assert await upload(self.browser, id, content) == 204
        assert await announce(self.browser, id, name, kind, len(content)) == 200

    async def heard(self, part: str) -> str:
        """By the stream, as the page hears it."""
        url = f"{self.browser.url}/preview/stream?profile=telegram&after=0"
        async with asyncio.timeout(20), self.browser.http.get(url) as answer:
            async for line in answer.content:
                said = line.removeprefix(b"data:").strip() if line.startswith(b"data:") else b""
                if said and part in (text := words(json.loads(said))):  # a sign of life comes with an empty one
                    return text
        raise AssertionError(part)


async def upload(browser: Browser, id: str, content: bytes, profile: str = "telegram") -> int:
    url = f"{browser.url}/preview/files/{id}?profile={profile}"
    async with browser.http.post(url, data=content, headers={"Content-Type": "application/octet-stream"}) as answer:
        return answer.status


async def announce(browser: Browser, id: str, name: str, kind: str, size: int) -> int:
    attachment = {"name": name, "type": kind, "size": size}
    return await browser.post({"id": id, "profile": "telegram", "kind": "attachment", "attachment": attachment})


async def asked_for(sender: Sender, language: Language = "ru") -> None:
    """The person is asked for purchases in this language."""
    await sender.say(f"/{language}")
    await sender.say("January Surprise")
    await sender.say("/chances")
    await sender.heard("XLSX")


def waiting(world: World) -> list[Path]:
    """Files that lie on the disk."""
    return sorted((world.settings().var_dir / "uploads").glob("*"))
