"""The tables of organisers' lists: who takes part, who bought what, which masked numbers were published.

Not here: filling them (see keeping.py); asking them (see lookup.py). A person is found by keyed hash; what names one is sealed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Index, Integer, LargeBinary, String, Table

from storage.tables import metadata


class Bytes(LargeBinary):
    """Bytes as they are: both drivers take them, and wrapping each value of a long list would make its transaction longer."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None


def _origin() -> list[Column[Any]]:
    """What every row of a list begins with: where it came from."""
    return [
        Column("list", Bytes(16), primary_key=True, comment="the import it came with"),
        Column("row", Integer, primary_key=True, comment="number of the row in the file"),
        Column("promotion", String(64), nullable=False),
    ]


def _digest(name: str, comment: str = "keyed hash", *, nullable: bool = False) -> Column[Any]:
    return Column(name, Bytes(16), nullable=nullable, comment=comment)


def _imported_at() -> Column[Any]:
    return Column("imported_at", BigInteger, nullable=False)


def _payload() -> Column[Any]:
    return Column("payload", Bytes, nullable=False, comment="sealed: what the row says")


list_imports = Table(
    "list_imports",
    metadata,
    Column("id", Bytes(16), primary_key=True),
    Column("promotion", String(64), nullable=False),
    Column("kind", String(16), nullable=False, comment="participants, purchases or results"),
    _digest("content", "keyed hash of the SHA-256 of all rows; null once a part was replaced", nullable=True),
    Column("rows", Integer, nullable=False),
    _imported_at(),
    Column("data_key", Bytes, comment="wrapped: what its rows are sealed under"),
)
Index("list_imports_content", list_imports.c.promotion, list_imports.c.kind, list_imports.c.content, unique=True)

listed_people = Table(
    "listed_people",
    metadata,
    *_origin(),
    Column("part", String(32), nullable=False, comment="the draw whose list it is, or empty"),
    _digest("identity", "keyed hash: equal for rows that say the same"),
    _digest("person", "keyed hash of IIN or BIN, else account, else phone"),
    _digest("phone", nullable=True),
    _digest("account", nullable=True),
    _imported_at(),
    _payload(),
)
Index("listed_people_identity", listed_people.c.promotion, listed_people.c.identity, unique=True)
Index("listed_people_phone", listed_people.c.promotion, listed_people.c.phone)
Index("listed_people_person", listed_people.c.promotion, listed_people.c.person)
Index("listed_people_part", listed_people.c.promotion, listed_people.c.part, listed_people.c.person)

listed_purchases = Table(
    "listed_purchases",
    metadata,
    *_origin(),
    _digest("identity", "keyed hash of the transaction, else of row and repeat"),
    _digest("content", "keyed hash of all that the row says"),
    _digest("phone", nullable=True),
    _digest("account", nullable=True),
    _imported_at(),
    _payload(),
)
Index("listed_purchases_identity", listed_purchases.c.promotion, listed_purchases.c.identity, unique=True)
Index("listed_purchases_phone", listed_purchases.c.promotion, listed_purchases.c.phone)
Index("listed_purchases_account", listed_purchases.c.promotion, listed_purchases.c.account)

published_masks = Table(
    "published_masks",
    metadata,
    *_origin(),
    Column("part", String(32), nullable=False, comment="participants or results"),
    _digest("identity", "keyed hash of the row and of how often it stood before"),
    Column("mask", String(40), nullable=False, comment="as published; a masked number names nobody"),
    Column("pattern", String(11), nullable=False, comment="the mask for LIKE: eleven places, _ for one digit"),
    Column("draw_period", String(32)),
    Column("published_on", String(10)),
    _imported_at(),
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
