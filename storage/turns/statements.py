"""What a group asks of the database and tells it: each in one round trip on PostgreSQL.

Not here: what it means (see group.py); how rows become SQL (see batches.py).
"""

# ruff: noqa: S608 - names come from our own tables, values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from storage.clock import NOW, local_milliseconds
from storage.keys.erasing import note_erased
from storage.keys.owners import farewell_name
from storage.locks import lock_id
from storage.tables import Sending, conversations, inbox, notes, outbox
from storage.turns.arrays import ENCODE
from storage.turns.batches import Lookup, Row, changing, insertion, merging, removing
from storage.turns.trips import Direct, Pipeline, whole
from storage.turns.types import Mark

_LOCK = f"SELECT pg_advisory_xact_lock(k), {NOW} FROM unnest($1::BIGINT[]) AS k"
CHANNEL = "utys"
"""Every process listens: `look` is a reason to look at once at what the beat would find later, `gap` that webhooks may be lost."""
NOBODY = 0
"""The owner of what was given back."""
_AHEAD = " AND status < 2 AND (owner <> $2::BIGINT OR status = 0) ORDER BY conversation, seq"
"""What must be sent before anything new: by another process, or by this one, to which another has given it. In the words of the
partial index `outbox_unsent`."""
_DATA_KEY = f"(SELECT data_key FROM {conversations.name} WHERE key = conversation)"
_TELL = f"SELECT pg_notify('{CHANNEL}', $1::TEXT)"
_LATE = f"UPDATE {conversations.name} SET paced_at = {{}}(COALESCE(paced_at, 0), {{}}) WHERE key = {{}}"
_SAID_LAST = (
    f"DELETE FROM {notes.name} WHERE name = {{}}"
    f" AND NOT EXISTS (SELECT 1 FROM {outbox.name} WHERE conversation = {{}} AND wipe = 1)"
)
"""The key of last words goes with them."""
_WIPED = f"wipe = 1 AND {outbox.name}.status >= {int(Sending.SENT)}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of a group: (status, attempts) of events, (state, seq, pace, wrapped data key) of talks, who still sends to
    a talk, and what was given to this process to send: (conversation, seq, channel, sealed payload, attempts, made, due, wipe, wrapped data
    key). `now` is ms of its clock."""

    now: int
    events: dict[bytes, tuple[int, int]]
    talks: dict[bytes, tuple[bytes, int, int, bytes | None]]
    owners: dict[bytes, int]
    given: list[tuple[bytes, int, str, bytes, int, int, int, int, bytes | None]]


class Statements:
    def __init__(self, process: int, *, postgres: bool) -> None:
        self._process, self._postgres = process, postgres
        arrays = postgres
        self._events = Lookup([inbox.c.id, inbox.c.status, inbox.c.attempts], inbox.c.id)
        talk = [conversations.c[name] for name in ("key", "state", "seq", "paced_at", "data_key")]
        self._talks = Lookup(talk, conversations.c.key)
        farewell = [outbox.c.conversation, outbox.c.seq]
        self._farewells = Lookup(farewell, outbox.c.conversation, more=" AND wipe = 1")
        ahead = [
            outbox.c[name]
            for name in (
                "owner",
                "conversation",
                "seq",
                "channel",
                "payload",
                "attempts",
                "created_at",
                "due_at",
                "wipe",
            )
        ]
        self._ahead = Lookup(ahead, outbox.c.conversation, more=_AHEAD, beside=(_DATA_KEY, bytes))
        event = ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error")
        self._arrived = insertion(inbox, event, arrays=arrays)
        self._retried = changing(inbox, ("status", "attempts", "error"), ("id",), arrays=arrays)
        changed = ("state", "seq", "waiting_since", "agent", "paced_at", "updated_at", "data_key")
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
        outcome = ("status", "attempts", "provider_id", "error")
        # who was given up for dead and comes back late does not take away what the heir has said
        self._marked = changing(outbox, outcome, place, arrays=arrays, only=f"{outbox.name}.status < 2")
        self._claimed = changing(outbox, ("status", "owner"), place, arrays=arrays)
        self._released = changing(outbox, ("owner",), place, arrays=arrays)
        self._wiped = removing(outbox, place, arrays=arrays, only=_WIPED)
        self._said_last = _SAID_LAST.format("$1::TEXT", "$2::BYTEA") if postgres else _SAID_LAST.format("?", "?")
        self._late = (
            _LATE.format("GREATEST", f"{NOW} + $1::BIGINT", "$2::BYTEA") if postgres else _LATE.format("MAX", "?", "?")
        )

    def read(self, connection: Connection, ids: Sequence[bytes], keys: Sequence[bytes], marks: Sequence[Mark]) -> Known:
        """Locks the conversations until the transaction ends (on SQLite the whole database is), marks, then reads these.

        A message is marked under its conversation's lock and what was given to this process is read after that: whoever gave it either
        saw the mark, or is seen. Where nobody has spoken the transaction ends with that, in the same round trip on PostgreSQL.
        """
        locked = list({*keys, *(mark.key for mark in marks)}) if self._postgres else []
        trip = self._trip(connection)
        if locked:
            clock = trip.ask(_LOCK, [ENCODE["BIGINT"](sorted(map(lock_id, locked)))], (bytes, whole))
        if marks:
            self._mark(connection, trip, marks)
        ahead = self._ahead.run(trip, locked, self._process) if locked else None
        events = self._events.run(trip, ids) if ids else None
        talks = self._talks.run(trip, keys) if keys else None
        trip.execute(commit=not ids)
        # what was given back may be taken up by anybody, so only under the lock
        others = {row[1] for row in ahead.rows if row[0] == NOBODY} if ahead and not ids else set()
        released = {mark.key for mark in marks if mark.status == Sending.QUEUED}.difference(keys) | others
        owners, given = self._shared(ahead.rows if ahead else [], released)
        return Known(
            clock.rows[-1][1] if locked else local_milliseconds(),
            {event: (status, attempts) for event, status, attempts in events.rows} if events else {},
            {key: (state, seq, paced or 0, own) for key, state, seq, paced, own in talks.rows} if talks else {},
            owners,
            given,
        )

    def farewells(self, connection: Connection, keys: Sequence[bytes]) -> dict[bytes, int]:
        """The number of the last words that are still kept for somebody forgotten: a new talk must not meet it."""
        trip = self._trip(connection)
        found = self._farewells.run(trip, keys)
        trip.execute(commit=False)
        return dict(sorted(found.rows))

    def _trip(self, connection: Connection) -> Pipeline | Direct:
        return Pipeline(connection) if self._postgres else Direct(connection)

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
        trip = self._trip(connection)
        for batch, rows in (
            (self._arrived, arrived),
            (self._retried, retried),
            (self._saved, states),
            (self._queued, queued),
            (self._claimed, claimed),
        ):
            if rows:
                batch.run(trip, rows)
        trip.execute(commit=True)

    def _mark(self, connection: Connection, trip: Pipeline | Direct, marks: Sequence[Mark]) -> None:
        rows = {(mark.key, mark.seq): _outcome(mark) for mark in marks}  # the last word on a message counts
        self._marked.run(trip, list(rows.values()))
        if ended := [rows[mark.key, mark.seq] for mark in marks if mark.wipe]:
            self._wiped.run(trip, ended)
            for key in {mark.key for mark in marks if mark.wipe}:
                trip.ask(self._said_last, [farewell_name(key), key])
            note_erased(connection)
        if released := [{**row, "owner": NOBODY} for row in rows.values() if row["status"] == Sending.QUEUED]:
            self._released.run(trip, released)
            if self._postgres:
                trip.ask(_TELL, ["look"])
        if late := {mark.key: mark.spent for mark in marks if mark.spent}:
            self._spend(trip, late)

    def _spend(self, trip: Pipeline | Direct, late: dict[bytes, int]) -> None:
        """What left late counts from when it left."""
        for key, spent in late.items():
            trip.ask(self._late, [spent, key] if self._postgres else [local_milliseconds() + spent, key])


def _outcome(mark: Mark) -> dict[str, Any]:
    return {
        "conversation": mark.key,
        "seq": mark.seq,
        "status": mark.status,
        "attempts": mark.attempts,
        "provider_id": mark.provider_id,
        "error": mark.error,
    }
