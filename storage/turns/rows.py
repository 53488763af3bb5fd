"""What one group of turns is going to write, row by row, and what it takes away of those who asked to be forgotten.

Leaves deciding the turns to `group` and the statements of the hot path to `statements`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from dialogs.turn import Audited, Forgotten, QuestionAsked, Voted
from storage.aad import aad_of_question
from storage.sealing import Seal
from storage.tables import ALONE, Arrived, audit, conversations, inbox, outbox, questions, uploads
from storage.turns.message_chain import told
from storage.turns.types import Arrival, Handled

VOTED = update(questions).where(questions.c.token == bindparam("of")).values(vote=bindparam("vote_"))


class TurnRows:
    """What one group is going to write. `now` is ms of the database's clock, `started` the same moment of time.monotonic."""

    def __init__(self, now: int, started: float) -> None:
        self.now, self.started = now, started
        self.inbox: list[dict[str, Any]] = []
        self.retried: list[dict[str, Any]] = []
        self.outbox: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.votes: list[dict[str, Any]] = []
        self.audit: list[dict[str, Any]] = []
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

    def record_effects(self, seal: Seal, arrival: Arrival, handled: Handled) -> None:
        """What a turn asks to be kept besides its state and messages."""
        for number, effect in enumerate(handled.effects):
            match effect:
                case QuestionAsked():
                    self.questions.append(
                        {
                            "token": effect.token,
                            "asked_at": arrival.received_at,
                            "promotion": effect.promotion,
                            "language": effect.language,
                            "text": seal.seal(effect.text.encode("utf-8", "replace"), aad_of_question(effect.token)),
                            "result": effect.result,
                            "clauses": "\n".join(effect.clauses)[:200],
                            "vote": None,
                        }
                    )
                case Voted():
                    self.votes.append({"of": effect.token, "vote_": 1 if effect.vote == "up" else -1})
                case Audited() | Forgotten():
                    what, detail = (effect.what, effect.detail) if isinstance(effect, Audited) else ("forgotten", "")
                    self.audit.append(
                        {
                            "id": seal.digest("audit", arrival.id.hex(), str(number)),
                            "conversation": None if isinstance(effect, Forgotten) else arrival.key,
                            "at": arrival.received_at,
                            "what": what,
                            "detail": detail,
                        }
                    )

    def forget(self, key: bytes) -> None:
        """What the same group did before for this person goes too; the events stay known as seen, naming nobody."""
        self.forgotten.append(key)
        self._answered = None
        for row in self.inbox:
            if row["conversation"] == key:
                row["conversation"] = row["event"] = None
                row["status"] = int(Arrived.DONE)
        for row in self.audit:
            if row["conversation"] == key:
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
