"""Columns of many rows as PostgreSQL's binary arrays, written out at once.

Not here: statements (see batches.py); sending (see trips.py). The format is array_send's in PostgreSQL's source
(utils/adt/arrayfuncs.c).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from struct import Struct
from typing import Any

_LENGTH = Struct("!i").pack
_NULL = _LENGTH(-1)
_HEADER = Struct("!iiIii").pack

Encode = Callable[[Sequence[Any]], bytes]
"""Of at least one value: of nothing no statement is made."""


@lru_cache(maxsize=1024)
def _head(element: int, size: int, nulls: bool) -> bytes:
    """One dimension that begins at 1. `element` is the type's number in pg_type, which never changes."""
    return _HEADER(1, int(nulls), element, size, 1)


def _bytes(element: int) -> Encode:
    def encode(values: Sequence[bytes | None]) -> bytes:
        parts = [_head(element, len(values), None in values)]
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                parts += (_LENGTH(len(value)), value)
        return b"".join(parts)

    return encode


def _texts(element: int) -> Encode:
    encode = _bytes(element)
    return lambda values: encode([None if value is None else value.encode() for value in values])


def _numbers(element: int, size: int, letter: str) -> Encode:
    one = Struct(f"!i{letter}").pack

    @lru_cache(maxsize=256)
    def row(length: int) -> Callable[..., bytes]:
        return Struct("!" + f"i{letter}" * length).pack

    def encode(values: Sequence[int | None]) -> bytes:
        length = len(values)
        if None in values:
            return _head(element, length, True) + b"".join(_NULL if v is None else one(size, v) for v in values)
        parts: list[Any] = [size] * (2 * length)
        parts[1::2] = values
        return _head(element, length, False) + row(length)(*parts)

    return encode


ENCODE: dict[str, Encode] = {
    "BYTEA": _bytes(17),
    "TEXT": _texts(25),
    "BIGINT": _numbers(20, 8, "q"),
    "INTEGER": _numbers(23, 4, "i"),
    "SMALLINT": _numbers(21, 2, "h"),
}
