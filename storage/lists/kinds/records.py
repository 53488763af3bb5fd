"""One accepted row of a list, and what becomes of the others: refused, or a repeat of another row.

Not here: judging rows (see people.py and purchases.py and results.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

_encode = msgspec.json.Encoder(order="sorted").encode
Values = Mapping[str, Any]
"""What a row says by field, as JSON would hold it; a field without a value is absent."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row to keep. `identity` is equal for rows that are the same thing, in this file and in earlier ones.

    `said` is what the row says; `part` is which list of its kind it belongs to; `person`, `phone` and `account` find it.
    """

    row: int
    part: str
    identity: tuple[str, ...]
    content: str
    said: Values
    person: tuple[str, ...] = ()
    phone: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of one row. `cells` are those of the file, for the operator's report."""

    row: int
    reason: str
    cells: tuple[str, ...] = ()


class Repeat(Exception):
    """A row that says what another one has said; the text names that row."""


class Sieve(Protocol):
    """Judges the rows of one kind of list, one after another."""

    def take(self, row: int, values: Values) -> Record:
        """Raises Wrong for a row to refuse, Repeat for one that is counted already."""

    def remarks(self) -> list[Remark]:
        """What is to be said of rows that were taken."""

    def notes(self) -> list[str]:
        """What is to be said of them all."""


def canonical(said: Values) -> str:
    """The same text for the same values."""
    return _encode(said).decode()
