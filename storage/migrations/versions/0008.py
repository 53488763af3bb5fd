"""Claims: who won, what was done, reminders that fall due, proofs of contact, tasks for a person.

An expansion: new tables only. An older program that runs on beside this one knows nothing of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_contacts",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "channel", sa.String(length=16), nullable=False, comment="telegram, whatsapp, preview, call, sms, ..."
        ),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="reminder, news, or what an agent did"),
        sa.Column(
            "message",
            sa.BigInteger(),
            nullable=True,
            comment="number of the message in its talk: the outbox knows what became of it",
        ),
        sa.Column(
            "status",
            sa.String(length=24),
            nullable=False,
            comment="reached, no_answer, ...; empty where the outbox knows",
        ),
        sa.Column("detail", sa.LargeBinary(), nullable=False, comment="sealed: who tried, and a note"),
        sa.PrimaryKeyConstraint("claim", "number"),
    )
    op.create_index(
        "claim_contacts_open",
        "claim_contacts",
        ["at"],
        unique=False,
        sqlite_where=sa.text("status = ''"),
        postgresql_where=sa.text("status = ''"),
    )
    op.create_table(
        "claim_links",
        sa.Column(
            "digest",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="keyed hash of the token, which is kept nowhere",
        ),
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False, comment="ms"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("claim_links_claim", "claim_links", ["claim"], unique=False)
    op.create_table(
        "claim_reminders",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False, comment="the rung's own instant"),
        sa.Column(
            "look_at", sa.BigInteger(), nullable=False, comment="when it is looked at next: later than due_at by night"
        ),
        sa.Column("last_day", sa.String(length=10), nullable=True, comment="YYYY-MM-DD that it speaks of"),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("claim", "step", "rung"),
    )
    op.create_index(
        "claim_reminders_due",
        "claim_reminders",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("status = 0"),
        postgresql_where=sa.text("status = 0"),
    )
    op.create_table(
        "claim_steps",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="claimed, returned or done"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False, comment="sealed: who marked it, and why"),
        sa.PrimaryKeyConstraint("claim", "step"),
    )
    op.create_table(
        "claim_tasks",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "what",
            sa.String(length=64),
            nullable=False,
            comment="passed, silence, held, contradiction, ...; and the step",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "detail", sa.LargeBinary(), nullable=False, comment="sealed: who did it, and what is to be looked at"
        ),
        sa.PrimaryKeyConstraint("claim", "what"),
    )
    op.create_table(
        "claim_transitions",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=True, comment="null where the claim begins"),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("clause", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False, comment="sealed: who acted, and why"),
        sa.Column("tell_at", sa.BigInteger(), nullable=True, comment="ms; null where the winner did it, or has heard of it"),
        sa.PrimaryKeyConstraint("claim", "number"),
    )
    op.create_index(
        "claim_transitions_untold",
        "claim_transitions",
        ["tell_at"],
        unique=False,
        sqlite_where=sa.text("tell_at IS NOT NULL"),
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("promotion", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("prize", sa.String(length=64), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False, comment="0 winner, 1 or 2 reserve"),
        sa.Column("draw", sa.String(length=32), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "closed_at",
            sa.BigInteger(),
            nullable=True,
            comment="ms; delivered, refused, lost, cancelled, rejected or released",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="rises with every change"),
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=True, comment="the talk in which it is led"),
        sa.Column(
            "identity", sa.LargeBinary(length=16), nullable=True, comment="keyed hash of the row of a list of winners"
        ),
        sa.Column("phone", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("bin", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("iin", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("account", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("protocol", sa.LargeBinary(length=16), nullable=True, comment="keyed hash of the protocol's number"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="sealed: who won, the events, the branches"),
        sa.Column(
            "data_key", sa.LargeBinary(), nullable=False, comment="wrapped: what this claim's rows are sealed under"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claims_account", "claims", ["account"], unique=False)
    op.create_index("claims_bin", "claims", ["bin"], unique=False)
    op.create_index("claims_closed", "claims", ["closed_at"], unique=False)
    op.create_index("claims_identity", "claims", ["identity"], unique=True)
    op.create_index("claims_iin", "claims", ["iin"], unique=False)
    op.create_index("claims_phone", "claims", ["phone"], unique=False)
    op.create_index("claims_talk", "claims", ["conversation"], unique=False)


def downgrade() -> None:
    """The claims are lost."""
    for table in ("claims", "claim_transitions", "claim_tasks", "claim_steps", "claim_reminders", "claim_contacts", "claim_links"):
        op.drop_table(table)
