"""The schema's history: it leads to the tables of today on both databases, and back; what is newer than we know is refused."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, inspect, select, text
from sqlalchemy.exc import OperationalError

from storage.claims.tables import metadata
from storage.database import MIGRATIONS, Unusable, connect, newest, prepare, upgrade, version
from storage.sealing import Seal
from storage.tables import conversations, inbox
from storage.talks.deliveries import counts
from storage.talks.history import history, talk
from storage.talks.parked import list_parked
from storage.talks.questions import asked
from storage.turns.rows import forget_conversations
from tests.storage.dying import Dying
from tests.storage.released import load, shape
from tests.storage.store import KEY, Store
from tests.waiting import until

VERSIONS = sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
OF_EVERY_RELEASE = pytest.mark.parametrize(
    "schema", [*(pytest.param(each, marks=pytest.mark.slow) for each in VERSIONS[:-1]), VERSIONS[-1]]
)


ELSEWHERE: dict[str, set[str]] = {"sqlite": set(), "postgresql": {"outbox_talk"}}
"""Indexes that only the other kind of database has (`storage.tables`)."""


def differences(connection: Connection) -> list[Any]:
    """Between what is there and the tables of the program."""
    elsewhere = ELSEWHERE[connection.dialect.name]
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": lambda _, name, *rest: name not in elsewhere}
    )
    looking = inspect(connection)
    assert not elsewhere & {index["name"] for table in ("inbox", "outbox") for index in looking.get_indexes(table)}
    return list(compare_metadata(context, metadata))


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
        assert differences(connection) == []
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
    assert {"inbox_alone", "outbox_farewells"}.isdisjoint(found)
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


@OF_EVERY_RELEASE
def test_history_is_not_rewritten(database: str, schema: str) -> None:
    """Migrations lead today to the very schema that a released version had."""
    engine = connect(database)
    go(engine, schema)
    with engine.begin() as connection:
        made = shape(connection)
        there = MetaData()
        there.reflect(connection)
        there.drop_all(connection)
    engine.dispose()
    load(database, schema)
    with engine.connect() as connection:
        assert shape(connection) == made
        assert version(connection) == schema


@OF_EVERY_RELEASE
async def test_what_a_released_version_kept_is_there_and_goes_on_after_the_upgrade(database: str, schema: str) -> None:
    load(database, schema)
    engine = connect(database)
    before = content(engine)
    prepare(engine, Seal(KEY))
    with engine.begin() as connection:
        assert differences(connection) == []
        seal = Seal(KEY)
        said = [
            entry
            for row in connection.execute(select(conversations.c.key))
            for entry in history(connection, seal, row.key)
        ]
        states = [talk(connection, seal, row.key) for row in connection.execute(select(conversations.c.key)).all()]
        assert len(list_parked(connection, seal)) == 1
        assert counts(connection) == {"unsent": 1, "parked": 1}
        assert asked(connection, seal)
    after = content(engine)
    engine.dispose()
    # the key of a release before headers goes on under another name, beside the sentinel of the key in use
    notes_before, notes_after = (each.pop("notes") for each in (before, after))
    assert {note["value"] for note in notes_before} <= {note["value"] for note in notes_after}
    for table, rows in before.items():
        if table != "alembic_version":
            assert [{name: row[name] for name in kept} for row, kept in zip(after[table], rows, strict=True)] == rows
    assert {state.language for state in states if state} == {"kk", "ru"}
    assert {"когда розыгрыш Seriktes?", "жүлдені қалай аламын"} <= {e.incoming.text for e in said if e.incoming}
    async with Store(database) as store:
        assert not (await store.turn(1)).duplicate


@OF_EVERY_RELEASE
async def test_who_talked_with_a_released_version_is_forgotten_whole_by_this_one(database: str, schema: str) -> None:
    load(database, schema)
    async with Store(database) as store:
        (one, other) = [row.key for row in await store.rows(conversations)]
        assert all(row.event for row in await store.rows(inbox))
        await store.writer.call(lambda connection: forget_conversations(connection, store.seal, [one]))
        left = [row for row in await store.rows(inbox) if row.event is not None]
        assert {row.conversation for row in left} == {other}
        assert len(left) == 3
        await store.writer.call(lambda connection: forget_conversations(connection, store.seal, [other]))
        assert {(row.event, row.conversation) for row in await store.rows(inbox)} == {(None, None)}


@pytest.mark.slow
@pytest.mark.parametrize("schema", [*VERSIONS[:-1], "none"])
def test_a_migration_that_is_killed_anywhere_has_not_happened_and_the_next_start_completes_it(
    database: str, schema: str
) -> None:
    engine = connect(database)
    if schema != "none":
        load(database, schema)
    before = content(engine)
    engine.dispose()
    killed = 0
    with Dying() as dying:
        while dying("prepare", database, statements=killed + 1) is None:
            killed += 1
            found = content(engine)
            if found.get("alembic_version") != [{"version_num": newest()}]:  # it may have been over already
                assert found in (before, {"alembic_version": []}), killed
            engine.dispose()
    assert killed >= 5
    with engine.connect() as connection:
        assert version(connection) == newest()
        assert differences(connection) == []
    for table, rows in content(engine).items():
        assert len(rows) >= len(before.get(table, [])), table
    prepare(engine, Seal(KEY))


def content(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table by its key."""
    with engine.connect() as connection:
        there = MetaData()
        there.reflect(connection)
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*sorted(table.primary_key.columns, key=lambda each: each.name))
                ).mappings()
            ]
            for table in there.sorted_tables
        }


async def test_an_upgraded_database_works(database: str) -> None:
    async with Store(database) as store:
        assert not (await store.turn(1)).duplicate


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_migration_does_not_hold_up_a_running_program_behind_a_long_reader(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.LOCK_TIMEOUT_S", 0.2)
    engine = connect(database)
    go(engine, "0002")
    with engine.begin() as reader:
        reader.execute(text("SELECT count(*) FROM outbox"))
        with pytest.raises(Unusable, match="lock timeout"):
            prepare(engine, Seal(KEY))
    prepare(engine, Seal(KEY))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_migration_that_is_ended_for_a_deadlock_begins_anew(database: str) -> None:
    load(database, "0002")  # 0003 takes the conversations, then the outbox
    engine = connect(database)
    with engine.begin() as turn:
        turn.execute(text("LOCK TABLE outbox IN ROW EXCLUSIVE MODE"))
        migrating = asyncio.create_task(asyncio.to_thread(prepare, connect(database), Seal(KEY)))
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass")
        await until(lambda: turn.execute(waiting).scalar_one())
        # whoever began to wait first looks for a deadlock first, and is ended: the turn only where this machine stalls for a second
        with contextlib.suppress(OperationalError):
            await asyncio.to_thread(turn.execute, text("LOCK TABLE conversations IN ROW EXCLUSIVE MODE"))
    await migrating
    with engine.connect() as connection:
        assert version(connection) == newest()
    engine.dispose()
