"""Reminders as rows that fall due: planned from the ladder, found when it is time, settled with the turn that says them.

Not here: when each is due and what is said now (see domain/claims/rungs.py and reminders.py). Any process may look: a row changes only in
the transaction that says it, under the lock of its talk, so none is said twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, or_, select, update

from domain.claims.person import ClaimNews
from domain.claims.reminders import Settled
from domain.claims.rungs import Reminder
from domain.claims.states import Transition
from storage.claims.keeping import KeptClaim, bytes_of, milliseconds, moment_of, open_detail, seal_detail
from storage.claims.tables import (
    Waits,
    claim_reminders,
    claim_tasks,
    claim_transitions,
    claims,
)

NOBODY_TO_TELL_AGAIN = timedelta(days=1)
"""A claim without a talk is looked at again then; until somebody leads it, calling is a person's task."""


def plan_reminders(connection: Connection, claim: str, rungs: Iterable[Reminder]) -> None:
    """The ladder as it is now. What was said or dropped stays; what waits and is no rung any more goes."""
    id, table = bytes_of(claim), claim_reminders
    kept = {(row.step, row.rung): row for row in connection.execute(select(table).where(table.c.claim == id))}
    wanted = {(rung.step, rung.rung): rung for rung in rungs}
    for (step, name), row in kept.items():
        this = table.c.claim == id, table.c.step == step, table.c.rung == name
        rung = wanted.pop((step, name), None)
        if row.status != Waits.WAITING:
            continue
        if rung is None:
            connection.execute(delete(table).where(*this))
        elif (milliseconds(rung.due), _text(rung.last)) != (row.due_at, row.last_day):
            at = milliseconds(rung.due)
            connection.execute(update(table).where(*this).values(due_at=at, look_at=at, last_day=_text(rung.last)))
    rows = [
        {
            "claim": id,
            "step": step,
            "rung": name,
            "due_at": milliseconds(rung.due),
            "look_at": milliseconds(rung.due),
            "last_day": _text(rung.last),
            "status": int(Waits.WAITING),
            "reason": "",
        }
        for (step, name), rung in wanted.items()
    ]
    if rows:
        connection.execute(insert(table), rows)


def talks_due(connection: Connection, now: int, limit: int = 500) -> list[bytes]:
    """The talks (keys) in which a reminder is due or a change was not told; `now` is ms UTC."""
    reminder = claim_reminders
    due = select(reminder.c.claim).where(reminder.c.status == int(Waits.WAITING), reminder.c.look_at <= now)
    untold = select(claim_transitions.c.claim).where(claim_transitions.c.tell_at <= now)
    query = select(claims.c.conversation).where(
        claims.c.conversation.is_not(None), or_(claims.c.id.in_(due), claims.c.id.in_(untold))
    )
    return list(connection.execute(query.distinct().limit(limit)).scalars())


def give_to_persons(connection: Connection, now: int, limit: int = 500) -> int:
    """Of claims that nobody leads in a talk, what is due becomes a task «call»; how many claims were looked at. `now` is ms UTC."""
    table = claim_reminders
    due = (
        select(claims.c.id)
        .join(table, table.c.claim == claims.c.id)
        .where(claims.c.conversation.is_(None), table.c.status == int(Waits.WAITING), table.c.look_at <= now)
    )
    ids = list(connection.execute(due.distinct().limit(limit)).scalars())
    later = now + int(NOBODY_TO_TELL_AGAIN.total_seconds() * 1000)
    for id in ids:
        this = table.c.claim == id, table.c.status == int(Waits.WAITING), table.c.look_at <= now
        connection.execute(update(table).where(*this).values(look_at=later))
        known = select(claim_tasks.c.claim).where(claim_tasks.c.claim == id, claim_tasks.c.what == "call")
        if connection.execute(known).first() is None:
            connection.execute(insert(claim_tasks).values(claim=id, what="call", at=now, done_at=None, detail=b""))
    return len(ids)


def due_in(connection: Connection, ids: Iterable[bytes], now: int) -> tuple[Reminder, ...]:
    """Of these claims, what waits and is due; `now` is ms UTC."""
    table = claim_reminders
    query = select(table).where(
        table.c.claim.in_(list(ids)), table.c.status == int(Waits.WAITING), table.c.due_at <= now
    )
    return tuple(map(_reminder, connection.execute(query.order_by(table.c.due_at))))


def told_at(connection: Connection, ids: Iterable[bytes]) -> datetime | None:
    """When one of these claims was last reminded of."""
    table = claim_reminders
    query = select(func.max(table.c.settled_at)).where(table.c.claim.in_(list(ids)), table.c.status == int(Waits.SAID))
    found = connection.execute(query).scalar_one_or_none()
    return moment_of(found) if found is not None else None


