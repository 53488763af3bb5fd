"""`python -m benchmarks.flood`: one person floods the bot; what the others wait, without the flood and under it, and what the flooder gets.

Leaves starting the bot and speaking HTTP to `benchmarks.load`.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
import warnings

import uvloop

warnings.filterwarnings("ignore", category=RuntimeWarning, module="platformdirs")

from benchmarks.load import machine, people  # noqa: E402
from benchmarks.load.bots import ROOT, Bot, start_bot  # noqa: E402
from benchmarks.load.driver import FIRST_CHAT, Load, Sample, measure  # noqa: E402
from benchmarks.load.provider import Provider  # noqa: E402
from benchmarks.load.rounds import BOT_CORES, prime  # noqa: E402
from benchmarks.load.wire import call  # noqa: E402

FLOODER = FIRST_CHAT - 1
PEOPLE, RATE = 500, 50.0
"""Chats of others, and their taps a second in all: each speaks once in ten seconds."""


class Flood:
    """One person on several connections, each call as soon as the one before was answered, up to `rate` a second in all."""

    def __init__(self, bot: Bot, rate: float) -> None:
        self._bot, self._gap = bot, 1 / rate
        self.sent = 0
        self._due = 0.0

    async def run(self, until: float, lines: int = 16) -> None:
        self._due = time.perf_counter()
        await asyncio.gather(*(self._line(until) for _ in range(lines)))

    async def _line(self, until: float) -> None:
        line, speak = await call(self._bot.ports[0]), people.text("ответь мне!!!")
        while (now := time.perf_counter()) < until:
            self._due = max(self._due, now) + self._gap
            self.sent += 1
            await line.ask(speak(FLOODER))
            await asyncio.sleep(max(0.0, self._due - time.perf_counter()))
        line.transport.close()


def show(name: str, sample: Sample) -> str:
    waits = " / ".join(f"{sample.quantile(share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
    return f"{name:<18} {sample.answered} answered, {sample.failed} not; p50 / p95 / p99 {waits} ms"


async def run(seconds: float, rate: float) -> None:
    provider = Provider()
    await provider.open()
    folder = ROOT / "var" / "bench" / "flood"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    models = ROOT / "var" / "models"
    bot = await start_bot("flood", folder, provider.url, models, cores=BOT_CORES, more={"PERSON_RATE": "20"})
    try:
        load = Load("others", lambda bot: people.tap("menu"), chats=PEOPLE, rate=RATE)
        await prime(bot, provider, PEOPLE)
        print(show("without a flood", await measure(bot, provider, load, seconds)), flush=True)
        flood = Flood(bot, rate)
        # from before the measurement (it warms up for a while) to its end
        flooding = asyncio.create_task(flood.run(time.perf_counter() + seconds * 1.25))
        print(show(f"under {rate:g}/s of one", await measure(bot, provider, load, seconds)))
        await flooding
        print(f"{'the flooder':<18} {flood.sent} sent, {provider.told(FLOODER)} messages got")
    finally:
        bot.stop()
        await provider.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flood", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=1000.0, help="messages a second of the one who floods (1000)")
    chosen = parser.parse_args()
    machine.pin({1})
    uvloop.run(run(chosen.seconds, chosen.rate))


if __name__ == "__main__":
    main()
