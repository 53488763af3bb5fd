"""Kills under load: hundreds of people write on both channels while the processes that serve them are killed again and again.

Leaves starting processes to `tests.bot.fleet`. A person says the next thing when the last was answered; what was not acknowledged is
delivered again, as both providers do. The rates of the two bots are the product's (30 and 80 a second): what is on its way at once follows
from them. Those of one chat, one WhatsApp number and what one person may write are raised (`tests.bot.program`), so that people can hurry.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from storage.tables import Sending, inbox, outbox
from tests.bot.fleet import SECRET, TELEGRAM, Fleet
from tests.bot.program import Program

SOON = 0.5
"""Seconds after a kill in which a call that was made before it may still be seen to arrive; kills are further apart."""
WORDS = ("/ru", "/kk")
"""Said in turns, so that two answers beside each other never are alike unless one of them was repeated."""


@dataclass
class Result:
    """`let` are promises that were broken, in words."""

    seed: int
    updates: int = 0
    kills: int = 0
    in_flight: int = 0
    points: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    """When each stop was made (time.monotonic), the n-th at the n-th of `points`."""
    each: list[int] = field(default_factory=list)
    """How many repeats each stop caused; the sum is less than `repeated` where something else caused some."""
    lost: int = 0
    doubled: int = 0
    repeated: int = 0
    marked: int = 0
    unmarked: int = 0
    disordered: int = 0
    unsent: int = 0

    def broken(self, allowed: int) -> list[str]:
        """The promises that were not kept, where so many repeats are allowed."""
        wrong = {
            "acknowledged and lost": self.lost,
            "effects doubled": self.doubled,
            "out of order": self.disordered,
            "never sent": self.unsent,
            "repeated without a mark": self.unmarked,
            "repeated too often": max(0, self.repeated - allowed),
        }
        return [f"{what}: {count}" for what, count in wrong.items() if count]

    def killed(self) -> list[str]:
        """The same where processes were killed: each kill may have one message repeated."""
        most = max(self.each, default=0)
        return self.broken(self.kills) + ([f"repeated by one kill: {most}"] if most > 1 else [])

    def __str__(self) -> str:
        return (
            f"{self.updates} updates, {self.kills} stops ({self.in_flight} with work in flight) after {self.points} acknowledged; "
            f"lost {self.lost}, doubled {self.doubled}, out of order {self.disordered}, unsent {self.unsent}, "
            f"repeated {self.repeated}{self._blame()}, {self.unmarked} of them unmarked ({self.marked} marked in all); seed {self.seed}"
        )

    def _blame(self) -> str:
        return f" (at most {max(self.each)} by one stop, by each {self.each})" if self.each else ""


class Crowd:
    """People on both channels, half on each."""

    def __init__(self, fleet: Fleet, people: int, turns: int) -> None:
        self._fleet, self.turns = fleet, turns
        self._numbers = itertools.count(1_000_000)
        self.telegram = [fleet.telegram.person() for _ in range(people // 2)]
        self.whatsapp = [fleet.twilio.person(f"+7701{number:07}") for number in range(people - people // 2)]
        self.acknowledged = 0
        self.answers: Counter[object] = Counter()
        self.asking = 0
        self.slowest = 0.0
        """Seconds that anybody waited for an answer, at most."""
        self.progress = asyncio.Condition()

    @property
    def total(self) -> int:
        return (len(self.telegram) + len(self.whatsapp)) * self.turns

    async def talk(self) -> None:
        watching = asyncio.create_task(self._watch())
        people = [self._on_telegram(n) for n in range(len(self.telegram))]
        await asyncio.gather(*people, *(self._on_whatsapp(n) for n in range(len(self.whatsapp))))
        watching.cancel()

    async def _on_telegram(self, number: int) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        person = self.telegram[number]
        for turn in range(self.turns):
            update = {"update_id": next(self._numbers), **person.text(WORDS[turn % 2])}
            await self._until_taken(TELEGRAM, headers, json=update)
            await self._until_answered(person.id, turn + 1)

    async def _on_whatsapp(self, number: int) -> None:
        twilio, person = self._fleet.twilio, self.whatsapp[number]
        for turn in range(self.turns):
            form = person.text(WORDS[turn % 2])
            await twilio.receive(form, deliver=False)
            headers = {
                "X-Twilio-Signature": twilio.webhooks.sign(twilio.inbound_url, form),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            await self._until_taken("/whatsapp/webhook", headers, data=urlencode(form))
            await self._until_answered(person.address, turn + 1)

    async def _until_taken(self, path: str, headers: dict[str, str], **body: object) -> None:
        while not await self._taken(path, headers, body):  # noqa: ASYNC110 - providers come again by the clock
            await asyncio.sleep(0.05)
        async with self.progress:
            self.acknowledged += 1
            self.progress.notify_all()

    async def _until_answered(self, name: object, count: int) -> None:
        """People wait for an answer before they go on; whoever got none in two minutes goes on all the same."""
        asked = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(120), self.progress:
                await self.progress.wait_for(lambda: self.answers[name] >= count)
        self.slowest = max(self.slowest, time.monotonic() - asked)

    async def _watch(self) -> None:
        """Counts what everybody was sent, for all of them at once."""
        while True:
            answers = self._count()
            async with self.progress:
                self.answers = answers
                self.progress.notify_all()
            await asyncio.sleep(0.2)

    def _count(self) -> Counter[object]:
        answers: Counter[object] = Counter()
        for call in (*self._fleet.telegram.calls, *self._fleet.twilio.calls):
            if call.done and (call.method == "sendMessage" or call.method.startswith("POST /2010")):
                answers[call.params.get("chat_id") or call.params.get("To")] += 1
        return answers

    async def _taken(self, path: str, headers: dict[str, str], body: dict[str, object]) -> bool:
        self.asking += 1
        try:
            url = self._fleet.base_url + path
            async with self._fleet.http.post(url, headers=headers, **body) as answer:  # type: ignore[arg-type]
                return answer.status == 200
        except (aiohttp.ClientError, OSError):
            return False
        finally:
            self.asking -= 1

    def heard(self) -> list[list[str]]:
        """What each person was told, in order."""
        return [[text for text, _ in told] for told in self.received()]

    def received(self) -> list[list[tuple[str, str]]]:
        """The same, each with the provider's id of the message."""
        telegram, twilio = self._fleet.telegram, self._fleet.twilio
        told = [[(one.text, str(one.message_id)) for one in telegram.messages(person.id)] for person in self.telegram]
        return told + [[(one.text, one.sid) for one in twilio.messages(person.address)] for person in self.whatsapp]

    def arrivals(self) -> dict[str, float]:
        """When the call arrived that made a message (time.monotonic), by the provider's id of it."""
        calls = [call for call in (*self._fleet.telegram.calls, *self._fleet.twilio.calls) if call.done]
        made = [(call.at, call.result) for call in calls if isinstance(call.result, dict)]
        return {str(result.get("message_id") or result.get("sid")): at for at, result in made}

    @property
    def in_flight(self) -> int:
        """Calls of the program that wait for an answer, and acknowledged updates that nobody has been answered yet, at this moment."""
        return self.asking + max(0, self.acknowledged - self._count().total())

    async def until(self, count: int) -> None:
        async with self.progress:
            await self.progress.wait_for(lambda: self.acknowledged >= count)


