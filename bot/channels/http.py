"""HTTP/1.1 calls to one host over connections that are kept: the road of every outgoing message.

Leaves what is said and what an answer means to the channels. Reading is httptools' (RFC 9112), TLS is asyncio's. A general client costs
a message more processor time than deciding and keeping it together (`make bench`); what is left out here (redirects, cookies,
compression, proxies) no provider call of ours needs.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import httptools

CONNECTIONS = 100
IDLE_S = 30.0
"""Seconds after which a connection that nobody used is not trusted any more: the other end may be about to close it."""
CONNECT_TIMEOUT_S = 10.0
ANSWER = 16_000_000
"""Bytes of an answer at most."""


class Unreachable(OSError):
    """No connection: nothing was sent."""


class Broken(OSError):
    """The connection ended, or what came back is no HTTP: whether the call was carried out is unknown."""


@dataclass(slots=True)
class Answer:
    """`headers` have small-letter names."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Wire:
    """Connections to the host of `base` (scheme, host, and a path that goes before every path). Use it inside the running loop."""

    def __init__(self, base: str, seconds: float) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("not an http(s) address")
        self._tls = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port or (443 if self._tls else 80)
        self._netloc, self._prefix = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
        self._seconds = seconds
        self._context: ssl.SSLContext | None = None
        self._idle: list[_Line] = []
        self._places = asyncio.Semaphore(CONNECTIONS)

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """Raises Unreachable, Broken, TimeoutError (the outcome is unknown), ValueError for what cannot be said in HTTP."""
        lines = [f"{method} {self._prefix}{path} HTTP/1.1", f"Host: {self._netloc}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join(lines)
        if head.count("\r") + head.count("\n") != 2 * (len(lines) - 1) or " " in path:
            raise ValueError("a line break or a space where none may be")
        request = f"{head}\r\n\r\n".encode("latin-1") + (body or b"")
        async with self._places, asyncio.timeout(seconds or self._seconds):
            line = self._free() or await self._connect()
            try:
                answer = await line.ask(request)
            except BaseException:
                line.close()  # half an answer may still be on its way: nobody else may read it
                raise
            if line.open:
                self._idle.append(line)
            return answer

    async def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _free(self) -> _Line | None:
        now = asyncio.get_running_loop().time()
        while self._idle:
            line = self._idle.pop()
            if line.open and now - line.used < IDLE_S:
                return line
            line.close()
        return None

    async def _connect(self) -> _Line:
        if self._tls and self._context is None:
            self._context = ssl.create_default_context()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                _, line = await loop.create_connection(_Line, self._host, self._port, ssl=self._context)
        except (OSError, TimeoutError) as error:
            raise Unreachable(type(error).__name__) from error
        return line


class _Line(asyncio.Protocol):
    """One connection: one call at a time. The methods without a docstring are httptools' and asyncio's."""

    def __init__(self) -> None:
        self.open = True
        self.used = 0.0
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    async def ask(self, request: bytes) -> Answer:
        if self._transport is None or not self.open:
            raise Broken("closed")
        self._parser = httptools.HttpResponseParser(self)
        self._answer, self._parts, self._size, self._framed, self._whole = Answer(), list[bytes](), 0, False, False
        self._waiting = self._loop.create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        self.open = False
        if self._transport is not None:
            self._transport.abort() if self._waiting is not None else self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self._waiting is None:  # nobody asked: whoever speaks first is not a server that we know
            return self.close()
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("no HTTP answer")

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        self._framed = "content-length" in self._answer.headers or "transfer-encoding" in self._answer.headers

    def on_body(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > ANSWER:
            self._fail("an answer without an end")

    def on_message_complete(self) -> None:
        if self._answer.status < 200:  # 1xx: the answer itself is still to come
            self._answer = Answer()
            return
        self._finish(keep=self._parser.should_keep_alive())

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        if self._waiting is not None and self._answer.status >= 200 and not self._framed and error is None:
            self._finish(keep=False)  # RFC 9112, 6.3: such a body ends with the connection
        else:
            self._fail("connection lost")

    def _finish(self, *, keep: bool) -> None:
        waiting, self._waiting = self._waiting, None
        self._answer.body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self.used = self._loop.time()
        if not keep:
            self.close()
        if waiting is not None and not waiting.done():
            waiting.set_result(self._answer)

    def _fail(self, why: str) -> None:
        waiting, self._waiting = self._waiting, None
        self.close()
        if waiting is not None and not waiting.done():
            waiting.set_exception(Broken(why))
