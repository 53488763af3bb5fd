"""What the claim knows, that a paper is compared with, and what was read of a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.papers.mrz import Zone


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """All that is known of the claim; None or "" is not compared."""

    name: str = ""
    iin: str = ""
    birth: date | None = None
    representative_iin: str = ""
    account: str = ""
    prize: str = ""
    at: datetime | None = None
    """The instant of the win as the screen shows it: local time of the promotion, without a zone."""
    starts: datetime | None = None
    ends: datetime | None = None
    """First and last moment of the promotion, local and without a zone."""
    promotion: tuple[str, ...] = ()
    """Names of the claim's promotion."""
    others: tuple[str, ...] = ()
    """Names of the other promotions."""


@dataclass(frozen=True, slots=True)
class PaperReading:
    """One reading of a page. Accusations need two readings that agree."""

    text: str = ""
    zone: Zone | None = None
    exact: bool = False
    """The text is the file's own and not recognised from pixels."""
