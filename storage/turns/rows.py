"""What one group of turns is going to write, row by row, and what it takes away of those who asked to be forgotten.

Not here: deciding the turns (see group.py), the statements of the hot path (see statements.py), what effects write (see effects.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Executable, delete, update

from dialogs.turn import Effect
from storage.claims.retention import forget_claims
from storage.keys.erasing import note_erased
from storage.keys.owners import forget_questions
from storage.keys.tombstones import bury
from storage.sealing import Seal
from storage.tables import Arrived, audit, conversations, inbox, outbox, uploads
from storage.turns.effects import EFFECTS, EffectWriter, Origin, Row


class TurnRows:
    """What one group is going to write. `now` is ms of the database's clock, `started` the same moment of time.monotonic."""

    def __init__(self, now: int, started: float) -> None:
        self.now, self.started = now, started
        self.inbox: list[dict[str, Any]] = []
        self.retried: list[dict[str, Any]] = []
        self.outbox: list[dict[str, Any]] = []
        self.recorded: list[tuple[bytes, EffectWriter, Row]] = []
        self.claimed: list[dict[str, Any]] = []
        self.forgotten: list[bytes] = []

    def record(self, effect: Effect, origin: Origin) -> None:
        """What a turn asks to be kept besides its state and messages."""
        for writer in EFFECTS[type(effect)]:
            self.recorded.append((origin.arrival.key, writer, writer.row(effect, origin)))

    def recorded_by(self, statement: Executable) -> list[Row]:
        return [row for _, writer, row in self.recorded if writer.statement is statement]

    def forget(self, key: bytes) -> None:
        """What the same group did before for this person goes too; the events stay known as seen, naming nobody."""
        self.forgotten.append(key)
        for row in self.inbox:
            if row["conversation"] == key:
                row["conversation"] = row["event"] = None
                row["status"] = int(Arrived.DONE)
        self.recorded = [each for each in self.recorded if each[0] != key or not each[1].goes]
        for _, _, row in self.recorded:
            if row.get("conversation") == key:
                row["conversation"] = None
        self.outbox = [row for row in self.outbox if row["conversation"] != key]
        self.retried = [row for row in self.retried if row["conversation"] != key]


def forget_conversations(connection: Connection, seal: Seal, keys: list[bytes]) -> None:
    """As their people asked for it. No backup that is older brings them back."""
    erase_conversations(connection, seal, keys)
    bury(connection, keys)


def erase_conversations(connection: Connection, seal: Seal, keys: list[bytes]) -> None:
    """Leaves the hashes of seen events (they name nobody) so that a late repeat stays a repeat. What of these people was sealed anywhere,
    ever, opens no more: their keys go with their talks."""
    forget_questions(connection, seal, keys)
    forget_claims(connection, keys)
    nameless = {
        "conversation": None,
        "event": None,
        "status": int(Arrived.DONE),
    }  # what failed has nothing left to try again
    connection.execute(update(inbox).where(inbox.c.conversation.in_(keys)).values(nameless))
    for table, column in (
        (outbox, outbox.c.conversation),
        (uploads, uploads.c.conversation),
        (conversations, conversations.c.key),
    ):
        connection.execute(delete(table).where(column.in_(keys)))
    connection.execute(update(audit).where(audit.c.conversation.in_(keys)).values(conversation=None))
    note_erased(connection)
