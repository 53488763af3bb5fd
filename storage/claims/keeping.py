"""Reads a claim and writes it back with its history, marks and reminders, in the caller's transaction.

Not here: finding one (see finding.py); what an act does to it (see domain/claims/); who may act (see acting.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from domain.claims.claim import Claim, StepMark
from domain.claims.states import OPEN, Transition
from domain.facts import When
from storage.claims.tables import FOUND_BY, PARTS, claim_steps, claim_transitions, claims
from storage.keys.erasing import note_erased
from storage.sealing import DataKey, Seal


class ClaimBody(msgspec.Struct, frozen=True):
    """What is sealed of a claim. `who` is what the organiser's list says: phone, bin, iin, account, protocol, name, prize.

    `events` are ISO 8601 days or instants. `consent` is the instant, language, channel and text version of the winner's consent.
    """

    who: dict[str, str] = {}
    events: dict[str, str] = {}
    branches: tuple[str, ...] = ()
    reminders: bool = True
    zone: str = ""
    consent: dict[str, str] = {}
    story: str = ""


class ClaimDetail(msgspec.Struct, frozen=True):
    """What is sealed of a row of history: who acted, and the reason or note."""

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim as it lies in the database. `conversation` is the talk in which it is led; `key` opens its rows."""

    claim: Claim
    body: ClaimBody
    key: DataKey
    conversation: bytes | None
    changed_at: int


_encode = msgspec.json.Encoder(order="sorted").encode
_read_body = msgspec.json.Decoder(ClaimBody).decode
_read_detail = msgspec.json.Decoder(ClaimDetail).decode


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def moment_of(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def bytes_of(claim: str) -> bytes:
    return uuid.UUID(claim).bytes


def aad_of_claim(id: bytes, version: int) -> bytes:
    return b"claims" + id + version.to_bytes(4, "big")


def aad_of_part(table: Table, id: bytes, *place: object) -> bytes:
    """Where a sealed value of one of a claim's rows lies."""
    return b"\x1f".join((table.name.encode(), id, *(str(part).encode() for part in place)))


def claim_digest(seal: Seal, name: str, value: str) -> bytes:
    """What a winner is found by: `name` is one of FOUND_BY."""
    return seal.digest("claim", name, folded(value))


def folded(number: str) -> str:
    """A number as it is compared: without spaces, hyphens and signs, in one letter case."""
    return "".join(letter for letter in number.casefold() if letter.isalnum())


def read_claim_row(connection: Connection, seal: Seal, row: Row[Any]) -> KeptClaim:
    """Raises SealBroken."""
    key = seal.unwrap(row.data_key, row.id)
    body = _read_body(key.open(row.body, aad_of_claim(row.id, row.version)))
    claim = Claim(
        id=uuid.UUID(bytes=row.id).hex,
        promotion=row.promotion,
        state=row.state,
        opened_at=moment_of(row.opened_at),
        prize=row.prize,
        rank=row.rank,
        draw=row.draw,
        events={name: _when(value) for name, value in body.events.items()},
        branches=frozenset(body.branches),
        marks=_marks(connection, key, row.id),
        reminders=body.reminders,
        version=row.version,
    )
    return KeptClaim(claim, body, key, row.conversation, row.changed_at)


def load(connection: Connection, seal: Seal, claim: str, *, locking: bool = False) -> KeptClaim | None:
    """With `locking`, nobody else changes it until the transaction ends. Raises SealBroken."""
    query = select(claims).where(claims.c.id == bytes_of(claim))
    row = connection.execute(query.with_for_update() if locking else query).one_or_none()
    return read_claim_row(connection, seal, row) if row is not None else None


def create(
    connection: Connection,
    seal: Seal,
    claim: Claim,
    transitions: Iterable[Transition],
    who: Mapping[str, str],
    conversation: bytes | None = None,
    identity: bytes | None = None,
    story: str = "",
    zone: str = "",
) -> KeptClaim:
    """A new claim, found from now on by what `who` says."""
    id = bytes_of(claim.id)
    key = seal.make_key(id)
    body = ClaimBody(dict(who), zone=zone, story=story)
    digests = {name: claim_digest(seal, name, who[name]) for name in FOUND_BY if who.get(name)}
    at = milliseconds(claim.opened_at)
    body, row = _row(claim, body, key, id, at)
    fixed = {"id": id, "promotion": claim.promotion, "opened_at": at, "data_key": key.wrapped, "identity": identity}
    connection.execute(insert(claims).values(**fixed, **digests, **row, conversation=conversation))
    kept = KeptClaim(claim, body, key, conversation, at)
    _history(connection, kept, transitions)
    _write_marks(connection, kept, claim)
    return kept


def save(
    connection: Connection,
    before: KeptClaim,
    claim: Claim,
    transitions: Iterable[Transition],
    at: datetime,
    **body: Any,
) -> KeptClaim:
    """The claim as an act left it. `body` are further fields of ClaimBody."""
    after = msgspec.structs.replace(before.body, **body)
    id, now = bytes_of(claim.id), milliseconds(at)
    claim = replace(claim, version=before.claim.version + 1)
    after, row = _row(claim, after, before.key, id, now)
    connection.execute(update(claims).where(claims.c.id == id).values(row))
    kept = KeptClaim(claim, after, before.key, before.conversation, now)
    _history(connection, kept, transitions)
    _write_marks(connection, kept, before.claim)
    return kept


def link(connection: Connection, kept: KeptClaim, conversation: bytes | None) -> None:
    """From now on the claim is led in this talk, or in none."""
    connection.execute(update(claims).where(claims.c.id == bytes_of(kept.claim.id)).values(conversation=conversation))


def history_of(connection: Connection, kept: KeptClaim) -> tuple[Transition, ...]:
    id, table = bytes_of(kept.claim.id), claim_transitions
    rows = connection.execute(select(table).where(table.c.claim == id).order_by(table.c.number))
    found = []
    for row in rows:
        detail = open_detail(kept.key, table, id, row.detail, row.number)
        found.append(
            Transition(
                row.source, row.target, row.actor, moment_of(row.at), detail.by, detail.reason, row.clause, row.step
            )
        )
    return tuple(found)


def erase(connection: Connection, ids: list[bytes]) -> None:
    """The claims with all that belongs to them; their keys go with them, so that no older copy of a row opens."""
    for table in PARTS if ids else ():
        connection.execute(delete(table).where(table.c.claim.in_(ids)))
    if ids:
        connection.execute(delete(claims).where(claims.c.id.in_(ids)))
        note_erased(connection)


def seal_detail(key: DataKey, table: Table, id: bytes, by: str, reason: str, *place: object) -> bytes:
    return key.seal(_encode(ClaimDetail(by, reason)), aad_of_part(table, id, *place))


def open_detail(key: DataKey, table: Table, id: bytes, sealed: bytes, *place: object) -> ClaimDetail:
    """Raises SealBroken."""
    return _read_detail(key.open(sealed, aad_of_part(table, id, *place)))


def next_number(connection: Connection, table: Table, id: bytes) -> int:
    query = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.claim == id)
    return int(connection.execute(query).scalar_one()) + 1


