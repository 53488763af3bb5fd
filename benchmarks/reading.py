"""`python -m benchmarks.reading`: what pages cost the turns beside them.

Turns are timed alone and while a report of 100 ms is read in a loop, in turns, so that a busy machine is as busy for both; then 200
browser chats stay open in which nothing happens. Ends with an error where a bound is missed. Not here: load over HTTP (see
benchmarks/load).
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import random
import secrets
import shutil
import time
import warnings
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import uvloop
from sqlalchemy import Connection, text

warnings.filterwarnings("ignore", category=RuntimeWarning, module="platformdirs")

from benchmarks.load import machine  # noqa: E402
from benchmarks.load.bots import KEY, ROOT, Bot, start_bot  # noqa: E402
from benchmarks.load.databases import Postgres  # noqa: E402
from benchmarks.load.provider import Provider  # noqa: E402
from bot.app import App  # noqa: E402
from bot.channels.preview import NAME, Preview  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.web.preview.visitors import Visitors  # noqa: E402
from dialogs.messages import Incoming  # noqa: E402
from storage.sealing import Seal  # noqa: E402

SLOWER, BUSY = 1.5, 0.05
"""Times that p95 of a turn may be what it is without the report; part of a core that the open chats may take."""
REPORT_S, STREAMS, OF_ONE = 0.1, 200, 50
PEOPLE, RATE = 100, 50.0
"""Chats in the first part, and their taps a second in all."""
SETTLED_S = 8.0
"""Seconds until a new stream has been looked at twice."""
COUNT = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :steps) SELECT count(*) FROM n")
Ask = Callable[[Callable[[Connection], Any]], Awaitable[Any]]


def report(connection: Connection, steps: int) -> None:
    connection.execute(COUNT, {"steps": steps})


async def steps_of(reads: Ask) -> int:
    """How far a report counts that takes REPORT_S here."""
    probe = 200_000
    took = []
    for _ in range(5):
        started = time.perf_counter()
        await reads(partial(report, steps=probe))
        took.append(time.perf_counter() - started)
    return int(probe * REPORT_S / min(took))


async def turns(app: App, seconds: float) -> list[float]:
    """Waits of people who tap the menu whenever they like, until their turn is durable."""
    waits: list[float] = []

    async def tap() -> None:
        address = f"telegram:{random.randrange(PEOPLE)}"
        started = time.perf_counter()
        await app.intake.accept(Incoming(secrets.token_hex(8), NAME, address, datetime.now(UTC), "text", "/menu"))
        waits.append(time.perf_counter() - started)

    until = time.perf_counter() + seconds
    async with asyncio.TaskGroup() as together:
        while time.perf_counter() < until:
            together.create_task(tap())
            await asyncio.sleep(random.expovariate(RATE))
    return waits


async def beside(app: App, ask: Ask | None, steps: int, seconds: float) -> tuple[float, int]:
    """p95 of a turn, in seconds, and how many reports were read meanwhile."""
    read = 0

    async def again() -> None:
        nonlocal read
        while ask is not None:
            await ask(partial(report, steps=steps))
            read += 1

    reading = asyncio.create_task(again())
    await turns(app, seconds / 4)
    read = 0
    waits = sorted(await turns(app, seconds))
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    return waits[int(len(waits) * 0.95)], read


async def reports(folder: Path, database: str | None, rounds: int, seconds: float) -> list[str]:
    settings = Settings(
        _env_file=None,
        var_dir=folder,
        models_dir=ROOT / "var" / "models",
        encryption_key=KEY,
        database_url=database,
        person_rate=60_000,
    )
    app = App(settings, alone=Preview())
    await app.start()
    try:
        steps = await steps_of(app.reads)
        arms: dict[str, Ask | None] = {"alone": None, "reads": app.reads, "writer": app.writer.call}
        found: dict[str, list[float]] = defaultdict(list)
        for _ in range(rounds):
            for name in random.sample(list(arms), len(arms)):
                p95, read = await beside(app, arms[name], steps, seconds)
                found[name].append(p95)
                print(f"  {name:<7} p95 {p95 * 1000:7.2f} ms, {read} reports", flush=True)
    finally:
        await app.stop()
    alone, reads, writer = (median(found[name]) for name in arms)
    slower = median(one / other for one, other in zip(found["reads"], found["alone"], strict=True))
    print(
        f"p95 of a turn: alone {alone * 1000:.2f} ms, beside reports {reads * 1000:.2f} ms ({slower:.2f}x, must {SLOWER}x)"
    )
    print(f"with the reports on the writer's thread it would be {writer * 1000:.2f} ms")
    return [f"p95 is {slower:.2f} times what it is without reports"] if slower > SLOWER else []


async def streams(folder: Path, database: str | None, seconds: float) -> list[str]:
    provider = Provider()
    await provider.open()
    more = {"PREVIEW": "true"}
    bot = await start_bot(
        "reading", folder, provider.url, ROOT / "var" / "models", database=database, cores={0}, more=more
    )
    try:
        idle = await used(bot, seconds)
        async with AsyncExitStack() as open_:
            # as many addresses as it takes: one may have so many streams
            callers = [await open_.enter_async_context(_caller(bot, number)) for number in range(-(-STREAMS // OF_ONE))]
            opened = [asyncio.create_task(follow(callers[number // OF_ONE])) for number in range(STREAMS)]
            await asyncio.sleep(SETTLED_S)
            assert not any(task.done() for task in opened), "a stream ended"
            busy = await used(bot, seconds) - idle
            for task in opened:
                task.cancel()
            await asyncio.gather(*opened, return_exceptions=True)
    finally:
        bot.stop()
        await provider.close()
    print(f"{STREAMS} open chats in which nothing happens: {busy:.2%} of a core (must {BUSY:.0%})")
    return [f"{STREAMS} open chats take {busy:.1%} of a core"] if busy > BUSY else []


def _caller(bot: Bot, number: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        f"http://127.0.0.1:{bot.ports[0]}",
        cookie_jar=aiohttp.DummyCookieJar(),
        connector=aiohttp.TCPConnector(limit=0, local_addr=(f"127.0.0.{number + 2}", 0)),
        timeout=aiohttp.ClientTimeout(total=None),
    )


async def follow(http: aiohttp.ClientSession) -> None:
    """A browser that has said one thing and reads on."""
    given = Visitors(Seal(base64.b64decode(KEY)), "http://127.0.0.1")
    mine = {"Cookie": f"{given.cookie}={given.token(time.time())}"}
    said = {"id": secrets.token_hex(8), "profile": "telegram", "kind": "text", "text": "/ru"}
    async with http.post("/preview/events", json=said, headers=mine) as answer:
        answer.raise_for_status()
    async with http.get("/preview/stream?profile=telegram", headers=mine) as answer:
        answer.raise_for_status()
        async for _ in answer.content:
            pass


async def used(bot: Bot, seconds: float) -> float:
    """The part of a core that the bot takes."""
    before = machine.spent(bot.pids)
    await asyncio.sleep(seconds)
    return machine.since(before, machine.spent(bot.pids)) / seconds


async def run(rounds: int, seconds: float, *, postgres: bool) -> list[str]:
    wrong: list[str] = []
    server = Postgres() if postgres else None
    for part in (partial(reports, rounds=rounds), streams):
        folder = ROOT / "var" / "bench" / "reading"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        database = server.fresh() if server else None
        wrong += await part(folder, database, seconds=seconds)
        if server and database:
            server.drop(database)
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="turns of each kind (6)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of one turn (10)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    chosen = parser.parse_args()
    if wrong := uvloop.run(run(chosen.rounds, chosen.seconds, postgres=chosen.postgres)):
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
