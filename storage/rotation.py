"""Changing the master key while the bot runs: everything that needs another one gets the newest, a slice at a time.

Not here: the proofs by which a start knows what keys it needs (see keys/sentinels.py); where keys come from (see the settings). What is
sealed under data keys stays as it is, only these are wrapped anew; what is older than data keys is sealed anew. Each slice is a
transaction of its own and what is done shows in the rows: whoever is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    Row,
    Select,
    Table,
    func,
    select,
    text,
    tuple_,
    type_coerce,
    update,
)

from storage.aad import aad_of_event, aad_of_payload, aad_of_question, aad_of_state, open_state, read_event
from storage.claims.tables import claims
from storage.database import take_turns
from storage.keys.owners import FAREWELL, ensure_key, farewell_key, opener
from storage.keys.sentinels import begin_newest, end_older
from storage.lists.keeping import aad_of_row
from storage.lists.tables import list_imports, listed_people, listed_purchases
from storage.locks import lock_talks
from storage.sealing import BY_DATA_KEY, BY_MASTER, HEADER_BYTES, OLD, Seal
from storage.tables import conversations, inbox, notes, outbox, question_keys, questions

SLICE = 500
Place = tuple[Any, ...]
_LISTED = listed_people, listed_purchases
_WRAPS: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (conversations.c.key, conversations.c.data_key),
    (question_keys.c.owner, question_keys.c.data_key),
    (list_imports.c.id, list_imports.c.data_key),
    (claims.c.id, claims.c.data_key),
    (notes.c.name, notes.c.value),
)
"""Where data keys are, and what each belongs to."""
_SEALED: tuple[Column[Any], ...] = (
    conversations.c.state,
    inbox.c.event,
    outbox.c.payload,
    questions.c.text,
    *(table.c.payload for table in _LISTED),
)


_BEGAN_BEFORE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
    "AND pid <> pg_backend_pid() AND xact_start < :since"
)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many data keys are wrapped by each master key, and rows sealed under it itself, by its id; how many rows are from before keys
    had ids."""

    needs: dict[bytes, int] = field(default_factory=dict)
    old: int = 0

    def but(self, id: bytes) -> int:
        """What needs another key than this."""
        return self.old + sum(count for other, count in self.needs.items() if other != id)


def use_of_keys(connection: Connection) -> KeyUse:
    """Reads everything: not for a turn."""
    needs: dict[bytes, int] = {}
    old = 0
    for column in (*(key for _, key in _WRAPS), *_SEALED):
        header = _header(column)
        query = select(header, func.count()).where(column.is_not(None)).group_by(header)
        if column.table is notes:
            query = query.where(notes.c.name.startswith(FAREWELL))
        for found, count in connection.execute(query):
            head = bytes(found)
            if head.startswith(OLD):
                old += count
            elif head.startswith(BY_MASTER):
                needs[head[1:]] = needs.get(head[1:], 0) + count
    return KeyUse(needs, old)


class Rotation:
    """`pause` is called between two slices, so that the bot's turns come between them."""

    def __init__(self, engine: Engine, seal: Seal, pause: Callable[[], None] = lambda: None) -> None:
        self._engine, self._seal, self._pause = engine, seal, pause

    def begin(self) -> bool:
        """From now on a start wants the newest key, and those before it. Whether that is new."""
        with self._engine.begin() as connection:
            take_turns(connection)
            return begin_newest(connection, self._seal)

    def walk(self) -> int:
        """Once through everything: how many rows were changed. What somebody adds meanwhile under an older key is left."""
        return sum(chain.from_iterable(self._walk(slice_of) for slice_of in self._walks()))

    def end(self) -> bool:
        """A start no longer wants the older keys, unless something still does. Nothing new comes under them: see `Seal.make_key`."""
        self._wait_for_those_before()
        with self._engine.connect().execution_options(reads_only=True) as connection, connection.begin():
            if use_of_keys(connection).but(self._seal.ids[0]):
                return False
        with self._engine.begin() as connection:
            take_turns(connection)
            end_older(connection)
            return True

    def _wait_for_those_before(self) -> None:
        """Who began before the newest key was there may still be about to write something under another."""
        if self._engine.dialect.name != "postgresql":
            with self._engine.begin():
                return  # one writes at a time, and makes its keys while it does: none is left from before
        with self._engine.connect() as connection:
            since = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        while True:
            with self._engine.connect() as connection:
                if not connection.execute(_BEGAN_BEFORE, {"since": since}).scalar_one():
                    return
                connection.execute(text("SELECT pg_sleep(0.1)"))

    def _walks(self) -> Iterator[Callable[[Connection, Place | None], tuple[Place | None, int]]]:
        yield partial(_talks, seal=self._seal)
        yield partial(_rows, seal=self._seal, column=inbox.c.event, by=(inbox.c.id,), seal_anew=_event)
        by = outbox.c.conversation, outbox.c.seq
        yield partial(_rows, seal=self._seal, column=outbox.c.payload, by=by, seal_anew=_message)
        yield partial(_rows, seal=self._seal, column=questions.c.text, by=(questions.c.token,), seal_anew=_question)
        yield partial(_wraps, seal=self._seal, owner=list_imports.c.id, column=list_imports.c.data_key)
        for table in _LISTED:
            by = table.c.list, table.c.row
            anew = partial(_listed, table=table)
            yield partial(_rows, seal=self._seal, column=table.c.payload, by=by, seal_anew=anew)
        for owner, column in _WRAPS[1:]:
            yield partial(_wraps, seal=self._seal, owner=owner, column=column)

    def _walk(self, slice_of: Callable[[Connection, Place | None], tuple[Place | None, int]]) -> Iterator[int]:
        after: Place | None = None
        while True:
            with self._engine.begin() as connection:
                after, changed = slice_of(connection, after)
            yield changed
            if after is None:
                return
            self._pause()


