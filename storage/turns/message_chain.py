"""Which messages a talk has had, on either database.

Leaves what is in them to `reading`. An index of all messages by talk costs SQLite a page of its own for every message of another person;
there each message names the one before it, and the talk the last. PostgreSQL has that index: an older program may still be running beside
this one, which looks by it and names nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, literal_column, or_, select, text, union

from storage.tables import UNDONE, conversations, outbox

_FAREWELL = outbox.c.wipe == literal_column("1")
"""In the words of the partial index."""


def told(
    connection: Connection, keys: Sequence[bytes], after: int = 0, newest: int | None = None
) -> ColumnElement[bool]:
    """The condition on `outbox` that takes the messages of these talks with a number above. Of a talk with more than `newest` it may take
    no others."""
    if connection.dialect.name != "sqlite":
        return and_(outbox.c.conversation.in_(keys), outbox.c.seq > after)
    return or_(
        *(
            and_(outbox.c.conversation == key, outbox.c.seq.in_(_numbers(key, after, newest, f"chain{n}")))
            for n, key in enumerate(keys)
        )
    )


def _numbers(key: bytes, after: int, newest: int | None, name: str) -> Select[Any]:
    """From the last message backwards; unsent messages and last words to somebody forgotten are in indexes of their own."""
    last = select(conversations.c.told).where(conversations.c.key == key).scalar_subquery()
    of_talk, link = outbox.c.conversation == key, outbox.alias("link")
    chain = select(outbox.c.seq, outbox.c.previous, literal(1).label("n")).where(of_talk, outbox.c.seq == last)
    whole = chain.cte(name, recursive=True)
    further = select(link.c.seq, link.c.previous, whole.c.n + 1).where(
        link.c.conversation == key, link.c.seq == whole.c.previous, whole.c.previous > after
    )
    whole = whole.union_all(further if newest is None else further.where(whole.c.n < newest))
    apart = [select(outbox.c.seq).where(of_talk, which) for which in (UNDONE, _FAREWELL)]
    found = union(select(whole.c.seq), *apart).subquery()
    return select(found.c.seq).where(found.c.seq > after)


def link(connection: Connection) -> None:
    """Names anew what each talk's messages come after, where rows came from elsewhere and older programs named nothing."""
    if connection.dialect.name != "sqlite":
        return
    kept = "SELECT max(seq) FROM outbox AS o WHERE o.wipe = 0 AND o.conversation ="  # farewells stand apart: they go sooner
    before, last = f"{kept} outbox.conversation AND o.seq < outbox.seq", f"{kept} conversations.key"
    for statement in (
        "CREATE INDEX linking ON outbox (conversation, seq)",
        f"UPDATE outbox SET previous = ({before}) WHERE wipe = 0",  # noqa: S608 - the names are ours
        f"UPDATE conversations SET told = ({last})",  # noqa: S608
        "DROP INDEX linking",
    ):
        connection.execute(text(statement))
