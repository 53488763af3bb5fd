"""The tables, the same on SQLite and PostgreSQL.

Not here: filling them (see turns/writer.py) and asking off the hot path (see reads.py). Instants are integer milliseconds since
1970 UTC: they compare alike on both databases and cost no conversion. What names a person is sealed (see sealing.py), looked up by
keyed hash. A migration after 0007 drops `outbox.event`, `outbox.previous`, `conversations.told` and `inbox.alone`: nothing reads or
writes them now, nor adds to `uploads`, but a program of the release before may still run beside this one.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    literal_column,
    text,
)

metadata = MetaData()


class Arrived(IntEnum):
    """What became of an incoming event."""

    DONE = 0
    FAILED = 1
    PARKED = 2


class Sending(IntEnum):
    """Where an outgoing message stands. IN_FLIGHT after a crash means: the outcome is unknown, it may be repeated.

    HELD was unsent when the backup was made that this database was restored from: it was most likely sent by the other copy.
    """

    QUEUED = 0
    IN_FLIGHT = 1
    SENT = 2
    REPEATED = 3
    REFUSED = 4
    CANCELLED = 5
    HELD = 6


conversations = Table(
    "conversations",
    metadata,
    Column("key", LargeBinary(16), primary_key=True, comment="keyed hash of channel and address"),
    Column(
        "state", LargeBinary, nullable=False, comment="sealed Conversation; empty before the first turn was decided"
    ),
    Column("channel", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False, comment="number of the last event in or out"),
    Column("waiting_since", BigInteger, comment="ms; a person was asked for"),
    Column("agent", String(36), comment="who holds the talk"),
    Column("paced_at", BigInteger, comment="ms of the database's clock; see domain.pace"),
    Column("told", BigInteger, comment="number of the last message"),
    Column("updated_at", BigInteger, nullable=False),
    Column("data_key", LargeBinary, comment="wrapped: what this talk's rows are sealed under"),
)
Index(
    "conversations_waiting",
    conversations.c.waiting_since,
    sqlite_where=text("waiting_since IS NOT NULL"),
    postgresql_where=text("waiting_since IS NOT NULL"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", LargeBinary(16), primary_key=True, comment="keyed hash of channel and provider id"),
    Column("conversation", LargeBinary(16)),
    Column("seq", BigInteger, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("event", LargeBinary, comment="sealed Incoming"),
    Column("error", String(200), comment="type and place of the exception, never its text"),
    Column(
        "alone", SmallInteger, nullable=False, server_default=text("1"), comment="0: a message of ours names this event"
    ),
)
Index("inbox_talk", inbox.c.conversation, inbox.c.seq)
Index("inbox_unfinished", inbox.c.received_at, sqlite_where=text("status > 0"), postgresql_where=text("status > 0"))

outbox = Table(
    "outbox",
    metadata,
    Column("conversation", LargeBinary(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("owner", BigInteger, nullable=False, comment="the process that sends it"),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, comment="ms of the database's clock; not sent earlier"),
    Column("payload", LargeBinary, nullable=False, comment="sealed: what goes to the provider, serialised once"),
    Column("provider_id", String(64)),
    Column("delivery", SmallInteger, comment="rank of the provider's last status: it only moves forward"),
    Column("error", String(200)),
    Column("wipe", SmallInteger, nullable=False, comment="1: delete the row once it is sent"),
    Column("event", LargeBinary(16), comment="what it answers; in the first of an answer's messages"),
    Column("previous", BigInteger, comment="number of the talk's message before this one"),
)
# on SQLite the key is (seq, conversation)
Index("outbox_talk", outbox.c.conversation, outbox.c.seq).ddl_if(dialect="sqlite")
Index(
    "outbox_unsent",
    outbox.c.conversation,
    outbox.c.seq,
    sqlite_where=text("status < 2"),
    postgresql_where=text("status < 2"),
)
Index(
    "outbox_provider",
    outbox.c.provider_id,
    sqlite_where=text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
    postgresql_where=text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("conversation", LargeBinary(16)),
    Column("at", BigInteger, nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", String(200), nullable=False),
)
Index("audit_talk", audit.c.conversation, audit.c.at)

questions = Table(
    "questions",
    metadata,
    Column("token", String(24), primary_key=True, comment="known to the asker's buttons only; leads to no person"),
    Column("asked_at", BigInteger, nullable=False),
    Column("promotion", String(64)),
    Column("language", String(2), nullable=False),
    Column("text", LargeBinary, nullable=False, comment="sealed; numbers, addresses and names of accounts masked"),
    Column("result", String(16), nullable=False),
    Column("clauses", String(200), nullable=False),
    Column("vote", SmallInteger),
    Column(
        "owner", LargeBinary(16), comment="with whose key it goes; leads to a person only by that person's data key"
    ),
)
Index("questions_asked", questions.c.asked_at)
Index("questions_owner", questions.c.owner)

question_keys = Table(
    "question_keys",
    metadata,
    Column("owner", LargeBinary(16), primary_key=True),
    Column("data_key", LargeBinary, nullable=False, comment="wrapped: what this owner's questions are sealed under"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("digest", LargeBinary(16), primary_key=True, comment="hash of the key of a talk that was forgotten"),
    Column("at", BigInteger, nullable=False, comment="ms of the database's clock"),
)

whatsapp_contents = Table(
    "whatsapp_contents",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True, comment="SHA-256 of the content's JSON"),
    Column("sid", String(40), nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", LargeBinary(16), primary_key=True, comment="keyed hash of the event that brings it"),
    Column("conversation", LargeBinary(16), nullable=False),
    Column("size", Integer, nullable=False, comment="bytes of the file"),
    Column("kept_at", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed: the file, until it is read"),
)
Index("uploads_talk", uploads.c.conversation)

processes = Table(
    "processes",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("beat_at", BigInteger, nullable=False),
    Column("among", SmallInteger, comment="into how many parts it divides the rates"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("until_at", BigInteger, nullable=False, comment="ms of the database's clock: the provider asked for it"),
)

notes = Table(
    "notes",
    metadata,
    Column(
        "name",
        String(64),
        primary_key=True,
        comment="small facts of the installation: key sentinel, update offset, ...",
    ),
    Column("value", LargeBinary, nullable=False),
)

UNSENT = (int(Sending.QUEUED), int(Sending.IN_FLIGHT))
UNDONE = outbox.c.status < literal_column(str(int(Sending.SENT)))
"""The same in the words of the partial index `outbox_unsent`."""
__all__ = [
    "UNDONE",
    "UNSENT",
    "Arrived",
    "Sending",
    "audit",
    "conversations",
    "inbox",
    "metadata",
    "notes",
    "outbox",
    "pauses",
    "processes",
    "question_keys",
    "questions",
    "tombstones",
    "uploads",
    "whatsapp_contents",
]
