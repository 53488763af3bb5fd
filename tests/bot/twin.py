"""A second process of the same program on the same database, in this event loop: another App behind another port."""

from __future__ import annotations

import asyncio
import socket
from types import TracebackType
from typing import Any, Self

import uvicorn

from bot.app import App
from tests.bot.posting import SECRET, TELEGRAM, secret
from tests.world import PAUSES, World


class Twin:
    """Stands beside a World that is running: the providers call the World, the test calls the Twin."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.app = App(world.settings(), pauses=PAUSES)
        config = uvicorn.Config(self.app.web(), log_config=None, lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)

    async def __aenter__(self) -> Self:
        self._serving = asyncio.create_task(self._server._serve([self._listener]))
        await self.app.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self.app.stopping.set()
        await self._serving
        await self.app.stop()

    async def update(self, update: dict[str, Any]) -> int:
        """An update that the load balancer led to this process."""
        headers = {SECRET: await secret(self.world)}
        async with self.world.http.post(self.base_url + TELEGRAM, json=update, headers=headers) as answer:
            return answer.status
