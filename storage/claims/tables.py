"""The tables of claims: who won, what was done, which reminders wait, when the winner was contacted, what a person must look at.

Not here: filling them (see keeping.py). A claim has a data key of its own; who the winner is, and every word of a person, is sealed
under it. A winner is found by keyed hash. Instants are integer milliseconds since 1970 UTC.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, String, Table, text

from storage.tables import metadata


class Waits(IntEnum):
    """Where a reminder stands. `SAID` was handed to the outbox; `DROPPED` never is, with the reason; `TASK` is a person's only."""

    WAITING = 0
    SAID = 1
    DROPPED = 2
    TASK = 3


def _of_claim() -> Column[Any]:
    return Column("claim", LargeBinary(16), primary_key=True)


claims = Table(
    "claims",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("promotion", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("prize", String(64)),
    Column("rank", SmallInteger, nullable=False, comment="0 winner, 1 or 2 reserve"),
    Column("draw", String(32)),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger, comment="ms; delivered, refused, lost, cancelled, rejected or released"),
    Column("version", Integer, nullable=False, comment="rises with every change"),
    Column("conversation", LargeBinary(16), comment="the talk in which it is led"),
    Column("identity", LargeBinary(16), comment="keyed hash of the row of a list of winners"),
    Column("phone", LargeBinary(16), comment="keyed hash"),
    Column("bin", LargeBinary(16), comment="keyed hash"),
    Column("iin", LargeBinary(16), comment="keyed hash"),
    Column("account", LargeBinary(16), comment="keyed hash"),
    Column("protocol", LargeBinary(16), comment="keyed hash of the protocol's number"),
    Column("body", LargeBinary, nullable=False, comment="sealed: who won, the events, the branches"),
    Column("data_key", LargeBinary, nullable=False, comment="wrapped: what this claim's rows are sealed under"),
)
FOUND_BY = ("phone", "bin", "iin", "account", "protocol")
"""Columns with a keyed hash by which a winner is found."""
Index("claims_talk", claims.c.conversation)
Index("claims_identity", claims.c.identity, unique=True)
Index("claims_closed", claims.c.closed_at)
for name in FOUND_BY[:-1]:
    Index(f"claims_{name}", claims.c[name])

claim_transitions = Table(
    "claim_transitions",
    metadata,
    _of_claim(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", String(16), comment="null where the claim begins"),
    Column("target", String(16), nullable=False),
    Column("actor", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("clause", String(64), nullable=False),
    Column("step", String(32), nullable=False),
    Column("detail", LargeBinary, nullable=False, comment="sealed: who acted, and why"),
    Column("tell_at", BigInteger, comment="ms; null where the winner did it, or has heard of it"),
)
_UNTOLD = text("tell_at IS NOT NULL")
Index(
    "claim_transitions_untold",
    claim_transitions.c.tell_at,
    sqlite_where=_UNTOLD,
    postgresql_where=_UNTOLD,
)

claim_steps = Table(
    "claim_steps",
    metadata,
    _of_claim(),
    Column("step", String(32), primary_key=True),
    Column("kind", String(16), nullable=False, comment="claimed, returned or done"),
    Column("at", BigInteger, nullable=False),
    Column("detail", LargeBinary, nullable=False, comment="sealed: who marked it, and why"),
)

claim_reminders = Table(
    "claim_reminders",
    metadata,
    _of_claim(),
    Column("step", String(32), primary_key=True),
    Column("rung", String(16), primary_key=True),
    Column("due_at", BigInteger, nullable=False, comment="the rung's own instant"),
    Column("look_at", BigInteger, nullable=False, comment="when it is looked at next: later than due_at by night"),
    Column("last_day", String(10), comment="YYYY-MM-DD that it speaks of"),
    Column("status", SmallInteger, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("settled_at", BigInteger),
)
_WAITING = text("status = 0")
Index("claim_reminders_due", claim_reminders.c.look_at, sqlite_where=_WAITING, postgresql_where=_WAITING)

claim_contacts = Table(
    "claim_contacts",
    metadata,
    _of_claim(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("channel", String(16), nullable=False, comment="telegram, whatsapp, preview, call, sms, ..."),
    Column("kind", String(16), nullable=False, comment="reminder, news, or what an agent did"),
    Column("message", BigInteger, comment="number of the message in its talk: the outbox knows what became of it"),
    Column("status", String(24), nullable=False, comment="reached, no_answer, ...; empty where the outbox knows"),
    Column("detail", LargeBinary, nullable=False, comment="sealed: who tried, and a note"),
)

_NO_WORD_YET = text("status = ''")
Index(
    "claim_contacts_open",
    claim_contacts.c.at,
    sqlite_where=_NO_WORD_YET,
    postgresql_where=_NO_WORD_YET,
)

claim_tasks = Table(
    "claim_tasks",
    metadata,
    _of_claim(),
    Column("what", String(64), primary_key=True, comment="passed, silence, held, contradiction, ...; and the step"),
    Column("at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    Column("detail", LargeBinary, nullable=False, comment="sealed: who did it, and what is to be looked at"),
)
claim_links = Table(
    "claim_links",
    metadata,
    Column("digest", LargeBinary(16), primary_key=True, comment="keyed hash of the token, which is kept nowhere"),
    Column("claim", LargeBinary(16), nullable=False),
    Column("until_at", BigInteger, nullable=False, comment="ms"),
)
"""One-time links that move a claim to another talk: the row goes when it is used."""
Index("claim_links_claim", claim_links.c.claim)
PARTS = (claim_transitions, claim_steps, claim_reminders, claim_contacts, claim_tasks, claim_links)
"""The tables whose rows belong to one claim and go with it."""
