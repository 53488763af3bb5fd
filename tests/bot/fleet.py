"""Several `utys serve` on one PostgreSQL behind a load balancer that knows nobody, between one fake Telegram and one fake Twilio.

Leaves what happens to them to the tests; one process by itself is `Program`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from sqlalchemy import Table, create_engine, select

from storage.database import parse
from storage.tables import outbox
from tests.bot.program import ROOT, Program
from tests.fakes.telegram import FakeTelegram
from tests.fakes.twilio import FakeTwilio
from tests.fakes.twilio_people import Form

SECRET = "A-secret_of-ours"
TELEGRAM, WHATSAPP = "/telegram/webhook", "/whatsapp/webhook"


class Fleet:
    """`async with Fleet(...)` starts them all at the same moment. The providers call the balancer; `post` calls one of them."""

    def __init__(
        self,
        folder: Path,
        models: Path,
        database: str,
        size: int = 2,
        *,
        polling: bool = False,
        first: Mapping[str, str] | None = None,
        **changes: str,
    ) -> None:
        """`changes` are settings of all processes, `first` the environment of the first alone."""
        self.telegram, self.twilio = FakeTelegram(), FakeTwilio()
        self._folder, self._models, self._database = folder, models, database
        self._polling, self._changes, self._numbers = polling, changes, count()
        self._first = first or {}
        self._turn = count()
        self._size = size
        self.programs: list[Program] = []
        self._balancer: web.AppRunner
        self.http: aiohttp.ClientSession
        self.base_url = ""

    async def __aenter__(self) -> Self:
        await self.telegram.start()
        await self.twilio.start()
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._balancer = web.AppRunner(app, access_log=None)
        await self._balancer.setup()
        site = web.TCPSite(self._balancer, "127.0.0.1", 0)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._balancer.addresses[0][1]}"
        self.twilio.inbound_url = self.base_url + WHATSAPP
        self.programs = [self._program() for _ in range(self._size)]
        await asyncio.gather(*(program.start() for program in self.programs))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.telegram.release()
        self.twilio.release()
        await asyncio.gather(*(program.stop() for program in self.programs if program.running))
        await self.http.close()
        await self._balancer.cleanup()
        await self.telegram.close()
        await self.twilio.close()
        if kind is None:
            assert [*self.telegram.violations, *self.twilio.violations] == []
            assert self.leaks() == []

    def leaks(self, *more: str) -> list[str]:
        """What stands in a log and must not: tokens, the secret, the numbers of people on WhatsApp, and `more`."""
        secrets = [self.telegram.token.partition(":")[2], self.twilio.webhooks.token, SECRET, *more]
        secrets += [address.partition("+")[2] for address in self.twilio.resources.last_inbound]
        logs = [program.output for program in self.programs]
        return [secret for secret in secrets if any(secret in log for log in logs)]

    def _program(self, root: Path = ROOT) -> Program:
        number = next(self._numbers)
        folder = self._folder / f"process {number}"
        folder.mkdir()
        settings = {
            "DATABASE_URL": self._database,
            "VAR_DIR": str(self._folder / "var"),
            "PUBLIC_URL": "" if self._polling else self.base_url,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PREVIEW": "false",
        }
        apart = {} if number else self._first
        program = Program(folder, self._models, root, **settings, **self._changes, **apart)
        program.telegram, program.twilio = self.telegram, self.twilio
        return program

    async def join(self, root: Path = ROOT) -> Program:
        """One more process, of the program that lies there; the balancer knows it once it listens."""
        program = self._program(root)
        await program.start()
        self.programs.append(program)
        return program

    async def _pass_on(self, request: web.Request) -> web.Response:
        """To the next in turn; one where nobody listens is passed over."""
        body, headers = await request.read(), request.headers.copy()
        headers.popall("Host", None)
        turn = next(self._turn)
        for number in range(len(self.programs)):
            program = self.programs[(turn + number) % len(self.programs)]
            url = program.base_url + request.path_qs
            try:
                async with self.http.request(request.method, url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, OSError):
                break
        return web.Response(status=502)

    async def post(self, program: Program | Self, update: dict[str, Any]) -> int:
        """An update that the balancer led to this process; to the fleet itself: one that the balancer is given."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with self.http.post(program.base_url + TELEGRAM, json=update, headers=headers) as answer:
            return answer.status

    async def post_form(self, program: Program | Self, form: Form) -> int:
        """The same of a WhatsApp message, which Twilio then has in its list too."""
        await self.twilio.receive(form, deliver=False)
        headers = {"X-Twilio-Signature": self.twilio.webhooks.sign(self.twilio.inbound_url, form)}
        async with self.http.post(program.base_url + WHATSAPP, data=form, headers=headers) as answer:
            return answer.status

    async def health(self, program: Program) -> dict[str, Any]:
        async with self.http.get(f"{program.base_url}/healthz") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def until_not_ready(self, program: Program, seconds: float = 5.0) -> None:
        async with asyncio.timeout(seconds):
            while await self._status(f"{program.base_url}/readyz") == 200:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def _status(self, url: str) -> int:
        async with self.http.get(url) as answer:
            return answer.status

    async def told(self) -> dict[Program, dict[str, Any]]:
        living = [program for program in self.programs if program.running]
        return dict(zip(living, await asyncio.gather(*map(self.health, living)), strict=True))

    async def until_one_does(self, duty: str, seconds: float = 15.0) -> Program:
        """Exactly one says so."""
        found: list[Program] = []
        async with asyncio.timeout(seconds):
            while len(found) != 1:
                await asyncio.sleep(0.05)
                found = [program for program, health in (await self.told()).items() if duty in health["duties"]]
        return found[0]

    async def until_all_count(self, processes: int, seconds: float = 15.0) -> None:
        async with asyncio.timeout(seconds):
            while {health["processes"] for health in (await self.told()).values()} != {processes}:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    def rows(self, table: Table) -> list[Any]:
        engine = create_engine(parse(self._database))
        with engine.connect() as connection:
            found = list(connection.execute(select(table).order_by(*table.primary_key.columns)))
        engine.dispose()
        return found


Start = Callable[..., AbstractAsyncContextManager[Fleet]]
"""The fixture `start`: so many processes on a new PostgreSQL, and their settings."""


async def answered(fleet: Fleet, chats: list[int], count: int, seconds: float = 30) -> None:
    await fleet.telegram.wait_for(
        lambda: all(len(fleet.telegram.messages(chat)) >= count for chat in chats), timeout=seconds
    )


def in_order(fleet: Fleet, chats: list[int]) -> bool:
    """Whether people saw the messages in the order in which they were committed."""
    shown = [[str(message.message_id) for message in fleet.telegram.messages(chat)] for chat in chats]
    kept: dict[bytes, list[str]] = {}
    for row in fleet.rows(outbox):
        kept.setdefault(row.conversation, []).append(row.provider_id)
    return sorted(shown) == sorted(kept.values())
