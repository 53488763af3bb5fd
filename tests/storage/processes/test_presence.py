"""Who lives, by the database's clock; what the dead left; and how the rates are divided meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, Engine, select, text

from storage.clock import milliseconds
from storage.processes.owners import claim, inherit
from storage.processes.pauses import pause_channel, pause_chat, running_pauses
from storage.processes.presence import (
    DEAD_AFTER_S,
    LIVENESS_LOCK,
    MIN_SHARE,
    SUSPECT_AFTER_S,
    Census,
    heartbeat,
    leave,
    liveness_lock_id,
    ran_evenly,
)
from storage.tables import Sending, outbox, processes
from storage.turns.types import Mark
from tests.storage.store import Store, said


def look(engine: Engine, me: int, *, judge: bool = True) -> Census:
    with engine.begin() as connection:
        company = heartbeat(connection, me, judge=judge)
    assert company is not None
    return company


def living(engine: Engine) -> set[int]:
    with engine.begin() as connection:
        return set(connection.execute(select(processes.c.id)).scalars())


def silent(engine: Engine, process: int, seconds: float) -> None:
    """Its last sign of life was so long ago."""
    with engine.begin() as connection:
        at = milliseconds(connection) - int(seconds * 1000)
        connection.execute(processes.update().where(processes.c.id == process).values(beat_at=at))


@pytest.fixture
def standing(engine: Engine) -> Iterator[psycopg.Connection[object]]:
    """The open connection of process 2."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LIVENESS_LOCK, liveness_lock_id(2)))
        yield connection


def test_a_process_counts_itself_first_and_the_others_make_room_before_it_takes_its_part(engine: Engine) -> None:
    assert look(engine, 1) == Census(1, 1.0, True)
    assert look(engine, 1) == Census(1, 1.0, False)
    assert look(engine, 2) == Census(2, MIN_SHARE, True)
    assert look(engine, 1) == Census(2, 0.5, True)
    assert look(engine, 2) == Census(2, 0.5, False)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_at_no_moment_more_is_shared_out_than_there_is(engine: Engine, order: tuple[int, ...]) -> None:
    parts: dict[int, float] = {}
    for me in (1, 2, 3, *order, *order):
        parts[me] = look(engine, me).share
        assert sum(parts.values()) <= 1 + 2 * MIN_SHARE + 1e-9
    assert parts == {1: pytest.approx(1 / 3), 2: pytest.approx(1 / 3), 3: pytest.approx(1 / 3)}
    with engine.begin() as connection:
        leave(connection, 3)
    del parts[3]
    for me in (1, 2, 1, 2):
        parts[me] = look(engine, me).share
        assert sum(parts.values()) <= 1 + 1e-9
    assert parts == {1: 0.5, 2: 0.5}


def test_one_that_was_killed_is_missed_soon_for_its_connection_is_gone(engine: Engine) -> None:
    look(engine, 2)
    silent(engine, 2, SUSPECT_AFTER_S + 0.5)
    assert look(engine, 1).count == 1
    assert living(engine) == {1}


def test_one_that_is_slow_but_holds_its_connection_is_given_time(
    engine: Engine, standing: psycopg.Connection[object]
) -> None:
    look(engine, 2)
    silent(engine, 2, DEAD_AFTER_S - 1)
    assert look(engine, 1).count == 2
    silent(engine, 2, DEAD_AFTER_S + 1)
    assert look(engine, 1).count == 1


def test_who_was_out_of_touch_itself_does_not_say_that_others_are_dead(engine: Engine) -> None:
    look(engine, 2)
    silent(engine, 2, 3600)
    assert look(engine, 1, judge=False).count == 2


@pytest.mark.parametrize("jump", [7200, -7200])
def test_a_jump_of_the_databases_clock_is_noticed_and_no_sign_that_others_are_dead(engine: Engine, jump: int) -> None:
    look(engine, 1)
    look(engine, 2)
    with engine.begin() as connection:
        assert ran_evenly(connection, 1, 0.0)
        # had the clock jumped, what is kept would lie so far from now
        connection.execute(processes.update().values(beat_at=processes.c.beat_at - jump * 1000))
    with engine.begin() as connection:
        assert not ran_evenly(connection, 1, 0.0)
    look(engine, 1, judge=False)
    with engine.begin() as connection:
        assert ran_evenly(connection, 1, 0.0)
    assert living(engine) == {1, 2}


def test_one_that_died_before_the_clock_was_set_back_is_missed_all_the_same(engine: Engine) -> None:
    look(engine, 2)
    silent(engine, 2, -7200)
    assert look(engine, 1).count == 1