def settle_reminders(connection: Connection, settled: Settled, now: datetime, waiting: Iterable[Reminder] = ()) -> None:
    """What a turn decided of the reminders that it was given: said, dropped, a person's task, or later. `waiting` are those given."""
    at = milliseconds(now)
    for each in settled.say:
        _end(connection, each, Waits.SAID, "", at)
    for each, reason in settled.drop:
        _end(connection, each, Waits.DROPPED, reason, at)
    said = {each.key for each in settled.say} | {each.key for each, _ in settled.drop}
    for each in settled.tasks:
        if each.key not in said:
            _end(connection, each, Waits.TASK, "", at)
        add_task(connection, each.claim, f"{each.rung} {each.step}", now)
    if settled.again_at is not None:
        later = milliseconds(settled.again_at.astimezone(UTC))
        for each in waiting:
            this = _this(each)
            connection.execute(update(claim_reminders).where(*this).values(look_at=later))


def add_task(connection: Connection, claim: str, what: str, now: datetime, detail: bytes = b"") -> None:
    """Something for a person to look at; once for each kind of thing."""
    id, table = bytes_of(claim), claim_tasks
    known = select(table.c.claim).where(table.c.claim == id, table.c.what == what[:64])
    if connection.execute(known).first() is None:
        row = {"claim": id, "what": what[:64], "at": milliseconds(now), "done_at": None, "detail": detail}
        connection.execute(insert(table).values(row))


def end_task(connection: Connection, kept: KeptClaim, what: str, by: str, now: datetime) -> bool:
    """A person has seen to it. False where there is no such open task."""
    id, table = bytes_of(kept.claim.id), claim_tasks
    this = table.c.claim == id, table.c.what == what, table.c.done_at.is_(None)
    detail = seal_detail(kept.key, table, id, by, "", what)
    return bool(
        connection.execute(update(table).where(*this).values(done_at=milliseconds(now), detail=detail)).rowcount
    )


def news_of(connection: Connection, kept: Iterable[KeptClaim]) -> tuple[ClaimNews, ...]:
    """What was done to these claims and not told."""
    table, found = claim_transitions, []
    for each in kept:
        id = bytes_of(each.claim.id)
        for row in connection.execute(select(table).where(table.c.claim == id, table.c.tell_at.is_not(None))):
            detail = open_detail(each.key, table, id, row.detail, row.number)
            moved = Transition(
                row.source, row.target, row.actor, moment_of(row.at), "", detail.reason, row.clause, row.step
            )
            found.append(ClaimNews(each.claim.id, row.number, moved))
    return tuple(sorted(found, key=lambda news: news.transition.at))


def news_told(connection: Connection, news: Iterable[ClaimNews]) -> None:
    table = claim_transitions
    for each in news:
        this = table.c.claim == bytes_of(each.claim), table.c.number == each.number
        connection.execute(update(table).where(*this).values(tell_at=None))


def look_later(connection: Connection, ids: Sequence[bytes], now: int, later: int) -> None:
    """What is due by now (ms UTC) of these claims and was not settled is looked at `later`."""
    table, moved = claim_reminders, claim_transitions
    due = table.c.claim.in_(ids), table.c.status == int(Waits.WAITING), table.c.look_at <= now
    connection.execute(update(table).where(*due).values(look_at=later))
    connection.execute(update(moved).where(moved.c.claim.in_(ids), moved.c.tell_at <= now).values(tell_at=later))


def any_waiting(connection: Connection, now: int) -> bool:
    """Whether anything of claims is due: one look by index."""
    table = claim_reminders
    due = select(table.c.claim).where(table.c.status == int(Waits.WAITING), table.c.look_at <= now)
    untold = select(claim_transitions.c.claim).where(claim_transitions.c.tell_at <= now)
    return bool(connection.execute(select(or_(exists(due), exists(untold)))).scalar_one())


def _end(connection: Connection, each: Reminder, status: Waits, reason: str, at: int) -> None:
    values = {"status": int(status), "reason": reason, "settled_at": at}
    connection.execute(update(claim_reminders).where(*_this(each)).values(values))


def _this(each: Reminder) -> tuple[ColumnElement[bool], ...]:
    table = claim_reminders
    return (
        table.c.claim == bytes_of(each.claim),
        table.c.step == each.step,
        table.c.rung == each.rung,
        table.c.status == int(Waits.WAITING),
    )


def _reminder(row: Row[tuple[object, ...]]) -> Reminder:
    last = date.fromisoformat(row.last_day) if row.last_day else None
    return Reminder(uuid.UUID(bytes=row.claim).hex, row.step, row.rung, moment_of(row.due_at), last)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
