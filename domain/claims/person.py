"""What is kept of one person's claims, as a turn is given it.

Not here: loading it (see storage/claims/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.claims.claim import Claim
from domain.claims.rungs import Reminder
from domain.claims.states import Transition


@dataclass(frozen=True, slots=True)
class ClaimNews:
    """A change that the winner did not make and has not heard of. `number` is its place in the claim's history."""

    claim: str
    number: int
    transition: Transition


@dataclass(frozen=True, slots=True)
class PersonClaims:
    """The claims that are led in this talk, the newest first; the reminders that are due, the news, when one was last reminded (UTC).

    `found` are claims of lists that the person has proved to be theirs and that are led in no talk yet; `elsewhere` counts those that are
    led in another talk: they are moved by a one-time link, or by a person. `linked` is the claim to which the link in this message leads.
    `who` is what lists say of the winner, by claim: for "what do you keep", and for nothing else.
    `list_here`: the winners of the talk's promotion are known.
    """

    claims: tuple[Claim, ...] = ()
    due: tuple[Reminder, ...] = ()
    news: tuple[ClaimNews, ...] = ()
    told_at: datetime | None = None
    found: tuple[Claim, ...] = ()
    elsewhere: int = 0
    linked: Claim | None = None
    zone: str = ""
    who: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    list_here: bool = False
    consents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def claim(self, id: str) -> Claim | None:
        return next(
            (each for each in (*self.claims, *self.found, *([self.linked] if self.linked else [])) if each.id == id),
            None,
        )
