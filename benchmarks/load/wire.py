"""HTTP/1.1 over bare asyncio protocols: as little work as possible, so that the driver never is what is measured.

Leaves what is said to `provider` and `driver`. Every message has a Content-Length; connections are kept alive.
"""

from __future__ import annotations

import asyncio
import re
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Framed(asyncio.Protocol):
    """Cuts what arrives into messages; `heard` gets the first line with the headers, and the body."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._pending = self._pending + data if self._pending else data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self._pending, 0, end)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self._pending) < whole:
                return
            head, body = self._pending[:end], self._pending[end + 4 : whole]
            self._pending = self._pending[whole:]
            self.heard(head, body)

    def heard(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError


class Caller(Framed):
    """The client's end of one connection: one request at a time. `body` is what the last answer held."""

    def __init__(self) -> None:
        super().__init__()
        self.body = b""
        self._answer: asyncio.Future[int] | None = None

    async def ask(self, request: bytes) -> int:
        """The status of the answer. Raises ConnectionError."""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer

    def heard(self, head: bytes, body: bytes) -> None:
        self.body = body
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(int(head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the bot closed the connection"))


async def call(port: int) -> Caller:
    """A new connection to a bot on this machine. Raises ConnectionError."""
    _, caller = await asyncio.get_running_loop().create_connection(Caller, "127.0.0.1", port)
    return caller


def post(path: str, headers: str, body: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def answer(status: str, body: bytes) -> bytes:
    return (
        b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status.encode(), len(body))
        + body
    )
