"""Where a claim stands in its plan: which steps are open, said to be done, done; who moves next; by when.

Not here: changing a claim (see acts.py); reminding (see reminders.py); words for it (see the dialogs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from domain import deadlines
from domain.calendar import Calendar
from domain.claims.claim import Claim
from domain.claims.plan import ClaimPlan, Mover, PlanStep
from domain.deadlines import Deadline
from domain.facts import When, day_of
from domain.promotion import Promotion
from domain.verdict import Unknown

StepStatus = Literal["later", "open", "claimed", "returned", "done"]
CONFIRMED: Final = "confirmed_at"
"""The event of a claim from which on its winner is known, an instant: no reminder speaks of a time before it."""
WROTE: Final = "wrote_to_bot_at"
"""The instant of the winner's first answer. Whether it counts as getting in touch is the plan's `writing_counts`."""


@dataclass(frozen=True, slots=True)
class StepTerm:
    """A term of one step. `last` counts to 23:59:59 in the promotion's zone (to `last_moment` where there is one), None without a date.

    `exact` is False where the rules leave the day open; `last` is then the earliest that is certain, and `open_points` and `clauses` say
    why. `weekday` is 0 on a Monday. `days_left` is 0 on the last day and below after it. `missing` are events that are not known yet;
    with `silent` the rules set no term at all. `calendar` says which calendar counted.
    """

    name: str
    clauses: tuple[str, ...]
    last: date | None
    exact: bool
    calendar: str
    weekday: int | None = None
    days_left: int | None = None
    passed: bool = False
    begun: date | None = None
    last_moment: datetime | None = None
    if_missed: deadlines.Missed = "not_stated"
    open_points: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step as it stands. `since` is the instant (UTC) from which it can be done, None before that or where nobody won yet.

    `reason` is what an agent said in returning it. `terms` stand in the order of their last days, the earliest first.
    """

    step: PlanStep
    status: StepStatus
    terms: tuple[StepTerm, ...] = ()
    since: datetime | None = None
    reason: str = ""

    @property
    def to_do(self) -> bool:
        return self.status in ("open", "returned")

    @property
    def due(self) -> StepTerm | None:
        """The earliest term that has a date."""
        return next((term for term in self.terms if term.last is not None), None)


