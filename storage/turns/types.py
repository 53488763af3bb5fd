"""What goes into the writer and what comes out of it.

Not here: deciding a turn (see `Turns`, which the bot fulfils); committing it (see writer.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from dialogs.turn import Effect, Need
from domain.claims.person import PersonClaims
from domain.lists import Dossier
from domain.pace import FREE, Pace

_FILE_JOBS = ".files"


def file_jobs_of(channel: str) -> str:
    """The channel under which the outbox holds what is to be fetched from this one."""
    return channel + _FILE_JOBS


def is_file_job(channel: str) -> bool:
    return channel.endswith(_FILE_JOBS)


class Arrival(Struct, frozen=True):
    """An event on its way in. `id` and `key` are keyed hashes of the event and of its conversation; `received_at` is ms UTC."""

    id: bytes
    key: bytes
    incoming: Incoming
    received_at: int
    attempt: int = 0
    dossier: Dossier = field(default_factory=Dossier)
    claims: PersonClaims = field(default_factory=PersonClaims)


class Handled(Struct, frozen=True):
    """A decided turn: the conversation to keep, the provider calls to make in this order and how fast, and what else to record.

    `file_jobs` are no messages: files to fetch and read, by a process that has the channel they came from.
    """

    conversation: Conversation
    payloads: tuple[bytes, ...] = ()
    effects: tuple[Effect, ...] = ()
    pace: Pace = FREE
    file_jobs: tuple[bytes, ...] = ()


class Turns(Protocol):
    """Decides turns. Pure and synchronous: called on the writer's thread, inside its transaction."""

    def handle(self, arrival: Arrival, conversation: Conversation | None) -> Handled: ...

    def needs(self, arrival: Arrival, conversation: Conversation) -> tuple[Need, ...]:
        """What must be loaded for this event before it is handled."""
        ...

    def apologise(self, arrival: Arrival, conversation: Conversation | None) -> Handled: ...


class Queued(Struct, frozen=True):
    """A committed message that waits to be sent, not before `due` (seconds of time.monotonic).

    `may_repeat`: an earlier try ended without a known outcome. `wipe`: its row goes once it is sent.
    """

    key: bytes
    seq: int
    channel: str
    payload: bytes
    attempts: int = 0
    may_repeat: bool = False
    due: float = 0.0
    wipe: bool = False


class Mark(Struct, frozen=True):
    """What became of a queued message; rides along with the next group. QUEUED gives it back: whoever looks first sends it.

    `spent` (ms): it left later than it was due, and the chat has that much less of its burst left.
    """

    key: bytes
    seq: int
    status: int
    attempts: int
    provider_id: str | None = None
    error: str | None = None
    spent: int = 0
    wipe: bool = False


class Committed(Struct, frozen=True):
    """What the database now holds of an arrival. `failed` names the exception of a turn that is to be tried again."""

    arrival: Arrival
    duplicate: bool = False
    failed: str | None = None
    parked: bool = False
    sends: tuple[Queued, ...] = ()


class Listener(Protocol):
    """Hears from the writer, in its loop. Of what a group made durable it hears first, whoever waits for a turn after it."""

    def kept(self, marks: Sequence[Mark]) -> None:
        """These marks are durable."""
        ...

    def taken(self, given: Sequence[Queued], own: Sequence[Queued]) -> None:
        """What this process is to send: what others gave to it, and what its own turns said."""
        ...

    def recovered(self) -> None:
        """The database takes writes again: what came meanwhile was not kept."""
        ...


class StorageDown(Exception):
    """Nothing was kept: the caller must not acknowledge the event."""
