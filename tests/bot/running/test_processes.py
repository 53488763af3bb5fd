"""Two processes on one PostgreSQL: one effect, one order, and nobody's messages are left behind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from sqlalchemy import Connection, Table, delete, select, update

from bot.channels.telegram.updates import read
from bot.running.intake import utc_now
from storage.clock import local_milliseconds, milliseconds
from storage.processes.presence import LIVENESS_LOCK, liveness_lock_id
from storage.tables import Sending, conversations, inbox, outbox, processes
from storage.talks.history import talk
from storage.turns.types import Arrival
from storage.turns.writer import Writer
from tests.bot.posting import heard, numbered, settled
from tests.bot.posting import update as post
from tests.bot.twin import Twin
from tests.databases import fresh_postgres, server
from tests.fakes.faults import Fault
from tests.fakes.telegram_people import Person
from tests.storage.store import Silent
from tests.waiting import until
from tests.world import World


@pytest.fixture
async def world(tmp_path: Path, models: Path) -> AsyncIterator[World]:
    with fresh_postgres() as url:
        async with World(tmp_path, models, url) as running:
            yield running


@pytest.fixture
async def twin(world: World) -> AsyncIterator[Twin]:
    async with Twin(world) as running:
        yield running


async def rows(world: World, table: Table) -> list[Any]:
    query = select(table).order_by(*table.primary_key.columns)
    return await world.app.writer.call(lambda connection: list(connection.execute(query)))


async def test_an_update_delivered_to_both_at_once_has_one_effect(world: World, twin: Twin) -> None:
    people = [world.telegram.person() for _ in range(10)]
    posted = [numbered(person.text("/menu"), 100 + n) for n, person in enumerate(people)]
    await asyncio.gather(*[call for each in posted for call in (post(world, each), twin.update(each))])
    await world.telegram.wait_for(lambda: all(world.telegram.messages(person.id) for person in people))
    await settled(world)
    await until(lambda: twin.app.outbox.waiting == 0)
    assert [len(world.telegram.messages(person.id)) for person in people] == [1] * 10
    assert len(await rows(world, inbox)) == len(await rows(world, outbox)) == 10


async def begin_check(world: World, person: Person) -> str:
    """Until the first question stands there; the id of its first answer."""
    await world.telegram.push(person.text("/ru"))
    await heard(world, person.id)
    for told, option in enumerate(("promotion.seriktes", "check.seriktes.draw"), 2):
        await world.telegram.push(person.press(world.telegram.last(person.id), data=option))
        await heard(world, person.id, told)
    answer: str = world.telegram.last(person.id).buttons[0]["callback_data"]
    assert answer.startswith("fact.")
    return answer


async def answered_so_far(world: World, person: Person) -> tuple[object, object]:
    key = world.app.intake.key("telegram", str(person.id))
    kept = await world.app.writer.call(lambda connection: talk(connection, world.app.seal, key))
    assert kept is not None
    check = kept.slots["check"]
    assert isinstance(check, dict)
    return check["facts"], check["current"]


async def test_a_double_tap_that_reaches_both_processes_at_the_same_moment_is_one_step(
    world: World, twin: Twin
) -> None:
    once, *people = [world.telegram.person() for _ in range(8)]
    taps = [
        person.press(world.telegram.last(person.id), data=answer)
        for person in (once, *people)
        if (answer := await begin_check(world, person))
    ]
    assert (await post(world, numbered(taps[0], 900_000)))[0] == 200
    double = [
        call
        for number, tap in enumerate(taps[1:], 1)
        for call in (
            post(world, numbered(tap, 900_000 + 2 * number)),
            twin.update(numbered(tap, 900_001 + 2 * number)),
        )
    ]
    await asyncio.gather(*double)
    await settled(world)
    await until(lambda: twin.app.outbox.waiting == 0)
    expected = await answered_so_far(world, once)
    assert [await answered_so_far(world, person) for person in people] == [expected] * 7


async def test_a_chat_whose_messages_reach_both_processes_is_answered_in_order(world: World, twin: Twin) -> None:
    person = world.telegram.person()
    words = ["/ru", "/help", "/kk", "/help"] * 5
    for number, text in enumerate(words):
        each = numbered(person.text(text), 100 + number)
        if number % 2:
            assert await twin.update(each) == 200
        else:
            assert (await post(world, each))[0] == 200
    await world.telegram.wait_for(lambda: len(world.telegram.messages(person.id)) == 20, timeout=20)
    await settled(world)
    await until(lambda: twin.app.outbox.waiting == 0)
    kept = await rows(world, outbox)
    assert [row.provider_id for row in kept] == [str(m.message_id) for m in world.telegram.messages(person.id)]
    assert {row.status for row in kept} == {Sending.SENT}
    assert len(await rows(world, inbox)) == len(kept) == 20
    (talk,) = await rows(world, conversations)
    assert talk.seq == max(row.seq for row in kept)


async def test_what_waits_behind_a_message_of_another_process_is_left_to_that_process(world: World, twin: Twin) -> None:
    person = world.telegram.person()
    world.telegram.script.queue("sendMessage", Fault.hang())
    await post(world, numbered(person.text("/ru"), 1))
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    await twin.update(numbered(person.text("/help"), 2))
    assert [row.owner for row in await rows(world, outbox)] == [world.app.process] * 2
    assert twin.app.outbox.waiting == 0
    world.telegram.release()
    await world.telegram.wait_for(lambda: len(world.telegram.messages(person.id)) == 2)
    await settled(world)
    kept = await rows(world, outbox)
    assert [row.provider_id for row in kept] == [str(m.message_id) for m in world.telegram.messages(person.id)]


ORPHANS = 999
"""The number of a process that died."""


async def orphan(world: World, words: str, number: int) -> int:
    """A turn of now, for what is old is purged, of a process that died before it sent the answer. The chat's id."""
    person = world.telegram.person()
    app = world.app
    writer = Writer(app.engine, app.seal, app.dialogs, process=ORPHANS)
    writer.start(asyncio.get_running_loop(), Silent())
    event = read(msgspec.json.encode(numbered(person.text(words), number)), utc_now()).incoming
    assert event is not None
    key = app.intake.key("telegram", event.address)
    await writer.turn(Arrival(app.seal.digest("event", "telegram", event.id), key, event, local_milliseconds()))
    await writer.stop()
    return person.id


