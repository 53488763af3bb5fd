"""One webhook call as it goes over the wire: path, headers and body, untouched by a client's tidiness.

Leaves what is wrong with it to `forged` and `malformed`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httptools

from domain.rulebook import Language

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Call:
    """`name` says what is done to a genuine call, for people who read the result; `answer`: in one of these languages its sender
    must be answered, if in any."""

    name: str
    path: str
    headers: Headers
    body: bytes
    method: str = "POST"
    host: str = ""
    answer: tuple[Language, ...] = ()

    def request(self, netloc: str) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1".encode(), b"Host: " + (self.host or netloc).encode()]
        lines += [name.encode() + b": " + value for name, value in self.headers]
        lines += [b"Content-Length: %d" % len(self.body), b"Connection: close"]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


@dataclass
class _Heard:
    status: int = 0
    body: bytearray = field(default_factory=bytearray)

    def on_body(self, part: bytes) -> None:
        self.body += part


async def perform(url: str, call: Call) -> tuple[int, bytes]:
    """Status (0: the connection was closed without an answer) and body."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    heard = _Heard()
    parser = httptools.HttpResponseParser(heard)
    try:
        writer.write(call.request(parts.netloc))
        async with asyncio.timeout(20):
            while data := await reader.read(65_536):
                parser.feed_data(data)
                heard.status = parser.get_status_code()
    except ConnectionError:
        pass
    finally:
        writer.close()
    return heard.status, bytes(heard.body)
