"""Backups: everything comes back, on either kind of database, from one instant; whatever is damaged does not open; a copy holds still."""

from __future__ import annotations

import asyncio
import base64
import io
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from storage.backups.backup import last_backup, note_backup, write_backup
from storage.backups.confirmation import Restored, confirm, refuse_unconfirmed, restored
from storage.backups.encrypted_stream import CHUNK, MAGIC, Damaged
from storage.backups.restore import check, restore
from storage.claims.tables import metadata
from storage.database import Unusable, connect, prepare
from storage.sealing import Seal
from storage.tables import Arrived, Sending, inbox, outbox
from storage.talks.history import history
from storage.talks.parked import list_parked
from storage.turns.rows import forget_conversations
from tests.databases import fresh_postgres
from tests.storage.dying import Dying
from tests.storage.store import KEY, NOON_MS, Store

LATER = NOON_MS + 3_600_000
SECRET = "Меня зовут Айгуль"


async def talked(url: str, people: int = 20) -> dict[str, list[Any]]:
    """A database with something of everything: sent, unsent, on its way, failed and parked. Returns what is in it."""
    async with Store(url) as store:
        await store.burst([store.arrival(n, SECRET, f"p{n % people}") for n in range(people * 3)])
        await store.burst([store.arrival("a", "audit yes"), store.arrival("q", "ask t1"), store.arrival("h", "person")])
        store.echo.broken = {"bad"}
        await store.turn("failing", "bad")
        for attempt in range(3):
            await store.turn("poison", "bad", attempt=attempt)
        first, second, third = sorted({row.conversation for row in await store.rows(outbox)})[:3]
        for key, status in ((first, Sending.SENT), (second, Sending.QUEUED), (third, Sending.REPEATED)):
            change = update(outbox).where(outbox.c.conversation == key).values(status=int(status))
            await store.writer.call(lambda connection, change=change: connection.execute(change))
        return await everything(store)


async def everything(store: Store) -> dict[str, list[Any]]:
    return {table.name: [tuple(row) for row in await store.rows(table)] for table in metadata.sorted_tables}


def backup(url: str) -> bytes:
    file = io.BytesIO()
    engine = connect(url)
    write_backup(engine, KEY, file, NOON_MS)
    engine.dispose()
    return file.getvalue()


def put_back(url: str, kept: bytes, *, replace: bool = False) -> None:
    restore(url, KEY, io.BytesIO(kept), LATER, replace=replace)


async def test_every_row_comes_back_and_all_of_it_can_be_read(database: str, target: str) -> None:
    before = await talked(database)
    put_back(target, backup(database))
    async with Store(target) as copy:
        after = await everything(copy)
        assert (await copy.talk("p3")) is not None
        number = await copy.number("p3")
        assert (await copy.turn(3, SECRET, "p3")).duplicate, "an event that was seen before is still known"
        assert not (await copy.turn("new", "hello", "p3")).duplicate
        assert await copy.number("p3") == number + 1
    held = {"outbox": outbox, "inbox": inbox}
    for name, rows in before.items():
        if name not in ("notes", *held):
            assert after[name] == rows, name
    for name, table in held.items():
        same = [place for place, column in enumerate(table.columns.keys()) if column not in ("status", "due_at")]
        assert [[row[place] for place in same] for row in after[name]] == [
            [row[place] for place in same] for row in before[name]
        ]


async def test_what_was_unsent_is_held_and_what_had_failed_is_parked(database: str, target: str) -> None:
    before = await talked(database)
    unsent = sum(row[list(outbox.columns.keys()).index("status")] < Sending.SENT for row in before["outbox"])
    assert unsent > 10
    put_back(target, backup(database))
    engine = connect(target)
    with engine.begin() as connection:
        statuses = connection.execute(select(outbox.c.status)).scalars().all()
        assert statuses.count(Sending.HELD) == unsent
        assert not [status for status in statuses if status < Sending.SENT]
        assert set(statuses) == {Sending.SENT, Sending.REPEATED, Sending.HELD}
        assert set(connection.execute(select(inbox.c.status)).scalars()) == {Arrived.DONE, Arrived.PARKED}
        assert len(list_parked(connection, Seal(KEY))) == 2
        assert restored(connection) == Restored(NOON_MS, LATER)
    with pytest.raises(Unusable, match=r"2026-03-10 07:00 UTC.*utys restore --confirm"):
        refuse_unconfirmed(engine)
    with engine.begin() as connection:
        assert confirm(connection, send_held=False) == 0
    refuse_unconfirmed(engine)
    with engine.begin() as connection:
        assert confirm(connection, send_held=True) == unsent
        assert connection.execute(select(outbox.c.status)).scalars().all().count(Sending.IN_FLIGHT) == unsent


