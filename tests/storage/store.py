"""The storage without a bot: a writer over a fresh database, with dialogs that only echo and count.

Leaves what is sent, and when, to the tests. Instants are handed in; no clock is read.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Table, select, text

from dialogs.conversation import Conversation, Handoff
from dialogs.messages import Incoming
from dialogs.turn import Audited, Effect, Forgotten, Need, QuestionAsked, Voted
from storage.database import connect, prepare
from storage.reads import Reads
from storage.sealing import Seal
from storage.tables import audit, conversations, inbox, outbox, questions
from storage.talks.history import talk
from storage.turns.types import Arrival, Committed, Handled, Listener, Mark, Queued
from storage.turns.writer import Writer

KEY = bytes(range(32))
NOON = datetime(2026, 3, 10, 7, tzinfo=UTC)
NOON_MS = int(NOON.timestamp() * 1000)


class Echo:
    """Answers `<number of the turn in this talk>:<text>`. Some words do more; `broken` is the set of texts that raise."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.speechless = False
        self.handled: list[str] = []
        self.held = threading.Event()
        """What the word `held` waits for: the process is lost or frozen in the middle of a transaction."""

    def handle(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        incoming = arrival.incoming
        self.handled.append(incoming.id)
        if incoming.text in self.broken:
            raise RuntimeError(f"a secret stands here: {incoming.text}")
        talk = conversation or Conversation("p1", incoming.channel, incoming.address)
        number = _number(talk) + 1
        talk = replace(talk, slots={"n": number, "heard": [*_heard(talk), incoming.id]})
        payloads: tuple[bytes, ...] = (f"{number}:{incoming.text}".encode(),)
        effects: tuple[Effect, ...] = ()
        word, _, rest = incoming.text.partition(" ")
        match word:
            case "held":
                self.held.wait()
            case "twice":
                payloads *= 2
            case "silence":
                payloads = ()
            case "person":
                talk = replace(talk, handoff=Handoff(incoming.at, rest or None))
            case "forget":
                effects = (Forgotten(),)
            case "audit":
                effects = (Audited("noted", rest),)
            case "ask":
                effects = (QuestionAsked(rest, "seriktes", "kk", "сұрақ қандай", "answer", ("3.1", "4.2")),)
            case "vote":
                effects = (Voted(rest, "up"),)
        return Handled(talk, payloads, effects)

    def needs(self, arrival: Arrival, conversation: Conversation) -> tuple[Need, ...]:
        return ()

    def apologise(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        if self.speechless:
            raise RuntimeError("not even that")
        talk = conversation or Conversation("p1", arrival.incoming.channel, arrival.incoming.address)
        return Handled(replace(talk, handoff=Handoff(arrival.incoming.at)), (b"sorry",))


class Silent:
    """A listener that does nothing with what it hears."""

    def kept(self, marks: Sequence[Mark]) -> None:
        return None

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        return None

    def recovered(self) -> None:
        return None


def _number(talk: Conversation) -> int:
    found = talk.slots.get("n", 0)
    assert isinstance(found, int)
    return found


def _heard(talk: Conversation) -> list[Any]:
    found = talk.slots.get("heard", [])
    assert isinstance(found, list)
    return found


class Store:
    """One process: engine, writer and echo. `async with Store(url)`; a second Store on the same url is a second process."""

    def __init__(self, url: str, process: int = 1, key: bytes = KEY) -> None:
        self.url, self.process = url, process
        self.seal = Seal(key)
        self.engine: Engine = connect(url)
        prepare(self.engine, self.seal)
        self.reads = Reads(url)
        self.echo = Echo()
        self.writer = Writer(self.engine, self.seal, self.echo, process)
        self.given: list[str] = []
        """What other processes gave to this one, in the order in which it was handed over."""
        self.listener: Listener = Silent()
        """Who hears what is to be sent, beside `given`."""

    def kept(self, marks: Sequence[Mark]) -> None:
        self.listener.kept(marks)

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        self.given.extend(queued.payload.decode() for queued in given)
        self.listener.taken(given, own)

    def recovered(self) -> None:
        self.listener.recovered()

    async def __aenter__(self) -> Store:
        self.writer.start(asyncio.get_running_loop(), self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        await self.writer.stop()
        await self.reads.close()
        self.engine.dispose()

    def key(self, address: str = "ann") -> bytes:
        return self.seal.digest("conversation", "telegram", address)

    def id(self, number: object) -> bytes:
        return self.seal.digest("event", "telegram", str(number))

    def arrival(
        self, number: object, text: str = "hi", address: str = "ann", *, attempt: int = 0, at: int = NOON_MS
    ) -> Arrival:
        incoming = Incoming(str(number), "telegram", address, NOON, "text", text)
        return Arrival(self.id(number), self.key(address), incoming, at, attempt)

    def turn(self, number: object, text: str = "hi", address: str = "ann", **more: Any) -> asyncio.Future[Committed]:
        return self.writer.turn(self.arrival(number, text, address, **more))

    async def burst(self, arrivals: Iterable[Arrival]) -> list[Committed]:
        """All at once: as many as fit go into one transaction."""
        return await asyncio.gather(*[self.writer.turn(arrival) for arrival in arrivals])

    async def rows(self, table: Table) -> list[Any]:
        """Everything in a table, in the order of its primary key; what was marked before is in it."""

        def read(connection: Connection) -> list[Any]:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)))

        return await self.writer.call(read)

    async def talk(self, address: str = "ann") -> Conversation | None:
        return await self.writer.call(lambda connection: talk(connection, self.seal, self.key(address)))

    async def number(self, address: str = "ann") -> int:
        """How many turns that talk has had."""
        talk = await self.talk(address)
        return _number(talk) if talk else 0

    async def sizes(self) -> dict[str, int]:
        return {table.name: len(await self.rows(table)) for table in (inbox, conversations, outbox, audit, questions)}


def said(committed: Committed) -> list[str]:
    """What a commit handed over for sending."""
    return [queued.payload.decode() for queued in committed.sends]


TABLES = ("inbox", "notes")
"""What every commit needs, and what the writer looks at to see whether the database is back."""


def away(engine: Engine) -> None:
    """The database no longer does what is asked of it."""
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))


def back(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))
