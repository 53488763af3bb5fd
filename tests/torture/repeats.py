"""Every update comes many times: ten copies at once, and more of them shuffled within two seconds.

Leaves the people to `kills.Crowd`. The right order is the order in which first copies arrived.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.bot.fleet import Fleet
from tests.torture.kills import Crowd, Result, finish


class Echoing(Crowd):
    """People whose every call is made up to thirteen times."""

    def __init__(self, fleet: Fleet, people: int, turns: int, seed: int) -> None:
        super().__init__(fleet, people, turns)
        self._dice = random.Random(seed)
        self._later: set[asyncio.Task[bool]] = set()
        self.copies = 0

    async def _taken(self, path: str, headers: dict[str, str], body: dict[str, object]) -> bool:
        """A copy or ten at once, of which one must be taken; up to twelve come later, each at its own moment."""
        at_once = self._dice.choice((1, 1, 10))
        once = super()._taken
        taken = await asyncio.gather(*(once(path, headers, body) for _ in range(at_once)))
        later = self._dice.randrange(13 - at_once + 1)
        for _ in range(later):
            task = asyncio.create_task(self._again(self._dice.uniform(0, 2), path, headers, body))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
        self.copies += at_once + later
        return all(taken)

    async def _again(self, wait: float, path: str, headers: dict[str, str], body: dict[str, object]) -> bool:
        await asyncio.sleep(wait)
        return await super()._taken(path, headers, body)

    async def all_delivered(self) -> None:
        while self._later:
            await asyncio.wait(tuple(self._later))


async def run(
    folder: Path, models: Path, database: str, *, size: int, people: int, turns: int, seed: int, rate: str = "30"
) -> tuple[Result, int]:
    """What came of it, and how many calls were made."""
    result = Result(seed)
    async with Fleet(folder, models, database, size, TELEGRAM_RATE=rate, TWILIO_RATE=rate, LOG_LEVEL="debug") as fleet:
        crowd = Echoing(fleet, people, turns, seed)
        await crowd.talk()
        await crowd.all_delivered()
        await finish(result, fleet, crowd)
    return result, crowd.copies
