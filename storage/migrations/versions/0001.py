"""The first schema: conversations, inbox, outbox, audit, questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("audit_talk", "audit", ["conversation", "at"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False, comment="keyed hash of channel and address"),
        sa.Column("state", sa.LargeBinary(), nullable=False, comment="sealed Conversation"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False, comment="number of the last event in or out"),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True, comment="ms; a person was asked for"),
        sa.Column("agent", sa.String(length=36), nullable=True, comment="who holds the talk"),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "conversations_waiting",
        "conversations",
        ["waiting_since"],
        unique=False,
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False, comment="keyed hash of channel and provider id"),
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=True, comment="sealed Incoming"),
        sa.Column(
            "error", sa.String(length=200), nullable=True, comment="type and place of the exception, never its text"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inbox_talk", "inbox", ["conversation", "seq"], unique=False)
    op.create_index(
        "inbox_unfinished",
        "inbox",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("status > 0"),
        postgresql_where=sa.text("status > 0"),
    )
    op.create_table(
        "notes",
        sa.Column(
            "name",
            sa.String(length=64),
            nullable=False,
            comment="small facts of the installation: key sentinel, update offset, ...",
        ),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox",
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False, comment="the process that sends it"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "payload", sa.LargeBinary(), nullable=False, comment="sealed: what goes to the provider, serialised once"
        ),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column(
            "delivery",
            sa.SmallInteger(),
            nullable=True,
            comment="rank of the provider's last status: it only moves forward",
        ),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("wipe", sa.SmallInteger(), nullable=False, comment="1: delete the row once it is sent"),
        sa.PrimaryKeyConstraint("conversation", "seq"),
    )
    op.create_index(
        "outbox_provider",
        "outbox",
        ["provider_id"],
        unique=False,
        sqlite_where=sa.text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
        postgresql_where=sa.text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
    )
    op.create_index(
        "outbox_unsent",
        "outbox",
        ["conversation", "seq"],
        unique=False,
        sqlite_where=sa.text("status < 2"),
        postgresql_where=sa.text("status < 2"),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "questions",
        sa.Column(
            "token",
            sa.String(length=24),
            nullable=False,
            comment="known to the asker's buttons only; leads to no person",
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("promotion", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "text", sa.LargeBinary(), nullable=False, comment="sealed; numbers, addresses and names of accounts masked"
        ),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("clauses", sa.String(length=200), nullable=False),
        sa.Column("vote", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("questions_asked", "questions", ["asked_at"], unique=False)
    op.create_table(
        "whatsapp_contents",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the content's JSON"),
        sa.Column("sid", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def downgrade() -> None:
    op.drop_table("whatsapp_contents")
    op.drop_index("questions_asked", table_name="questions")
    op.drop_table("questions")
    op.drop_table("processes")
    op.drop_index(
        "outbox_unsent", table_name="outbox", sqlite_where=sa.text("status < 2"), postgresql_where=sa.text("status < 2")
    )
    op.drop_index(
        "outbox_provider",
        table_name="outbox",
        sqlite_where=sa.text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
        postgresql_where=sa.text("provider_id IS NOT NULL AND channel = 'whatsapp'"),
    )
    op.drop_table("outbox")
    op.drop_table("notes")
    op.drop_index(
        "inbox_unfinished",
        table_name="inbox",
        sqlite_where=sa.text("status > 0"),
        postgresql_where=sa.text("status > 0"),
    )
    op.drop_index("inbox_talk", table_name="inbox")
    op.drop_table("inbox")
    op.drop_index(
        "conversations_waiting",
        table_name="conversations",
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.drop_table("conversations")
    op.drop_index("audit_talk", table_name="audit")
    op.drop_table("audit")