async def test_a_backup_is_one_instant_though_the_bot_goes_on(database: str) -> None:
    async with Store(database) as store:
        await store.burst([store.arrival(n, "hi", f"p{n % 50}") for n in range(3000)])
        sizes = [await store.sizes()]
        going = True

        async def go_on() -> int:
            number = 0
            while going:
                number += 1
                await store.turn(f"on{number}", "hi", f"p{number % 50}")
            return number

        load = asyncio.create_task(go_on())
        made = await asyncio.to_thread(write_backup, store.engine, KEY, io.BytesIO(), NOON_MS)
        sizes.append(await store.sizes())
        going = False
        assert await load > 1
    assert made.counts["inbox"] == made.counts["outbox"], "a turn is in it whole or not at all"
    assert sizes[0]["inbox"] <= made.counts["inbox"] <= sizes[1]["inbox"]
    assert sizes[0]["inbox"] < sizes[1]["inbox"]


async def test_a_backup_holds_neither_the_key_nor_anything_readable(database: str) -> None:
    await talked(database)
    kept = backup(database)
    for plain in (KEY, base64.b64encode(KEY), KEY.hex().encode(), SECRET.encode(), b"telegram", b"conversations"):
        assert plain not in kept
    assert check(KEY, io.BytesIO(kept)).rows > 100


def left_over(folder: Path) -> list[Path]:
    return list(folder.glob(".restoring-*"))


@contextmanager
def fresh_place(like: str, folder: Path) -> Iterator[str]:
    """Another database of that kind."""
    if like.startswith("sqlite"):
        yield f"sqlite:///{folder / 'elsewhere.db'}"
    else:
        with fresh_postgres() as url:
            yield url


def chunks(kept: bytes) -> tuple[bytes, list[bytes]]:
    start = len(MAGIC) + 16 + 16
    size = CHUNK + 16
    return kept[:start], [kept[place : place + size] for place in range(start, len(kept), size)]


