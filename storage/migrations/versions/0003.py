"""Several processes share their limits: when a chat's next message may leave, who divides the overall rate, and who asked for a pause."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column("paced_at", sa.BigInteger(), nullable=True, comment="ms of the database's clock; see domain.pace"),
    )
    op.add_column(
        "outbox",
        sa.Column("due_at", sa.BigInteger(), nullable=True, comment="ms of the database's clock; not sent earlier"),
    )
    op.add_column(
        "processes",
        sa.Column("among", sa.SmallInteger(), nullable=True, comment="into how many parts it divides the rates"),
    )
    op.create_table(
        "pauses",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column(
            "until_at", sa.BigInteger(), nullable=False, comment="ms of the database's clock: the provider asked for it"
        ),
        sa.PrimaryKeyConstraint("channel"),
    )


def downgrade() -> None:
    op.drop_table("pauses")
    for table, column in (("processes", "among"), ("outbox", "due_at"), ("conversations", "paced_at")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
