"""Yesterday's backup does not bring back whom the bot was told to forget today; who came back since does stay."""

from __future__ import annotations

import asyncio
import base64
import io
from pathlib import Path

import pytest

from storage.backups.backup import Made, write_backup
from storage.backups.encrypted_stream import Damaged
from storage.backups.forgotten import NAME, read_beside, write_beside
from storage.backups.restore import restore
from storage.keys.tombstones import Tombstones
from storage.tables import Sending, audit, conversations, inbox, notes, outbox, question_keys, questions, tombstones
from storage.turns.types import Mark
from tests.command import Command
from tests.storage.keys.sealed import opened, sealed_in
from tests.storage.store import KEY, NOON_MS, Store

LATER = NOON_MS + 3_600_000


async def backup(store: Store) -> bytes:
    file = io.BytesIO()
    await asyncio.to_thread(write_backup, store.engine, KEY, file, NOON_MS)
    return file.getvalue()


def put_back(url: str, kept: bytes, forgotten: Tombstones | None = None, *, replace: bool = False) -> Made:
    return restore(url, KEY, io.BytesIO(kept), LATER, replace=replace, forgotten=forgotten)


async def talked(store: Store, address: str) -> None:
    """Words, a question, a decision, something that failed, a call for a person."""
    store.echo.broken = {"bad"}
    for number, word in enumerate(("hi", f"ask token {address}", "audit yes", "bad", "person")):
        await store.turn(f"{address} {number}", word, address)


async def forget(store: Store, address: str) -> None:
    (last,) = (await store.turn(f"{address} forget", "forget", address)).sends
    store.writer.mark(Mark(last.key, last.seq, Sending.SENT, 1, wipe=last.wipe))
    await store.rows(inbox)


async def test_yesterdays_backup_does_not_bring_a_forgotten_person_back(
    database: str, target: str, tmp_path: Path
) -> None:
    async with Store(database) as store:
        for address in ("ann", "bob"):
            await talked(store, address)
        ann, ever = store.key("ann"), sealed_in(store.engine)
        yesterdays = await backup(store)
        await forget(store, "ann")
        write_beside(store.engine, [KEY], tmp_path)  # as the next backup does
        bobs = set(opened(store.engine, store.seal, ever))
    assert len(bobs) > 5
    assert put_back(target, yesterdays, read_beside([KEY], tmp_path)).kept_away == 1
    async with Store(target) as copy:
        assert await copy.talk("ann") is None
        assert await copy.number("bob") == 4
        assert set(opened(copy.engine, copy.seal, ever)) == bobs
        for table in (conversations, inbox, outbox, audit, questions, question_keys):
            rows = await copy.rows(table)
            assert rows
            assert ann not in [cell for row in rows for cell in row], table.name
        assert len(await copy.rows(questions)) == 1
        assert (await copy.turn("ann 0", "hi", "ann")).duplicate, "what was seen of her is no new event"
        assert len(await copy.rows(tombstones)) == 1


async def test_a_database_that_is_replaced_passes_on_whom_it_had_forgotten(database: str) -> None:
    """Though nobody wrote anything beside the backup."""
    async with Store(database) as store:
        await talked(store, "ann")
        await talked(store, "bob")
        yesterdays = await backup(store)
        await forget(store, "ann")
    assert put_back(database, yesterdays, replace=True).kept_away == 1
    async with Store(database) as copy:
        assert await copy.talk("ann") is None
        assert await copy.number("bob") == 4


async def test_who_came_back_after_being_forgotten_is_in_the_backup_and_stays(
    database: str, target: str, tmp_path: Path
) -> None:
    async with Store(database) as store:
        await talked(store, "ann")
        before = await backup(store)
        await forget(store, "ann")
        await store.turn("again", "hi", "ann")
        since = await backup(store)
        write_beside(store.engine, [KEY], tmp_path)
        (grave,) = await store.rows(tombstones)
    assert put_back(target, before, read_beside([KEY], tmp_path)).kept_away == 1
    async with Store(target) as copy:
        assert await copy.talk("ann") is None
        assert await copy.rows(tombstones) == [grave]
    # it is as old as the forgetting, not as the restore: what came after it is not undone by restoring once more
    assert put_back(target, since, read_beside([KEY], tmp_path), replace=True).kept_away == 0
    async with Store(target) as copy:
        assert await copy.number("ann") == 1


async def test_last_words_of_who_was_forgotten_twice_are_not_left_over(database: str) -> None:
    async with Store(database) as store:
        await talked(store, "ann")
        await store.turn("first", "forget", "ann")  # the last words are not sent yet
        await store.turn("again", "hi", "ann")
        between = await backup(store)
        await asyncio.sleep(0.002)  # the database's clock counts ms
        await forget(store, "ann")
    assert put_back(database, between, replace=True).kept_away == 1
    async with Store(database) as copy:
        assert await copy.rows(outbox) == []
        assert not [row.name for row in await copy.rows(notes) if row.name.startswith("farewell")]


async def test_the_file_names_nobody_grows_and_is_refused_when_damaged(store: Store, tmp_path: Path) -> None:
    assert read_beside([KEY], tmp_path) is None
    for count, address in enumerate(("ann", "bob"), 1):
        await talked(store, address)
        await forget(store, address)
        assert write_beside(store.engine, [KEY], tmp_path) == count
    await store.writer.call(lambda connection: connection.execute(tombstones.delete()))
    assert write_beside(store.engine, [KEY], tmp_path) == 2, "what another database wrote there stays"
    file = tmp_path / NAME
    whole = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    for digest in read_beside([KEY], tmp_path) or ():
        assert digest not in whole
    file.write_bytes(whole[:-1])
    with pytest.raises(Damaged):
        read_beside([KEY], tmp_path)
    with pytest.raises(Damaged):
        write_beside(store.engine, [KEY], tmp_path)


async def test_backup_writes_the_file_and_restore_reads_it(database: str, tmp_path: Path, models: Path) -> None:
    utys, folder = Command(tmp_path, models), tmp_path / "backups"
    folder.mkdir()
    settings = {"DATABASE_URL": database, "ENCRYPTION_KEY": base64.b64encode(KEY).decode()}

    async def said(*words: str, code: int = 0, **changes: str) -> str:
        seen = await asyncio.to_thread(utys, *words, **settings, **changes)
        assert seen.code == code, seen
        return seen.out + seen.err

    async with Store(database) as store:
        await talked(store, "ann")
        await talked(store, "bob")
        await said("backup", str(folder / "yesterdays"))
        await forget(store, "ann")
        await said("backup", str(folder / "todays"))
    settings["DATABASE_URL"] = f"sqlite:///{tmp_path / 'new.db'}"
    assert "not brought back: 1" in await said("restore", str(folder / "yesterdays"))
    async with Store(settings["DATABASE_URL"]) as copy:
        assert await copy.talk("ann") is None
        assert await copy.number("bob") == 4
    (folder / NAME).write_bytes(b"broken")
    assert NAME in await said("restore", str(folder / "yesterdays"), "--replace", code=1)
    (folder / NAME).unlink()
    assert f"there is no {folder / NAME}" in await said("restore", str(folder / "todays"), "--replace")
