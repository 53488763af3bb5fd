"""Organisers' lists: participants, purchases, published masks, and the imports they came with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_imports",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("promotion", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="participants, purchases or results"),
        sa.Column(
            "content",
            sa.LargeBinary(length=16),
            nullable=True,
            comment="keyed hash of the SHA-256 of all rows; null once a part was replaced",
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("list_imports_content", "list_imports", ["promotion", "kind", "content"], unique=True)
    op.create_table(
        "listed_people",
        sa.Column("list", sa.LargeBinary(length=16), nullable=False, comment="the import it came with"),
        sa.Column("row", sa.Integer(), nullable=False, comment="number of the row in the file"),
        sa.Column("promotion", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False, comment="the draw whose list it is, or empty"),
        sa.Column(
            "identity",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="keyed hash: equal for rows that say the same",
        ),
        sa.Column(
            "person",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="keyed hash of IIN or BIN, else account, else phone",
        ),
        sa.Column("phone", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("account", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed: what the row says"),
        sa.PrimaryKeyConstraint("list", "row"),
    )
    op.create_index("listed_people_identity", "listed_people", ["promotion", "identity"], unique=True)
    op.create_index("listed_people_part", "listed_people", ["promotion", "part", "person"], unique=False)
    op.create_index("listed_people_person", "listed_people", ["promotion", "person"], unique=False)
    op.create_index("listed_people_phone", "listed_people", ["promotion", "phone"], unique=False)
    op.create_table(
        "listed_purchases",
        sa.Column("list", sa.LargeBinary(length=16), nullable=False, comment="the import it came with"),
        sa.Column("row", sa.Integer(), nullable=False, comment="number of the row in the file"),
        sa.Column("promotion", sa.String(length=64), nullable=False),
        sa.Column(
            "identity",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="keyed hash of the transaction, else of row and repeat",
        ),
        sa.Column("content", sa.LargeBinary(length=16), nullable=False, comment="keyed hash of all that the row says"),
        sa.Column("phone", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("account", sa.LargeBinary(length=16), nullable=True, comment="keyed hash"),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="sealed: what the row says"),
        sa.PrimaryKeyConstraint("list", "row"),
    )
    op.create_index("listed_purchases_account", "listed_purchases", ["promotion", "account"], unique=False)
    op.create_index("listed_purchases_identity", "listed_purchases", ["promotion", "identity"], unique=True)
    op.create_index("listed_purchases_phone", "listed_purchases", ["promotion", "phone"], unique=False)
    op.create_table(
        "published_masks",
        sa.Column("list", sa.LargeBinary(length=16), nullable=False, comment="the import it came with"),
        sa.Column("row", sa.Integer(), nullable=False, comment="number of the row in the file"),
        sa.Column("promotion", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False, comment="participants or results"),
        sa.Column(
            "identity",
            sa.LargeBinary(length=16),
            nullable=False,
            comment="keyed hash of the row and of how often it stood before",
        ),
        sa.Column("mask", sa.String(length=40), nullable=False, comment="as published; a masked number names nobody"),
        sa.Column(
            "pattern",
            sa.String(length=11),
            nullable=False,
            comment="the mask for LIKE: eleven places, _ for one digit",
        ),
        sa.Column("draw_period", sa.String(length=32), nullable=True),
        sa.Column("published_on", sa.String(length=10), nullable=True),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("list", "row"),
    )
    op.create_index("published_masks_identity", "published_masks", ["promotion", "identity"], unique=True)
    op.create_index("published_masks_part", "published_masks", ["promotion", "part"], unique=False)


def downgrade() -> None:
    op.drop_index("published_masks_part", table_name="published_masks")
    op.drop_index("published_masks_identity", table_name="published_masks")
    op.drop_table("published_masks")
    op.drop_index("listed_purchases_phone", table_name="listed_purchases")
    op.drop_index("listed_purchases_identity", table_name="listed_purchases")
    op.drop_index("listed_purchases_account", table_name="listed_purchases")
    op.drop_table("listed_purchases")
    op.drop_index("listed_people_phone", table_name="listed_people")
    op.drop_index("listed_people_person", table_name="listed_people")
    op.drop_index("listed_people_part", table_name="listed_people")
    op.drop_index("listed_people_identity", table_name="listed_people")
    op.drop_table("listed_people")
    op.drop_index("list_imports_content", table_name="list_imports")
    op.drop_table("list_imports")
