"""Questions to the database off the hot path: a talk's history, what is unsent or unfinished, what was asked.

Leaves writing to `writer`; every query goes by key or by a partial index, so that its cost does not grow with history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, func, literal_column, not_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from storage.parked import UNREADABLE, count_parked, park_unreadable
from storage.places import event_place, payload_place, question_place, read_event, read_state
from storage.sealing import Seal, SealBroken
from storage.tables import (
    ALONE,
    UNDONE,
    Arrived,
    Sending,
    conversations,
    inbox,
    notes,
    outbox,
    questions,
    whatsapp_contents,
)
from storage.told import told
from storage.turns import Arrival, errand

log = structlog.get_logger(__name__)

UNFINISHED = 500
"""Failed events that are tried again at a time."""
YOUNG = 15_000
"""ms after its arrival in which an event is tried again by the process that it came to."""
_ON_WHATSAPP = outbox.c.channel == literal_column("'whatsapp'")
"""In the words of the partial index `outbox_provider`: a bound value would have every message read."""
HISTORY = 200
"""Messages of a talk that are shown at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a talk: an Incoming of the person, or the payload of a message of ours. `at` is ms UTC."""

    seq: int
    at: int
    incoming: Incoming | None
    payload: bytes | None


def history(connection: Connection, seal: Seal, key: bytes, after: int = 0) -> list[Said]:
    """The newest entries after a number, oldest first. What was damaged is left out: the rest of the talk can still be read."""
    said: list[Said] = []
    messages = told(connection, [key], after, HISTORY)
    event = select(inbox.c.id, inbox.c.seq, inbox.c.received_at, inbox.c.event).where(inbox.c.seq > after)
    unnamed = event.where(ALONE, inbox.c.conversation == key).order_by(inbox.c.seq.desc())
    named = (
        event.join_from(outbox, inbox, inbox.c.id == outbox.c.event)
        .where(messages, inbox.c.conversation == key)
        .order_by(outbox.c.seq.desc())
    )
    for row in [row for asked in (unnamed, named) for row in connection.execute(asked.limit(HISTORY))]:
        if row.event is not None:
            with _damage_told():
                said.append(Said(row.seq, row.received_at, read_event(seal, row.id, row.event), None))
    sent = (
        select(outbox.c.seq, outbox.c.created_at, outbox.c.payload)
        .where(messages, outbox.c.status != int(Sending.CANCELLED))
        .where(outbox.c.channel.not_like(errand("%")))
        .order_by(outbox.c.seq.desc())
        .limit(HISTORY)
    )
    for one in connection.execute(sent):
        with _damage_told():
            said.append(Said(one.seq, one.created_at, None, seal.open(one.payload, payload_place(key, one.seq))))
    return sorted(said, key=lambda entry: entry.seq)[-HISTORY:]


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        log.error("entry_not_read", error=type(error).__name__)


def talk(connection: Connection, seal: Seal, key: bytes) -> Conversation | None:
    """The state of a conversation as it is kept now."""
    sealed = connection.execute(select(conversations.c.state).where(conversations.c.key == key)).scalar_one_or_none()
    return None if sealed is None else read_state(seal, key, sealed)


def unfinished(
    connection: Connection, seal: Seal, now: int | None = None, parked: Callable[[], None] = lambda: None
) -> list[Arrival]:
    """Events that failed and are to be tried again. With `now` (ms) only those that did not arrive just before: they are in somebody's
    hands. One that arrived after now is of a clock that was set back since, or of another machine's. What cannot be read is parked,
    and `parked` called."""
    query = select(inbox).where(inbox.c.status > 0, inbox.c.status == int(Arrived.FAILED)).order_by(inbox.c.received_at)
    if now is not None:
        query = query.where(not_(inbox.c.received_at.between(now - YOUNG, now)))
    found = []
    for row in connection.execute(query.limit(UNFINISHED)).all():
        if row.event is None or row.conversation is None:
            continue
        try:
            event = read_event(seal, row.id, row.event)
        except UNREADABLE as error:  # the others are not to wait for it
            park_unreadable(connection, row.id, error)
            parked()
            continue
        found.append(Arrival(row.id, row.conversation, event, row.received_at, attempt=row.attempts))
    return found


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was kept: no person in it. `vote` is 1, -1 or None."""

    asked_at: int
    promotion: str | None
    language: str
    text: str
    result: str
    clauses: tuple[str, ...]
    vote: int | None


