"""Pauses that a provider asked for: of one chat, or of a whole channel; whoever sends next obeys them, also after a restart.

Not here: telling the one from the other (see the outbox). Pauses are kept by the database's clock and handed out as seconds from now.
"""

from __future__ import annotations

from sqlalchemy import Connection, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.clock import milliseconds
from storage.processes.presence import notify
from storage.tables import UNDONE, outbox, pauses

MAX_PAUSE_S = 3600.0
"""Seconds."""


def pause_chat(connection: Connection, key: bytes, seconds: float) -> None:
    """What waits in this chat is not sent earlier; what comes later waits behind it."""
    until = milliseconds(connection) + int(seconds * 1000)
    earlier = func.coalesce(outbox.c.due_at, 0) < until
    waiting = outbox.c.conversation == key, UNDONE, earlier
    connection.execute(update(outbox).where(*waiting).values(due_at=until))


def pause_channel(connection: Connection, channel: str, seconds: float) -> None:
    """All processes hear of it at once."""
    until = milliseconds(connection) + int(seconds * 1000)
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    longest = case((pauses.c.until_at > until, pauses.c.until_at), else_=until)
    first = insert(pauses).values(channel=channel, until_at=until)
    connection.execute(first.on_conflict_do_update(index_elements=[pauses.c.channel], set_={"until_at": longest}))
    notify(connection, "look")


def running_pauses(connection: Connection) -> dict[str, float]:
    """Seconds that each channel's pause still lasts. One that seems longer than `MAX_PAUSE_S` is of a clock that was set back since; a
    provider that means it says so again."""
    found = connection.execute(select(pauses)).all()
    if not found:
        return {}
    now = milliseconds(connection)
    left = {row.channel: (row.until_at - now) / 1000 for row in found}
    return {channel: seconds for channel, seconds in left.items() if 0 < seconds <= MAX_PAUSE_S}
