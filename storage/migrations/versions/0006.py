"""A conversation's events and messages are found by an index on both databases; PostgreSQL has had it always.

An expansion: the columns by which SQLite found them until now (`outbox.event`, `outbox.previous`, `conversations.told`, `inbox.alone`) stay for
one release, because an older program that still runs on PostgreSQL reads and writes them. Nothing new does. SQLite's partial indexes go, for
whatever they found the new ones find too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("outbox_talk", "outbox", ["conversation", "seq"], unique=False)
        op.drop_index("outbox_farewells", table_name="outbox")
        op.create_index("inbox_talk", "inbox", ["conversation", "seq"], unique=False)
        op.drop_index("inbox_alone", table_name="inbox")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("inbox_alone", "inbox", ["conversation", "seq"], unique=False, sqlite_where=sa.text("alone = 1"))
        op.drop_index("inbox_talk", table_name="inbox")
        _link()
        op.create_index(
            "outbox_farewells", "outbox", ["conversation", "seq"], unique=False, sqlite_where=sa.text("wipe = 1")
        )
        op.drop_index("outbox_talk", table_name="outbox")


def _link() -> None:
    """What has been said since names no message before it, and no conversation its last one: 0005 finds messages by that alone."""
    kept = "SELECT max(seq) FROM outbox AS o WHERE o.wipe = 0 AND o.conversation ="
    op.execute(f"UPDATE outbox SET previous = ({kept} outbox.conversation AND o.seq < outbox.seq) WHERE wipe = 0")
    op.execute(f"UPDATE conversations SET told = ({kept} conversations.key)")