def asked(
    connection: Connection, seal: Seal, *, promotion: str | None = None, only: str | None = None, limit: int = 100
) -> list[AskedQuestion]:
    """The newest questions first; `only` is `unanswered` or `disliked`."""
    query = select(questions).order_by(questions.c.asked_at.desc()).limit(limit)
    if promotion:
        query = query.where(questions.c.promotion == promotion)
    if only == "unanswered":
        query = query.where(questions.c.result.not_in(("answer", "choose")))
    elif only == "disliked":
        query = query.where(questions.c.vote == -1)
    return [
        AskedQuestion(
            row.asked_at,
            row.promotion,
            row.language,
            _open_text(seal, row),
            row.result,
            tuple(row.clauses.split("\n")) if row.clauses else (),
            row.vote,
        )
        for row in connection.execute(query)
    ]


def _open_text(seal: Seal, row: Any) -> str:
    try:
        return seal.open(row.text, question_place(row.token)).decode("utf-8", "replace")
    except SealBroken:
        return "?"


def counts(connection: Connection) -> dict[str, int]:
    """How much is unsent and how much is parked, for health and doctor."""
    unsent_rows = connection.execute(select(func.count()).select_from(outbox).where(UNDONE)).scalar_one()
    return {"unsent": int(unsent_rows), "parked": count_parked(connection)}


def find_content(connection: Connection, digest: bytes) -> str | None:
    return connection.execute(
        select(whatsapp_contents.c.sid).where(whatsapp_contents.c.digest == digest)
    ).scalar_one_or_none()


def keep_content(connection: Connection, digest: bytes, sid: str) -> str:
    """The sid that is kept: of two processes that made the same content at the same moment, both get that of the first."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(whatsapp_contents).values(digest=digest, sid=sid).on_conflict_do_nothing())
    return find_content(connection, digest) or sid


def known_to_be_sent(connection: Connection, provider_ids: Sequence[str]) -> set[str]:
    """Those of WhatsApp's message ids that stand for messages of ours."""
    ids = outbox.c.provider_id.in_(provider_ids), _ON_WHATSAPP
    return set(connection.execute(select(outbox.c.provider_id).where(*ids)).scalars())


def arrived(connection: Connection, ids: Sequence[bytes]) -> set[bytes]:
    """Those of these events that came before, whatever became of them."""
    found: set[bytes] = set()
    for start in range(0, len(ids), 500):  # a statement takes only so many parameters
        some = inbox.c.id.in_(ids[start : start + 500])
        found.update(connection.execute(select(inbox.c.id).where(some)).scalars())
    return found


def move_delivery(connection: Connection, provider_id: str, rank: int, error: str | None) -> bool:
    """Moves a message's delivery status forward, never back. False where no such message is known."""
    known = connection.execute(
        select(outbox.c.delivery).where(outbox.c.provider_id == provider_id, _ON_WHATSAPP)
    ).first()
    if known is None:
        return False
    if rank > (known.delivery or 0):
        values: dict[str, Any] = {"delivery": rank}
        if error:
            values["error"] = error
        connection.execute(update(outbox).where(outbox.c.provider_id == provider_id, _ON_WHATSAPP).values(values))
    return True


__all__ = [
    "AskedQuestion",
    "Said",
    "asked",
    "counts",
    "event_place",
    "find_content",
    "history",
    "keep_content",
    "known_to_be_sent",
    "move_delivery",
    "notes",
    "talk",
    "unfinished",
]
