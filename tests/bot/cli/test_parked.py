"""`utys parked`: what could not be answered is found, shown without the person, and given one more chance."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.aad import aad_of_event
from storage.sealing import Seal
from storage.tables import Arrived, inbox
from tests.command import Command, Seen
from tests.storage.store import KEY, Store

SECRET = "Меня зовут Айгуль, когда розыгрыш Seriktes?"


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    """After a talk whose one event counts as failed three times."""
    utys = Command(tmp_path, models)
    assert utys("chat", stdin=SECRET).code == 0
    with _database(tmp_path) as database:
        database.execute("UPDATE inbox SET status = 2, attempts = 3, error = 'ValueError at dialogs/rules.py:1'")
    return utys


def _database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "var" / "utys.db")


def test_a_parked_event_is_listed_and_shown_without_what_the_person_wrote(utys: Command) -> None:
    listed = utys("parked", "list").out
    assert "console text" in listed
    assert "ValueError at dialogs/rules.py:1" in listed
    id = listed.split()[0]
    shown = utys("parked", "show", id[:6]).out
    assert f"{len(SECRET)} characters" in shown
    assert "Айгуль" not in listed + shown
    assert SECRET in utys("parked", "show", id, "--reveal").out
    assert "parked       1 events" in utys("doctor").out


def test_it_is_tried_again_at_the_next_start(utys: Command) -> None:
    id = utys("parked", "list").out.split()[0]
    assert utys("parked", "replay", id).out.endswith(": 1\n")
    assert utys("parked", "list").out == "nothing is parked\n"
    with _database(utys.folder) as database:
        assert database.execute("SELECT status FROM inbox").fetchall() == [(1,)]
    assert utys("parked", "replay", "--all").out.endswith(": 0\n")


def test_mistakes_get_one_sentence(utys: Command) -> None:
    assert "zzz" in utys("parked", "show", "zzz").sentence
    assert "--all" in utys("parked", "replay").sentence


Parked = Callable[..., Awaitable[Callable[..., Seen]]]


@pytest.fixture
def parked(tmp_path: Path, models: Path, database: str) -> Parked:
    """So many parked events, of these numbers what the database holds in place of their bytes, and `utys` on that database."""

    async def park(count: int, damaged: dict[int, Any] | None = None) -> Callable[..., Seen]:
        async with Store(database) as store:
            await store.burst([store.arrival(number, "hi", f"p{number}") for number in range(count)])
            end = update(inbox).values(status=int(Arrived.PARKED), attempts=3, error="ValueError")
            await store.writer.call(lambda connection: connection.execute(end))
            for number, content in (damaged or {}).items():
                one = update(inbox).where(inbox.c.id == store.id(number)).values(event=content)
                await store.writer.call(lambda connection, one=one: connection.execute(one))
        given = {"DATABASE_URL": database, "VAR_DIR": tmp_path, "ENCRYPTION_KEY": base64.b64encode(KEY).decode()}
        utys = Command(tmp_path, models)
        return lambda *words: utys("parked", *words, **given)

    return park


async def statuses(database: str) -> list[int]:
    async with Store(database) as store:
        found = await store.writer.call(lambda connection: list(connection.execute(select(inbox.c.status)).scalars()))
    return sorted(found)


async def test_all_are_put_back_however_many_and_a_list_says_how_many_it_leaves_out(
    parked: Parked, database: str
) -> None:
    utys = await parked(1003)
    lines = utys("list").out.splitlines()
    assert len(lines) == 101
    assert lines[-1].startswith("and 903 more")
    assert utys("replay", "--all").out.endswith(": 1003\n")
    assert utys("list").out == "nothing is parked\n"
    assert await statuses(database) == [Arrived.FAILED] * 1003


async def test_a_damaged_one_is_listed_as_damaged_and_the_others_go_on(parked: Parked, database: str) -> None:
    seal = Seal(KEY)

    def id(number: int) -> bytes:
        return seal.digest("event", "telegram", str(number))

    shapeless = seal.seal(b'{"id": 3}', aad_of_event(id(2)))
    utys = await parked(4, {1: b"?", 2: shapeless})
    listed = utys("list")
    assert (listed.code, listed.out.count("telegram text"), listed.out.count("damaged")) == (0, 2, 2)
    for number in (1, 2):
        shown = utys("show", id(number).hex())
        assert (shown.code, "cannot be read" in shown.out) == (0, True)
        assert "cannot be read: 1\n" in utys("replay", id(number).hex()).out
    assert "hi" in utys("show", id(0).hex()[:8], "--reveal").out
    replayed = utys("replay", "--all").out
    assert "left alone, for its bytes cannot be read: 2\n" in replayed
    assert replayed.endswith(": 2\n")
    assert await statuses(database) == [1, 1, 2, 2]