def test_signs_of_life_are_given_by_the_databases_clock(engine: Engine) -> None:
    with engine.begin() as connection:
        before = milliseconds(connection)
    look(engine, 1)
    with engine.begin() as connection:
        (at,) = connection.execute(select(processes.c.beat_at)).scalars()
        assert before <= at <= milliseconds(connection)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_what_the_dead_left_goes_to_whoever_sends_to_that_talk_already_else_to_who_finds_it(
    database: str,
) -> None:
    async with Store(database, 7) as dead, Store(database, 2) as two:
        await dead.turn(1, address="ann")
        await dead.turn(2, address="bob")
        await two.turn(3, address="bob")  # given to the dead one, behind its own
        await two.turn(4, address="eve")

        def bury(connection: Connection) -> list[tuple[int, int]]:
            heartbeat(connection, 2, judge=False)
            behind = outbox.c.conversation == dead.key("bob"), outbox.c.status == int(Sending.QUEUED)
            connection.execute(outbox.update().where(*behind).values(owner=2))
            assert not inherit(connection, 3, ["telegram"])
            order = outbox.c.conversation, outbox.c.seq
            return [tuple(row) for row in connection.execute(select(outbox.c.owner, outbox.c.status).order_by(*order))]

        owners = await two.writer.call(bury)
        assert sorted(owners) == [(2, 0), (2, 1), (2, 1), (3, 1)]
        taken = await two.writer.call(lambda connection: claim(connection, two.seal, 2, {(two.key("eve"), 0)}))
        assert [(queued.payload, queued.may_repeat) for queued in taken if queued.key == two.key("bob")] == [
            (b"1:hi", True),
            (b"2:hi", False),
        ]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_what_was_given_back_is_sent_by_whoever_next_speaks_in_that_talk(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        (queued,) = (await one.turn(1)).sends
        one.writer.mark(Mark(queued.key, queued.seq, Sending.QUEUED, 1))
        await one.rows(outbox)
        assert one.given == [], "not taken up again by the one that gave it back"
        assert said(await two.turn(2)) == ["2:hi"]
        assert two.given == ["1:hi"]
        assert {row.owner for row in await two.rows(outbox)} == {2}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_who_marks_a_message_takes_up_what_was_left_behind_it(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        (queued,) = (await one.turn(1)).sends
        assert said(await two.turn(2)) == said(await two.turn(3)) == []
        one.writer.mark(Mark(queued.key, queued.seq, Sending.SENT, 1))
        await one.rows(outbox)
        assert one.given == ["2:hi", "3:hi"]


async def test_what_the_heir_has_said_of_a_message_stays_when_the_dead_comes_back(database: str) -> None:
    async with Store(database, 1) as store:
        (queued,) = (await store.turn(1)).sends
        store.writer.mark(Mark(queued.key, queued.seq, Sending.REPEATED, 2, "78"))
        await store.rows(outbox)
        store.writer.mark(Mark(queued.key, queued.seq, Sending.SENT, 1, "77"))
        (row,) = await store.rows(outbox)
        assert (row.status, row.provider_id) == (Sending.REPEATED, "78")


async def test_a_pause_that_a_provider_asked_for_is_kept_for_whoever_sends_next(database: str) -> None:
    async with Store(database, 1) as store:
        (queued,) = (await store.turn(1)).sends
        await store.turn(2, address="bob")

        def paused(connection: Connection) -> list[float]:
            pause_chat(connection, queued.key, 30)
            pause_channel(connection, "telegram", 60)
            pause_channel(connection, "telegram", 20)
            assert 59 < running_pauses(connection)["telegram"] <= 60
            now = milliseconds(connection)
            rows = connection.execute(select(outbox.c.conversation, outbox.c.due_at)).all()
            return [(row.due_at - now) / 1000 for row in rows if row.conversation == queued.key]

        (wait,) = await store.writer.call(paused)
        assert 29 < wait <= 30
        await store.writer.call(lambda c: c.execute(text("UPDATE pauses SET until_at = 0")))
        assert await store.writer.call(running_pauses) == {}


async def test_a_pause_of_a_clock_that_was_set_back_keeps_nobody_waiting_for_hours(database: str) -> None:
    async with Store(database, 1) as store:
        await store.writer.call(lambda connection: pause_channel(connection, "telegram", 60))
        await store.writer.call(lambda c: c.execute(text("UPDATE pauses SET until_at = until_at + 7200000")))
        assert await store.writer.call(running_pauses) == {}
