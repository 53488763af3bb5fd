"""Drops what is finished and old, walking the tables by key a slice at a time.

Not here: when to walk (see the program). A slice is a bounded piece of work whatever the history: no index on time has to be kept with
every message, and no turn waits behind a scan.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select, tuple_

from storage.claims.retention import leads_open_claim
from storage.keys.erasing import note_erased
from storage.keys.owners import farewell_name
from storage.locks import lock_talks
from storage.sealing import Seal
from storage.tables import Arrived, Sending, conversations, inbox, notes, outbox, question_keys, questions
from storage.turns.rows import forget_conversations

SLICE = 500
Cursor = tuple[bytes | int, int | bytes]
"""In the order of the key, which is another on SQLite (`storage.tables.outbox`)."""


def sweep_events(connection: Connection, before: int, after: bytes = b"", batch: int = SLICE) -> bytes | None:
    """Drops, of the next events by key, the finished ones that arrived before (ms UTC); the key to go on after, None at the end."""
    seen = select(inbox.c.id, inbox.c.status, inbox.c.received_at).where(inbox.c.id > after).order_by(inbox.c.id)
    rows = connection.execute(seen.limit(batch)).all()
    old = [row.id for row in rows if row.status == Arrived.DONE and row.received_at < before]
    if old:
        connection.execute(delete(inbox).where(inbox.c.id.in_(old)))
    return rows[-1].id if len(rows) == batch else None


def sweep_messages(
    connection: Connection, before: int, farewells: int, after: Cursor | None = None, batch: int = SLICE
) -> Cursor | None:
    """The same for messages that need no more sending; `farewells` (ms UTC) is the border for last words to people who asked to be
    forgotten."""
    order = (
        (outbox.c.conversation, outbox.c.seq)
        if connection.dialect.name != "sqlite"
        else (outbox.c.seq, outbox.c.conversation)
    )
    seen = select(outbox.c.conversation, outbox.c.seq, outbox.c.status, outbox.c.created_at, outbox.c.wipe)
    seen = seen.order_by(*order).limit(batch)
    if after is not None:
        seen = seen.where(tuple_(*order) > after)
    rows = connection.execute(seen).all()
    done = [row for row in rows if row.status >= Sending.SENT]
    old = [(row.conversation, row.seq) for row in done if row.created_at < (farewells if row.wipe else before)]
    if old:
        connection.execute(delete(outbox).where(_among(old)))
    last_words = {row.conversation for row in done if row.wipe and (row.conversation, row.seq) in old}
    for key in last_words:
        kept = exists().where(outbox.c.conversation == key, outbox.c.wipe == 1)
        connection.execute(delete(notes).where(notes.c.name == farewell_name(key), ~kept))
    if last_words:
        note_erased(connection)
    last = [getattr(rows[-1], column.name) for column in order] if len(rows) == batch else None
    return None if last is None else (last[0], last[1])


def sweep_talks(
    connection: Connection, seal: Seal, before: int, channel: str | None = None, after: bytes = b"", batch: int = SLICE
) -> bytes | None:
    """Forgets, of the next conversations by key, those (of this channel) in which nothing was said since (ms UTC), as their
    people could. A talk in which an open claim is led stays."""
    seen = select(conversations.c.key, conversations.c.channel, conversations.c.updated_at)
    rows = connection.execute(seen.where(conversations.c.key > after).order_by(conversations.c.key).limit(batch)).all()
    idle = [row.key for row in rows if channel in (None, row.channel) and row.updated_at < before]
    if idle:
        lock_talks(connection, idle)  # who goes on in this very moment is not forgotten
        still = select(conversations.c.key).where(
            conversations.c.key.in_(idle), conversations.c.updated_at < before, ~leads_open_claim()
        )
        forget_conversations(connection, seal, list(connection.execute(still).scalars()))
    return rows[-1].key if len(rows) == batch else None


def sweep_questions(connection: Connection, before: int, after: bool | None = None, batch: int = SLICE) -> bool | None:
    """Drops questions that were asked before (ms UTC), and the keys of people of whom no other is left; None at the end."""
    oldest = select(questions.c.token, questions.c.owner).where(questions.c.asked_at < before)
    rows = connection.execute(oldest.order_by(questions.c.asked_at).limit(batch)).all()
    if rows:
        connection.execute(delete(questions).where(questions.c.token.in_([row.token for row in rows])))
        owners = {row.owner for row in rows if row.owner is not None}
        if owners:
            left = exists().where(questions.c.owner == question_keys.c.owner)
            connection.execute(delete(question_keys).where(question_keys.c.owner.in_(owners), ~left))
        note_erased(connection)
    return True if len(rows) == batch else None


def _among(places: Sequence[tuple[bytes, int]]) -> ColumnElement[bool]:
    """SQLite goes by no index for a pair of columns among pairs; for one of them it does."""
    pair = tuple_(outbox.c.conversation, outbox.c.seq)
    return and_(outbox.c.seq.in_({seq for _, seq in places}), pair.in_(places))
