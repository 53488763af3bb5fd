"""A message names the event that it answers; only events that no message names are in an index by talk."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ALONE = sa.text("alone = 1")


def upgrade() -> None:
    op.add_column(
        "outbox",
        sa.Column(
            "event",
            sa.LargeBinary(length=16),
            nullable=True,
            comment="what it answers; in the first of an answer's messages",
        ),
    )
    op.add_column(
        "inbox",
        sa.Column(
            "alone",
            sa.SmallInteger(),
            server_default=sa.text("1"),
            nullable=False,
            comment="0: a message of ours names this event",
        ),
    )
    op.create_index(
        "inbox_alone", "inbox", ["conversation", "seq"], unique=False, sqlite_where=ALONE, postgresql_where=ALONE
    )
    op.drop_index("inbox_talk", table_name="inbox")


def downgrade() -> None:
    op.create_index("inbox_talk", "inbox", ["conversation", "seq"], unique=False)
    op.drop_index("inbox_alone", table_name="inbox")
    for table, column in (("inbox", "alone"), ("outbox", "event")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
