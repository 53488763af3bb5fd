"""`utys serve` as a process of its own, between fakes in this one: what can be killed.

Leaves what happens to it to the tests.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import create_engine, select

from storage.database import parse
from storage.tables import Sending, outbox
from tests.fakes.telegram import FakeTelegram
from tests.fakes.twilio import FakeTwilio
from tests.settings import settings

ROOT = Path(__file__).resolve().parent.parent.parent


class Program:
    """`async with Program(...)` starts the fakes and the program; `output` is all that it has printed and logged."""

    def __init__(self, folder: Path, models: Path, root: Path = ROOT, **environment: str) -> None:
        """`root`: where the program lies, this checkout or another version of it."""
        self.telegram, self.twilio = FakeTelegram(), FakeTwilio()
        self.folder, self._models, self._root, self._changes = folder, models, root, environment
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.base_url = f"http://127.0.0.1:{self.port}"
        self._process: asyncio.subprocess.Process

    async def __aenter__(self) -> Self:
        await self.telegram.start()
        await self.twilio.start()
        self.twilio.inbound_url = f"{self.base_url}/whatsapp/webhook"
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.telegram.release()
        self.twilio.release()
        if self._process.returncode is None:
            await self.stop()
        await self.telegram.close()
        await self.twilio.close()
        if kind is None:
            assert [*self.telegram.violations, *self.twilio.violations] == []

    @property
    def database(self) -> str:
        return self._changes.get("DATABASE_URL") or f"sqlite:///{self.folder / 'var' / 'utys.db'}"

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(self._root),
            **settings(self.folder, self._models, self.port, self.base_url, self.telegram, self.twilio),
            **self._changes,
        }

    def command(self) -> tuple[str, ...]:
        return (sys.executable, "-m", "bot.cli", "serve")

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text(encoding="utf-8") if (self.folder / "output").exists() else ""

    async def start(self) -> None:
        """Returns once it listens."""
        with (self.folder / "output").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.command(),
                cwd=self.folder,
                env=self.environment(),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            line = await self._process.stdout.readline()
        assert line.startswith(b"Utys: http"), line.decode() + self.output

    def kill(self) -> None:
        """As a power cut would, but for the disk."""
        self._process.kill()

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def killed(self) -> None:
        self.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """As an orderly restart would. The exit code."""
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self._process.wait()

    def sendings(self) -> list[Sending]:
        """What the database says of every message, in the order of their numbers. Only while the program is down or at rest."""
        engine = create_engine(parse(self.database))
        with engine.connect() as connection:
            found = connection.execute(select(outbox.c.status).order_by(outbox.c.conversation, outbox.c.seq)).scalars()
            statuses = [Sending(status) for status in found]
        engine.dispose()
        return statuses
