"""What a turn asks to be kept of a person's claims; the storage writes it in the turn's own transaction.

Not here: writing it (see storage/claims/in_turn.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.claims.acts import ClaimActed
from domain.claims.person import ClaimNews
from domain.claims.reminders import Settled
from domain.claims.rungs import Reminder, ladder
from domain.promotion import Promotion


@dataclass(frozen=True, slots=True)
class ClaimBegun:
    """A claim that the person reports; `story` is what they told, `phone` one that the channel vouches for. It is led in this talk."""

    acted: ClaimActed
    story: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ClaimChanged:
    """An act of the winner, with the ladder of reminders that follows from it. `consent`: text version, language, instant, channel."""

    acted: ClaimActed
    ladder: tuple[Reminder, ...] = ()
    consent: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLinkMade:
    """A one-time link to the claim, for another channel; the older one ends. `token` is that of `link_token`."""

    claim: str
    token: str


@dataclass(frozen=True, slots=True)
class ClaimLinked:
    """From now on the claim is led in this talk: one of a list that the person proved to be theirs, or by the `token` of a link
    also one that was led in another. A link that was used meanwhile changes nothing."""

    claim: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReminded:
    """What became of the reminders that were due; `given` are all that the turn was given."""

    settled: Settled
    given: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class ClaimNewsTold:
    """Changes of an agent or of a list that the winner now has heard of."""

    news: tuple[ClaimNews, ...]


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Something that a person must look at: `what` is a key, never a person's words."""

    claim: str
    what: str


ClaimEffect = ClaimBegun | ClaimChanged | ClaimLinkMade | ClaimLinked | ClaimReminded | ClaimNewsTold | ClaimTask


def changed(
    acted: ClaimActed, promotion: Promotion, now: datetime, zone: str = "", calendar: Calendar | None = None
) -> ClaimChanged:
    """An act of the winner with its ladder; `zone` is the person's where it is known, else the promotion's."""
    place = ZoneInfo(zone) if zone else promotion.zone
    return ClaimChanged(acted, ladder(acted.claim, promotion, place, now, calendar), zone=zone)
