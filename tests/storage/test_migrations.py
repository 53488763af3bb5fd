"""The schema's history: it leads to the tables of today on both databases, and back; what is newer than we know is refused."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from storage.database import MIGRATIONS, Unusable, connect, newest, prepare, upgrade, version
from storage.lists import metadata
from storage.sealing import Seal
from tests.storage.store import KEY, Store

VERSIONS = sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def go(engine: Engine, to: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, to)


def test_migrations_lead_to_exactly_the_tables_of_the_program(database: str) -> None:
    engine = connect(database)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert version(connection) == newest()


def test_the_work_lists_are_partial_indexes_on_both_databases(database: str) -> None:
    engine = connect(database)
    upgrade(engine)
    with engine.connect() as connection:
        found = {
            index["name"]: str(index.get("dialect_options", {}).get(f"{engine.dialect.name}_where", ""))
            for table in ("outbox", "inbox", "conversations")
            for index in inspect(connection).get_indexes(table)
        }
    assert "status" in found["outbox_unsent"]
    assert "status" in found["inbox_unfinished"]
    assert "waiting_since" in found["conversations_waiting"]
    assert "whatsapp" in found["outbox_provider"]


@pytest.mark.parametrize("start", VERSIONS)
def test_every_released_schema_goes_down_and_up_again(database: str, start: str) -> None:
    engine = connect(database)
    go(engine, start)
    go(engine, "base", down=True)
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    prepare(engine, Seal(KEY))
    with engine.connect() as connection:
        assert version(connection) == newest()


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [f"{number:04}" for number in range(1, len(VERSIONS) + 1)] == VERSIONS


def test_a_schema_newer_than_this_program_is_refused_in_one_plain_sentence(database: str) -> None:
    engine = connect(database)
    prepare(engine, Seal(KEY))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unusable, match=r"schema 9999.*does not know; start a newer Utys"):
        prepare(engine, Seal(KEY))


def test_a_migration_that_breaks_off_leaves_nothing_behind(database: str) -> None:
    engine = connect(database)
    with engine.begin() as connection:  # the last table of the first migration is in the way
        connection.execute(text("CREATE TABLE whatsapp_contents (digest INTEGER)"))
    with pytest.raises(Unusable, match="whatsapp_contents"):
        prepare(engine, Seal(KEY))
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["whatsapp_contents"]
        connection.execute(text("DROP TABLE whatsapp_contents"))
    prepare(engine, Seal(KEY))


async def test_an_upgraded_database_works(database: str) -> None:
    async with Store(database) as store:
        assert not (await store.turn(1)).duplicate


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_migration_does_not_hold_up_a_running_program_behind_a_long_reader(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.PATIENCE", 0.2)
    engine = connect(database)
    go(engine, "0002")
    with engine.begin() as reader:
        reader.execute(text("SELECT count(*) FROM outbox"))
        with pytest.raises(Unusable, match="lock timeout"):
            prepare(engine, Seal(KEY))
    prepare(engine, Seal(KEY))
