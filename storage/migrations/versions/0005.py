"""A message names the event that it answers and the talk's message before it, a talk its last message.

By that SQLite needs no index of all events and messages by talk: only events that no message names are in one, and the key of messages begins
with their number, which rises with time. On PostgreSQL an older program may still be running, which looks for all of them by talk and names
nothing: there indexes and keys stay as they are, and the columns are added without reading a row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OUTBOX = (
    "conversation, seq, channel, status, attempts, owner, created_at, payload, provider_id, delivery, error, wipe, due_at"
)
"""Columns of 0004, in the order in which its tables have them."""


def upgrade() -> None:
    event = sa.Column(
        "event", sa.LargeBinary(length=16), nullable=True, comment="what it answers; in the first of an answer's messages"
    )
    previous = sa.Column(
        "previous", sa.BigInteger(), nullable=True, comment="number of the talk's message before this one"
    )
    lite = op.get_bind().dialect.name == "sqlite"
    if not lite:
        op.add_column("outbox", event)
        op.add_column("outbox", previous)
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
    op.add_column(
        "conversations", sa.Column("told", sa.BigInteger(), nullable=True, comment="number of the last message")
    )
    if lite:
        op.create_index(
            "inbox_alone", "inbox", ["conversation", "seq"], unique=False, sqlite_where=sa.text("alone = 1")
        )
        op.drop_index("inbox_talk", table_name="inbox")
        last = "SELECT max(seq) FROM outbox WHERE outbox.conversation = conversations.key AND wipe = 0"
        op.execute(f"UPDATE conversations SET told = ({last})")
        before = "SELECT max(seq) FROM old WHERE old.conversation = each.conversation AND old.seq < each.seq AND wipe = 0"
        before = f"CASE WHEN each.wipe = 0 THEN ({before}) END"
        _remake(["seq", "conversation"], f"{OUTBOX}, previous", f"{OUTBOX}, {before}", event, previous)
        op.create_index(
            "outbox_farewells", "outbox", ["conversation", "seq"], unique=False, sqlite_where=sa.text("wipe = 1")
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("outbox_farewells", table_name="outbox")
        _remake(["conversation", "seq"], OUTBOX, OUTBOX)
        op.create_index("inbox_talk", "inbox", ["conversation", "seq"], unique=False)
        op.drop_index("inbox_alone", table_name="inbox")
        dropped = [("inbox", "alone"), ("conversations", "told")]
    else:
        dropped = [("inbox", "alone"), ("outbox", "event"), ("outbox", "previous"), ("conversations", "told")]
    for table, column in dropped:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _remake(key: list[str], into: str, values: str, *more: sa.Column) -> None:  # type: ignore[type-arg]
    """SQLite's outbox anew with another key."""
    for index in ("outbox_unsent", "outbox_provider"):
        op.drop_index(index, table_name="outbox")
    op.rename_table("outbox", "old")
    op.create_table(
        "outbox",
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False, comment="the process that sends it"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed: what goes to the provider"),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column("delivery", sa.SmallInteger(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("wipe", sa.SmallInteger(), nullable=False, comment="1: delete the row once it is sent"),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        *more,
        sa.PrimaryKeyConstraint(*key),
    )
    op.execute(f"INSERT INTO outbox ({into}) SELECT {values} FROM old AS each ORDER BY each.rowid")
    op.drop_table("old")
    for name, column, where in (
        ("outbox_unsent", ["conversation", "seq"], "status < 2"),
        ("outbox_provider", ["provider_id"], "provider_id IS NOT NULL AND channel = 'whatsapp'"),
    ):
        op.create_index(name, "outbox", column, unique=False, sqlite_where=sa.text(where))
