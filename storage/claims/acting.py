"""One act of an agent or a winner on one claim: read under its lock, decided by the pure acts, written with its history and reminders.

Command line, web desk and chat call this and nothing else. Not here: what an act means (see domain/claims/).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from domain.calendar import Calendar
from domain.claims.acts import ClaimActed, ClaimResult
from domain.claims.claim import Claim
from domain.claims.rungs import ladder
from domain.claims.states import ClaimRefusal
from domain.promotion import Promotion
from storage.claims.keeping import KeptClaim, load, save
from storage.claims.reminders import plan_reminders
from storage.sealing import Seal
from storage.tables import audit


@dataclass(frozen=True, slots=True)
class ClaimGone:
    """There is no such claim any more."""


@dataclass(frozen=True, slots=True)
class ClaimMoved:
    """Somebody changed the claim since it was looked at: nothing was done. `kept` is as it is now."""

    kept: KeptClaim


ActOutcome = KeptClaim | ClaimRefusal | ClaimMoved | ClaimGone


def act(
    connection: Connection,
    seal: Seal,
    id: str,
    promotion: Promotion,
    doing: Callable[[Claim], ClaimResult],
    now: datetime,
    seen: int | None = None,
    calendar: Calendar | None = None,
    **body: Any,
) -> ActOutcome:
    """Does one act in the caller's transaction. `seen` is the version that the actor looked at; an old one changes nothing.

    An act that was done before gives the claim as it is. `body` are further fields of ClaimBody to keep. Raises SealBroken.
    """
    before = load(connection, seal, id, locking=True)
    if before is None:
        return ClaimGone()
    if seen is not None and seen != before.claim.version:
        return ClaimMoved(before)
    result = doing(before.claim)
    if isinstance(result, ClaimRefusal):
        return result
    return keep_act(connection, seal, before, result, promotion, now, calendar, **body)


def keep_act(
    connection: Connection,
    seal: Seal,
    before: KeptClaim,
    acted: ClaimActed,
    promotion: Promotion,
    now: datetime,
    calendar: Calendar | None = None,
    **body: Any,
) -> KeptClaim:
    """What an act came to: the claim, its history, the audit, the reminders that follow from it now."""
    if not acted.changed and not body:
        return before
    after = save(connection, before, acted.claim, acted.transitions, now, **body)
    for number, row in enumerate(acted.transitions):
        what = seal.digest("claim", after.claim.id, str(after.claim.version), str(number))
        detail = f"{after.claim.promotion} {row.source or '-'} -> {row.target} by {row.actor}"
        at = int(row.at.timestamp() * 1000)
        connection.execute(insert(audit).values(id=what, at=at, what="claim", detail=detail[:200]))
    replan(connection, after, promotion, now, calendar)
    return after


def replan(
    connection: Connection, kept: KeptClaim, promotion: Promotion, now: datetime, calendar: Calendar | None = None
) -> None:
    """The ladder of reminders as the claim stands now."""
    zone = ZoneInfo(kept.body.zone) if kept.body.zone else promotion.zone
    plan_reminders(connection, kept.claim.id, ladder(kept.claim, promotion, zone, now, calendar))
