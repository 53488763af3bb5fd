"""Which reminders are said now: one message a day per person, within the hours, none twice, each that is not said with its reason.

Not here: when each is due (see rungs.py); keeping what was said (see storage/claims/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.claims.claim import Claim
from domain.claims.progress import progress
from domain.claims.rungs import TASKS, UNSAID, Reminder, at_hours, opening
from domain.promotion import Promotion

Dropped = Literal["newer", "done", "closed", "held", "in_review", "off", "moved"]
"""Why a reminder is not said. `newer`: a later one of the same step is due too. `held`: a person has the talk; it is theirs to say.
`moved`: the term ends on another day now, and has rungs of its own. `off`: the winner asked for no reminders."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of the reminders that are due.

    `say` go into one message, the nearest last day first. `tasks` become a person's, whether they are said or not. `drop` are over,
    with the reason. `again_at` is the instant at which to look again at those that could not be said at this hour or on this day.
    """

    say: tuple[Reminder, ...] = ()
    tasks: tuple[Reminder, ...] = ()
    drop: tuple[tuple[Reminder, Dropped], ...] = ()
    again_at: datetime | None = None


def settle(
    due: Iterable[Reminder],
    claims: Mapping[str, Claim],
    promotions: Mapping[str, Promotion],
    now: datetime,
    zone: ZoneInfo,
    told_at: datetime | None = None,
    held: bool = False,
    calendar: Calendar | None = None,
) -> Settled:
    """What to do at `now` (an instant) with one person's reminders that are due and were not said yet.

    `claims` are that person's by id, `zone` the person's, `told_at` when the last reminder was said to them. Reminders whose instant has
    not come are left alone.
    """
    waiting = [each for each in due if each.due <= now]
    drop: list[tuple[Reminder, Dropped]] = []
    alive: list[Reminder] = []
    for each in waiting:
        reason = _over(each, claims, promotions, now, calendar)
        if reason is None and held:
            reason = "held"
        drop += [(each, reason)] if reason is not None else []
        alive += [each] if reason is None else []
    newest: dict[tuple[str, str], Reminder] = {}
    for each in sorted(alive, key=lambda each: each.due):
        before = newest.get((each.claim, each.step))
        drop += [(before, "newer")] if before is not None else []
        newest[(each.claim, each.step)] = each
    tasks = [each for each in newest.values() if each.rung in TASKS]
    tasks += [each for each, reason in drop if reason == "held" or (reason == "off" and each.rung in TASKS)]
    say = sorted((each for each in newest.values() if each.rung not in UNSAID), key=_urgency)
    if not say:
        return Settled((), tuple(tasks), tuple(drop))
    again_at = _allowed(now, zone, told_at)
    if again_at is not None:
        quiet = tuple(each for each in tasks if each.rung in UNSAID or all(each.key != other.key for other in say))
        return Settled((), quiet, tuple(drop), again_at)
    return Settled(tuple(say), tuple(tasks), tuple(drop))


def _over(
    each: Reminder,
    claims: Mapping[str, Claim],
    promotions: Mapping[str, Promotion],
    now: datetime,
    calendar: Calendar | None,
) -> Dropped | None:
    """Why there is nothing to remind of any more; None while there is."""
    claim = claims.get(each.claim)
    promotion = promotions.get(claim.promotion) if claim is not None else None
    if claim is None or promotion is None or not claim.running:
        return "closed"
    if claim.state == "review":
        return "in_review"
    found = progress(claim, promotion, now, calendar).step(each.step)
    if found is None or not found.to_do:
        return "done"
    if (found.due.last if found.due is not None else None) != each.last:
        return "moved"
    return None if claim.reminders else "off"


def _allowed(now: datetime, zone: ZoneInfo, told_at: datetime | None) -> datetime | None:
    """None where a reminder may be said now, else the next instant at which one may."""
    open_at = at_hours(now, zone)
    if open_at != now:
        return open_at
    today = now.astimezone(zone).date()
    if told_at is not None and told_at.astimezone(zone).date() >= today:
        return opening(max(today, told_at.astimezone(zone).date()) + timedelta(days=1), zone)
    return None


def _urgency(each: Reminder) -> tuple[date, datetime]:
    return (each.last or date.max, each.due)