def collapsed(told: list[str]) -> list[str]:
    return [text for text, _ in itertools.groupby(told)]


def unmarked(received: list[tuple[str, str]], marked: set[str | None]) -> int:
    """How many messages (text and the provider's id) came more than once and none of their copies is known as perhaps repeated."""
    runs = [[id for _, id in run] for _, run in itertools.groupby(received, key=lambda one: one[0])]
    return sum(len(run) > 1 and marked.isdisjoint(run) for run in runs)


def blamed(runs: Iterable[Sequence[float]], stops: Sequence[float]) -> list[int]:
    """How many repeats each stop caused. `runs`: the instants at which the copies of every message arrived. A copy is the doing of the
    first stop at which the one before it can have been on its way."""
    each = [0] * len(stops)
    for run in runs:
        for before, copy in itertools.pairwise(run):
            cause = next((n for n, stop in enumerate(stops) if stop >= before - SOON), None)
            if cause is not None and stops[cause] <= copy:
                each[cause] += 1
    return each


async def run(
    folder: Path,
    models: Path,
    database: str,
    *,
    size: int,
    people: int,
    turns: int,
    stops: int,
    seed: int,
    orderly: bool,
) -> Result:
    """With `orderly` the processes are asked to stop (SIGTERM), else killed."""
    dice, result = random.Random(seed), Result(seed)
    async with Fleet(folder, models, database, size, TELEGRAM_RATE="30", TWILIO_RATE="80", LOG_LEVEL="debug") as fleet:
        crowd = Crowd(fleet, people, turns)
        talking = asyncio.create_task(crowd.talk())
        step = crowd.total / (stops + 1)
        for number in range(stops):
            await crowd.until(int(step * (number + dice.uniform(0.2, 0.9))))
            program = fleet.programs[number % size]
            result.in_flight += crowd.in_flight > 0
            result.points.append(crowd.acknowledged)
            result.moments.append(time.monotonic())
            await _stop(program, orderly=orderly)
            await program.start()
            result.kills += 1
        await talking
        await finish(result, fleet, crowd)
    return result


