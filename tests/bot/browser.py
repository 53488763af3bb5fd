"""A browser at the preview chat, as far as HTTP goes: a cookie jar, events out, history and stream in.

Leaves the page itself to tests/browser.
"""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import aiohttp
from yarl import URL

from bot.web.preview.visitors import COOKIE
from tests.world import World

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    def __init__(self, world: World, token: str | None = None) -> None:
        self.url = world.base_url
        jar = aiohttp.CookieJar(unsafe=True)
        self.http = aiohttp.ClientSession(cookie_jar=jar, headers=SAME_ORIGIN)
        if token is not None:
            jar.update_cookies({COOKIE: token}, URL(self.url))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.close()

    async def session(self) -> aiohttp.ClientResponse:
        """Asks for a session and keeps its cookie."""
        async with self.http.post(f"{self.url}/preview/session") as answer:
            return answer

    @property
    def token(self) -> str:
        return next(cookie.value for cookie in self.http.cookie_jar if cookie.key == COOKIE)

    @property
    def name(self) -> str:
        """What of the token says who it is."""
        return self.token.partition(".")[0]

    async def post(self, body: Any, **headers: str) -> int:
        """The status of an event, whatever it is."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.http.post(f"{self.url}/preview/events", data=data, headers=headers) as answer:
            return answer.status

    async def say(self, text: str, *, id: str | None = None, profile: str = "telegram", **more: Any) -> int:
        event = {"id": id or str(uuid4()), "profile": profile, "kind": "text", "text": text, **more}
        return await self.post(event)

    async def get(self, query: str) -> tuple[int, Any]:
        async with self.http.get(f"{self.url}/preview/history?{query}") as answer:
            return answer.status, await answer.json()

    async def history(self, profile: str = "telegram", after: int = 0) -> list[dict[str, Any]]:
        status, body = await self.get(f"profile={profile}&after={after}")
        assert status == 200, body
        messages: list[dict[str, Any]] = body["messages"]
        return messages

    async def streamed(self, count: int, profile: str = "telegram", after: int = 0) -> list[dict[str, Any]]:
        """The first so many messages of the stream."""
        found: list[dict[str, Any]] = []
        url = f"{self.url}/preview/stream?profile={profile}&after={after}"
        async with asyncio.timeout(10), self.http.get(url) as answer:
            assert answer.content_type == "text/event-stream"
            async for line in answer.content:
                if line.startswith(b"data:"):
                    found.append(json.loads(line.removeprefix(b"data:")))
                if len(found) == count:
                    break
        return found


def words(message: dict[str, Any]) -> str:
    """What a message of the bot says."""
    return "".join(span["t"] for span in message.get("spans", ())) or str(message.get("text", ""))
