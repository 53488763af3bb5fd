"""Telegram and Twilio as far as a load test needs them: every call succeeds, and who waits for a chat's message is told.

Leaves exactness to `tests/fakes`, which is true to the providers and too slow to be the other end of a measurement.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter, deque
from collections.abc import Iterable

from benchmarks.load.wire import Framed, answer

_CHAT = re.compile(rb'chat_id(?:"\s*:\s*"?|=|"\r\n(?:[^\r\n]+\r\n)*\r\n)(-?\d+)')
"""In a JSON object, in a form, in a part of a multipart body."""
_TO = re.compile(rb"(?:^|&)To=whatsapp%3A%2B(\d+)")

_FIXED = {
    b"getMe": {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"},
    b"getMyCommands": [],
    b"getMyDescription": {"description": ""},
    b"getMyShortDescription": {"short_description": ""},
}
_DONE = answer("200 OK", b'{"ok":true,"result":true}')


class Provider:
    """`expect` a message of ours to a chat before the person speaks; several may be awaited, the first comes first."""

    def __init__(self) -> None:
        self._awaited: dict[int, deque[asyncio.Future[None]]] = {}
        self._sent: Counter[int] = Counter()
        self._heard: dict[int, list[bytes]] = {}
        self._server: asyncio.Server | None = None
        self._made = 0
        self.port = 0
        self.unasked = 0

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Line(self), "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def expect(self, chat: int) -> asyncio.Future[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(chat, deque()).append(future)
        return future

    def told(self, chat: int) -> int:
        """How many messages of ours that chat has got."""
        return self._sent[chat]

    def listen(self, chats: Iterable[int]) -> None:
        """Keeps what these get."""
        self._heard |= {chat: [] for chat in chats}

    def heard(self, chat: int) -> list[bytes]:
        """The bodies of the calls that brought it what it got."""
        return self._heard[chat]

    def forget(self) -> None:
        """Nobody is waited for any longer: what still comes belongs to an earlier load."""
        self._awaited.clear()
        self.unasked = 0

    def respond(self, path: bytes, body: bytes) -> bytes:
        if b"/sendMessage" in path:
            chat = self._told(_CHAT, body)
            message = b'{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private"},"text":"-"}' % (self._made, chat)
            return answer("200 OK", b'{"ok":true,"result":%s}' % message)
        if b"/Messages.json" in path:
            if not body:
                return answer("200 OK", b'{"messages":[],"next_page_uri":null}')
            self._told(_TO, body)
            return answer("201 CREATED", b'{"sid":"SM%032x","status":"queued"}' % self._made)
        if path.endswith(b"/Content"):
            self._made += 1
            return answer("201 CREATED", b'{"sid":"HX%032x"}' % self._made)
        fixed = _FIXED.get(path.partition(b"?")[0].rpartition(b"/")[2])
        return _DONE if fixed is None else answer("200 OK", json.dumps({"ok": True, "result": fixed}).encode())

    def _told(self, pattern: re.Pattern[bytes], body: bytes) -> int:
        found = pattern.search(body)
        chat = int(found[1]) if found else 0
        self._made += 1
        self._sent[chat] += 1
        if chat in self._heard:
            self._heard[chat].append(body)
        awaited = self._awaited.get(chat)
        if awaited:
            future = awaited.popleft()
            if not future.done():
                future.set_result(None)
        else:
            self.unasked += 1
        return chat


class _Line(Framed):
    """The provider's end of one connection."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self._provider = provider

    def heard(self, head: bytes, body: bytes) -> None:
        self.transport.write(self._provider.respond(head.split(b" ", 2)[1], body))
