"""Opening the database: what is refused, in one plain sentence, and how it is set up."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Unusable, connect, parse, prepare
from storage.sealing import Seal
from storage.tables import notes
from tests.storage.store import KEY, Store


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///var/utys.db", "sqlite"),
        ("sqlite+aiosqlite:///var/utys.db", "sqlite"),
        ("postgresql://bot@db/utys", "postgresql+psycopg"),
        ("postgresql+asyncpg://bot@db/utys", "postgresql+psycopg"),
    ],
)
def test_whichever_driver_is_named_the_writers_own_is_used(url: str, driver: str) -> None:
    assert parse(url).drivername == driver


@pytest.mark.parametrize("url", ["", "utys.db", "mysql://root:hush@db/utys", "http://example.kz", "oracle://x"])
def test_a_database_that_is_neither_sqlite_nor_postgresql_is_refused(url: str) -> None:
    with pytest.raises(Unusable, match="DATABASE_URL") as refusal:
        connect(url)
    assert "hush" not in str(refusal.value)


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    engine = connect("postgresql://bot:hush@127.0.0.1:1/utys")
    with pytest.raises(Unusable, match=r"cannot be used: .") as refusal:
        prepare(engine, Seal(KEY))
    assert "hush" not in str(refusal.value)
    assert "127.0.0.1:1/utys" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "utys.db").write_text("not a database, but long enough to be read as one" * 10)
    with pytest.raises(Unusable, match="file is not a database"):
        prepare(connect(f"sqlite:///{tmp_path / 'utys.db'}"), Seal(KEY))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unusable, match="cannot be opened"):
        connect(f"sqlite:///{tmp_path / 'file' / 'utys.db'}")


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    prepare(connect(f"sqlite:///{tmp_path / 'a' / 'b' / 'utys.db'}"), Seal(KEY))
    assert (tmp_path / "a" / "b" / "utys.db").exists()


def test_the_wrong_key_is_refused_at_start_in_one_plain_sentence(database: str) -> None:
    prepare(connect(database), Seal(KEY))
    with pytest.raises(Unusable) as refusal:
        prepare(connect(database), Seal(bytes(32)))
    assert "the encryption key does not fit this database" in str(refusal.value)
    assert "ENCRYPTION_KEY" in str(refusal.value)


async def test_a_wrong_key_changes_nothing_and_the_right_one_still_opens(database: str) -> None:
    async with Store(database) as store:
        await store.turn(1)
    with pytest.raises(Unusable):
        Store(database, key=bytes(32))
    async with Store(database) as store:
        assert await store.number() == 1


def test_preparing_again_changes_nothing(database: str) -> None:
    def key() -> bytes:
        engine = connect(database)
        prepare(engine, Seal(KEY))
        with engine.connect() as connection:
            return bytes(connection.execute(notes.select()).one().value)

    assert key() == key()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_processes_that_start_at_the_same_moment_on_an_empty_database_all_start(database: str) -> None:
    problems: list[Exception] = []
    barrier = threading.Barrier(4)

    def start() -> None:
        engine = connect(database)
        barrier.wait()
        try:
            prepare(engine, Seal(KEY))
        except Exception as error:
            problems.append(error)
        engine.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_an_acknowledged_event_survives_a_power_cut(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'utys.db'}")
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
