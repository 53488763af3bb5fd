"""Connections that ask for much and say little, as real sockets against a program of its own: heads and bodies without an end, or by drops.

Leaves what each must come to to the tests.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class Said:
    """What came of a connection: all that was answered, after how many seconds it ended, and how many bytes it took."""

    answer: bytes
    seconds: float
    taken: int

    @property
    def status(self) -> int:
        """0: none."""
        return int(self.answer.split(b" ", 2)[1]) if self.answer.startswith(b"HTTP/1.") else 0

    def header(self, name: str) -> str:
        """Empty where there is none."""
        head = self.answer.partition(b"\r\n\r\n")[0].decode("latin-1")
        found = [line.partition(":")[2].strip() for line in head.split("\r\n") if line.lower().startswith(f"{name}:")]
        return found[0] if found else ""


async def pour(
    port: int,
    parts: Iterable[bytes],
    *,
    pause_s: float = 0.0,
    at_most_s: float = 30.0,
    tls: ssl.SSLContext | None = None,
    source: str = "127.0.0.1",
) -> Said:
    """Says these until the other side has had enough. Raises TimeoutError where it never has."""
    started, taken = monotonic(), 0
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, local_addr=(source, 0))
    except OSError:
        return Said(b"", monotonic() - started, 0)
    heard = asyncio.create_task(_all(reader))
    try:
        async with asyncio.timeout(at_most_s):
            with contextlib.suppress(OSError):
                for part in parts:
                    if heard.done():
                        break
                    writer.write(part)
                    await writer.drain()
                    taken += len(part)
                    if pause_s:
                        await asyncio.wait([heard], timeout=pause_s)
            said = await heard
    finally:
        heard.cancel()
        writer.close()
    return Said(said, monotonic() - started, taken)


async def _all(reader: asyncio.StreamReader) -> bytes:
    said = b""
    with contextlib.suppress(OSError):
        while part := await reader.read(65_536):
            said += part
    return said


@contextlib.asynccontextmanager
async def idle(port: int, count: int) -> AsyncIterator[None]:
    """So many connections that have begun a call and go no further. Those that are refused are refused."""
    writers = []
    try:
        for _ in range(count):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET /readyz HTTP/1.1\r\n")
                writers.append(writer)
        yield
    finally:
        for writer in writers:
            writer.transport.abort()
