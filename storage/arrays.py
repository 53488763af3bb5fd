"""Columns of many rows as PostgreSQL's binary arrays: written out at once, where psycopg's own way asks about every element.

Leaves statements to `batches`. The format: https://www.postgresql.org/docs/current/protocol-overview.html and array_recv in its source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct, pack
from typing import Any

import psycopg
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.pq import Format
from psycopg.types import TypeInfo

_LENGTH = Struct("!i").pack
_NULL = _LENGTH(-1)
_HEADER = Struct("!iiIii").pack


class Array:
    """What is sent in place of a list."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


Encode = Callable[[Sequence[Any]], Array]
_dumpers: dict[type, type[Dumper]] = {}


def _array(element: TypeInfo, body: Callable[[Sequence[Any]], bytes]) -> Encode:
    """A class of its own for every type, by which psycopg tells what is sent."""
    kind = type(f"{element.name}_array", (Array,), {"__slots__": ()})
    _dumpers[kind] = type(f"{element.name}_dumper", (_Written,), {"oid": element.array_oid})

    def encode(values: Sequence[Any]) -> Array:
        """At least one value: of nothing no statement is made."""
        made: Array = kind(_HEADER(1, int(None in values), element.oid, len(values), 1) + body(values))
        return made

    return encode


def register(adapters: AdaptersMap) -> None:
    """Teaches a connection to send them."""
    for kind, dumper in _dumpers.items():
        adapters.register_dumper(kind, dumper)


class _Written(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> bytes:
        return obj.data


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


def _numbers(size: int, letter: str) -> Callable[[Sequence[int | None]], bytes]:
    one = Struct(f"!i{letter}").pack

    def body(values: Sequence[int | None]) -> bytes:
        if None in values:
            return b"".join(_NULL if value is None else one(size, value) for value in values)
        parts = [size] * (2 * len(values))
        parts[1::2] = values  # type: ignore[assignment]
        return pack(f"!{f'i{letter}' * len(values)}", *parts)

    return body


_types = psycopg.adapters.types
ENCODE: dict[str, Encode] = {
    "BYTEA": _array(_types["bytea"], _bytes),
    "TEXT": _array(_types["text"], _texts),
    "BIGINT": _array(_types["int8"], _numbers(8, "q")),
    "INTEGER": _array(_types["int4"], _numbers(4, "i")),
    "SMALLINT": _array(_types["int2"], _numbers(2, "h")),
}
