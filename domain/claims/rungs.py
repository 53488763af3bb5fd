"""The ladder of reminders: when a winner hears again of a step that is still open.

Not here: which of them are said at an hour (see reminders.py); their words (see the dialogs). A rung is an instant that follows from
the claim and its plan alone, so it may be worked out anew at any time and stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.claims.claim import Claim
from domain.claims.progress import StepProgress, StepTerm, progress
from domain.promotion import Promotion

OPENS: Final = time(10, 0)
CLOSES: Final = time(20, 0)
"""Between these hours of the person's zone a reminder may be sent; the first belongs to it, the last does not."""

RungName = Literal[
    "notice",
    "half",
    "days_left_7",
    "days_left_3",
    "days_left_1",
    "last_morning",
    "passed",
    "day_3",
    "day_7",
    "day_14",
    "silence",
]
_BEFORE_END: Final[tuple[tuple[RungName, int, int], ...]] = (
    ("days_left_7", 7, 25),
    ("days_left_3", 3, 10),
    ("days_left_1", 1, 0),
    ("last_morning", 0, 0),
)
"""Name, days before the last day, and the least length in days of a term that has the rung."""
_HALF_FROM_DAYS: Final = 10
_WITHOUT_TERM: Final[tuple[tuple[RungName, int], ...]] = (("day_3", 3), ("day_7", 7), ("day_14", 14), ("silence", 21))
TASKS: Final[tuple[RungName, ...]] = ("passed", "silence")
"""With these a person gets a task: the term is over, or the winner has said nothing for three weeks."""
UNSAID: Final[tuple[RungName, ...]] = ("silence",)
"""A task only; the winner hears nothing."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One rung of one step of one claim. `due` is an instant (UTC). `last` is the day that it speaks of, None for a step without a term.

    `(claim, step, rung)` is its key: none is ever said twice.
    """

    claim: str
    step: str
    rung: RungName
    due: datetime
    last: date | None = None

    @property
    def key(self) -> tuple[str, str, RungName]:
        return (self.claim, self.step, self.rung)


def ladder(
    claim: Claim, promotion: Promotion, zone: ZoneInfo, now: datetime, calendar: Calendar | None = None
) -> tuple[Reminder, ...]:
    """The rungs of all steps that the winner can do now, the earliest first; `zone` is the person's, `now` an instant.

    None lies before the instant from which its step can be done. A claim that does not run has none.
    """
    if not claim.running or claim.state == "review":
        return ()
    found = progress(claim, promotion, now, calendar)
    rungs = [rung for each in found.to_do("winner") for rung in _of_step(claim, each, zone)]
    return tuple(sorted(rungs, key=lambda rung: (rung.due, rung.step)))


def _of_step(claim: Claim, each: StepProgress, zone: ZoneInfo) -> list[Reminder]:
    since = each.since
    if since is None:
        return []

    def rung(name: RungName, due: datetime, last: date | None = None) -> Reminder:
        return Reminder(claim.id, each.step.id, name, due, last)

    term, first = each.due, since.astimezone(zone).date()
    if term is None or term.last is None:
        return [rung(name, opening(first + timedelta(days=days), zone)) for name, days in _WITHOUT_TERM]
    last = term.last
    days: dict[date, RungName] = {}
    for name, day in _days(term, last, first):
        days[day] = name  # where two meet on one day, the one nearer to the end is said
    found = [rung("notice", at_hours(since, zone), last)] if first <= last else []
    said = found[0].due.astimezone(zone).date() if found else None
    found += [rung(name, opening(day, zone), last) for day, name in days.items() if day > first and day != said]
    return [*found, rung("passed", opening(last + timedelta(days=1), zone), last)]


def _days(term: StepTerm, last: date, first: date) -> list[tuple[RungName, date]]:
    begun = term.begun or first
    length = (last - begun).days
    found: list[tuple[RungName, date]] = []
    if length >= _HALF_FROM_DAYS:
        found.append(("half", begun + timedelta(days=length // 2)))
    found += [(name, last - timedelta(days=before)) for name, before, least in _BEFORE_END if length >= least]
    return found


def opening(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of that local day at which a reminder may be sent."""
    return datetime.combine(day, OPENS, zone)


def at_hours(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself where a reminder may be sent then, else the next opening."""
    local = moment.astimezone(zone)
    if local.time() < OPENS:
        return opening(local.date(), zone)
    return moment if local.time() < CLOSES else opening(local.date() + timedelta(days=1), zone)
