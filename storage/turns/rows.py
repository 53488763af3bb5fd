"""What one group of turns is going to write, row by row, and what it takes away of those who asked to be forgotten.

Not here: deciding the turns (see group.py), the statements of the hot path (see statements.py), what effects write (see effects.py).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Executable, and_, delete, select, update

from dialogs.turn import Effect
from storage.tables import ALONE, Arrived, audit, conversations, inbox, outbox, uploads
from storage.turns.effects import EFFECTS, Origin, Row
from storage.turns.message_chain import told


class TurnRows:
    """What one group is going to write. `now` is ms of the database's clock, `started` the same moment of time.monotonic."""

    def __init__(self, now: int, started: float) -> None:
        self.now, self.started = now, started
        self.inbox: list[dict[str, Any]] = []
        self.retried: list[dict[str, Any]] = []
        self.outbox: list[dict[str, Any]] = []
        self.recorded: defaultdict[Executable, list[Row]] = defaultdict(list)
        self.claimed: list[dict[str, Any]] = []
        self.forgotten: list[bytes] = []
        self._answered: dict[str, Any] | None = None

    def arrive(self, row: dict[str, Any]) -> None:
        """An event; the first message that follows names it. One that failed is named by none: its messages may go before it does."""
        self.inbox.append(row)
        row["alone"] = 1
        self._answered = row if row["status"] == Arrived.DONE else None

    def retry(self, row: dict[str, Any]) -> None:
        self.retried.append(row)
        self._answered = None

    def queue(self, row: dict[str, Any]) -> None:
        row["event"] = None
        if self._answered is not None:
            self._answered["alone"], row["event"] = 0, self._answered["id"]
            self._answered = None
        self.outbox.append(row)

    def record(self, effect: Effect, origin: Origin) -> None:
        """What a turn asks to be kept besides its state and messages."""
        writer = EFFECTS[type(effect)]
        if writer is not None:
            self.recorded[writer.statement].append(writer.row(effect, origin))

    def forget(self, key: bytes) -> None:
        """What the same group did before for this person goes too; the events stay known as seen, naming nobody."""
        self.forgotten.append(key)
        self._answered = None
        for row in self.inbox:
            if row["conversation"] == key:
                row["conversation"] = row["event"] = None
                row["status"] = int(Arrived.DONE)
        for row in [row for rows in self.recorded.values() for row in rows]:
            if row.get("conversation") == key:
                row["conversation"] = None
        self.outbox = [row for row in self.outbox if row["conversation"] != key]
        self.retried = [row for row in self.retried if row["conversation"] != key]


def forget_conversations(connection: Connection, keys: list[bytes]) -> None:
    """Leaves the hashes of seen events (they name nobody) so that a late repeat stays a repeat."""
    nameless = {
        "conversation": None,
        "event": None,
        "status": int(Arrived.DONE),
    }  # what failed has nothing left to try again
    messages = told(connection, keys)
    named = select(outbox.c.event).where(messages, outbox.c.event.is_not(None))
    for events in (inbox.c.id.in_(named), and_(ALONE, inbox.c.conversation.in_(keys))):
        connection.execute(update(inbox).where(events).values(nameless))
    connection.execute(delete(outbox).where(messages))
    for table, column in ((uploads, uploads.c.conversation), (conversations, conversations.c.key)):
        connection.execute(delete(table).where(column.in_(keys)))
    connection.execute(update(audit).where(audit.c.conversation.in_(keys)).values(conversation=None))