async def test_what_a_dead_process_left_unsent_is_taken_over_once_and_marked(world: World, twin: Twin) -> None:
    chats = [await orphan(world, "/menu", number) for number in range(20)]
    await world.telegram.wait_for(lambda: all(world.telegram.messages(chat) for chat in chats), timeout=10)
    await settled(world)
    await until(lambda: twin.app.outbox.waiting == 0)
    assert [len(world.telegram.messages(chat)) for chat in chats] == [1] * 20
    await twin.app.writer.call(lambda connection: None)  # comes after the marks of what the twin has sent
    assert {row.status for row in await rows(world, outbox)} == {Sending.REPEATED}


def born(connection: Connection) -> None:
    """From now on the process of an `orphan` counts as alive, as long as it holds its liveness lock."""
    connection.execute(processes.insert().values(id=ORPHANS, beat_at=milliseconds(connection)))


def dead_before_it_sent(connection: Connection) -> None:
    connection.execute(update(outbox).values(status=int(Sending.QUEUED)))
    connection.execute(delete(processes).where(processes.c.id == ORPHANS))


async def test_what_a_dead_process_had_only_been_given_is_no_repeat(world: World) -> None:
    plain = world.app.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as standing:  # while it lives, nobody takes over what it has
        standing.execute("SELECT pg_advisory_lock(%s, %s)", (LIVENESS_LOCK, liveness_lock_id(ORPHANS)))
        await world.app.writer.call(born)
        chat = await orphan(world, "/menu", 1)
        await world.app.writer.call(dead_before_it_sent)
    await world.telegram.wait_for(lambda: world.telegram.messages(chat), timeout=10)
    await settled(world)
    assert [row.status for row in await rows(world, outbox)] == [Sending.SENT]


async def test_a_process_that_is_alive_keeps_what_it_is_sending(world: World, twin: Twin) -> None:
    person = world.telegram.person()
    world.telegram.script.queue("sendMessage", Fault.hang())
    await twin.update(numbered(person.text("/menu"), 1))
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    beats = {row.id: row.beat_at for row in await rows(world, processes)}
    assert set(beats) == {world.app.process, twin.app.process}
    later: dict[int, int] = {}

    async def both_have_looked_again() -> None:
        while not later or any(later[name] == beats[name] for name in beats):
            later.update({row.id: row.beat_at for row in await rows(world, processes)})
            await asyncio.sleep(0.05)

    async with asyncio.timeout(10):
        await both_have_looked_again()
    assert len(world.telegram.calls_to("sendMessage")) == 1
    assert [row.owner for row in await rows(world, outbox)] == [twin.app.process]
    world.telegram.release()
    await world.telegram.wait_for(lambda: world.telegram.messages(person.id))


async def test_a_process_that_stops_signs_off(world: World) -> None:
    async with Twin(world) as other:
        assert {row.id for row in await rows(world, processes)} == {world.app.process, other.app.process}
    assert [row.id for row in await rows(world, processes)] == [world.app.process]


async def test_a_process_that_is_silent_for_long_counts_as_dead(world: World) -> None:
    def silent(connection: Any) -> None:
        connection.execute(processes.insert().values(id=ORPHANS, beat_at=0))

    await world.app.writer.call(silent)
    chat = await orphan(world, "/menu", 1)
    await world.telegram.wait_for(lambda: world.telegram.messages(chat), timeout=10)
    assert ORPHANS not in {row.id for row in await rows(world, processes)}


@contextmanager
def no_standing_connection(world: World) -> Iterator[None]:
    """The server ends this process's standing connection and takes no new one meanwhile; the others stay as they are."""
    name, admin = world.app.engine.url.database, server().render_as_string(hide_password=False)
    holder = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        try:
            ((pid,),) = connection.execute(holder, (LIVENESS_LOCK, liveness_lock_id(world.app.process))).fetchall()
            connection.execute("SELECT pg_terminate_backend(%s)", (pid,))
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


async def test_who_is_thought_dead_because_nothing_speaks_for_it_does_not_send_what_others_took_over(
    world: World, twin: Twin
) -> None:
    person, answers = world.telegram.person(), threading.Event()
    world.telegram.script.queue("sendMessage", Fault.hang(after_work=True))
    await post(world, numbered(person.text("/ru"), 1))
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    await post(world, numbered(person.text("/help"), 2))
    with no_standing_connection(world):
        silent = asyncio.ensure_future(world.app.writer.call(lambda connection: answers.wait(30)))
        try:
            # the first once more, for nobody knows what became of it, and the second
            await world.telegram.wait_for(lambda: len(world.telegram.messages(person.id)) == 3, timeout=20)
            world.telegram.release()
            await world.telegram.wait_for(lambda: not world.telegram.hanging)
            await until(lambda: world.app.outbox.waiting <= 1)
        finally:
            answers.set()
        await silent
        await settled(world)
    assert len(world.telegram.messages(person.id)) == 3
    assert {row.status for row in await rows(world, outbox)} == {Sending.REPEATED}
