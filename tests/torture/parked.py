"""Questions that cannot be kept, of a few people among many: each is parked after three tries while its chat goes on, and replayed by hand.

Leaves the many to `kills.Crowd`. What poisons a question is a database that refuses its row; mended, it is answered after all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from storage.database import parse
from storage.tables import Arrived, inbox
from tests.bot.fleet import Fleet
from tests.command import Command, Seen
from tests.fakes.telegram_people import Person
from tests.torture.kills import Crowd, Result, answered, judge

QUESTION = "Меня зовут Айгуль, когда розыгрыш Seriktes?"
NAME, CLAUSE = "Айгуль", "«SERIKTES»"
SPOILED = {
    "sqlite": ("CREATE TRIGGER spoiled BEFORE INSERT ON questions BEGIN SELECT RAISE(ABORT, 'spoiled'); END",),
    "postgresql": (
        "CREATE FUNCTION spoiled() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'spoiled' USING ERRCODE = 'check_violation'; END $$",
        "CREATE TRIGGER spoiled BEFORE INSERT ON questions FOR EACH ROW EXECUTE FUNCTION spoiled()",
    ),
}
MENDED = {
    "sqlite": ("DROP TRIGGER spoiled",),
    "postgresql": ("DROP TRIGGER spoiled ON questions", "DROP FUNCTION spoiled"),
}


@dataclass
class Outcome:
    """`wrong` are promises to the people with poisoned questions that were broken, in words."""

    crowd: Result
    poisoned: int
    wrong: list[str]

    def broken(self) -> list[str]:
        return self.crowd.broken(0) + self.wrong

    def __str__(self) -> str:
        return f"{self.crowd}; {self.poisoned} poisoned questions, wrong about them: {self.wrong or 'nothing'}"


class Unlucky:
    """Somebody with a question that cannot be kept, and what they heard."""

    def __init__(self, fleet: Fleet, number: int) -> None:
        self._fleet, self._numbers = fleet, iter(range(number * 10, number * 10 + 10))
        self.person: Person = fleet.telegram.person()
        self.events = 0

    async def say(self, words: str) -> int:
        update = {"update_id": next(self._numbers), **self.person.text(words)}
        self.events += 1
        return await self._fleet.post(self._fleet.programs[0], update)

    async def hears(self, count: int) -> list[str]:
        """All that was said once it is so much."""
        told = self._fleet.telegram.messages
        await self._fleet.telegram.wait_for(lambda: len(told(self.person.id)) >= count, timeout=30)
        return [message.text for message in told(self.person.id)]


async def run(folder: Path, models: Path, database: str, *, size: int, people: int, poisoned: int) -> Outcome:
    result = Result(0)
    outcome = Outcome(result, poisoned, [])
    async with Fleet(folder, models, database, size, LOG_LEVEL="debug") as fleet:
        crowd = Crowd(fleet, people, 6)
        unlucky = [Unlucky(fleet, number + 1) for number in range(poisoned)]
        await asyncio.gather(*(one.say("/ru") for one in unlucky))
        await asyncio.gather(*(one.hears(1) for one in unlucky))
        _change(database, SPOILED)
        talking = asyncio.create_task(crowd.talk())
        outcome.wrong += [line for lines in await asyncio.gather(*map(_park, unlucky)) for line in lines]
        _change(database, MENDED)
        utys = Command(folder, models).process
        place = {"DATABASE_URL": database, "VAR_DIR": folder / "var"}
        outcome.wrong += await asyncio.to_thread(_look, utys, place, poisoned)
        replayed = [one.hears(5) for one in unlucky]
        outcome.wrong += [
            f"replayed and answered so: {told[4][:60]}"
            for told in await asyncio.gather(*replayed)
            if CLAUSE not in told[4]
        ]
        left = await asyncio.to_thread(utys, "parked", "list", **place)
        outcome.wrong += [] if left.out == "nothing is parked\n" else [f"still parked: {left.out}{left.err}"]
        await talking
        await answered(crowd)
        for program in fleet.programs:
            assert await program.stop() == 0
        outcome.wrong += [f"in a log: {leaked}" for leaked in fleet.leaks(NAME, QUESTION)]
        outcome.wrong += [f"left as {row.status}" for row in fleet.rows(inbox) if row.status != Arrived.DONE]
        judge(result, fleet, crowd, (sum(one.events for one in unlucky), 5 * poisoned))
    return outcome


async def _park(one: Unlucky) -> list[str]:
    """The question is acknowledged, what comes behind it answered before it is given up, and then there is an apology."""
    wrong = [f"not acknowledged: {status}"] if (status := await one.say(QUESTION)) != 200 else []
    await one.say("/help")
    await one.hears(2)
    told = await one.hears(3)
    wrong += [] if "человек" in told[2].lower() or "сотрудник" in told[2].lower() else [f"no apology: {told[2]}"]
    await one.say("/bot")
    await one.hears(4)
    return wrong


def _look(utys: Callable[..., Seen], place: dict[str, object], poisoned: int) -> list[str]:
    """What `utys parked` lists, shows and replays."""
    lines = utys("parked", "list", **place).out.splitlines()
    wrong = [f"{len(lines)} parked, not {poisoned}"] if len(lines) != poisoned else []
    wrong += [f"listed as {line}" for line in lines if "3 tries" not in line or NAME in line]
    for line in lines:
        id = line.split()[0]
        hidden, shown = utys("parked", "show", id, **place).out, utys("parked", "show", id, "--reveal", **place).out
        wrong += [f"shown as {hidden}"] if NAME in hidden or QUESTION not in shown else []
    first, *rest = lines
    wrong += [] if utys("parked", "replay", first.split()[0], **place).out.endswith(": 1\n") else ["not replayed"]
    wrong += [] if not rest or utys("parked", "replay", "--all", **place).code == 0 else ["the rest was not replayed"]
    return wrong


def _change(database: str, statements: dict[str, tuple[str, ...]]) -> None:
    engine = create_engine(parse(database))
    with engine.begin() as connection:
        for statement in statements[engine.dialect.name]:
            connection.execute(text(statement))
    engine.dispose()