def _row(claim: Claim, body: ClaimBody, key: DataKey, id: bytes, at: int) -> tuple[ClaimBody, dict[str, Any]]:
    """What changes with an act."""
    body = msgspec.structs.replace(
        body,
        events={name: value.isoformat() for name, value in _dated(claim.events).items()},
        branches=tuple(sorted(claim.branches)),
        reminders=claim.reminders,
    )
    return body, {
        "state": claim.state,
        "prize": claim.prize,
        "rank": claim.rank,
        "draw": claim.draw,
        "changed_at": at,
        "closed_at": None if claim.state in OPEN else at,
        "version": claim.version,
        "body": key.seal(_encode(body), aad_of_claim(id, claim.version)),
    }


def _history(connection: Connection, kept: KeptClaim, transitions: Iterable[Transition]) -> None:
    id, table = bytes_of(kept.claim.id), claim_transitions
    for number, each in enumerate(transitions, next_number(connection, table, id)):
        connection.execute(
            insert(table).values(
                claim=id,
                number=number,
                source=each.source,
                target=each.target,
                actor=each.actor,
                at=milliseconds(each.at),
                clause=each.clause,
                step=each.step,
                detail=seal_detail(kept.key, table, id, each.by, each.reason, number),
                tell_at=None if each.actor == "winner" else milliseconds(each.at),
            )
        )


def _write_marks(connection: Connection, kept: KeptClaim, before: Claim) -> None:
    id, table = bytes_of(kept.claim.id), claim_steps
    known = before.marks if before is not kept.claim else {}
    gone = [step for step in known if known[step] != kept.claim.marks.get(step)]
    if gone:
        connection.execute(delete(table).where(table.c.claim == id, table.c.step.in_(gone)))
    for step, mark in kept.claim.marks.items():
        if known.get(step) == mark:
            continue
        detail = seal_detail(kept.key, table, id, mark.by, mark.reason, step)
        row = {"claim": id, "step": step, "kind": mark.kind, "at": milliseconds(mark.at), "detail": detail}
        connection.execute(insert(table).values(row))


def _marks(connection: Connection, key: DataKey, id: bytes) -> dict[str, StepMark]:
    found = {}
    for row in connection.execute(select(claim_steps).where(claim_steps.c.claim == id)):
        detail = open_detail(key, claim_steps, id, row.detail, row.step)
        found[row.step] = StepMark(row.kind, moment_of(row.at), detail.by, detail.reason)
    return found


def _dated(events: Mapping[str, When]) -> dict[str, When]:
    """Days as days, also where a list gave them as texts."""
    return {name: _when(value) if isinstance(value, str) else value for name, value in events.items()}


def _when(value: str) -> When:
    return date.fromisoformat(value) if len(value) <= len("2024-02-20") else datetime.fromisoformat(value)
