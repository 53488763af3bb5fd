"""A data key for each talk and each list, questions that go with their person, and tombstones of who was forgotten.

An expansion: the keys themselves are made by the program, with a talk's next turn or by `utys keys rotate`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COMMENTS = (
    (
        "conversations",
        "state",
        "sealed Conversation",
        "sealed Conversation; empty before the first turn was decided",
    ),
)


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column(
            "data_key", sa.LargeBinary(), nullable=True, comment="wrapped: what this talk's rows are sealed under"
        ),
    )
    op.add_column(
        "list_imports",
        sa.Column("data_key", sa.LargeBinary(), nullable=True, comment="wrapped: what its rows are sealed under"),
    )
    op.add_column(
        "questions",
        sa.Column(
            "owner",
            sa.LargeBinary(length=16),
            nullable=True,
            comment="with whose key it goes; leads to a person only by that person's data key",
        ),
    )
    op.create_index("questions_owner", "questions", ["owner"], unique=False)
    op.create_table(
        "question_keys",
        sa.Column("owner", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "data_key",
            sa.LargeBinary(),
            nullable=False,
            comment="wrapped: what this owner's questions are sealed under",
        ),
        sa.PrimaryKeyConstraint("owner"),
    )
    op.create_table(
        "tombstones",
        sa.Column(
            "digest", sa.LargeBinary(length=16), nullable=False, comment="hash of the key of a talk that was forgotten"
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="ms of the database's clock"),
        sa.PrimaryKeyConstraint("digest"),
    )
    _comment({(table, column): new for table, column, _, new in COMMENTS})


def downgrade() -> None:
    """What was sealed under data keys can't be read by the version before."""
    _comment({(table, column): old for table, column, old, _ in COMMENTS})
    op.drop_table("tombstones")
    op.drop_table("question_keys")
    op.drop_index("questions_owner", table_name="questions")
    for table, column in (("questions", "owner"), ("list_imports", "data_key"), ("conversations", "data_key")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _comment(texts: dict[tuple[str, str], str]) -> None:
    """SQLite keeps none."""
    if op.get_bind().dialect.name == "postgresql":
        for (table, column), text in texts.items():
            op.alter_column(table, column, comment=text)