@pytest.mark.slow
async def test_a_damaged_backup_is_refused_and_the_database_stays_as_it_was(database: str) -> None:
    async with Store(database) as store:
        await store.burst([store.arrival(n, "x" * 2000, f"p{n % 40}") for n in range(400)])
        before = await everything(store)
    kept = backup(database)
    start, parts = chunks(kept)
    assert len(parts) >= 4
    other = backup(database)
    changed = bytearray(kept)
    changed[len(kept) // 2] ^= 1
    damaged = {
        "nothing": b"",
        "another file": b"SQLite format 3\0" * 100,
        "cut off within the start": kept[:20],
        "cut off within a chunk": kept[: len(kept) // 2],
        "cut off between two chunks": start + b"".join(parts[:-1]),
        "the start alone": start,
        "two chunks swapped": start + b"".join([parts[1], parts[0], *parts[2:]]),
        "a chunk left out": start + b"".join([parts[0], *parts[2:]]),
        "a chunk twice": start + b"".join([parts[0], *parts]),
        "a chunk of another backup": start + b"".join([chunks(other)[1][0], *parts[1:]]),
        "one bit changed": bytes(changed),
        "something after the end": kept + b"x",
        "the last chunk twice": kept + parts[-1],
    }
    for name, content in damaged.items():
        with pytest.raises(Damaged):
            put_back(database, content, replace=True)
        with pytest.raises(Damaged):
            check(KEY, io.BytesIO(content))
        async with Store(database) as store:
            assert await everything(store) == before, name
    with pytest.raises(Damaged, match="key is not the one"):
        check(bytes(32), io.BytesIO(kept))


async def test_a_database_with_rows_is_replaced_only_on_demand(database: str, target: str) -> None:
    await talked(database)
    kept = backup(database)
    engine = connect(target)
    prepare(engine, Seal(KEY))
    engine.dispose()
    put_back(target, kept)  # one that was only just made counts as empty
    async with Store(target) as copy:
        await copy.turn("mine", "hello", "somebody")
        before = await everything(copy)
    with pytest.raises(Unusable, match=r"not empty.*--replace"):
        put_back(target, kept)
    async with Store(target) as copy:
        assert await everything(copy) == before
    put_back(target, kept, replace=True)
    async with Store(target) as copy:
        assert await copy.talk("somebody") is None
        assert await copy.talk("p3") is not None


async def test_a_copy_finds_every_event_and_message_of_a_conversation(database: str, target: str) -> None:
    async with Store(database) as store:
        await store.burst([store.arrival(n, "twice", "ann") for n in range(3)])
    put_back(target, backup(database))
    async with Store(target) as copy:
        said = await copy.reads(lambda connection: history(connection, copy.seal, copy.key()))
        assert [(entry.payload or b"").decode() for entry in said if entry.payload] == [
            f"{n + 1}:twice" for n in (0, 0, 1, 1, 2, 2)
        ]
        await copy.writer.call(lambda connection: forget_conversations(connection, copy.seal, [copy.key()]))
        assert await copy.rows(outbox) == []
        assert {row.event for row in await copy.rows(inbox)} == {None}


async def test_nothing_is_put_under_a_bot_that_runs(database: str) -> None:
    await talked(database)
    kept = backup(database)
    async with Store(database) as store:
        if store.engine.dialect.name == "postgresql":
            now = "(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT"
            await store.writer.call(lambda c: c.execute(text(f"INSERT INTO processes (id, beat_at) VALUES (1, {now})")))
        with pytest.raises(Unusable, match=r"in use|1 processes"):
            await asyncio.to_thread(put_back, database, kept, replace=True)
        assert not (await store.turn("afterwards")).duplicate


async def test_tables_of_another_program_are_left_alone(target: str) -> None:
    engine = connect(target)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
        connection.execute(text("INSERT INTO theirs VALUES (1)"))
    engine.dispose()
    with fresh_postgres() as url:
        await talked(url)
        with pytest.raises(Unusable, match=r"another program|not empty"):
            put_back(target, backup(url))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM theirs")).scalar_one() == 1


@pytest.mark.slow
async def test_a_restore_that_is_killed_leaves_the_old_state_and_can_be_done_again(
    database: str, tmp_path: Path
) -> None:
    await talked(database)
    async with Store(database) as store:
        await store.burst([store.arrival(f"more{n}", SECRET * 20, f"p{n % 20}") for n in range(2000)])
    file = tmp_path / "kept"
    file.write_bytes(backup(database))
    async with Store(database) as store:
        whole = await store.sizes()
        await store.turn("later", "hello", "somebody")
        before = await everything(store)

    async def killed(**when: float) -> bool:
        """Whether it died and had put nothing back. One that dies between its commit and its end has put back all."""
        if dying("restore", database, str(file), **when) is not None:  # type: ignore[arg-type]
            return False
        async with Store(database) as store:
            if await everything(store) == before:
                return True
            assert await store.talk("somebody") is None, when
            assert await store.sizes() == whole, when
            return False

    with Dying() as dying:
        assert [await killed(statements=n) for n in range(1, 60, 6)] == [True] * 10
        with fresh_place(database, tmp_path) as elsewhere:
            took = dying("restore", elsewhere, str(file))
        assert took is not None
        midway = 0
        while midway < 9 and await killed(seconds=took * (midway + 1) / 12):
            midway += 1
        assert midway >= 6
        dying("restore", database, str(file))
    async with Store(database) as store:
        assert await store.talk("somebody") is None
        assert await store.talk("p3") is not None
    assert left_over(tmp_path) == []


def test_a_file_that_is_no_database_any_more_is_replaced_on_demand(tmp_path: Path) -> None:
    asyncio.run(talked(f"sqlite:///{tmp_path / 'old.db'}"))
    kept = backup(f"sqlite:///{tmp_path / 'old.db'}")
    broken = tmp_path / "utys.db"
    broken.write_bytes(b"no database at all" * 1000)
    (tmp_path / "utys.db-wal").write_bytes(b"nor this a log")
    url = f"sqlite:///{broken}"
    with pytest.raises(Unusable, match="--replace"):
        put_back(url, kept)
    put_back(url, kept, replace=True)
    with sqlite3.connect(broken) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM conversations").fetchone()[0] >= 20


def test_what_a_backup_cannot_carry_is_in_no_table() -> None:
    """Whole numbers, text and bytes: they mean the same on both databases."""
    kinds = {type(column.type).__name__ for table in metadata.sorted_tables for column in table.columns}
    assert kinds <= {"BigInteger", "Integer", "SmallInteger", "String", "LargeBinary", "Bytes"}


async def test_the_last_backup_is_remembered(store: Store) -> None:
    assert await store.writer.call(last_backup) is None
    for at in (NOON_MS, LATER):
        await store.writer.call(lambda connection, at=at: note_backup(connection, at, 1000))
    noted = await store.writer.call(last_backup)
    assert noted is not None
    assert noted.at == LATER
