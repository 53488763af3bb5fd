"""People who cannot be reached among people who can, and statuses of WhatsApp that come late, doubled and backwards.

Leaves those who can be reached to `kills.Crowd`. They get everything once and wait for nobody; the others are tried once.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from storage.tables import Sending, outbox
from tests.bot.fleet import Fleet
from tests.torture.kills import WORDS, Crowd, Result, answered, judge

OUT_OF_REACH = {
    "blocked": (Sending.REFUSED, "gone: blocked"),
    "not found": (Sending.REFUSED, "gone: chat not found"),
    "moved": (Sending.REFUSED, "gone: chat moved"),
    "window": (Sending.SENT, "status 63016"),
}
"""What the database says of a message to each: Twilio takes one outside the window, and tells later what became of it."""
NOT_TRIED = "gone: not tried"
STATUSES = ("sent", "delivered", "read")
READ = 5
"""Rank of the last of them."""
SOON = 5.0
"""Seconds within which everybody who can be reached is answered."""


@dataclass
class Outcome:
    """`posted` statuses; `back` counts messages whose status went backwards, `unread` those that ended below the last."""

    crowd: Result
    slowest: float = 0.0
    posted: int = 0
    back: int = 0
    unread: int = 0
    wrong: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        found = {"statuses went backwards": self.back, "statuses were lost": self.unread}
        wrong = [f"{what}: {many}" for what, many in found.items() if many]
        wrong += [f"somebody waited {self.slowest:.1f} s"] if self.slowest > SOON else []
        return self.crowd.broken(0) + wrong + self.wrong

    def __str__(self) -> str:
        return f"{self.crowd}; {self.posted} statuses, longest wait {self.slowest:.1f} s, out of reach: {self.wrong or 'as promised'}"


class Lost:
    """People of each kind who cannot be reached; each says two things, and hears nothing."""

    def __init__(self, fleet: Fleet, each: int) -> None:
        self._fleet, self._numbers = fleet, count(1)
        telegram = fleet.telegram
        self.chats: dict[int, str] = {}
        ways: dict[str, Callable[[int], None]] = {
            "blocked": telegram.block,
            "not found": telegram.forget,
            "moved": lambda chat: telegram.upgrade(chat, -1_000_000_000_000 - chat),
        }
        self.on_telegram = [telegram.person() for _ in range(each * len(ways))]
        for number, person in enumerate(self.on_telegram):
            kind = list(ways)[number % len(ways)]
            ways[kind](person.id)
            self.chats[person.id] = kind
        self.on_whatsapp = [fleet.twilio.person(f"+7705{number:07}") for number in range(each)]
        for late in self.on_whatsapp:
            fleet.twilio.refuse_to(late.address, 63016)

    @property
    def events(self) -> int:
        return len(WORDS) * (len(self.on_telegram) + len(self.on_whatsapp))

    async def speak(self) -> None:
        calls: list[Awaitable[object]] = []
        for words in WORDS:
            calls += [self._write(person.text(words)) for person in self.on_telegram]
            calls += [self._fleet.twilio.receive(person.text(words)) for person in self.on_whatsapp]
        await asyncio.gather(*calls)

    async def _write(self, update: dict[str, object]) -> int:
        number = next(self._numbers)
        program = self._fleet.programs[number % len(self._fleet.programs)]
        return await self._fleet.post(program, {"update_id": number, **update})

    def wrong(self, rows: Iterable[Any]) -> list[str]:
        """What the database holds of messages to them that it should not, in words. What waited behind a refused one is not tried."""
        told = Counter((row.status, row.error) for row in rows if row.error)
        not_tried = told.pop((Sending.REFUSED, NOT_TRIED), 0)
        kinds = Counter(self.chats.values()) + Counter(window=len(self.on_whatsapp))
        missing = [kind for kind, people in kinds.items() if told[OUT_OF_REACH[kind]] < people]
        wrong = [f"not told apart: {missing}"] if missing else []
        wrong += [f"other ends: {odd}"] if (odd := told.keys() - set(OUT_OF_REACH.values())) else []
        wrong += [f"{told.total() + not_tried} ends"] if told.total() + not_tried != self.events else []
        calls = sum(call.params.get("chat_id") in self.chats for call in self._fleet.telegram.calls_to("sendMessage"))
        tried = len(self.chats) * len(WORDS) - not_tried
        # every refusal says that nothing was sent: one call is enough
        return wrong + ([f"{calls} calls for {tried} messages"] if calls != tried else [])


class Ledger:
    """Sends the statuses of every message that Twilio took, shuffled and doubled, and looks whether one ever goes back."""

    def __init__(self, fleet: Fleet, seed: int, outcome: Outcome) -> None:
        self._fleet, self._dice, self._outcome = fleet, random.Random(seed), outcome
        self._told: set[str] = set()
        self.ended = False
        self._ranks: dict[tuple[bytes, int], int] = {}

    async def keep(self) -> None:
        """Until it is `ended`, and then once more."""
        while not self.ended:
            await self.tell()
            await asyncio.sleep(0.1)
        await self.tell()

    async def tell(self) -> None:
        every = self._fleet.twilio.resources.messages.by_sid.values()
        new = [
            one for one in every if one.direction != "inbound" and one.error_code is None and one.sid not in self._told
        ]
        self._told.update(one.sid for one in new)
        for one in new:
            shuffled = self._dice.sample(STATUSES * 2, 2 * len(STATUSES))
            for status in shuffled:
                await self._fleet.twilio.send_status(one, status)
            self._outcome.posted += len(shuffled)
        self.look()

    def look(self) -> None:
        for row in self._fleet.rows(outbox):
            place = row.conversation, row.seq
            self._outcome.back += (row.delivery or 0) < self._ranks.get(place, 0)
            self._ranks[place] = row.delivery or 0


async def run(
    folder: Path, models: Path, database: str, *, size: int, people: int, turns: int, each: int, seed: int
) -> Outcome:
    """`each`: people out of reach, of each kind."""
    result = Result(seed)
    outcome = Outcome(result)
    async with Fleet(folder, models, database, size, LOG_LEVEL="debug") as fleet:
        crowd, lost, ledger = Crowd(fleet, people, turns), Lost(fleet, each), Ledger(fleet, seed, outcome)
        keeping = asyncio.create_task(ledger.keep())
        await asyncio.gather(crowd.talk(), lost.speak())
        await answered(crowd)
        await fleet.twilio.wait_for(lambda: len(_failed(fleet)) == each * len(WORDS), timeout=20)
        ledger.ended = True
        await keeping
        for program in fleet.programs:
            assert await program.stop() == 0
        judge(result, fleet, crowd, (lost.events, lost.events))
        outcome.slowest = crowd.slowest
        ledger.look()
        rows = fleet.rows(outbox)
        outcome.unread = sum(row.channel == "whatsapp" and not row.error and row.delivery != READ for row in rows)
        outcome.wrong += lost.wrong(rows)
    return outcome


def _failed(fleet: Fleet) -> list[str]:
    """Statuses 63016 that were posted and taken."""
    return [
        each.form["MessageSid"]
        for each in fleet.twilio.posted
        if each.form.get("ErrorCode") == "63016" and each.status == 204
    ]
