"""A page that cannot be read is the fault of what lies on it: that event is parked and apologised to, and nobody else notices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from storage.damage import find_damage
from storage.tables import Arrived, inbox
from storage.talks.parked import list_parked
from tests.storage.damage import damage
from tests.storage.store import Store, said

PEOPLE = [f"person{number}" for number in range(60)]


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Sixty talks, each heard once; nobody has it open."""
    file = tmp_path / "utys.db"
    async with Store(f"sqlite:///{file}") as store:
        for number, address in enumerate(PEOPLE):
            await store.turn(number, "x" * 300, address)
    return file


async def test_a_damaged_page_of_talks_costs_the_others_nothing(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    victim = store.arrival("again", address=PEOPLE[7])
    store.engine.dispose()
    damage(file, "conversations", victim.key)
    async with Store(f"sqlite:///{file}") as store:
        results = await asyncio.gather(*(store.turn(f"{address}-2", "hi", address) for address in PEOPLE))
        parked = [address for address, result in zip(PEOPLE, results, strict=True) if result.parked]
        assert PEOPLE[7] in parked
        assert len(parked) < 20, "those of one page"
        for address, result in zip(PEOPLE, results, strict=True):
            assert said(result) == (["sorry"] if address in parked else ["2:hi"])
        assert (store.writer.failing, store.writer.damaged) == (None, True)
        again = await store.turn(f"{PEOPLE[7]}-2", "hi", PEOPLE[7])
        assert again.duplicate
        more = await store.turn("more", "hi", PEOPLE[7])
        assert (more.parked, said(more)) == (True, ["sorry"])
        rows = await store.rows(inbox)
        assert sum(row.status == Arrived.PARKED for row in rows) == len(parked) + 1


async def test_an_event_whose_own_place_is_damaged_is_kept_elsewhere_and_once(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    known = store.id(7)
    store.engine.dispose()
    damage(file, "inbox", known)
    async with Store(f"sqlite:///{file}") as store:
        first = await store.turn(7, "hi", PEOPLE[7])
        assert (first.parked, said(first)) == (True, ["sorry"])
        assert (await store.turn(7, "hi", PEOPLE[7])).duplicate
        (kept,) = await store.writer.call(lambda connection: list_parked(connection, store.seal))
        assert kept.incoming is not None
        assert kept.incoming.text == "hi"
        others = [address for address in PEOPLE if address != PEOPLE[7]]
        results = await asyncio.gather(*(store.turn(f"{address}-2", "hi", address) for address in others))
        assert all(said(result) in (["2:hi"], ["sorry"]) for result in results)
        assert sum(result.parked for result in results) < 20
        assert store.writer.failing is None


async def test_a_question_that_meets_damage_fails_alone(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    victim = store.arrival("again", address=PEOPLE[7])
    store.engine.dispose()
    damage(file, "outbox", victim.key)
    async with Store(f"sqlite:///{file}") as store:
        results = await asyncio.gather(*(store.turn(f"{address}-2", "hi", address) for address in PEOPLE))
        assert [said(result) for result in results] == [["2:hi"]] * len(PEOPLE)
        assert store.writer.failing is None
        with store.engine.connect().execution_options(reads_only=True) as connection:
            assert find_damage(connection) is not None


async def test_a_whole_file_has_no_damage(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    with store.engine.connect().execution_options(reads_only=True) as connection:
        assert find_damage(connection) is None
    store.engine.dispose()
