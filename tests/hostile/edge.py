"""One process behind the real proxy of deploy/, over TLS: the outermost edge, as somebody in the internet meets it.

Leaves what is asked of it to the tests.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bot.program import Program
from tests.deploy.names import Names
from tests.deploy.proxy import Proxy, certify
from tests.deploy.running import free_port, local
from tests.hostile.connecting import Said, idle, pour

PUBLIC = "https://bot.example.kz"


class Edge:
    def __init__(self, folder: Path, models: Path) -> None:
        self._folder, self._names = folder, Names()
        self._ports = {name: free_port() for name in ("http", "https", "inside")}
        self.program = Program(
            folder, models, PREVIEW="true", TRUSTED_PROXIES="127.0.0.1", METRICS_PORT=str(free_port())
        )
        self._trust: ssl.SSLContext
        self.proxy: Proxy
        self._running: AsyncExitStack

    async def __aenter__(self) -> Self:
        self._trust = certify(self._folder)
        async with AsyncExitStack() as begun:  # what was begun ends too where the rest does not begin
            await begun.enter_async_context(self.program)
            await begun.enter_async_context(self._names)
            self._names.known["bot-1"] = "127.0.0.1"
            places = local(self._ports, self._names.port, self._folder, self.program.port)
            self.proxy = Proxy(self._folder, self._ports, places, {"PUBLIC_URL": PUBLIC})
            await begun.enter_async_context(self.proxy)
            await self.proxy.until(bot_1="UP")
            self._running = begun.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    async def say(self, *parts: bytes, tls: bool = True, pause_s: float = 0.0, source: str = "127.0.0.1") -> Said:
        """Bytes as they are, to the public port."""
        port = self._ports["https" if tls else "http"]
        return await pour(port, parts, pause_s=pause_s, tls=self._trust if tls else None, source=source)

    async def directly(self, port: int, parts: Sequence[bytes], *, pause_s: float) -> Said:
        """To the process, without a proxy."""
        return await pour(port, parts, pause_s=pause_s)

    async def ask(
        self,
        path: str,
        *,
        tls: bool = True,
        host: str = "bot.example.kz",
        method: str = "GET",
        source: str = "127.0.0.1",
    ) -> Said:
        call = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        return await self.say(call.encode(), tls=tls, source=source)

    def held(self, count: int) -> AbstractAsyncContextManager[None]:
        """So many connections that say little."""
        return idle(self._ports["http"], count)
