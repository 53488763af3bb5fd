"""One transaction over many turns: the statements that make turns durable, exactly once and in order.

Not here: the transaction's begin and end (see writer.py). The order of work: lock the conversations, leave out what was seen before,
load, decide each turn, write everything in batches.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import msgspec
import structlog
from sqlalchemy import Connection

from dialogs.conversation import Conversation
from dialogs.turn import Forgotten
from domain.claims.effects import ClaimEffect
from domain.pace import due
from storage.aad import aad_of_event, aad_of_payload, aad_of_state, read_state
from storage.claims.in_turn import keep_claims
from storage.keys.owners import farewell_key
from storage.sealing import DataKey, Seal, SealBroken, Sealer, UnknownKey
from storage.tables import Arrived, Sending
from storage.turns.effects import STATEMENTS, Origin, Row
from storage.turns.needs import with_needs
from storage.turns.payloads import open_payload
from storage.turns.rows import TurnRows, forget_conversations
from storage.turns.statements import Known, Statements
from storage.turns.types import Arrival, Committed, Handled, Mark, Queued, Turns, file_jobs_of

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
"""An event that fails so many times is parked."""

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Done:
    """What a transaction did: to its arrivals, and which messages of other processes it took over to send, in order."""

    results: list[Committed]
    given: list[Queued]


class _Pending:
    """A conversation while its group is decided. `changed` is what is to be written; `fresh` a data key that is not kept yet; `kept` says
    that there is a row."""

    __slots__ = ("changed", "channel", "fresh", "heard_at", "kept", "key", "owner", "paced_at", "seq", "state")

    def __init__(
        self, state: Conversation | None, seq: int, owner: int, paced_at: int, key: DataKey | None, *, kept: bool
    ) -> None:
        self.state, self.seq, self.owner, self.paced_at = state, seq, owner, paced_at
        self.key, self.kept = key, kept
        self.changed = self.fresh = False
        self.heard_at = 0
        self.channel = ""


class Group:
    def __init__(self, seal: Seal, turns: Turns, process: int, *, postgres: bool) -> None:
        self._seal, self._turns, self._process = seal, turns, process
        self._statements = Statements(process, postgres=postgres)

    def commit(
        self,
        connection: Connection,
        arrivals: Sequence[Arrival],
        marks: Sequence[Mark],
        refused: str | None = None,
    ) -> Done:
        """`refused` says why these arrivals could not be kept before: they count as failed, and their turn is not taken.

        Messages given to this process go before everything new.
        """
        if not arrivals and not marks:
            return Done([], [])
        keys = sorted({arrival.key for arrival in arrivals})
        known = self._statements.read(connection, [arrival.id for arrival in arrivals], keys, marks)
        given = self._take(connection, known)
        if not arrivals and not given:
            return Done([], [])
        seen = known.events
        new = [key for key in keys if key not in known.talks or not known.talks[key][0]]
        last_words = self._statements.farewells(connection, new) if new else {}
        talks = {key: self._open(key, known, last_words, anew=refused is not None) for key in keys}
        rows = TurnRows(known.now, monotonic())
        results = [self._decide(connection, arrival, talks[arrival.key], seen, rows, refused) for arrival in arrivals]
        rows.claimed = [
            {"conversation": q.key, "seq": q.seq, "status": int(Sending.IN_FLIGHT), "owner": self._process}
            for q in given
        ]
        self._write(connection, talks, rows)
        return Done(results, given)

    def _take(self, connection: Connection, known: Known) -> list[Queued]:
        base, taken = monotonic() - known.now / 1000, []
        for key, seq, channel, sealed, attempts, made, due_at, wipe, wrapped in known.given:
            payload = open_payload(connection, self._seal, key, seq, sealed, wrapped, wipe=bool(wipe))
            if payload is not None:
                at = base + due(due_at or 0, made, known.now) / 1000
                taken.append(Queued(key, seq, channel, payload, attempts, due=at, wipe=bool(wipe)))
        return taken

    def _open(self, key: bytes, known: Known, last_words: dict[bytes, int], *, anew: bool) -> _Pending:
        """`anew`: a talk that cannot be read begins afresh, so that it does not stay shut for ever. Not so where only a master key is
        missing that somebody can put back: what begins afresh has another data key."""
        owner = known.owners.get(key, self._process)
        if key not in known.talks:
            return _Pending(None, last_words.get(key, 0), owner, 0, None, kept=False)
        sealed, seq, paced_at, wrapped = known.talks[key]
        own: DataKey | None = None
        try:
            own = self._seal.unwrap(wrapped, key) if wrapped is not None else None
            state = read_state(own or self._seal, key, seq, sealed)
            return _Pending(state, max(seq, last_words.get(key, 0)), owner, paced_at, own, kept=True)
        except UnknownKey:
            raise
        except (SealBroken, msgspec.DecodeError):
            if not anew:
                raise
            return _Pending(None, seq, owner, paced_at, own, kept=wrapped is None or own is not None)

    def _decide(
        self,
        connection: Connection,
        arrival: Arrival,
        talk: _Pending,
        seen: dict[bytes, tuple[int, int]],
        rows: TurnRows,
        refused: str | None,
    ) -> Committed:
        before = seen.get(arrival.id)
        retry = before is not None and before[0] == Arrived.FAILED and arrival.attempt > 0
        retry = retry and arrival.key not in rows.forgotten
        if before is not None and not retry:
            return Committed(arrival, duplicate=True)
        attempts = (before[1] if before else 0) + 1
        status, error, parked = Arrived.DONE, refused, False
        handled: Handled | None = None
        try:
            if not refused:
                handled = self._turns.handle(
                    with_needs(connection, self._seal, self._turns, arrival, talk.state), talk.state
                )
        except (
            Exception
        ) as bug:  # the one place where a bug in a dialog is caught: the event is kept, the person is told
            error = _where(bug)
        if error:
            parked = attempts >= MAX_ATTEMPTS
            status = Arrived.PARKED if parked else Arrived.FAILED
            log.error("turn_failed", error=error, attempts=attempts)
            if parked:
                handled = self._apology(arrival, talk)
        seen[arrival.id] = (int(status), attempts)
        # numbers follow the clock, so that what is new stands side by side in the key of SQLite's messages
        talk.seq = max(talk.seq + 1, arrival.received_at)
        talk.heard_at, talk.channel = arrival.received_at, arrival.incoming.channel
        talk.changed |= talk.state is not None and not refused  # what failed has a number of its own
        if retry:
            again = {"id": arrival.id, "status": int(status), "attempts": attempts, "error": error}
            rows.retried.append({**again, "conversation": arrival.key})
        else:
            event = self._key(talk, arrival.key).seal(_encode(arrival.incoming), aad_of_event(arrival.id))
            rows.inbox.append(
                {
                    "id": arrival.id,
                    "conversation": arrival.key,
                    "seq": talk.seq,
                    "status": int(status),
                    "attempts": attempts,
                    "received_at": arrival.received_at,
                    "event": event,
                    "error": error,
                }
            )
        sends = self._enqueue(connection, arrival, talk, handled, rows) if handled else ()
        return Committed(arrival, failed=error if not parked else None, parked=parked, sends=sends)

    def _apology(self, arrival: Arrival, talk: _Pending) -> Handled | None:
        try:
            return self._turns.apologise(arrival, talk.state)
        except Exception as bug:  # even the apology failed: the event is parked, the chat goes on
            log.error("apology_failed", error=_where(bug))
            return None

    def _key(self, talk: _Pending, key: bytes) -> Sealer:
        """The talk's own, made with the first that it seals. A talk from before there were such keys gets one with its next state."""
        if talk.key is None:
            if talk.kept and not talk.changed:
                return self._seal
            talk.key, talk.fresh = self._seal.make_key(key), True
        return talk.key

    def _enqueue(
        self, connection: Connection, arrival: Arrival, talk: _Pending, handled: Handled, rows: TurnRows
    ) -> tuple[Queued, ...]:
        forgotten = any(isinstance(effect, Forgotten) for effect in handled.effects)
        talk.state = None if forgotten else handled.conversation
        talk.changed = not forgotten
        own: Sealer
        if forgotten:
            rows.forget(arrival.key)
            talk.key, talk.fresh, talk.kept = None, False, False
            words = bool(handled.payloads or handled.file_jobs)
            own = farewell_key(connection, self._seal, arrival.key) if words else self._seal.make_key(arrival.key)
        else:
            own = self._key(talk, arrival.key)
        assert isinstance(own, DataKey), "a decided turn leaves a state, and a state has a key"
        sends = []
        heard_on = arrival.incoming.channel
        calls = [(heard_on, payload) for payload in handled.payloads]
        calls += [(file_jobs_of(heard_on), payload) for payload in handled.file_jobs]
        for channel, payload in calls:
            talk.seq += 1
            due_at = rows.now
            if channel == heard_on:
                due_at, talk.paced_at = handled.pace.schedule(talk.paced_at, rows.now)
            rows.outbox.append(
                {
                    "conversation": arrival.key,
                    "seq": talk.seq,
                    "channel": channel,
                    "status": int(Sending.IN_FLIGHT if talk.owner == self._process else Sending.QUEUED),
                    "attempts": 0,
                    "owner": talk.owner,
                    "created_at": arrival.received_at,
                    "due_at": due_at,
                    "payload": own.seal(payload, aad_of_payload(arrival.key, talk.seq)),
                    "wipe": int(forgotten),
                }
            )
            if talk.owner == self._process:
                at = rows.started + (due_at - rows.now) / 1000
                sends.append(Queued(arrival.key, talk.seq, channel, payload, due=at, wipe=forgotten))
        for number, effect in enumerate(handled.effects):
            rows.record(effect, Origin(self._seal, own, arrival, number))
        if not forgotten and (arrival.incoming.kind == "deadline" or _of_claims(handled)):
            first = talk.seq - len(calls) + 1 if handled.payloads else None
            now, incoming = arrival.received_at, arrival.incoming
            keep_claims(connection, self._seal, arrival.key, incoming, handled.effects, now, first)
        return tuple(sends)

    def _row(self, key: bytes, talk: _Pending) -> Row:
        """Where nothing was decided yet it only keeps the key of what was heard."""
        state, sealer = talk.state, self._key(talk, key)
        assert isinstance(sealer, DataKey)
        return {
            "key": key,
            "state": sealer.seal(_encode(state), aad_of_state(key, talk.seq)) if state else b"",
            "channel": state.channel if state else talk.channel,
            "seq": talk.seq,
            "waiting_since": _milliseconds(state),
            "agent": state.handoff.agent if state and state.handoff else None,
            "paced_at": talk.paced_at,
            "updated_at": talk.heard_at,
            "data_key": sealer.wrapped,
        }

    def _write(self, connection: Connection, talks: dict[bytes, _Pending], rows: TurnRows) -> None:
        if rows.forgotten:
            forget_conversations(connection, self._seal, rows.forgotten)
        states = [
            self._row(key, talk)
            for key, talk in talks.items()
            if talk.fresh or (talk.changed and talk.state is not None)
        ]
        for statement in STATEMENTS if rows.recorded else ():
            if recorded := rows.recorded_by(statement):
                connection.execute(statement, recorded)
        self._statements.write(
            connection,
            arrived=rows.inbox,
            retried=rows.retried,
            states=states,
            queued=rows.outbox,
            claimed=rows.claimed,
        )


def _of_claims(handled: Handled) -> bool:
    return any(isinstance(effect, ClaimEffect) for effect in handled.effects)


def _milliseconds(state: Conversation | None) -> int | None:
    return int(state.handoff.since.timestamp() * 1000) if state and state.handoff else None


def _where(bug: Exception) -> str:
    """Type and place of an exception; its text may hold what a person wrote, so it is left out."""
    frames = traceback.extract_tb(bug.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(bug).__name__} at {place}"[:200]
