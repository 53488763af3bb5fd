"""What a group asks of the database and tells it: each in one round trip on PostgreSQL.

Leaves what it means to `group` and how rows become SQL to `batches`.
"""

# ruff: noqa: S608 - names come from our own tables, values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from storage.batches import Lookup, Row, changing, driver, encoder, insertion, merging, one_trip, removing
from storage.clock import NOW, local_milliseconds
from storage.tables import Sending, conversations, inbox, outbox
from storage.turns import Mark

LOCK = f"SELECT pg_advisory_xact_lock(k), {NOW} FROM unnest(%b::BIGINT[]) AS k"
NOTIFY = "SELECT pg_notify('utys', %s)"
"""Every process listens: `look` is a reason to look at once at what the beat would find later, `gap` that webhooks may be lost."""
NOBODY = 0
"""The owner of what was given back."""
_AHEAD = " AND status < 2 AND (owner <> %s OR status = 0) ORDER BY conversation, seq"
"""What must be sent before anything new: by another process, or by this one, to which another has given it. In the words of the
partial index `outbox_unsent`."""
_LATE = f"UPDATE {conversations.name} SET paced_at = {{}}(COALESCE(paced_at, 0), {{}}) WHERE key = {{}}"
_WIPED = f"wipe = 1 AND channel <> 'preview' AND {outbox.name}.status >= {int(Sending.SENT)}"
"""The browser reads its farewell from the outbox; `purging` takes it later."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of a group: (status, attempts) of events, (state, seq, pace) of talks, who still sends to a talk, and
    what was given to this process to send: (conversation, seq, channel, sealed payload, attempts, due, wipe). `now` is ms of its clock."""

    now: int
    events: dict[bytes, tuple[int, int]]
    talks: dict[bytes, tuple[bytes, int, int]]
    owners: dict[bytes, int]
    given: list[tuple[bytes, int, str, bytes, int, int, int]]


class Statements:
    def __init__(self, process: int, *, postgres: bool) -> None:
        self._process, self._postgres = process, postgres
        arrays = postgres
        self._numbers = encoder("BIGINT") if postgres else list
        self._events = Lookup([inbox.c.id, inbox.c.status, inbox.c.attempts], inbox.c.id, arrays=arrays)
        talk = [conversations.c[name] for name in ("key", "state", "seq", "paced_at")]
        self._talks = Lookup(talk, conversations.c.key, arrays=arrays)
        ahead = [
            outbox.c[name]
            for name in ("owner", "conversation", "seq", "channel", "payload", "attempts", "due_at", "wipe")
        ]
        self._ahead = Lookup(ahead, outbox.c.conversation, arrays=arrays, more=_AHEAD)
        event = ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error")
        self._arrived = insertion(inbox, event, arrays=arrays)
        self._retried = changing(inbox, ("status", "attempts", "error"), ("id",), arrays=arrays)
        changed = ("state", "seq", "waiting_since", "agent", "paced_at", "updated_at")
        self._saved = merging(conversations, ("key", "channel", *changed), changed, arrays=arrays)
        message = (
            "conversation",
            "seq",
            "channel",
            "status",
            "attempts",
            "owner",
            "created_at",
            "due_at",
            "payload",
            "wipe",
        )
        self._queued = insertion(outbox, message, arrays=arrays)
        place = ("conversation", "seq")
        self._marked = changing(outbox, ("status", "attempts", "provider_id", "error"), place, arrays=arrays)
        self._claimed = changing(outbox, ("status", "owner"), place, arrays=arrays)
        self._released = changing(outbox, ("owner",), place, arrays=arrays)
        self._wiped = removing(outbox, place, arrays=arrays, only=_WIPED)
        self._late = _LATE.format("GREATEST", f"{NOW} + %s", "%s") if postgres else _LATE.format("MAX", "?", "?")

    def read(self, connection: Connection, ids: Sequence[bytes], keys: Sequence[bytes], marks: Sequence[Mark]) -> Known:
        """Locks the conversations until the transaction ends (on SQLite the whole database is), marks, then reads these.

        A message is marked under its conversation's lock and what was given to this process is read after that: whoever gave it either
        saw the mark, or is seen.
        """
        with driver(connection) as cursor:
            clock, events, talks, ahead = (cursor.connection.cursor() for _ in range(4))
            locked = list({*keys, *(mark.key for mark in marks)}) if self._postgres else []
            with one_trip(cursor):
                if self._postgres:
                    clock.execute(LOCK, [self._numbers(sorted(map(place_of, locked)))], prepare=True, binary=True)
                if marks:
                    self._mark(cursor, marks)
                if self._postgres:
                    self._ahead.run(ahead, locked, self._process)
                if ids:
                    self._events.run(events, ids)
                    self._talks.run(talks, keys)
            now = clock.fetchall()[-1][1] if self._postgres else local_milliseconds()
            released = {mark.key for mark in marks if mark.status == Sending.QUEUED}
            owners, given = self._shared(ahead.fetchall() if self._postgres else [], released)
            return Known(
                now,
                {event: (status, attempts) for event, status, attempts in events.fetchall()} if ids else {},
                {key: (state, seq, paced or 0) for key, state, seq, paced in talks.fetchall()} if ids else {},
                owners,
                given,
            )

    def _shared(self, unsent: list[Any], released: set[bytes]) -> tuple[dict[bytes, int], list[Any]]:
        """Who sends what waits in these talks, and of it what falls to this process. A talk has one sender at a time."""
        owners: dict[bytes, int] = {}
        for owner, conversation, *_ in unsent:
            if owner != NOBODY:
                owners[conversation] = owner
        mine = self._process
        taken = (row for owner, *row in unsent if owners.get(row[0], mine) == mine)
        return owners, [tuple(row) for row in taken if row[0] not in released]

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
        """Also commits, in the same round trip on PostgreSQL: nothing may come after it in this transaction."""
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
            if self._postgres:
                cursor.connection.commit()

    def _mark(self, cursor: Any, marks: Sequence[Mark]) -> None:
        rows = {(mark.key, mark.seq): _outcome(mark) for mark in marks}  # the last word on a message counts
        self._marked.run(cursor, list(rows.values()))
        if ended := [rows[mark.key, mark.seq] for mark in marks if mark.wipe]:
            self._wiped.run(cursor, ended)
        if released := [{**row, "owner": NOBODY} for row in rows.values() if row["status"] == Sending.QUEUED]:
            self._released.run(cursor, released)
            if self._postgres:
                cursor.execute(NOTIFY, ["look"])
        if late := {mark.key: mark.spent for mark in marks if mark.spent}:
            self._spend(cursor, late)

    def _spend(self, cursor: Any, late: dict[bytes, int]) -> None:
        """What left late counts from when it left."""
        for key, spent in late.items():
            cursor.execute(self._late, [spent, key] if self._postgres else [local_milliseconds() + spent, key])


def place_of(key: bytes) -> int:
    """The number of a conversation's advisory lock."""
    return int.from_bytes(key[:8], "big", signed=True)


def _outcome(mark: Mark) -> dict[str, Any]:
    return {
        "conversation": mark.key,
        "seq": mark.seq,
        "status": mark.status,
        "attempts": mark.attempts,
        "provider_id": mark.provider_id,
        "error": mark.error,
    }
