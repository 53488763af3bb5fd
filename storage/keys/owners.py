"""The data key of a talk: beside its state, so that a turn reads it with that; of last words, for as long as they are kept.

Not here: sealing (see storage/sealing.py); making a talk's key in a turn (see storage/turns/group.py); lists (see storage/lists/).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.locks import lock_talks
from storage.sealing import SECRET_BYTES, DataKey, Seal, SealBroken, Sealer
from storage.tables import conversations, notes, question_keys, questions

FAREWELL = "farewell "
"""Begins the name of a note with the key of last words: whoever is forgotten has no talk whose key they could be sealed under."""


def opener(seal: Seal, wrapped: bytes | None, owner: bytes) -> Sealer:
    """What opens the rows of a talk or list; without a key of its own they are from before there were such keys. Raises SealBroken."""
    return seal if wrapped is None else seal.unwrap(wrapped, owner)


def key_of_talk(connection: Connection, seal: Seal, key: bytes) -> Sealer:
    """Raises SealBroken."""
    query = select(conversations.c.data_key).where(conversations.c.key == key)
    return opener(seal, connection.execute(query).scalar_one_or_none(), key)


def owner_of_questions(key: DataKey) -> bytes:
    """Under which name a talk's questions are kept: it leads to the talk only for who has the talk's key."""
    return key.derive(b"questions", 16)


def question_key(seal: Seal, key: DataKey) -> DataKey:
    """What they are sealed under: who reads questions needs no talk for it."""
    return seal.make_key(owner_of_questions(key), key.derive(b"question key", SECRET_BYTES))


def ensure_key(connection: Connection, seal: Seal, key: bytes, channel: str, now: int) -> DataKey:
    """The key of a talk, made where there is none: of somebody who sends a file before the first word, there is no talk yet."""
    lock_talks(connection, [key])
    made = seal.make_key(key)
    row = {"key": key, "state": b"", "channel": channel, "seq": 0, "updated_at": now, "data_key": made.wrapped}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(conversations).values(row).on_conflict_do_nothing())
    this = conversations.c.key == key
    connection.execute(
        conversations.update().where(this, conversations.c.data_key.is_(None)).values(data_key=made.wrapped)
    )
    return seal.unwrap(connection.execute(select(conversations.c.data_key).where(this)).scalar_one(), key)


def forget_questions(connection: Connection, seal: Seal, keys: Sequence[bytes]) -> None:
    """Of the people whose talks these are, with what opens them. What was asked before talks had keys leads to nobody."""
    rows = connection.execute(
        select(conversations.c.key, conversations.c.data_key).where(conversations.c.key.in_(keys))
    )
    owners = []
    for key, wrapped in rows:
        if wrapped is not None:
            with suppress(SealBroken):
                owners.append(owner_of_questions(seal.unwrap(wrapped, key)))
    for table in (questions, question_keys) if owners else ():
        connection.execute(delete(table).where(table.c.owner.in_(owners)))


def farewell_key(connection: Connection, seal: Seal, key: bytes) -> DataKey:
    """What last words to a talk that goes are sealed under, made where there is none. Under the talk's lock."""
    name = farewell_name(key)
    found = connection.execute(select(notes.c.value).where(notes.c.name == name)).scalar_one_or_none()
    if found is not None:
        return seal.unwrap(found, name.encode())
    made = seal.make_key(name.encode())
    connection.execute(insert(notes).values(name=name, value=made.wrapped))
    return made


def farewell_opener(connection: Connection, seal: Seal, key: bytes) -> Sealer:
    """Raises SealBroken."""
    name = farewell_name(key)
    query = select(notes.c.value).where(notes.c.name == name)
    return opener(seal, connection.execute(query).scalar_one_or_none(), name.encode())


def farewell_name(key: bytes) -> str:
    """Of the note that is kept as long as any last words to that talk are."""
    return FAREWELL + key.hex()
