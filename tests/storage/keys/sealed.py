"""Everything that a database holds sealed, with the places it was sealed for; and who tries to open it with the keys that are left.

Leaves what must open, and what must not, to the tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from storage.aad import aad_of_event, aad_of_payload, aad_of_question, aad_of_state
from storage.claims.tables import claims
from storage.keys.owners import FAREWELL
from storage.lists.keeping import aad_of_row
from storage.lists.tables import list_imports, listed_people, listed_purchases
from storage.sealing import DataKey, Seal, SealBroken
from storage.tables import conversations, inbox, notes, outbox, question_keys, questions


@dataclass(frozen=True)
class SealedValue:
    """`kind` is the table; `place` what it was sealed for."""

    kind: str
    sealed: bytes
    place: bytes


def sealed_in(engine: Engine) -> set[SealedValue]:
    with engine.connect() as connection:
        return set(_values(connection))


def _values(connection: Connection) -> Iterable[SealedValue]:
    for row in connection.execute(select(conversations)):
        if row.state:
            yield SealedValue("conversations", row.state, aad_of_state(row.key, row.seq))
    for row in connection.execute(select(inbox).where(inbox.c.event.is_not(None))):
        yield SealedValue("inbox", row.event, aad_of_event(row.id))
    for row in connection.execute(select(outbox)):
        yield SealedValue("outbox", row.payload, aad_of_payload(row.conversation, row.seq))
    for row in connection.execute(select(questions)):
        yield SealedValue("questions", row.text, aad_of_question(row.token))
    for table in (listed_people, listed_purchases):
        for row in connection.execute(select(table)):
            yield SealedValue("lists", row.payload, aad_of_row(table, row.list, row.row))


def wrapped_in(engine: Engine) -> set[bytes]:
    """Every data key, as it is kept."""
    with engine.connect() as connection:
        return set(_wrapped(connection).values())


def opened(engine: Engine, seal: Seal, values: Iterable[SealedValue]) -> list[SealedValue]:
    """Those that any key opens that is in the database now, or the master keys themselves."""
    with engine.connect() as connection:
        keys: list[Seal | DataKey] = [seal, *(seal.unwrap(key, owner) for owner, key in _wrapped(connection).items())]
    return [value for value in values if any(_opens(key, value) for key in keys)]


def _wrapped(connection: Connection) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for owner, key in (
        (conversations.c.key, conversations.c.data_key),
        (question_keys.c.owner, question_keys.c.data_key),
        (list_imports.c.id, list_imports.c.data_key),
        (claims.c.id, claims.c.data_key),
    ):
        found |= {row[0]: row[1] for row in connection.execute(select(owner, key).where(key.is_not(None)))}
    last_words = select(notes.c.name, notes.c.value).where(notes.c.name.startswith(FAREWELL))
    return found | {row.name.encode(): row.value for row in connection.execute(last_words)}


def _opens(key: Seal | DataKey, value: SealedValue) -> bool:
    try:
        key.open(value.sealed, value.place)
    except SealBroken:
        return False
    return True
