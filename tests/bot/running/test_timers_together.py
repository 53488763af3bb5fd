"""Two processes look at the same moment, and one is killed in between: every reminder is said once, and none is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.running.timers import Timers
from dialogs.messages import Incoming
from domain.claims.acts import Acting, ClaimActed, begin
from storage.claims.acting import replan
from storage.claims.keeping import create, milliseconds
from storage.claims.tables import Waits, claim_reminders
from storage.database import connect
from storage.tables import outbox
from storage.turns.types import Arrival
from storage.turns.writer import Writer
from tests.bot.running.test_timers import Reminding
from tests.databases import fresh_postgres
from tests.domain.given import SERIKTES
from tests.storage.store import Store

NOON = datetime(2024, 2, 20, 7, tzinfo=UTC)
TALKS = 12


def process(url: str, number: int) -> Store:
    store = Store(url, number)
    store.writer = Writer(store.engine, store.seal, Reminding(), number)
    return store


def looking(store: Store, clock: list[datetime]) -> Timers:
    async def accept(incoming: Incoming) -> bool:
        at = milliseconds(incoming.at)
        arrival = Arrival(store.id(incoming.id), store.key(incoming.address), incoming, at)
        return not (await store.writer.turn(arrival)).duplicate

    def now() -> datetime:  # no two processes look in the same millisecond
        return clock[0] + timedelta(milliseconds=store.process)

    return Timers(store.writer, store.reads, store.seal, accept, ("telegram",), now)


def win(connection: Connection, store: Store, talk: bytes) -> None:
    made = begin(
        uuid.uuid4().hex, SERIKTES, "confirmed", Acting("import", NOON, "l"), events={"drawn_at": date(2024, 2, 20)}
    )
    assert isinstance(made, ClaimActed)
    kept = create(connection, store.seal, made.claim, made.transitions, {}, talk)
    replan(connection, kept, SERIKTES, NOON)


async def test_two_processes_and_a_lost_look_say_each_reminder_once() -> None:
    with fresh_postgres() as url:
        async with process(url, 1) as one, process(url, 2) as two:
            for number in range(TALKS):
                arrival = one.arrival(f"first {number}", "hello", f"person {number}", at=milliseconds(NOON))
                await one.writer.turn(arrival)
                await one.writer.call(lambda connection, key=arrival.key: win(connection, one, key))  # type: ignore[misc]
            clock = [NOON]
            timers = looking(one, clock), looking(two, clock)
            for day in (0, 2, 5, 7, 9, 10, 11):
                clock[0] = NOON + timedelta(days=day, minutes=day)
                looks = [asyncio.create_task(each.look()) for each in timers for _ in range(2)]
                looks[0].cancel()  # whoever is cut off in the middle is made up for by whoever looks next
                await asyncio.gather(*looks, return_exceptions=True)
                for each in timers:
                    await each.look()
        engine = connect(url)
        with engine.connect() as connection:
            due = select(func.count()).where(claim_reminders.c.status == int(Waits.WAITING))
            left = connection.execute(due.where(claim_reminders.c.due_at <= milliseconds(clock[0]))).scalar_one()
            said = Counter(connection.execute(select(outbox.c.conversation)).scalars())
        engine.dispose()
    assert left == 0
    assert len(said) == TALKS
    assert set(said.values()) == {1 + 6}, (
        said
    )  # the greeting, and one message on each day but the third, which has no rung
