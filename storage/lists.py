"""The tables of organisers' lists: who takes part, who bought what, which masked numbers were published.

Leaves filling them to `importing.keeping` and asking them to `importing.lookup`. A person is found by keyed hash; what names one is sealed.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Dialect, Index, Integer, LargeBinary, String, Table

from storage.tables import metadata


class Bytes(LargeBinary):
    """Bytes as they are: both drivers take them, and wrapping each value of a long list would make its transaction longer."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None


list_imports = Table(
    "list_imports",
    metadata,
    Column("id", Bytes(16), primary_key=True),
    Column("promotion", String(64), nullable=False),
    Column("kind", String(16), nullable=False, comment="participants, purchases or results"),
    Column("content", Bytes(16), comment="keyed hash of the SHA-256 of all rows; null once a part was replaced"),
    Column("rows", Integer, nullable=False),
    Column("imported_at", BigInteger, nullable=False),
)
Index("list_imports_content", list_imports.c.promotion, list_imports.c.kind, list_imports.c.content, unique=True)

listed_people = Table(
    "listed_people",
    metadata,
    Column("list", Bytes(16), primary_key=True, comment="the import it came with"),
    Column("row", Integer, primary_key=True, comment="number of the row in the file"),
    Column("promotion", String(64), nullable=False),
    Column("part", String(32), nullable=False, comment="the draw whose list it is, or empty"),
    Column("identity", Bytes(16), nullable=False, comment="keyed hash: equal for rows that say the same"),
    Column("person", Bytes(16), nullable=False, comment="keyed hash of IIN or BIN, else account, else phone"),
    Column("phone", Bytes(16), comment="keyed hash"),
    Column("account", Bytes(16), comment="keyed hash"),
    Column("imported_at", BigInteger, nullable=False),
    Column("payload", Bytes, nullable=False, comment="sealed: what the row says"),
)
Index("listed_people_identity", listed_people.c.promotion, listed_people.c.identity, unique=True)
Index("listed_people_phone", listed_people.c.promotion, listed_people.c.phone)
Index("listed_people_person", listed_people.c.promotion, listed_people.c.person)
Index("listed_people_part", listed_people.c.promotion, listed_people.c.part, listed_people.c.person)

listed_purchases = Table(
    "listed_purchases",
    metadata,
    Column("list", Bytes(16), primary_key=True, comment="the import it came with"),
    Column("row", Integer, primary_key=True, comment="number of the row in the file"),
    Column("promotion", String(64), nullable=False),
    Column("identity", Bytes(16), nullable=False, comment="keyed hash of the transaction, else of row and repeat"),
    Column("content", Bytes(16), nullable=False, comment="keyed hash of all that the row says"),
    Column("phone", Bytes(16), comment="keyed hash"),
    Column("account", Bytes(16), comment="keyed hash"),
    Column("imported_at", BigInteger, nullable=False),
    Column("payload", Bytes, nullable=False, comment="sealed: what the row says"),
)
Index("listed_purchases_identity", listed_purchases.c.promotion, listed_purchases.c.identity, unique=True)
Index("listed_purchases_phone", listed_purchases.c.promotion, listed_purchases.c.phone)
Index("listed_purchases_account", listed_purchases.c.promotion, listed_purchases.c.account)

published_masks = Table(
    "published_masks",
    metadata,
    Column("list", Bytes(16), primary_key=True, comment="the import it came with"),
    Column("row", Integer, primary_key=True, comment="number of the row in the file"),
    Column("promotion", String(64), nullable=False),
    Column("part", String(32), nullable=False, comment="participants or results"),
    Column("identity", Bytes(16), nullable=False, comment="keyed hash of the row and of how often it stood before"),
    Column("mask", String(40), nullable=False, comment="as published; a masked number names nobody"),
    Column("pattern", String(11), nullable=False, comment="the mask for LIKE: eleven places, _ for one digit"),
    Column("draw_period", String(32)),
    Column("published_on", String(10)),
    Column("imported_at", BigInteger, nullable=False),
)
Index("published_masks_identity", published_masks.c.promotion, published_masks.c.identity, unique=True)
Index("published_masks_part", published_masks.c.promotion, published_masks.c.part)

TABLES = {"participants": listed_people, "purchases": listed_purchases, "results": published_masks}
"""The table of each kind of list."""

__all__ = [
    "TABLES",
    "list_imports",
    "listed_people",
    "listed_purchases",
    "metadata",
    "published_masks",
]
