"""Who sends what: a talk's unsent messages belong to one process; what nobody living owns is taken over.

Not here: who lives (see presence.py); the handing over during turns (see storage/turns/statements.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from time import monotonic

from sqlalchemy import Connection, bindparam, select, update

from domain.pace import due
from storage.clock import milliseconds
from storage.locks import lock_talks
from storage.sealing import Seal
from storage.tables import UNDONE, Sending, conversations, outbox, processes
from storage.turns.payloads import open_payload
from storage.turns.types import Queued

CONVERSATIONS = 200
"""Talks that are inherited in one transaction at most: they are locked meanwhile."""

_one = outbox.c.conversation == bindparam("of"), outbox.c.seq == bindparam("nr")
_claimed = update(outbox).where(*_one).values(status=int(Sending.IN_FLIGHT))


def take_over(connection: Connection, process: int, channels: Sequence[str]) -> None:
    """Makes this process the owner of all that is unsent on its channels (at start, where no other process serves them)."""
    mine = UNDONE, outbox.c.channel.in_(channels)
    connection.execute(update(outbox).where(*mine).values(owner=process))


def inherit(connection: Connection, process: int, channels: Sequence[str]) -> bool:
    """Gives what nobody living owns to whoever sends to that talk already, else to this process. Whether more may be left."""
    living = select(processes.c.id)
    orphan = UNDONE, outbox.c.owner.not_in(living), outbox.c.channel.in_(channels)
    keys = (
        connection.execute(select(outbox.c.conversation).where(*orphan).distinct().limit(CONVERSATIONS)).scalars().all()
    )
    if not keys:
        return False
    lock_talks(connection, keys)
    owned = UNDONE, outbox.c.conversation.in_(keys), outbox.c.owner.in_(living)
    owners = {row.conversation: row.owner for row in connection.execute(select(outbox).where(*owned))}
    for heir in {process, *owners.values()}:
        talks = [key for key in keys if owners.get(key, process) == heir]
        connection.execute(update(outbox).where(outbox.c.conversation.in_(talks), *orphan).values(owner=heir))
    return len(keys) == CONVERSATIONS


def owned(connection: Connection, process: int) -> set[tuple[bytes, int]]:
    """What is this process's to send, whether it has it in hand or not."""
    query = select(outbox.c.conversation, outbox.c.seq).where(UNDONE, outbox.c.owner == process)
    return {(row.conversation, row.seq) for row in connection.execute(query)}


def claim(
    connection: Connection, seal: Seal, process: int, in_hand: Collection[tuple[bytes, int]] = ()
) -> list[Queued]:
    """What this process has to send and does not have in hand, in order. From now on it counts as on its way: after a crash it may
    have been sent. What is on its way already, and not in hand, may have been."""
    mine = UNDONE, outbox.c.owner == process
    order = outbox.c.conversation, outbox.c.seq
    rows = connection.execute(select(*order, outbox.c.status).where(*mine).order_by(*order)).all()
    found = [row for row in rows if (row.conversation, row.seq) not in in_hand]
    now = milliseconds(connection) if found else 0
    base = monotonic() - now / 1000
    claimed = []
    of_talk = conversations.c.key == outbox.c.conversation
    for start in range(0, len(found), 500):
        part = found[start : start + 500]
        keys = {row.conversation for row in part}
        wanted = {(row.conversation, row.seq) for row in part}
        these = select(outbox, conversations.c.data_key).outerjoin_from(outbox, conversations, of_talk)
        these = these.where(*mine, outbox.c.conversation.in_(keys)).order_by(*order)
        for row in connection.execute(these).all():
            if (row.conversation, row.seq) in wanted:
                place, wipe = (row.conversation, row.seq), bool(row.wipe)
                payload = open_payload(connection, seal, *place, row.payload, row.data_key, wipe=wipe)
                if payload is None:
                    continue
                repeat, at = row.status == Sending.IN_FLIGHT, base + due(row.due_at or 0, row.created_at, now) / 1000
                claimed.append(Queued(*place, row.channel, payload, row.attempts, repeat, at, wipe))
    if waiting := [{"of": queued.key, "nr": queued.seq} for queued in claimed if not queued.may_repeat]:
        connection.execute(_claimed, waiting)
    return claimed
