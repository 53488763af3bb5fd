"""Providers that fail: five in a hundred calls each with 429, 500 before or after the work, no answer, a reset, an answer lost after the
work; or away for minutes.

Leaves the people to `kills.Crowd`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bot.fleet import Fleet
from tests.fakes.faults import Fault
from tests.fakes.server import Call, FakeServer
from tests.torture.kills import Crowd, Result, answered, collapsed, finish, judge

SENDING = ("sendMessage", "POST */Messages.json")
SHARE = 0.05
PAUSE = 2
"""Seconds that a 429 asks for."""
UNHEARD = ("lost_answer", "hang", "late_error")
"""What strikes after the work was done: the message is there, and nobody was told so."""


@dataclass
class Outcome:
    """`struck` counts the faults, `unheard` Telegram's after the work, `early` the calls to a chat before the pause that was asked for was
    over, `twice` what came on WhatsApp more than once."""

    crowd: Result
    struck: dict[str, int]
    unheard: int
    early: int
    twice: int

    def broken(self) -> list[str]:
        # an answer that was not heard leaves a message that may come twice, marked; nothing else may repeat one, and Twilio can be asked
        wrong = self.crowd.broken(self.unheard)
        wrong += [f"came twice on WhatsApp: {self.twice}"] if self.twice else []
        return wrong + ([f"calls within a pause: {self.early}"] if self.early else [])

    def __str__(self) -> str:
        return (
            f"{self.crowd}; {self.twice} of them on WhatsApp; faults {self.struck}, calls within a pause {self.early}"
        )


async def run(folder: Path, models: Path, database: str, *, size: int, people: int, turns: int, seed: int) -> Outcome:
    result = Result(seed)
    async with Fleet(folder, models, database, size, LOG_LEVEL="debug") as fleet:
        for fake, target in zip((fleet.telegram, fleet.twilio), SENDING, strict=True):
            faults = (
                Fault.rate_limited(PAUSE),
                Fault.server_error(),
                Fault.late_error(),
                Fault.reset(),
                Fault.lost_answer(),
                Fault.hang(True),
            )
            for fault in faults:
                fake.script.rate(target, fault, SHARE)
        crowd = Crowd(fleet, people, turns)
        freeing = asyncio.create_task(_let_go(fleet))
        await crowd.talk()
        for fake in (fleet.telegram, fleet.twilio):
            fake.script.clear()
        await answered(crowd)
        freeing.cancel()
        for fake in (fleet.telegram, fleet.twilio):
            fake.release()
        assert {await program.stop() for program in fleet.programs} == {0}
        judge(result, fleet, crowd)
        telegram, twilio = (
            Counter(fault.name for _, fault in fake.script.fired) for fake in (fleet.telegram, fleet.twilio)
        )
        unheard, early = sum(telegram[name] for name in UNHEARD), sum(map(_early, (fleet.telegram, fleet.twilio)))
        twice = sum(len(one) - len(collapsed(one)) for one in crowd.heard()[len(crowd.telegram) :])
        return Outcome(result, dict(telegram + twilio), unheard, early, twice)


async def away(
    folder: Path, models: Path, database: str, *, size: int, seconds: float, people: int, turns: int
) -> Result:
    """Both providers say for half of that time that they take on nothing (503), and for the other half nobody listens there."""
    result = Result(0)
    async with Fleet(folder, models, database, size, LOG_LEVEL="debug") as fleet:
        crowd = Crowd(fleet, people, turns)
        talking = asyncio.create_task(crowd.talk())
        await crowd.until(crowd.total // 4)
        for fake, target in zip((fleet.telegram, fleet.twilio), SENDING, strict=True):
            fake.script.always(target, Fault.server_error(503))
        await asyncio.sleep(seconds / 2)
        async with fleet.telegram.unreachable(), fleet.twilio.unreachable():
            for fake in (fleet.telegram, fleet.twilio):
                fake.script.clear()
            await asyncio.sleep(seconds / 2)
        await talking
        await finish(result, fleet, crowd, 90)
    return result


async def _let_go(fleet: Fleet) -> None:
    """Whoever waits for an answer that hangs has long given up when it comes."""
    while True:
        await asyncio.sleep(30)
        for fake in (fleet.telegram, fleet.twilio):
            fake.release()


def _early(fake: FakeServer) -> int:
    """Calls to a chat before the pause that the last 429 to it asked for was over."""
    until: dict[object, float] = {}
    early = 0
    for call, chat in _sends(fake):
        early += call.at < until.get(chat, 0.0)
        if call.fault is not None and call.fault.name == "rate_limited":
            until[chat] = call.at + PAUSE
    return early


def _sends(fake: FakeServer) -> Iterator[tuple[Call, object]]:
    for call in fake.calls:
        chat = call.params.get("chat_id") or call.params.get("To")
        if chat is not None and (call.method == "sendMessage" or call.method.startswith("POST")):
            yield call, chat