async def _stop(program: Program, *, orderly: bool) -> None:
    if orderly:
        assert await program.stop() == 0
    else:
        await program.killed()


async def answered(crowd: Crowd, seconds: float = 60.0) -> None:
    """Everybody, or nothing more has come for a while: what is missing then is counted as lost."""
    before, quiet = -1, 0.0
    while quiet < seconds and any(len(collapsed(told)) < crowd.turns for told in crowd.heard()):
        now = sum(map(len, crowd.heard()))
        quiet, before = (0.0 if now != before else quiet + 0.1), now
        await asyncio.sleep(0.1)


async def finish(result: Result, fleet: Fleet, crowd: Crowd, seconds: float = 60.0) -> None:
    """The last answers come, every process stops in good order, and what came of it all is counted."""
    await answered(crowd, seconds)
    for program in fleet.programs:
        assert await program.stop() == 0
    judge(result, fleet, crowd)


def judge(result: Result, fleet: Fleet, crowd: Crowd, others: tuple[int, int] = (0, 0)) -> None:
    """`others`: how many events and messages are of people who are not of the crowd."""
    events, messages = others
    result.updates = crowd.total
    rows = fleet.rows(outbox)
    kept, statuses = len(fleet.rows(inbox)) - events, [row.status for row in rows]
    told = crowd.heard()
    result.lost = max(0, crowd.total - kept) + sum(max(0, crowd.turns - len(collapsed(one))) for one in told)
    result.doubled = max(0, kept - crowd.total) + sum(max(0, len(collapsed(one)) - crowd.turns) for one in told)
    result.doubled += max(0, len(statuses) - messages - crowd.total)
    result.repeated = sum(len(one) - len(collapsed(one)) for one in told)
    arrived = crowd.arrivals()
    copies = [
        [arrived[id] for _, id in run]
        for one in crowd.received()
        for _, run in itertools.groupby(one, key=lambda each: each[0])
    ]
    result.each = blamed(copies, result.moments)
    marked = {row.provider_id for row in rows if row.status == Sending.REPEATED}
    result.marked = len(marked)
    result.unmarked = sum(unmarked(one, marked) for one in crowd.received())
    result.unsent = sum(status < Sending.SENT for status in statuses)
    result.disordered = sum(len(set(collapsed(one)[side::2])) > 1 for one in told for side in (0, 1))
