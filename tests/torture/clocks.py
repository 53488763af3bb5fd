"""The wall clock of a process jumps two hours forward and back while people talk: nothing is lost, nobody waits for it to come round again.

Leaves the people to `kills.Crowd` and moving the clock to `tests.clock`. Paces are those of the product, so that a number kept ahead of
its time would show.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from storage.tables import inbox
from tests.bot.fleet import Fleet
from tests.clock import HOUR, Clock
from tests.torture.kills import Crowd, Result, answered, judge

JUMPS = (2 * HOUR, 0, -2 * HOUR, 0)
"""Seconds by which the clock differs from the machine's, one after another: forward and back, back and forward."""
AT_ONCE = 2
"""Turns of each person between two jumps; all of them are no more than a chat may be sent at once, so that waiting is the clock's doing."""
SOON = 5.0
"""Seconds within which everybody is answered, whatever the clock does."""
ORDINARY = {"TELEGRAM_CHAT_RATE": "1", "TWILIO_CHAT_RATE": "1", "PERSON_RATE": "20"}
"""The product's own, but for WhatsApp's 6 s from one message to the next: whoever is sent something late waits so long by right."""


@dataclass
class Outcome:
    """`slowest` is the longest that anybody waited for an answer (seconds), `seen` by how many hours events' instants were off."""

    crowd: Result
    slowest: float = 0.0
    seen: set[int] = field(default_factory=set)

    def broken(self) -> list[str]:
        wrong = self.crowd.broken(0)
        wrong += [f"somebody waited {self.slowest:.1f} s"] if self.slowest > SOON else []
        missed = {seconds // HOUR for seconds in JUMPS} - self.seen
        return wrong + ([f"the program never saw its clock so many hours off: {sorted(missed)}"] if missed else [])

    def __str__(self) -> str:
        return f"{self.crowd}; clocks off by hours {sorted(self.seen)}, longest wait {self.slowest:.1f} s"


class Patient(Crowd):
    """People who say no more than they `may`."""

    may = AT_ONCE

    async def _until_answered(self, name: object, count: int) -> None:
        await super()._until_answered(name, count)
        async with self.progress:
            await self.progress.wait_for(lambda: count < self.may)

    async def go_on(self) -> None:
        async with self.progress:
            self.may += AT_ONCE
            self.progress.notify_all()


async def run(folder: Path, models: Path, database: str, clock: Clock, *, size: int, people: int) -> Outcome:
    """The clock of the first process jumps while people talk, and they go on once it has; those of the others are right."""
    result = Result(0)
    outcome, started = Outcome(result), time.time()
    settings = {**ORDINARY, "LOG_LEVEL": "error"}
    async with Fleet(folder, models, database, size, first=clock.environment, **settings) as fleet:
        crowd = Patient(fleet, people, AT_ONCE * (len(JUMPS) + 1))
        talking = asyncio.create_task(crowd.talk())
        for seconds in JUMPS:
            await crowd.until(int(people * (crowd.may - 0.8 * AT_ONCE)))
            result.points.append(crowd.acknowledged)
            result.in_flight += crowd.in_flight > 0
            clock.set(seconds)
            await _until_off(fleet, seconds)
            result.kills += 1
            await crowd.go_on()
        await crowd.go_on()
        await talking
        await answered(crowd)
        for program in fleet.programs:
            assert await program.stop() == 0
        judge(result, fleet, crowd)
        outcome.slowest = crowd.slowest
        outcome.seen = {round((row.received_at / 1000 - started) / HOUR) for row in fleet.rows(inbox)}
    return outcome


async def _until_off(fleet: Fleet, seconds: int) -> None:
    """Until the program itself says so, in the date of its answers."""
    off = math.inf
    async with asyncio.timeout(10):
        while abs(off - seconds) > HOUR / 2:
            await asyncio.sleep(0.05)
            with contextlib.suppress(aiohttp.ClientConnectionError):  # one that was just being closed for idleness
                async with fleet.http.get(f"{fleet.programs[0].base_url}/healthz") as answer:
                    off = parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()
