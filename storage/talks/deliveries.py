"""What is known of messages on their way: provider ids, delivery status, counts.

Not here: the outbox's own marks (see storage/turns/statements.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import (
    UNDONE,
    conversations,
    inbox,
    outbox,
    whatsapp_contents,
)
from storage.talks.parked import count_parked
from storage.turns.types import file_jobs_of


def counts(connection: Connection) -> dict[str, int]:
    """How much is unsent and how much is parked, for health and doctor."""
    unsent_rows = connection.execute(select(func.count()).select_from(outbox).where(UNDONE)).scalar_one()
    return {"unsent": int(unsent_rows), "parked": count_parked(connection)}


def find_content(connection: Connection, digest: bytes) -> str | None:
    return connection.execute(
        select(whatsapp_contents.c.sid).where(whatsapp_contents.c.digest == digest)
    ).scalar_one_or_none()


def keep_content(connection: Connection, digest: bytes, sid: str) -> str:
    """The sid that is kept: of two processes that made the same content at the same moment, both get that of the first."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(whatsapp_contents).values(digest=digest, sid=sid).on_conflict_do_nothing())
    return find_content(connection, digest) or sid


def known_to_be_sent(connection: Connection, channel: str, provider_ids: Sequence[str]) -> set[str]:
    """Those of a provider's message ids that stand for messages of ours."""
    ids = outbox.c.provider_id.in_(provider_ids), _on(channel)
    return set(connection.execute(select(outbox.c.provider_id).where(*ids)).scalars())


def arrived(connection: Connection, ids: Sequence[bytes]) -> set[bytes]:
    """Those of these events that came before, whatever became of them."""
    found: set[bytes] = set()
    for start in range(0, len(ids), 500):  # a statement takes only so many parameters
        some = inbox.c.id.in_(ids[start : start + 500])
        found.update(connection.execute(select(inbox.c.id).where(some)).scalars())
    return found


def waits_for_file(connection: Connection, conversation: bytes, channel: str) -> bool | None:
    """Whether a file of this talk is still to be read; None where there is no such talk (any more)."""
    known = connection.execute(select(conversations.c.key).where(conversations.c.key == conversation)).first()
    if known is None:
        return None
    jobs = (outbox.c.conversation == conversation, outbox.c.channel == file_jobs_of(channel), UNDONE)
    return connection.execute(select(outbox.c.seq).where(*jobs).limit(1)).first() is not None


def move_delivery(connection: Connection, channel: str, provider_id: str, rank: int, error: str | None) -> bool:
    """Moves a message's delivery status forward, never back. False where no such message is known."""
    message = outbox.c.provider_id == provider_id, _on(channel)
    known = connection.execute(select(outbox.c.delivery).where(*message)).first()
    if known is None:
        return False
    if rank > (known.delivery or 0):
        values: dict[str, Any] = {"delivery": rank}
        if error:
            values["error"] = error
        connection.execute(update(outbox).where(*message).values(values))
    return True


def _on(channel: str) -> ColumnElement[bool]:
    """As a literal, in the words of the partial index `outbox_provider`: with a bound value every message would be read."""
    return outbox.c.channel == literal(channel, literal_execute=True)