def _header(column: Column[Any]) -> Any:
    return type_coerce(func.substr(column, 1, HEADER_BYTES), LargeBinary)


def _next(
    connection: Connection, column: Column[Any], by: tuple[Column[Any], ...], after: Place | None
) -> tuple[Place | None, list[Row[Any]]]:
    """The next slice by key, with the beginnings of what is sealed; and where it ends."""
    query: Select[Any] = select(*by, _header(column).label("head")).order_by(*by).limit(SLICE)
    if after is not None:
        query = query.where(tuple_(*by) > after if len(by) > 1 else by[0] > after[0])
    rows = list(connection.execute(query).all())
    return (tuple(rows[-1])[: len(by)] if len(rows) == SLICE else None), rows


def _talks(connection: Connection, after: Place | None, *, seal: Seal) -> tuple[Place | None, int]:
    """Each talk has a key, wrapped by the newest, and a state that is sealed under it."""
    place, found = _next(connection, conversations.c.data_key, (conversations.c.key,), after)
    keys = [row.key for row in found]
    if not keys:
        return None, 0
    lock_talks(connection, keys)
    changed = 0
    for row in connection.execute(select(conversations).where(conversations.c.key.in_(keys))).all():
        before = opener(seal, row.data_key, row.key)
        own = (
            seal.make_key(row.key) if row.data_key is None else seal.unwrap(seal.rewrap(row.data_key, row.key), row.key)
        )
        state = row.state
        if state and not state.startswith(BY_DATA_KEY):
            state = own.seal(open_state(before, row.key, row.seq, state), aad_of_state(row.key, row.seq))
        if (own.wrapped, state) != (row.data_key, row.state):
            this = update(conversations).where(conversations.c.key == row.key)
            connection.execute(this.values(data_key=own.wrapped, state=state))
            changed += 1
    return place, changed


def _rows(
    connection: Connection,
    after: Place | None,
    *,
    seal: Seal,
    column: Column[Any],
    by: tuple[Column[Any], ...],
    seal_anew: Callable[[Connection, Seal, Row[Any]], bytes],
) -> tuple[Place | None, int]:
    """What is sealed under a master key itself, or was before keys had ids, gets the key of its owner."""
    place, found = _next(connection, column, by, after)
    changed = 0
    for part in found:
        if part.head is None or bytes(part.head).startswith(BY_DATA_KEY) or bytes(part.head) == seal.header:
            continue
        this = [key == value for key, value in zip(by, part, strict=False)]
        if "conversation" in column.table.c:
            talk = connection.execute(select(column.table.c.conversation).where(*this)).scalar_one_or_none()
            if talk is None:
                continue
            lock_talks(connection, [talk])
        row = connection.execute(select(column.table).where(*this)).one_or_none()
        if row is not None and getattr(row, column.name) is not None:
            connection.execute(
                update(column.table).where(*this).values({column.name: seal_anew(connection, seal, row)})
            )
            changed += 1
    return place, changed


def _wraps(
    connection: Connection, after: Place | None, *, seal: Seal, owner: Column[Any], column: Column[Any]
) -> tuple[Place | None, int]:
    """Data keys that belong to no talk."""
    place, found = _next(connection, column, (owner,), after)
    changed = 0
    for part in found:
        name = part[0]
        if column.table is notes and not name.startswith(FAREWELL):
            continue
        bound = name.encode() if isinstance(name, str) else name
        wrapped = connection.execute(select(column).where(owner == name)).scalar_one_or_none()
        anew = seal.make_key(bound).wrapped if wrapped is None else seal.rewrap(wrapped, bound)
        if anew != wrapped:
            same = column.is_(None) if wrapped is None else column == wrapped
            changed += connection.execute(
                update(column.table).where(owner == name, same).values({column.name: anew})
            ).rowcount
    return place, changed


def _event(connection: Connection, seal: Seal, row: Row[Any]) -> bytes:
    key = connection.execute(select(conversations.c.data_key).where(conversations.c.key == row.conversation)).scalar()
    before = opener(seal, key, row.conversation)
    channel = read_event(before, row.id, row.event).channel
    own = ensure_key(connection, seal, row.conversation, channel, row.received_at)
    return own.seal(before.open(row.event, aad_of_event(row.id)), aad_of_event(row.id))


def _message(connection: Connection, seal: Seal, row: Row[Any]) -> bytes:
    place = aad_of_payload(row.conversation, row.seq)
    if row.wipe:
        own = farewell_key(connection, seal, row.conversation)
    else:
        own = ensure_key(connection, seal, row.conversation, row.channel, row.created_at)
    return own.seal(own.open(row.payload, place), place)


def _question(connection: Connection, seal: Seal, row: Row[Any]) -> bytes:
    """From before questions went with their person: nobody is known whose key it could have."""
    place = aad_of_question(row.token)
    return seal.seal(seal.open(row.text, place), place)


def _listed(connection: Connection, seal: Seal, row: Row[Any], *, table: Table) -> bytes:
    place = aad_of_row(table, row.list, row.row)
    wrapped = connection.execute(select(list_imports).where(list_imports.c.id == row.list)).one()
    own = seal.unwrap(wrapped.data_key, row.list)
    return own.seal(own.open(row.payload, place), place)
