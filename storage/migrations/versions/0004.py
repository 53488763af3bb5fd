"""Files that browsers have sent and that are about to be read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False, comment="keyed hash of the event that brings it"),
        sa.Column("conversation", sa.LargeBinary(length=16), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes of the file"),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed: the file, until it is read"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("uploads_talk", "uploads", ["conversation"], unique=False)


def downgrade() -> None:
    op.drop_table("uploads")
