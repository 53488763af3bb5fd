"""Keeps a one-time link, and takes it once: only a keyed hash of its token is kept, for a day.

Not here: the token (see domain/claims/links.py).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from domain.claims.links import LIVES
from storage.claims.keeping import KeptClaim, bytes_of, load
from storage.claims.tables import claim_links
from storage.sealing import Seal


def keep_link(connection: Connection, seal: Seal, claim: str, token: str, now: int) -> None:
    """A claim has one link at a time: an older one ends. `now` is ms UTC."""
    id, table = bytes_of(claim), claim_links
    connection.execute(delete(table).where(table.c.claim == id))
    until = now + int(LIVES.total_seconds() * 1000)
    connection.execute(insert(table).values(digest=_digest(seal, token), claim=id, until_at=until))


def claim_of_link(connection: Connection, seal: Seal, token: str, now: int) -> KeptClaim | None:
    """The claim that a link leads to, None where it was used or is older than a day. Raises SealBroken."""
    table = claim_links
    query = select(table.c.claim).where(table.c.digest == _digest(seal, token), table.c.until_at > now)
    found = connection.execute(query).scalar_one_or_none()
    return load(connection, seal, found.hex()) if found is not None else None


def take_link(connection: Connection, seal: Seal, claim: str, token: str, now: int) -> bool:
    """Uses the link up; False where somebody was faster, or it is not of this claim."""
    table = claim_links
    this = table.c.digest == _digest(seal, token), table.c.claim == bytes_of(claim), table.c.until_at > now
    return connection.execute(delete(table).where(*this)).rowcount == 1


def _digest(seal: Seal, token: str) -> bytes:
    return seal.digest("claim link", token)