@dataclass(frozen=True, slots=True)
class ClaimProgress:
    """All steps in the order of the plan. `mover` is who moves next, None once the claim is closed; `next` is what that one does.

    `done` and `total` count steps, for a picture of the way.
    """

    steps: tuple[StepProgress, ...]
    mover: Mover | None
    next: StepProgress | None

    @property
    def done(self) -> int:
        return sum(step.status == "done" for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    def step(self, id: str) -> StepProgress | None:
        return next((each for each in self.steps if each.step.id == id), None)

    def to_do(self, mover: Mover) -> tuple[StepProgress, ...]:
        """What one side can do now, the nearest last day first."""
        found = [each for each in self.steps if each.step.mover == mover and each.to_do]
        return tuple(sorted(found, key=_urgency))

    def undone_before_hand_over(self, plan: ClaimPlan) -> tuple[str, ...]:
        """The winner's own steps that are neither done nor said to be, of those that come before the prize changes hands."""
        return tuple(
            each.step.id
            for each in self.steps
            if each.step.mover == "winner"
            and each.status not in ("done", "claimed")
            and not plan.after_hand_over(each.step)
        )


def progress(claim: Claim, promotion: Promotion, now: datetime, calendar: Calendar | None = None) -> ClaimProgress:
    """Where the claim stands at `now` (an instant). A promotion without a plan has no steps."""
    plan = promotion.claim
    if plan is None:
        return ClaimProgress((), None, None)
    along = plan.along(claim.branches)
    statuses = _statuses(claim, along)
    steps = tuple(
        StepProgress(
            step,
            statuses[step.id],
            terms_of(step, claim, promotion, now, calendar),
            _since(step, claim, along) if statuses[step.id] != "later" else None,
            claim.marks[step.id].reason if statuses[step.id] == "returned" else "",
        )
        for step in along
    )
    found = ClaimProgress(steps, None, None)
    mover = _mover(claim, found, plan)
    return ClaimProgress(steps, mover, next(iter(found.to_do(mover)), None) if mover else None)


def _statuses(claim: Claim, along: tuple[PlanStep, ...]) -> dict[str, StepStatus]:
    ids = {step.id for step in along}
    found: dict[str, StepStatus] = {}
    for step in along:
        mark = claim.marks.get(step.id)
        waits = [before for before in step.after if before in ids and found.get(before) not in ("done", "claimed")]
        found[step.id] = mark.kind if mark is not None else "later" if waits else "open"
    return found


def _since(step: PlanStep, claim: Claim, along: tuple[PlanStep, ...]) -> datetime | None:
    confirmed = claim.events.get(CONFIRMED)
    if not isinstance(confirmed, datetime):
        return None
    before = [claim.marks[id].at for id in step.after if id in claim.marks and any(id == each.id for each in along)]
    mark = claim.marks.get(step.id)
    returned = [mark.at] if mark is not None and mark.kind == "returned" else []
    return max([confirmed, *before, *returned])


def _mover(claim: Claim, found: ClaimProgress, plan: ClaimPlan) -> Mover | None:
    if not claim.open:
        return None
    if claim.state == "confirmed":
        return "winner"
    if claim.state == "collecting":
        own = [each for each in found.steps if each.step.mover == "winner" and each.status in ("open", "returned")]
        later = [each.step for each in found.steps if each.step.mover == "winner" and each.status == "later"]
        waiting = [step for step in later if not plan.after_hand_over(step)]
        return "winner" if own or not waiting else "organizer"
    if claim.state == "approved" and found.to_do("winner") and not _hand_over_open(found):
        return "winner"
    return "organizer"


def _hand_over_open(found: ClaimProgress) -> bool:
    return any(each.step.role == "hand_over" and each.status != "done" for each in found.steps)


def terms_of(
    step: PlanStep, claim: Claim, promotion: Promotion, now: datetime, calendar: Calendar | None = None
) -> tuple[StepTerm, ...]:
    """The terms of a step, the earliest last day first, those without a date after them."""
    calendar = calendar or Calendar()
    events = events_of(claim, promotion)
    found = [_term(name, step, events, promotion, now, calendar) for name in step.terms]
    return tuple(sorted(found, key=lambda term: term.last or date.max))


def events_of(claim: Claim, promotion: Promotion) -> dict[str, When]:
    """What the terms are counted from: the claim's events, and the day on which the promotion ends."""
    return {"promotion_ended_on": promotion.last_day(promotion.whole), **claim.events}


def _term(
    name: str, step: PlanStep, events: Mapping[str, When], promotion: Promotion, now: datetime, calendar: Calendar
) -> StepTerm:
    found = deadlines.compute(promotion, name, events, now, calendar)
    points = _open_points(promotion, name)
    if not isinstance(found.last_day, Unknown):
        return _dated(found, found.last_day, True, (), promotion, now, calendar)
    if found.certain is not None:
        return _dated(found, found.certain, False, points, promotion, now, calendar)
    for event, stand_in in step.stand_ins.items():
        if event not in events and stand_in in events:
            again = deadlines.compute(promotion, name, {**events, event: events[stand_in]}, now, calendar)
            if not isinstance(again.last_day, Unknown):
                return _dated(again, again.last_day, False, step.open_points, promotion, now, calendar)
    return StepTerm(
        name,
        found.clauses,
        None,
        False,
        calendar.stamp,
        if_missed=found.if_missed,
        open_points=points,
        missing=found.last_day.missing,
        silent=found.last_day.reason == "rules_silent",
    )


def _open_points(promotion: Promotion, name: str) -> tuple[str, ...]:
    term = next((term for term in deadlines.terms(promotion) if term.name == name), None)
    return (term.open_point,) if term is not None and term.open_point is not None else ()


def _dated(
    found: Deadline,
    last: date,
    exact: bool,
    points: tuple[str, ...],
    promotion: Promotion,
    now: datetime,
    calendar: Calendar,
) -> StepTerm:
    today = day_of(now, promotion.zone)
    begun = found.counted_from
    if begun is None and found.days is not None:
        begun = last - timedelta(days=found.days)
    over = now > found.last_moment if found.last_moment is not None else today > last
    return StepTerm(
        found.name,
        found.clauses,
        last,
        exact,
        calendar.stamp,
        weekday=last.weekday(),
        days_left=(last - today).days,
        passed=over,
        begun=begun,
        last_moment=found.last_moment,
        if_missed=found.if_missed,
        open_points=points,
    )


def _urgency(each: StepProgress) -> date:
    return each.due.last if each.due is not None and each.due.last is not None else date.max
