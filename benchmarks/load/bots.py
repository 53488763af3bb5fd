"""Starts the bot and its peers as processes of their own and stops them again.

Leaves the load to `driver`. The bot runs as it does everywhere: full durability, encryption, limits and logs; only the rates that
providers set are raised, as no provider is there to be spared.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import people
from benchmarks.load.wire import call, get

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
"""The encryption key of bench databases (base64 of 0, 1, ..., 31)."""
START = 60.0


class NotStarted(Exception):
    """A bot did not come up; the text says where its log lies."""


@dataclass(slots=True)
class Bot:
    """Running processes that answer on `ports` and tell what they count on `metrics`. `databases` are the process ids of servers whose CPU
    is counted apart."""

    name: str
    ports: list[int] = field(default_factory=list)
    metrics: list[int] = field(default_factory=list)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    databases: list[int] = field(default_factory=list)
    ready_after: float = 0.0

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self.running]

    def stop(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def start_bot(
    name: str,
    folder: Path,
    provider: str,
    models: Path,
    *,
    database: str | None = None,
    processes: int = 1,
    cores: set[int],
    databases: Sequence[int] = (),
    more: Mapping[str, str] | None = None,
) -> Bot:
    """The product; `more` settings go before those of the bench. Raises NotStarted."""
    bot = Bot(name, databases=list(databases))
    for number in range(processes):
        port, metrics = free_port(), free_port()
        settings = {
            "VAR_DIR": str(folder),
            "MODELS_DIR": str(models),
            "PORT": str(port),
            "METRICS_PORT": str(metrics),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "ENCRYPTION_KEY": KEY,
            "TELEGRAM_BOT_TOKEN": people.TOKEN,
            "TELEGRAM_API_URL": provider,
            "TELEGRAM_WEBHOOK_SECRET": people.SECRET,
            "TELEGRAM_RATE": "100000",
            "TELEGRAM_CHAT_RATE": "100000",
            "PERSON_RATE": "60000",
            "TWILIO_ACCOUNT_SID": people.ACCOUNT,
            "TWILIO_AUTH_TOKEN": people.TWILIO_TOKEN,
            "TWILIO_WHATSAPP_FROM": people.SENDER,
            "TWILIO_API_URL": provider,
            "TWILIO_RATE": "100000",
            "TWILIO_CHAT_RATE": "100000",
        }
        if database:
            settings["DATABASE_URL"] = database
        settings |= more or {}
        await _start(bot, ["bot.cli", "serve"], port, folder / f"{name}.{number}.log", settings, cores, "/readyz")
        bot.metrics.append(metrics)
    return bot


async def start_peer(name: str, module: str, folder: Path, arguments: Sequence[str], cores: set[int]) -> Bot:
    """A program of `benchmarks.load.peers`; the first of its arguments is its port. Raises NotStarted."""
    bot, port = Bot(name), free_port()
    command = [f"benchmarks.load.peers.{module}", str(port), *arguments]
    await _start(bot, command, port, folder / f"{name}.log", {}, cores, "/")
    return bot


async def _start(
    bot: Bot, command: Sequence[str], port: int, log: Path, settings: Mapping[str, str], cores: set[int], path: str
) -> None:
    started = time.perf_counter()
    process = _spawn(command, log, settings, cores)
    bot.running.append(process)
    bot.ports.append(port)
    while not await _answers(port, path):
        if process.poll() is not None or time.perf_counter() - started > START:
            bot.stop()
            raise NotStarted(f"{bot.name} did not start, see {log}")
        await asyncio.sleep(0.02)
    bot.ready_after = max(bot.ready_after, time.perf_counter() - started)


async def _answers(port: int, path: str) -> bool:
    try:
        line = await call(port)
        async with asyncio.timeout(5):
            status = await line.ask(get(path))
        line.transport.close()
    except (ConnectionError, TimeoutError):
        return False
    return status in (200, 404)


def _spawn(command: Sequence[str], log: Path, settings: Mapping[str, str], cores: set[int]) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, (cores & set(range(os.cpu_count() or 1))) or own)  # what is started inherits it
    try:
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", *command],
                cwd=log.parent,  # no .env of a working copy is read
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
                stdout=file,
                stderr=subprocess.STDOUT,
            )
    finally:
        os.sched_setaffinity(0, own)
