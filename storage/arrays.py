"""Columns of many rows as PostgreSQL's binary arrays, written out at once.

Leaves statements to `batches` and sending to `trips`. The format is array_send's in PostgreSQL's source (utils/adt/arrayfuncs.c).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct, pack
from typing import Any

_LENGTH = Struct("!i").pack
_NULL = _LENGTH(-1)
_HEADER = Struct("!iiIii").pack

Encode = Callable[[Sequence[Any]], bytes]
"""Of at least one value: of nothing no statement is made."""


def _array(element: int, body: Encode) -> Encode:
    """`element` is the type's number in pg_type, which never changes."""

    def encode(values: Sequence[Any]) -> bytes:
        return _HEADER(1, int(None in values), element, len(values), 1) + body(values)

    return encode


def _bytes(values: Sequence[bytes | None]) -> bytes:
    parts = []
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            parts += (_LENGTH(len(value)), value)
    return b"".join(parts)


def _texts(values: Sequence[str | None]) -> bytes:
    return _bytes([None if value is None else value.encode() for value in values])


def _numbers(size: int, letter: str) -> Encode:
    one = Struct(f"!i{letter}").pack

    def body(values: Sequence[int | None]) -> bytes:
        if None in values:
            return b"".join(_NULL if value is None else one(size, value) for value in values)
        parts: list[Any] = [size] * (2 * len(values))
        parts[1::2] = values
        return pack(f"!{f'i{letter}' * len(values)}", *parts)

    return body


ENCODE: dict[str, Encode] = {
    "BYTEA": _array(17, _bytes),
    "TEXT": _array(25, _texts),
    "BIGINT": _array(20, _numbers(8, "q")),
    "INTEGER": _array(23, _numbers(4, "i")),
    "SMALLINT": _array(21, _numbers(2, "h")),
}
