"""Puts load on bots and measures: people who speak when they were answered (closed), or whenever they like (open).

Leaves what they say to `people`, who answers to `bots`, and what the figures mean to `scenarios`.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.load import machine
from benchmarks.load.bots import Bot
from benchmarks.load.people import Speak
from benchmarks.load.provider import Provider
from benchmarks.load.searching import COUNTED
from benchmarks.load.wire import Caller, call, get

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds after which a person counts as unanswered."""
FIRST_CHAT = 77010000000
_SEARCHED = re.compile(rb"^%s (\S+)$" % COUNTED.encode(), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Load:
    """`chats` speak in turns of their own; at `rate` updates a second, or each as soon as it was answered. With `each` there are so many
    for each process.

    With `known` people each update is of somebody else among so many. `watch` looks for stalls of the loop; `searches` asks the bot
    what of its CPU time was searching.
    """

    name: str
    speak: Callable[[Bot], Speak]
    chats: int = 32
    each: bool = False
    rate: float | None = None
    known: int = 0
    watch: bool = False
    searches: bool = False

    def people(self, bot: Bot) -> int:
        return self.chats * len(bot.ports) if self.each else self.chats


@dataclass(slots=True)
class Sample:
    """One load on one bot. Times are seconds; `cpu`, of it `search`, and `database` are per update answered; `stall` is an upper bound."""

    seconds: float = 0.0
    answered: int = 0
    failed: int = 0
    cpu: float = 0.0
    search: float = 0.0
    database: float = 0.0
    others: float = 0.0
    stall: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    def quantile(self, share: float) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))] if self.waits else 0.0


async def measure(bot: Bot, provider: Provider, load: Load, seconds: float) -> Sample:
    """Warms up for a quarter of the time, then measures."""
    await _run(bot, provider, load, max(0.5, seconds / 4), Sample())
    sample = Sample()
    searched = await _searched(bot) if load.searches else 0.0
    bots, databases, busy = machine.spent(bot.pids), machine.spent(bot.databases), machine.machine_busy()
    own, started = time.process_time(), time.perf_counter()
    await _run(bot, provider, load, seconds, sample)
    sample.seconds = time.perf_counter() - started
    used = machine.since(bots, machine.spent(bot.pids))
    database = machine.since(databases, machine.spent(bot.databases))
    total = machine.machine_busy() - busy
    answered = max(1, sample.answered)
    sample.cpu, sample.database = used / answered, database / answered
    sample.search = (await _searched(bot) - searched) / answered if load.searches else 0.0
    sample.others = max(0.0, total - used - database - (time.process_time() - own)) / sample.seconds
    return sample


async def _searched(bot: Bot) -> float:
    """CPU seconds that the bot has spent on searching, as it counts them itself."""
    spent = 0.0
    for port in bot.metrics:
        line = await call(port)
        await line.ask(get("/metrics"))
        spent += next((float(found[1]) for found in _SEARCHED.finditer(line.body)), 0.0)
        line.transport.close()
    return spent


async def _run(bot: Bot, provider: Provider, load: Load, seconds: float, sample: Sample) -> None:
    provider.forget()
    speak, until = load.speak(bot), time.perf_counter() + seconds
    watching = asyncio.create_task(_watch(bot, sample)) if load.watch else None
    if load.rate is None:
        balancer = itertools.count()
        talks = (_talk(bot, provider, load, speak, n, until, sample, balancer) for n in range(load.people(bot)))
        await asyncio.gather(*talks)
    else:
        await _arrive(bot, provider, load, speak, until, sample)
    if watching is not None:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


def _person(load: Load, number: int) -> int:
    return FIRST_CHAT + (random.randrange(load.known) if load.known else number)


async def _talk(
    bot: Bot,
    provider: Provider,
    load: Load,
    speak: Speak,
    number: int,
    until: float,
    sample: Sample,
    balancer: Iterator[int],
) -> None:
    """One person, or one seat that different people take, each when the one before was answered. The balancer knows nobody: whoever
    speaks next reaches the next process."""
    lines = [await call(port) for port in bot.ports]
    while time.perf_counter() < until:
        await _exchange(provider, lines[next(balancer) % len(lines)], speak, _person(load, number), sample)
    for line in lines:
        line.transport.close()


async def _arrive(bot: Bot, provider: Provider, load: Load, speak: Speak, until: float, sample: Sample) -> None:
    """Poisson arrivals; whoever is not answered in time does not keep others from speaking."""
    assert load.rate is not None
    idle: list[Caller] = []
    running: set[asyncio.Task[None]] = set()

    async def one(number: int) -> None:
        line = idle.pop() if idle else None
        if line is None or line.transport.is_closing():  # the bot closes what nobody used for some seconds
            line = await call(bot.ports[number % len(bot.ports)])
        await _exchange(provider, line, speak, _person(load, number % load.people(bot)), sample)
        idle.append(line)

    number, due = 0, time.perf_counter()
    while due < until:
        await asyncio.sleep(due - time.perf_counter())
        task = asyncio.create_task(one(number))
        running.add(task)
        task.add_done_callback(running.discard)
        number += 1
        due += random.expovariate(load.rate)
    if running:
        await asyncio.wait(running)
    for line in idle:
        line.transport.close()


async def _exchange(provider: Provider, line: Caller, speak: Speak, chat: int, sample: Sample) -> None:
    """One update, from the webhook call until both its answer and our message are there."""
    message = provider.expect(chat)
    started = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            status = await line.ask(speak(chat))
            await message
    except (TimeoutError, ConnectionError):
        status = 0
    if status == 200:
        sample.answered += 1
        sample.waits.append(time.perf_counter() - started)
    else:
        sample.failed += 1


async def _watch(bot: Bot, sample: Sample) -> None:
    """The longest that the loop let a health check wait.

    Where others take the core away, a check waits although the loop does not stand: no stall is longer than the CPU that the
    bot used meanwhile, unless the loop waits for a disk or a lock, which it has nothing to do with.
    """
    lines = [(await call(port), pid) for port, pid in zip(bot.ports, bot.pids, strict=True)]
    request = get("/healthz")
    while True:
        for line, pid in lines:
            used, started = machine.cpu(pid), time.perf_counter()
            await line.ask(request)
            waited = min(time.perf_counter() - started, machine.cpu(pid) - used)
            sample.stall = max(sample.stall, waited)
        await asyncio.sleep(0.004)


def shuffled(contenders: Sequence[T]) -> list[T]:
    """Another order each time, so that nobody always follows the same neighbour."""
    return random.sample(list(contenders), len(contenders))


random.seed(os.environ.get("BENCH_SEED", "utys"))
