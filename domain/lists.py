"""What an organiser's lists say of one person: facts, purchases, published masks.

Not here: reading the lists (see the storage); telling the person (see the dialogs). A mask that fits makes nobody a winner (DOMAIN
10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.purchases import Purchase


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """What the organiser's lists say of one person, as facts of the golden vocabulary (days and moments are ISO 8601 texts).

    `periods` are the draws whose lists name the person. Where one phone stands for several `clients`, the facts are those on which
    all of them agree. `connections` replaces `connected_at` and `package` where there are several.
    """

    facts: Mapping[str, Any]
    periods: tuple[str, ...]
    clients: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class PublishedMask:
    """A masked number as published; `list` is `participants` or `results`. A mask that fits makes nobody a winner."""

    mask: str
    list: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the lists of one promotion hold for one verified phone. `sizes`: how many take part in a draw, where a list says it.

    `masks` are those that fit the phone; `published`: there are masks at all.
    """

    person: ListedPerson | None = None
    purchases: tuple[Purchase, ...] = ()
    masks: tuple[PublishedMask, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    published: bool = False

    @property
    def empty(self) -> bool:
        return self.person is None and not self.purchases and not self.published
