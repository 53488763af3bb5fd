"""One round after the other: those who are compared are started afresh, take turns under load, and are stopped.

Leaves judging the figures to `judging`. What was found is kept under (contender, load), a sample for each turn. A shared machine is
now faster, now slower, by a third and more within minutes: contenders that stand side by side and take turns of a few seconds, in
another order each time, meet the same of it.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import machine, people
from benchmarks.load.bots import ROOT, Bot, start_bot, start_peer
from benchmarks.load.databases import Left, Postgres, fill, left_by
from benchmarks.load.driver import FIRST_CHAT, Load, Sample, measure, shuffled
from benchmarks.load.provider import Provider
from benchmarks.load.searching import Searches
from benchmarks.load.wire import call

BOT_CORES, DRIVER_CORES, EVERYWHERE = {0}, {1}, {0, 1, 2, 3, 4, 5, 6, 7}
QUESTIONS = ROOT / "benchmarks" / "answers" / "heldout.jsonl"
PROMOTION = "january-surprise"
TURNS = 3
"""Turns of each contender in a round: a load of 6 s is put on it for 2 s three times. Turns of 1 s differ from each other by 15 %."""


def questions(promotion: str = PROMOTION) -> list[str]:
    lines = map(json.loads, QUESTIONS.read_text("utf-8").splitlines())
    return [line["question"] for line in lines if line["promotion"] == promotion]


HELLO = people.text("hello, is anybody there?")
MENU = people.tap("menu")
TEXT = Load("text", lambda bot: HELLO)
TEXT_ALONE = Load("text, alone", lambda bot: HELLO, chats=1)
TEXT_OPEN = Load("text, open", lambda bot: HELLO, chats=256, rate=400)
TAP = Load("tap", lambda bot: MENU)
TAP_ALONE = Load("tap, alone", lambda bot: MENU, chats=1)
TAP_OPEN = Load("tap, open", lambda bot: MENU, chats=256, rate=400)
TAP_EACH = Load("tap, 32 each", lambda bot: MENU, each=True)
WATCHED = Load("tap, watched", lambda bot: MENU, watch=True)
QUESTION_WATCHED = "question, watched"
BARE = "without telegram"
"""The product with WhatsApp alone."""
WHATSAPP = Load("whatsapp", lambda bot: people.whatsapp(bot.ports[0], "меню"))


@dataclass(slots=True)
class Found:
    """Everything that was measured. `memory` is MiB (peak, and of it the answer models' files), `ready` seconds to ready, `clauses` CPU
    seconds of a search by itself in each promotion by the number of its clauses."""

    samples: dict[tuple[str, str], list[Sample]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    ready: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    clauses: list[tuple[int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Bench:
    """What all contenders need: the fake provider, folders, models, PostgreSQL, and how long a load lasts."""

    provider: Provider
    folder: Path
    models: Path
    postgres: Postgres
    seconds: float
    searches: Searches
    found: Found = field(default_factory=Found)
    known: dict[int, Path] = field(default_factory=dict)

    async def side_by_side(self, names: Sequence[str]) -> None:
        """Starts them, lets them take turns under their loads, stops them."""
        bots: dict[str, Bot] = {}
        try:
            for name in shuffled(names):
                start, loads = self._contenders()[name]
                bots[name] = await start()
                self.found.ready[name].append(bots[name].ready_after)
                if name.startswith("utys"):
                    await prime(bots[name], self.provider, max(load.people(bots[name]) for load in loads))
            for _ in range(TURNS):
                turns = [(name, load) for name in names for load in self._contenders()[name][1]]
                for name, load in shuffled(turns):
                    await self._turn(name, bots[name], load)
            for one, bot in bots.items():
                sizes = [(machine.peak_memory(pid), machine.mapped(pid, ".model")) for pid in bot.pids]
                self.found.memory[one].append(max(sizes))
        finally:
            for bot in bots.values():
                bot.stop()

    async def _turn(self, name: str, bot: Bot, load: Load) -> None:
        sample = await measure(bot, self.provider, load, self.seconds / TURNS)
        self.found.samples[name, load.name].append(sample)
        print(f"  {name:<16} {load.name:<14} {line(sample)}", flush=True)

    def _contenders(self) -> dict[str, tuple[Callable[[], Awaitable[Bot]], list[Load]]]:
        ask = lambda bot: people.text(*self.searches.questions)  # noqa: E731
        question, watched = Load("question", ask, searches=True), Load(QUESTION_WATCHED, ask, watch=True)
        url = self.provider.url
        telegram = [url, people.TOKEN, people.SECRET]
        twilio = [url, people.ACCOUNT, people.TWILIO_TOKEN, people.SENDER]
        result: dict[str, tuple[Callable[[], Awaitable[Bot]], list[Load]]] = {
            "echo": (lambda: self._peer("echo", telegram), [TEXT, TEXT_ALONE, TEXT_OPEN]),
            "durable": (lambda: self._peer("durable", [*telegram, f"sqlite:///{self._fresh('durable')}/d.db"]), [TEXT]),
            "durable, pg": (lambda: self._peer("durable", [*telegram, self._database()], "durable, pg"), [TEXT]),
            "twilio": (lambda: self._peer("twilio_echo", twilio, "twilio"), [WHATSAPP]),
            "utys": (lambda: self._product("utys"), [TAP, TAP_ALONE, TAP_OPEN, question, WHATSAPP, WATCHED, watched]),
            BARE: (lambda: self._product(BARE, more={"TELEGRAM_BOT_TOKEN": ""}), [WHATSAPP]),
            "utys, pg": (lambda: self._product("utys, pg", self._database()), [TAP, TAP_ALONE, TAP_OPEN]),
        }
        for count in (1, 2, 4):
            name = f"utys, pg x{count}"
            result[name] = (
                lambda name=name, count=count: self._product(name, self._database(), count),
                [TAP, TAP_EACH],
            )  # type: ignore[misc]
        for count in (1, 2, 3, 5):
            name = f"utys, {count} promotions"
            result[name] = (lambda name=name, count=count: self._of_promotions(name, count), [question])  # type: ignore[misc]
        for count in (1_000, 10_000, 100_000, 1_000_000):
            name, load = f"utys, {count} known", Load("tap, known", lambda bot: MENU, known=count)
            result[name] = (lambda name=name, count=count: self._knowing(name, count), [load])  # type: ignore[misc]
        return result

    def _fresh(self, name: str) -> Path:
        folder = self.folder / name.replace(", ", "-")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _database(self) -> str:
        return self.postgres.fresh()

    async def _peer(self, module: str, arguments: list[str], name: str | None = None) -> Bot:
        name = name or module
        bot = await start_peer(name, module, self.folder / "logs", arguments, BOT_CORES)
        bot.databases = [self.postgres.pid]
        return bot

    async def _product(
        self, name: str, database: str | None = None, processes: int = 1, more: Mapping[str, str] | None = None
    ) -> Bot:
        cores = EVERYWHERE if " x" in name else BOT_CORES
        return await start_bot(
            name,
            self._fresh(name),
            self.provider.url,
            self.models,
            database=database,
            processes=processes,
            cores=cores,
            databases=[self.postgres.pid],
            more=more,
        )

    async def _of_promotions(self, name: str, count: int) -> Bot:
        """The product with the first so many of its promotions."""
        folder = self._fresh(name)
        others = sorted(one.name for one in (ROOT / "promotions").iterdir() if (one / "promotion.toml").exists())
        chosen = [PROMOTION, *(slug for slug in others if slug != PROMOTION)][:count]
        (folder / "promotions").mkdir()
        for one in (ROOT / "promotions").iterdir():
            if one.name in chosen or one.name not in others:
                (folder / "promotions" / one.name).symlink_to(one)
        more = {"PROMOTIONS_DIR": str(folder / "promotions")}
        return await start_bot(name, folder, self.provider.url, self.models, cores=BOT_CORES, more=more)

    async def _knowing(self, name: str, count: int) -> Bot:
        folder = self.known.get(count)
        if folder is None:
            folder = self.known[count] = self._fresh(f"known-{count}")
            print(f"  making a database that knows {count} people", flush=True)
            fill(f"sqlite:///{folder}/utys.db", count, await self._left())
        return await start_bot(name, folder, self.provider.url, self.models, cores=BOT_CORES)

    async def _left(self) -> Left:
        """What the bot itself keeps of somebody who taps."""
        folder = self._fresh("one-person")
        bot = await start_bot("utys, one person", folder, self.provider.url, self.models, cores=BOT_CORES)
        try:
            await prime(bot, self.provider, 1, "menu")
        finally:
            bot.stop()
        return left_by(f"sqlite:///{folder}/utys.db", FIRST_CHAT)


async def prime(bot: Bot, provider: Provider, chats: int, *more: str) -> None:
    """Everybody has chosen a language and a promotion before it begins, as most people have who tap."""
    if "known" in bot.name:
        return
    line = await call(bot.ports[0])
    for chat in range(FIRST_CHAT, FIRST_CHAT + chats):
        for option in ("language.ru", f"promotion.{PROMOTION}", *more):
            message = provider.expect(chat)
            await line.ask(people.tap(option)(chat))
            await message
    line.transport.close()


def line(sample: Sample) -> str:
    quantiles = "/".join(f"{sample.quantile(share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
    more = f" database {sample.database * 1000:.3f} ms" if sample.database > 0.00001 else ""
    more += f" stall {sample.stall * 1000:.0f} ms" if sample.stall else ""
    more += f" FAILED {sample.failed}" if sample.failed else ""
    return f"{sample.cpu * 1000:.3f} ms CPU  {sample.rate:6.0f}/s  p50/95/99 {quantiles} ms  others {sample.others:.2f}{more}"
