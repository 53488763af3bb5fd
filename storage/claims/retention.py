"""How long claims are kept: until so many days after they were closed, or until their person is forgotten.

Not here: when it is done (see bot/running/chores.py). With a claim go its rows and its key; the audit, which names nobody, stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, exists, select

from storage.claims.keeping import erase
from storage.claims.tables import claims
from storage.tables import conversations


def sweep_claims(connection: Connection, before: int, after: bool | None = None, batch: int = 200) -> bool | None:
    """Erases claims that were closed before (ms UTC): delivered, refused, lost or otherwise over. None once nothing is left."""
    query = select(claims.c.id).where(claims.c.closed_at < before).order_by(claims.c.closed_at).limit(batch)
    ids = list(connection.execute(query).scalars())
    erase(connection, ids)
    return True if len(ids) == batch else None


def forget_claims(connection: Connection, talks: Sequence[bytes]) -> None:
    """The claims that are led in these talks, open ones too: their people want nothing of them kept, and were told what it costs."""
    query = select(claims.c.id).where(claims.c.conversation.in_(talks))
    erase(connection, list(connection.execute(query).scalars()))


def leads_open_claim() -> ColumnElement[bool]:
    """For a query on talks: whether an open claim is led in it."""
    return exists().where(claims.c.conversation == conversations.c.key, claims.c.closed_at.is_(None))
