"""What compose.yaml describes, running without Docker: both bot processes from the image's steps, the real proxy, a real PostgreSQL.

Leaves what happens to it to the tests. All that differs from the files is `Container.local` and `local`.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
import socket
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from sqlalchemy import Table, create_engine, select

from storage.database import parse
from tests.bot.program import Program
from tests.deploy.composed import Composed
from tests.deploy.image import Image
from tests.deploy.names import Names
from tests.deploy.proxy import Proxy, certify
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person
from tests.fakes.twilio import FakeTwilio

_ADDRESSES = count(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Container(Program):
    """One service of the compose file as a process: its environment, the image's below it, and its own address."""

    def __init__(self, folder: Path, image: Image, composed: dict[str, str], local: dict[str, str]) -> None:
        folder.mkdir()
        super().__init__(folder, image.app / "models")
        self.image, self._composed, self._local = image, composed, local
        self.move()

    def move(self) -> None:
        """To a new address, as a container gets one when it is made anew."""
        number = next(_ADDRESSES)
        self.address = f"127.77.{number // 250}.{number % 250 + 1}"

    def command(self) -> tuple[str, ...]:
        return self.image.command

    def environment(self) -> dict[str, str]:
        """Nothing of this machine's own environment."""
        return {**self.image.environment, **self._composed, "HOST": self.address, **self._local}


def local(ports: dict[str, int], names: int, folder: Path, bot: int) -> dict[str, str]:
    """haproxy.cfg's addresses, and what stands in their place here: the proxy's ports, that of the name server, that of the processes."""
    return {
        "bind :8080": f"bind 127.0.0.1:{ports['http']}",
        "bind :8443": f"bind 127.0.0.1:{ports['https']}",
        "bind :8404": f"bind 127.0.0.1:{ports['inside']}",
        "127.0.0.11:53": f"127.0.0.1:{names}",
        "/certificates/": f"{folder}/",
        "bot-1:8080": f"bot-1:{bot}",
        "bot-2:8080": f"bot-2:{bot}",
    }


class Deployment:
    """`async with Deployment(...)` returns when the proxy finds both processes ready and Telegram knows the webhook."""

    def __init__(self, folder: Path, image: Image, database: str) -> None:
        self.telegram, self.twilio = FakeTelegram(), FakeTwilio()
        self.database = database
        self.composed = Composed(
            ENCRYPTION_KEY=base64.b64encode(secrets.token_bytes(32)).decode(),
            TELEGRAM_BOT_TOKEN=self.telegram.token,
            TWILIO_ACCOUNT_SID=self.twilio.account,
            TWILIO_AUTH_TOKEN=self.twilio.webhooks.token,
            TWILIO_WHATSAPP_FROM=self.twilio.sender,
            POSTGRES_PASSWORD="of-the-database",
            FILES_PASSWORD="of-the-files",
            PREVIEW="true",
        )
        self.public_url = self.composed.env_file["PUBLIC_URL"]
        self._folder, self._image = folder, image
        self._ports = {name: free_port() for name in ("http", "https", "inside")}
        self._port = free_port()
        self.names = Names()
        self.containers: dict[str, Container] = {}
        self.proxy: Proxy
        self.http: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        trust = certify(self._folder)
        here = {self.public_url: self.address("https")}
        self.telegram.trust, self.telegram.updates.routes = trust, here
        self.twilio.webhooks.trust, self.twilio.webhooks.routes = trust, here
        self.twilio.inbound_url = f"{self.public_url}/whatsapp/webhook"
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trust))
        for started in (self.telegram.start(), self.twilio.start(), self.names.__aenter__()):
            await started
        own = {
            "PORT": str(self._port),
            "METRICS_HOST": "127.0.0.1",
            "VAR_DIR": str(self._folder / "data"),
            "DATABASE_URL": self.database,
            "TRUSTED_PROXIES": "127.0.0.1",
            # the providers themselves
            "TELEGRAM_API_URL": self.telegram.base_url,
            "TWILIO_API_URL": self.twilio.base_url,
        }
        for name in ("bot-1", "bot-2"):
            given = self.composed.environment(name)
            ours = own | {"METRICS_PORT": str(free_port())}
            self.containers[name] = Container(self._folder / name, self._image, given, ours)
        await asyncio.gather(*(self.up(name) for name in self.containers))
        here_too = local(self._ports, self.names.port, self._folder, self._port)
        self.proxy = await Proxy(self._folder, self._ports, here_too, self.composed.environment("proxy")).__aenter__()
        await self.proxy.until(bot_1="UP", bot_2="UP")
        await self.telegram.wait_for(lambda: self.telegram.updates.webhook)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        living = [container for container in self.containers.values() if container.running]
        await asyncio.gather(*(container.killed() for container in living))  # an orderly stop drains for seconds
        await self.http.close()
        await self.proxy.__aexit__()
        await self.names.__aexit__()
        await self.telegram.close()
        await self.twilio.close()
        if kind is None:
            assert [*self.telegram.violations, *self.twilio.violations] == []

    def address(self, name: str) -> str:
        """Of http or https on this machine, where the public one leads."""
        return f"{name}://127.0.0.1:{self._ports[name]}"

    async def up(self, name: str) -> None:
        """A container is started, and its name leads to it."""
        await self.containers[name].start()
        self.names.known[name] = self.containers[name].address

    async def recreate(self, name: str) -> None:
        """As `docker compose up --no-deps --wait` does with a new image: asked to stop, made anew elsewhere, waited for."""
        assert await self.containers[name].stop() == 0
        del self.names.known[name]
        self.containers[name].move()
        await self.up(name)

    async def heard(self, people: Sequence[Person], answers: int, seconds: float = 40) -> None:
        await self.telegram.wait_for(
            lambda: all(len(self.telegram.messages(person.id)) >= answers for person in people), timeout=seconds
        )

    async def delivered(self, seconds: float = 30) -> None:
        await self.telegram.wait_for(lambda: not self.telegram.pending, timeout=seconds)

    @property
    def tries(self) -> list[tuple[int, int | None]]:
        """Every call of Telegram: which try it was, and the status that was answered (None: nothing)."""
        return [(call.attempt, call.status) for call in self.telegram.deliveries]

    def rows(self, table: Table) -> list[Any]:
        engine = create_engine(parse(self.database))
        with engine.connect() as connection:
            found = list(connection.execute(select(table).order_by(*table.primary_key.columns)))
        engine.dispose()
        return found
