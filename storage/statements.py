"""What a group asks of the database and tells it: each in one round trip on PostgreSQL.

Leaves what it means to `group` and how rows become SQL to `batches`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from storage.batches import Lookup, Row, changing, driver, insertion, merging, one_trip, removing
from storage.tables import Sending, conversations, inbox, outbox
from storage.turns import Mark

_LOCK = "SELECT pg_advisory_xact_lock(k) FROM unnest(%b::BIGINT[]) AS k"
_AHEAD = " AND status < 2 AND (owner <> %s OR status = 0) ORDER BY conversation, seq"
"""What must be sent before anything new: by another process, or by this one, to which another has given it. In the words of the
partial index `outbox_unsent`."""
_WIPED = f"wipe = 1 AND channel <> 'preview' AND {outbox.name}.status >= {int(Sending.SENT)}"
"""The browser reads its farewell from the outbox; `purge` takes it later."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of a group: (status, attempts) of events, (state, seq) of talks, who still sends to a talk, and
    what was given to this process to send: (conversation, seq, channel, sealed payload, attempts)."""

    events: dict[bytes, tuple[int, int]]
    talks: dict[bytes, tuple[bytes, int]]
    owners: dict[bytes, int]
    given: list[tuple[bytes, int, str, bytes, int]]


class Statements:
    def __init__(self, process: int, *, postgres: bool) -> None:
        self._process, self._postgres = process, postgres
        arrays = postgres
        self._events = Lookup([inbox.c.id, inbox.c.status, inbox.c.attempts], inbox.c.id, arrays=arrays)
        talk = [conversations.c.key, conversations.c.state, conversations.c.seq]
        self._talks = Lookup(talk, conversations.c.key, arrays=arrays)
        ahead = [outbox.c[name] for name in ("owner", "conversation", "seq", "channel", "payload", "attempts")]
        self._ahead = Lookup(ahead, outbox.c.conversation, arrays=arrays, more=_AHEAD)
        event = ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error")
        self._arrived = insertion(inbox, event, arrays=arrays)
        self._retried = changing(inbox, ("status", "attempts", "error"), ("id",), arrays=arrays)
        changed = ("state", "seq", "waiting_since", "agent", "updated_at")
        self._saved = merging(conversations, ("key", "channel", *changed), changed, arrays=arrays)
        message = ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "wipe")
        self._queued = insertion(outbox, message, arrays=arrays)
        place = ("conversation", "seq")
        self._marked = changing(outbox, ("status", "attempts", "provider_id", "error"), place, arrays=arrays)
        self._claimed = changing(outbox, ("status",), place, arrays=arrays)
        self._wiped = removing(outbox, place, arrays=arrays, only=_WIPED)

    def read(self, connection: Connection, ids: Sequence[bytes], keys: Sequence[bytes]) -> Known:
        """Locks these conversations until the transaction ends (on SQLite the whole database is), then reads."""
        with driver(connection) as cursor:
            events, talks, ahead = (cursor.connection.cursor() for _ in range(3))
            with one_trip(cursor):
                if self._postgres:
                    locks = sorted(int.from_bytes(key[:8], "big", signed=True) for key in keys)
                    cursor.execute(_LOCK, [locks], prepare=True)
                    self._ahead.run(ahead, keys, self._process)
                self._events.run(events, ids)
                self._talks.run(talks, keys)
            unsent = ahead.fetchall() if self._postgres else []
            return Known(
                {event: (status, attempts) for event, status, attempts in events.fetchall()},
                {key: (state, seq) for key, state, seq in talks.fetchall()},
                {conversation: owner for owner, conversation, *_ in unsent},
                [tuple(row) for owner, *row in unsent if owner == self._process],
            )

    def write(
        self,
        connection: Connection,
        *,
        arrived: Sequence[Row],
        retried: Sequence[Row],
        states: Sequence[Row],
        queued: Sequence[Row],
        claimed: Sequence[Row],
    ) -> None:
        with driver(connection) as cursor, one_trip(cursor):
            for batch, rows in (
                (self._arrived, arrived),
                (self._retried, retried),
                (self._saved, states),
                (self._queued, queued),
                (self._claimed, claimed),
            ):
                if rows:
                    batch.run(cursor, rows)

    def mark(self, connection: Connection, marks: Sequence[Mark]) -> None:
        rows = {(mark.key, mark.seq): _outcome(mark) for mark in marks}  # the last word on a message counts
        ended = [row for row in rows.values() if row["status"] >= Sending.SENT]
        with driver(connection) as cursor, one_trip(cursor):
            self._marked.run(cursor, list(rows.values()))
            if ended:
                self._wiped.run(cursor, ended)


def _outcome(mark: Mark) -> dict[str, Any]:
    return {
        "conversation": mark.key,
        "seq": mark.seq,
        "status": mark.status,
        "attempts": mark.attempts,
        "provider_id": mark.provider_id,
        "error": mark.error,
    }
