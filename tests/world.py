"""The running program between a fake Telegram and a fake Twilio, all over HTTP in one event loop.

Leaves what people say to the tests. `restart` stops the program and starts it anew on the same database;
a program that can be killed is in tests/bot/program.py.
"""

from __future__ import annotations

import asyncio
import functools
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import uvicorn

from bot.app import App
from bot.library import Promotions
from bot.settings import ROOT, Settings
from bot.web.connections import BoundedHttp, BoundedServer
from tests.fakes.server import FakeServer
from tests.fakes.telegram import FakeTelegram
from tests.fakes.twilio import FakeTwilio
from tests.settings import settings

ACCOUNT, AUTH, SENDER = "AC" + "0" * 32, "twilio-token", "whatsapp:+77000000000"
TOKEN = "123456:test-token"
PAUSES = 0.1
"""The program waits a tenth as long before it tries something again; what a provider asks for it waits in full."""


_load_once = functools.cache(Promotions.load)


class World:
    def __init__(self, folder: Path, models: Path, database: str | None = None, **settings: Any) -> None:
        self._folder, self._models, self._database, self._changes = folder, models, database, settings
        self.telegram = FakeTelegram(token=TOKEN)
        self.twilio = FakeTwilio(account=ACCOUNT, token=AUTH, sender=SENDER)
        self.app: App
        self.base_url = ""
        self.http: aiohttp.ClientSession
        self._port = 0

    async def __aenter__(self) -> Self:
        await self.telegram.start()
        await self.twilio.start()
        self.http = aiohttp.ClientSession()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self._port}"
        self.twilio.inbound_url = f"{self.base_url}/whatsapp/webhook"
        self.twilio.status_url = f"{self.base_url}/whatsapp/status"
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.telegram.release()
        self.twilio.release()
        await self.stop()
        await self.http.close()
        await self.telegram.close()
        await self.twilio.close()
        if kind is None:
            for fake in (self.telegram, self.twilio):
                assert fake.violations == [], _first(fake)

    def settings(self) -> Settings:
        told = settings(self._folder, self._models, self._port, self.base_url, self.telegram, self.twilio)
        own: dict[str, Any] = {name.lower(): value for name, value in told.items()}
        return Settings(_env_file=None, **{**own, "database_url": self._database, **self._changes})

    async def start(self) -> None:
        settings = self.settings()
        # those of this tree do not change while tests run; folders of a test's own do
        library = (
            _load_once(settings.promotions_dir, settings.models)
            if settings.promotions_dir == ROOT / "promotions"
            else None
        )
        self.app = App(settings, pauses=PAUSES, library=library)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        config = uvicorn.Config(
            self.app.web(), log_config=None, lifespan="off", access_log=False, proxy_headers=False, http=BoundedHttp
        )
        self._server = BoundedServer(config)
        self._serving = asyncio.create_task(self._server._serve([listener]))
        await self.app.start()

    async def stop(self) -> None:
        self._server.should_exit = True
        self.app.stopping.set()
        await self._serving
        await self.app.stop()

    async def restart(self) -> None:
        await self.stop()
        await self.start()


def _first(fake: FakeServer) -> str:
    return "; ".join(str(violation) for violation in fake.violations[:5])
