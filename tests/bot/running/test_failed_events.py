"""Failed events that nobody has in hand: a running program tries them again, on either database."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from prometheus_client import generate_latest
from sqlalchemy import Connection, select, update

from bot.channels.telegram.updates import read
from storage.tables import Arrived, inbox
from storage.talks.parked import list_parked, replay
from storage.turns.types import Arrival, Handled
from storage.turns.writer import Writer
from tests.bot.posting import heard, numbered
from tests.storage.store import NOON, Silent
from tests.world import World


@pytest.fixture
async def world(database: str, tmp_path: Path, models: Path) -> AsyncIterator[World]:
    async with World(tmp_path, models, database) as running:
        yield running


class Broken:
    """Dialogs with a bug."""

    def handle(self, arrival: Arrival, conversation: object) -> Handled:
        raise RuntimeError("a bug")

    apologise = handle


async def failed(world: World, number: int, status: Arrived) -> tuple[int, bytes]:
    """An event that came to a process with a bug, which is gone. The chat and the event's id."""
    person, app = world.telegram.person(), world.app
    writer = Writer(app.engine, app.seal, Broken(), process=999)
    writer.start(asyncio.get_running_loop(), Silent())
    event = read(msgspec.json.encode(numbered(person.text("/menu"), number)), NOON).incoming
    assert event is not None
    now = int(time.time() * 1000)
    hour_ago = (
        now - 3_600_000
    )  # older, housekeeping forgets it once done; younger, it is in somebody's hands, as until it is marked
    arrival = Arrival(
        app.seal.digest("event", "telegram", event.id), app.intake.key("telegram", event.address), event, now
    )
    await writer.turn(arrival)
    await writer.stop()

    def mark(connection: Connection) -> None:
        changed = {"status": int(status), "received_at": hour_ago}
        connection.execute(update(inbox).where(inbox.c.id == arrival.id).values(changed))

    await app.writer.call(mark)
    return person.id, arrival.id


async def state(world: World, event: bytes) -> int:
    query = select(inbox.c.status).where(inbox.c.id == event)
    return await world.app.writer.call(lambda connection: int(connection.execute(query).scalar_one()))


def counted() -> float:
    """How many were parked, as an operator's alert sees it."""
    found = re.search(r"^utys_parked_total (\S+)$", generate_latest().decode(), re.MULTILINE)
    assert found is not None
    return float(found[1])


async def test_a_failed_event_of_a_process_that_died_is_tried_again(world: World) -> None:
    chat, event = await failed(world, 1, Arrived.FAILED)
    assert len(await heard(world, chat)) == 1
    assert await state(world, event) == Arrived.DONE


async def test_a_parked_event_that_is_put_back_is_tried_again_while_the_program_runs(world: World) -> None:
    chat, event = await failed(world, 1, Arrived.PARKED)

    def put_back() -> bool:
        with world.app.engine.begin() as connection:  # as another program does
            return replay(connection, event.hex())

    assert await asyncio.to_thread(put_back)
    assert len(await heard(world, chat)) == 1
    assert await state(world, event) == Arrived.DONE


async def test_an_event_that_cannot_be_read_holds_up_no_other_and_is_parked_for_somebody_to_see(world: World) -> None:
    before = counted()
    _, unreadable = await failed(world, 1, Arrived.PARKED)

    def spoil(connection: Connection) -> None:
        connection.execute(update(inbox).where(inbox.c.id == unreadable).values(event=b"?", status=int(Arrived.FAILED)))

    await world.app.writer.call(spoil)
    chat, event = await failed(world, 2, Arrived.FAILED)
    assert len(await heard(world, chat)) == 1
    assert await state(world, event) == Arrived.DONE
    assert await state(world, unreadable) == Arrived.PARKED
    (seen,) = await world.app.writer.call(lambda connection: list_parked(connection, world.app.seal))
    assert (seen.id, seen.damaged, seen.error) == (unreadable.hex(), True, "cannot be read: SealBroken")
    assert counted() == before + 1, "once, however often it was looked at"
