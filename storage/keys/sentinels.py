"""Notes that prove the master keys: one for each key that anything in the database may be sealed under, and the key of all lookups.

Not here: changing the master key (see rotation.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select

from storage.sealing import BY_MASTER, HEADER_BYTES, MasterKey, Seal, SealBroken, UnknownKey
from storage.tables import notes

_SENTINEL = b"utys key sentinel"
_PLACE = b"notes/key"
_NEWEST = "key"
_OLDER = "key "
"""Followed by something that is told apart: of a key that is being given up."""
_LOOKUP = "lookup"
_LOOKUP_PLACE = b"notes/lookup"


class ForeignKey(Exception):
    """The keys given are not those of this database; the text says which is missing."""


def check_key(connection: Connection, seal: Seal) -> None:
    """Leaves the sentinel in a new database, and of a key that is used from now on; tells the seal by which key to look up. Raises
    ForeignKey."""
    found = _sentinels(connection)
    if not found:
        connection.execute(insert(notes).values(name=_NEWEST, value=seal.seal(_SENTINEL, _PLACE)))
        return
    masters = {row.name: _prove(seal, row.value) for row in found}
    lookup = connection.execute(select(notes.c.value).where(notes.c.name == _LOOKUP)).scalar_one_or_none()
    seal.look_up_by(masters[_NEWEST].lookup if lookup is None else _open(seal, lookup, _LOOKUP_PLACE))
    begin_newest(connection, seal)


def begin_newest(connection: Connection, seal: Seal) -> bool:
    """From now on the newest master key may be in use beside those of before; nothing else changes by it. Whether it was not before."""
    found = {row.name: row.value for row in _sentinels(connection)}
    if found[_NEWEST].startswith(seal.header):
        return False
    before = _prove(seal, found[_NEWEST])
    changes = {_NEWEST: seal.seal(_SENTINEL, _PLACE), _LOOKUP: seal.seal(seal.lookup_key, _LOOKUP_PLACE)}
    changes[_OLDER + before.id.hex()] = found[_NEWEST]
    gone = *changes, _OLDER + seal.ids[0].hex()
    connection.execute(delete(notes).where(notes.c.name.in_(gone)))
    connection.execute(insert(notes), [{"name": name, "value": value} for name, value in changes.items()])
    return True


def end_older(connection: Connection) -> None:
    """Nothing is sealed any more under another master key than the newest."""
    connection.execute(delete(notes).where(notes.c.name.startswith(_OLDER)))


def needed(connection: Connection, seal: Seal) -> list[bytes]:
    """Ids of the master keys without which not everything opens, the one in use first."""
    rows = sorted(_sentinels(connection), key=lambda row: str(row.name))
    return [_prove(seal, row.value).id for row in rows]


def _sentinels(connection: Connection) -> Sequence[Row[Any]]:
    names = or_(notes.c.name == _NEWEST, notes.c.name.startswith(_OLDER))
    return connection.execute(select(notes).where(names)).all()


def _prove(seal: Seal, value: bytes) -> MasterKey:
    if value.startswith(BY_MASTER):
        _open(seal, value, _PLACE)
        return seal.master(value[1:HEADER_BYTES])
    try:
        return seal.open_old(value, _PLACE)[1]
    except SealBroken as error:
        raise ForeignKey(
            "the encryption key does not fit this database; put back the key it was made with (ENCRYPTION_KEY)"
        ) from error


def _open(seal: Seal, value: bytes, place: bytes) -> bytes:
    try:
        return seal.open(value, place)
    except UnknownKey as error:
        given = ", ".join(id.hex() for id in seal.ids)
        raise ForeignKey(
            f"the encryption key does not fit this database: it needs the key {error.id.hex()}, given is {given}; "
            "put that key back (ENCRYPTION_KEY)"
        ) from error
    except SealBroken as error:
        raise ForeignKey("the proof of the encryption key was damaged; restore a backup") from error
