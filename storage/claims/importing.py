"""A list of winners becomes claims: confirmed ones, reserve winners who stand by, and reported claims that the list confirms.

The same list twice changes nothing, and no list takes a claim away. What contradicts is left as it is and becomes a task for a person.
Not here: reading the list (see storage/lists/kinds/winners.py).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, text, update

from domain.calendar import Calendar
from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.by_agent import confirm
from domain.claims.states import ClaimRefusal, ClaimState
from domain.facts import When, read_when
from domain.promotion import Promotion
from storage.claims.acting import keep_act, replan
from storage.claims.keeping import KeptClaim, bytes_of, claim_digest, create, read_claim_row, seal_detail
from storage.claims.reminders import add_task
from storage.claims.tables import FOUND_BY, claim_tasks, claims
from storage.lists.keeping import Change
from storage.lists.kinds.records import Record, Remark
from storage.sealing import Seal


def import_winners(
    connection: Connection,
    seal: Seal,
    promotion: Promotion,
    records: Sequence[Record],
    now: datetime,
    source: str,
    calendar: Calendar | None = None,
    *,
    skipping: bool = False,
) -> Change:
    """What the list adds and what of it is known. `source` is the list's name, for the history. Raises SealBroken.

    Rows that contradict a claim are refused; with `skipping` they also become a task of that claim. The caller's transaction makes it
    whole, and may take it back.
    """
    if connection.dialect.name == "postgresql":  # of two imports of one list, the second waits for the first
        digest = hashlib.sha256(f"{promotion.slug}/winners".encode()).digest()
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": int.from_bytes(digest[:8], "big", signed=True)}
        )
    added = known = 0
    refused = []
    for record in records:
        before = _kept(connection, seal, promotion, record)
        if before is None:
            _add(connection, seal, promotion, record, now, source, calendar)
            added += 1
        elif wrong := _contradicts(before, record, promotion):
            refused.append(Remark(record.row, f"was imported before with another {', '.join(wrong)}: left as it is"))
            if skipping:
                _task(connection, before, now, f"the list {source} says another {', '.join(wrong)}")
        else:
            known += 1
    return Change(added, known, refused=tuple(refused))


def _identity(seal: Seal, promotion: Promotion, record: Record) -> bytes:
    return seal.digest("winner", promotion.slug, *record.identity)


def _kept(connection: Connection, seal: Seal, promotion: Promotion, record: Record) -> KeptClaim | None:
    query = select(claims).where(claims.c.identity == _identity(seal, promotion, record)).with_for_update()
    row = connection.execute(query).one_or_none()
    return read_claim_row(connection, seal, row) if row is not None else None


def _contradicts(kept: KeptClaim, record: Record, promotion: Promotion) -> list[str]:
    """What the list says otherwise than the one before. What it adds, or leaves out, is no contradiction."""
    event = promotion.claim.draw_event if promotion.claim is not None else "drawn_at"
    before = {**kept.body.who, "drawn_on": kept.body.events.get(event, "")}
    names = (*FOUND_BY, "name", "drawn_on")
    return [name for name in names if before.get(name) and name in record.said and before[name] != record.said[name]]


def _add(
    connection: Connection,
    seal: Seal,
    promotion: Promotion,
    record: Record,
    now: datetime,
    source: str,
    calendar: Calendar | None,
) -> None:
    who = {name: str(record.said[name]) for name in (*FOUND_BY, "name") if name in record.said}
    event = promotion.claim.draw_event if promotion.claim is not None else "drawn_at"
    events: dict[str, When] = {event: read_when(record.said["drawn_on"], promotion.zone)}
    acting, prize, rank = Acting("import", now, source), record.said.get("prize"), int(record.said["rank"])
    reported = _reported(connection, seal, promotion, record) if rank == 0 else []
    agreeing = [each for each in reported if each.claim.prize in (None, prize)]
    if len(agreeing) == 1 and len(reported) == 1:
        _confirm(connection, seal, promotion, agreeing[0], record, who, events, acting, calendar)
        return
    state: ClaimState = "standby" if rank else "confirmed"
    made = begin(uuid.uuid4().hex, promotion, state, acting, prize, rank, record.part or None, events)
    if isinstance(made, ClaimRefusal):
        raise ValueError(f"row {record.row} makes no claim: {made.code}")
    kept = create(connection, seal, made.claim, made.transitions, who, identity=_identity(seal, promotion, record))
    replan(connection, kept, promotion, now, calendar)
    for each in reported:
        _task(connection, each, now, f"the list {source} has a claim of this phone beside it")


def _reported(connection: Connection, seal: Seal, promotion: Promotion, record: Record) -> list[KeptClaim]:
    """Claims that somebody with this phone, vouched for by the channel, has reported and no list has confirmed."""
    if record.phone is None:
        return []
    query = select(claims).where(
        claims.c.phone == claim_digest(seal, "phone", record.phone),
        claims.c.promotion == promotion.slug,
        claims.c.state == "reported",
        claims.c.identity.is_(None),
    )
    return [read_claim_row(connection, seal, row) for row in connection.execute(query.with_for_update()).all()]


def _confirm(
    connection: Connection,
    seal: Seal,
    promotion: Promotion,
    before: KeptClaim,
    record: Record,
    who: dict[str, str],
    events: dict[str, When],
    acting: Acting,
    calendar: Calendar | None,
) -> None:
    acted = confirm(before.claim, acting, events)
    assert isinstance(acted, ClaimActed), acted
    claim = replace(acted.claim, prize=record.said.get("prize"), draw=record.part or None)
    digests = {name: claim_digest(seal, name, who[name]) for name in FOUND_BY if name in who}
    keep_act(connection, seal, before, replace(acted, claim=claim), promotion, acting.at, calendar, who=who)
    this = claims.c.id == bytes_of(claim.id)
    connection.execute(update(claims).where(this).values(**digests, identity=_identity(seal, promotion, record)))


def _task(connection: Connection, kept: KeptClaim, now: datetime, why: str) -> None:
    id = bytes_of(kept.claim.id)
    add_task(
        connection,
        kept.claim.id,
        "contradiction",
        now,
        seal_detail(kept.key, claim_tasks, id, "", why, "contradiction"),
    )
