"""The master key is changed while the bot runs: nobody is lost, and nothing needs the old one any more."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, Engine

from storage.database import Unusable, connect, newest, prepare
from storage.rotation import SLICE, Rotation, use_of_keys
from storage.sealing import Seal
from storage.talks.history import history
from storage.talks.parked import list_parked
from storage.talks.questions import asked
from tests.storage.dying import NEXT_KEY, Dying
from tests.storage.keys.sealed import opened, sealed_in, wrapped_in
from tests.storage.released import load
from tests.storage.store import KEY, Store

OLD_ID, NEXT_ID = Seal(KEY).ids[0], Seal(NEXT_KEY).ids[0]


async def talked(store: Store, people: int = 4) -> None:
    store.echo.broken = {"bad"}
    for number in range(people):
        for word in ("hi", f"ask token {number}", "bad", "hi"):
            await store.turn(f"{number} {word}", word, f"p{number}")
    await store.turn("gone", "forget", "p0")


def rotate(engine: Engine, seal: Seal) -> None:
    rotation = Rotation(engine, seal)
    rotation.begin()
    while rotation.walk():
        pass
    assert rotation.end()


def needs(connection: Connection) -> int:
    return use_of_keys(connection).but(NEXT_ID)


async def all_is_there(url: str, people: int = 4) -> None:
    """With the new key alone."""
    async with Store(url, key=NEXT_KEY) as store:
        store.seal.look_up_by(Seal(KEY).lookup_key)
        assert await store.writer.call(needs) == 0
        for number in range(1, people):
            talk = await store.talk(f"p{number}")
            assert talk is not None
            key = store.key(f"p{number}")
            said = await store.reads(lambda connection, key=key: history(connection, store.seal, key))
            assert said
            assert all(entry.payload is not None or entry.incoming is not None for entry in said)
        assert len(await store.writer.call(lambda c: asked(c, store.seal))) == people - 1
        values = sealed_in(store.engine)
        assert set(opened(store.engine, store.seal, values)) == values
        assert {key[:5] for key in wrapped_in(store.engine)} == {store.seal.header}
        number = await store.number("p1")
        await store.turn("next", "hi", "p1")
        assert await store.number("p1") == number + 1
    with pytest.raises(Unusable, match="does not fit"):
        prepare(connect(url), Seal(KEY))


async def test_afterwards_everything_opens_with_the_new_key_alone(database: str) -> None:
    async with Store(database) as store:
        await talked(store)
        await store.burst([store.arrival(f"many {n}", "hi", f"many {n}") for n in range(2 * SLICE + 1)])
        before = sealed_in(store.engine)
    engine, seal = connect(database), Seal(NEXT_KEY, KEY)
    prepare(engine, seal)
    rotate(engine, seal)
    assert sealed_in(engine) == before, "only the data keys are wrapped anew"
    engine.dispose()
    await all_is_there(database)


@pytest.mark.parametrize("schema", [f"{number:04}" for number in range(1, int(newest()) + 1)])
def test_what_releases_before_data_keys_left_is_sealed_anew(database: str, schema: str) -> None:
    load(database, schema)
    engine, seal = connect(database), Seal(NEXT_KEY, KEY)
    prepare(engine, seal)
    with engine.connect() as connection:
        before = len(list_parked(connection, seal))
        assert needs(connection) > 0
    rotate(engine, seal)
    alone = Seal(NEXT_KEY)
    prepare(engine, alone)
    with engine.connect() as connection:
        assert needs(connection) == 0
        assert len(list_parked(connection, alone)) == before
    values = sealed_in(engine)
    assert values
    assert set(opened(engine, alone, values)) == values
    engine.dispose()


async def test_turns_go_on_meanwhile_and_a_running_process_hears_of_the_new_key(database: str) -> None:
    given = [KEY]
    async with Store(database) as store:
        store.seal.__init__(source=lambda: tuple(given))  # type: ignore[misc]
        await talked(store)
        going = True

        async def go_on() -> int:
            number = 0
            while going:
                number += 1
                await asyncio.gather(
                    store.turn(f"on {number}", "hi", f"p{number % 4}"),
                    store.turn(f"new {number}", "hi", f"new {number}"),
                )
            return number

        load = asyncio.create_task(go_on())
        await store.turn("first", "hi", "first")
        given.insert(0, NEXT_KEY)
        await asyncio.to_thread(rotate, store.engine, Seal(NEXT_KEY, KEY))
        going = False
        number = await load
        assert await store.number("first") == 1
        assert sum([await store.number(f"new {n + 1}") for n in range(number)]) == number
        assert await store.writer.call(needs) == 0


@pytest.mark.slow
async def test_killed_anywhere_nothing_is_lost_and_it_goes_on(database: str) -> None:
    async with Store(database) as store:
        await talked(store)
    with Dying() as dying:
        for statements in range(1, 400, 9):
            if dying("rotate", database, statements=statements) is not None:
                break
            engine, seal = connect(database), Seal(NEXT_KEY, KEY)
            prepare(engine, seal)
            values = sealed_in(engine)
            assert set(opened(engine, seal, values)) == values, statements
            engine.dispose()
        else:
            dying("rotate", database)
    await all_is_there(database)
