"""Databases as released versions left them: SQL text with a little data, one file for each schema and kind, never changed.

Leaves what must become of them to the tests. `python -m tests.storage.released` makes the two files of the newest schema: people
talk with the program as it is now. 0001 and 0002 were made so by the last program before 0002 and before 0003.
"""

from __future__ import annotations

import sqlite3
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, inspect, select, text
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment

from storage.database import connect, newest, parse
from tests.command import ROOT, Command
from tests.databases import fresh_postgres
from tests.storage.store import KEY

FOLDER = Path(__file__).parent / "releases"
TALKS = {
    "someone": ["/ru", "когда розыгрыш Seriktes?", "меню"],
    "other": ["/kk", "жүлдені қалай аламын", "адам шақыру"],
}
LIST = """ID транзакции;Дата и время;Телефон;Лотерея;Сумма;Способ оплаты
T1;05.01.2026 14:00:00;87010000001;Bingo;5000;карта
T2;06.01.2026 14:00:00;87010000002;Bingo;7000;карта
"""
LEFT = (
    "UPDATE outbox SET status = 0, provider_id = NULL WHERE seq = (SELECT max(seq) FROM outbox)",
    "UPDATE inbox SET status = 2, attempts = 3, error = 'ValueError at dialogs/rules.py:1' "
    "WHERE seq = (SELECT min(seq) FROM inbox)",
)


def load(url: str, schema: str) -> None:
    """Into an empty database."""
    parsed = parse(url)
    kind = parsed.get_backend_name()
    dump = (FOLDER / f"{schema}.{kind}.sql").read_text("utf-8")
    if kind == "sqlite":
        with sqlite3.connect(str(parsed.database)) as connection:
            connection.executescript(dump)
        connection.close()
    else:
        engine = connect(url)
        with engine.begin() as begun:
            begun.connection.cursor().execute(dump.encode())
        engine.dispose()


def shape(connection: Connection) -> dict[str, Any]:
    """What a schema is: columns, keys, indexes and their conditions, comments."""
    looking = inspect(connection)
    kind = connection.dialect.name
    return {
        name: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"], column["default"], column.get("comment"))
                for column in looking.get_columns(name)
            ],
            "key": looking.get_pk_constraint(name)["constrained_columns"],
            "unique": looking.get_unique_constraints(name),
            "foreign": looking.get_foreign_keys(name),
            "indexes": sorted(
                (
                    str(index["name"]),
                    tuple(index["column_names"]),
                    bool(index["unique"]),
                    str(index.get("dialect_options", {}).get(f"{kind}_where")),
                )
                for index in looking.get_indexes(name)
            ),
        }
        for name in looking.get_table_names()
    }


def dump(url: str) -> Iterator[str]:
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        with sqlite3.connect(str(parsed.database)) as connection:
            yield from connection.iterdump()
        return
    engine = connect(url)
    with engine.connect() as connection:
        found = MetaData()
        found.reflect(connection)
        for table in found.sorted_tables:
            yield str(CreateTable(table).compile(engine)).strip() + ";"
            for column in table.columns:
                if column.comment:
                    yield str(SetColumnComment(column).compile(engine)) + ";"
            for index in sorted(table.indexes, key=lambda each: str(each.name)):
                yield str(CreateIndex(index).compile(engine)) + ";"
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                names = ", ".join(f'"{name}"' for name in table.columns.keys())  # noqa: SIM118 - iterating yields columns
                yield f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join(map(_literal, row))});'
    engine.dispose()


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bytes():
            return f"'\\x{value.hex()}'::BYTEA"
        case int():
            return str(value)
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def make() -> None:
    """People talk with the program of today, on each kind; one message stays unsent, one event is parked."""
    schema = newest()
    with tempfile.TemporaryDirectory() as folder, fresh_postgres() as postgres:
        utys = Command(Path(folder), ROOT / "var" / "models")
        (Path(folder) / "list.csv").write_text(LIST, "utf-8")
        for url in (f"sqlite:///{folder}/utys.db", postgres):
            place = {"DATABASE_URL": url, "ENCRYPTION_KEY": b64encode(KEY).decode()}
            for name, lines in TALKS.items():
                assert utys("chat", stdin="\n".join(lines), LOGNAME=name, **place).code == 0
            assert (
                utys("import", "purchases", "list.csv", "--promotion", "january-surprise", "--apply", **place).code == 0
            )
            engine = connect(url)
            with engine.begin() as connection:
                for change in LEFT:
                    connection.execute(text(change))
            file = FOLDER / f"{schema}.{engine.dialect.name}.sql"
            engine.dispose()
            assert not file.exists(), f"{file} is there already, and a released schema does not change"
            file.write_text("".join(line + "\n" for line in dump(url)), "utf-8")


if __name__ == "__main__":
    make()
