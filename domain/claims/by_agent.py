"""What an import or an agent does: confirms, marks steps, returns, approves, delivers, ends; what a supervisor reopens.

Not here: what a winner does (see by_winner.py). Every act done twice is done once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from domain.claims.acts import Acting, ClaimActed, ClaimResult, marked, moved, no_way, plan_of
from domain.claims.claim import Claim, StepMark
from domain.claims.progress import CONFIRMED, progress
from domain.claims.states import ClaimRefusal, ClaimState
from domain.facts import When, day_of
from domain.promotion import Promotion

ACT_SIGNED: Final = "act_signed_on"
"""The event that holds the date of the Act, given with the delivery."""


def confirm(claim: Claim, acting: Acting, events: Mapping[str, When] | None = None, reason: str = "") -> ClaimResult:
    """A reported claim is found to be of a winner."""
    if claim.running:
        return ClaimActed(claim, changed=False)
    if claim.state == "standby":
        return no_way(claim, "confirmed")
    known = {CONFIRMED: acting.at, **claim.events, **(events or {})}
    return moved(replace(claim, events=known), "confirmed", acting, reason=reason)


def call_reserve(claim: Claim, acting: Acting, reason: str) -> ClaimResult:
    """A reserve winner's turn. The rules give no term of their own for it (O-17), so none begins but what an agent records."""
    if claim.state != "standby":
        return ClaimActed(claim, changed=False) if claim.rank and claim.running else ClaimRefusal("not_a_reserve")
    events = {name: when for name, when in claim.events.items() if name not in _OF_THE_DRAW}
    return moved(replace(claim, events={**events, CONFIRMED: acting.at}), "confirmed", acting, reason=reason)


_OF_THE_DRAW: Final = ("drawn_at", "notified_at", "winner_determined_at")
"""The first winner's terms are counted from these; for a reserve winner the rules do not say from what (O-17)."""


def mark_done(claim: Claim, promotion: Promotion, step: str, acting: Acting, on: When | None = None) -> ClaimResult:
    """An agent has seen that a step is done; `on` is when it was, for the terms that it begins (now, where nothing is said)."""
    found = next((each for each in plan_of(promotion).along(claim.branches) if each.id == step), None)
    if found is None:
        return ClaimRefusal("no_such_step", (step,))
    if not claim.running:
        return ClaimRefusal("step_not_open", (step, claim.state))
    when = on if on is not None else acting.at
    if day_of(when, promotion.zone) > day_of(acting.at, promotion.zone):
        return ClaimRefusal("date_ahead", (str(when),))
    mark = claim.marks.get(step)
    begun = dict.fromkeys(found.begins, when)
    if mark is not None and mark.kind == "done" and (on is None or not begun):
        return ClaimActed(claim, changed=False)
    done = marked(claim, step, StepMark("done", acting.at, acting.by))
    return ClaimActed(replace(done, events={**done.events, **begun}))


def return_step(claim: Claim, promotion: Promotion, step: str, acting: Acting, reason: str) -> ClaimResult:
    """A step back to the winner, with the reason as the winner will read it."""
    plan = plan_of(promotion)
    found = next((each for each in plan.along(claim.branches) if each.id == step), None)
    if found is None or found.mover != "winner":
        return ClaimRefusal("no_such_step", (step,))
    mark = StepMark("returned", acting.at, acting.by, reason.strip())
    if claim.state in ("approved", "collecting") and step in claim.marks:
        if acting.actor not in ("agent", "supervisor"):
            return ClaimRefusal("not_yours", (step,))
        if not reason.strip():
            return ClaimRefusal("reason_missing", (step,))
        if claim.state == "collecting" or plan.after_hand_over(found):
            return ClaimActed(marked(claim, step, mark))
    acted = moved(claim, "collecting", acting, reason=reason, step=step) if claim.state == "review" else None
    if acted is None:
        return no_way(claim, "collecting")
    return ClaimActed(marked(acted.claim, step, mark), acted.transitions) if isinstance(acted, ClaimActed) else acted


def approve(claim: Claim, promotion: Promotion, acting: Acting, reason: str = "") -> ClaimResult:
    """All that the rules ask before the hand-over is there; what the winner said to be done now counts as seen."""
    if claim.state == "approved":
        return ClaimActed(claim, changed=False)
    undone = progress(claim, promotion, acting.at).undone_before_hand_over(plan_of(promotion))
    if claim.state == "review" and undone:
        return ClaimRefusal("steps_open", undone)
    seen = StepMark("done", acting.at, acting.by)
    marks = {id: seen if mark.kind == "claimed" else mark for id, mark in claim.marks.items()}
    return moved(replace(claim, marks=marks), "approved", acting, reason=reason)


def deliver(
    claim: Claim, promotion: Promotion, acting: Acting, how: str, on: When | None = None, act: When | None = None
) -> ClaimResult:
    """The prize is with the winner: how, when, and the date of the Act where the rules have one.

    What the rules ask after the hand-over (an Act, a photo) must be done too; until then the hand-over alone is marked.
    """
    if claim.state == "delivered":
        return ClaimActed(claim, changed=False)
    plan = plan_of(promotion)
    along = plan.along(claim.branches)
    after = [step.id for step in along if step.mover == "winner" and plan.after_hand_over(step)]
    undone = tuple(id for id in after if id not in claim.marks or claim.marks[id].kind == "returned")
    if claim.state == "approved" and undone:
        return ClaimRefusal("steps_open", undone)
    when = on if on is not None else acting.at
    for day in (when, act):
        if day is not None and day_of(day, promotion.zone) > day_of(acting.at, promotion.zone):
            return ClaimRefusal("date_ahead", (str(day),))
    acted = moved(claim, "delivered", acting, reason=how)
    if isinstance(acted, ClaimRefusal):
        return acted
    events = {**claim.events, "delivered_on": when, **({ACT_SIGNED: act} if act is not None else {})}
    seen = StepMark("done", acting.at, acting.by)
    hand_over = {step.id: seen for step in along if step.role == "hand_over" or step.id in after}
    return replace(acted, claim=replace(acted.claim, events=events, marks={**claim.marks, **hand_over}))


def lose(claim: Claim, promotion: Promotion, acting: Acting, reason: str, clause: str) -> ClaimResult:
    """The prize is lost by a clause. A reserve winner is then offered to the agent, never called by itself."""
    return _by_clause(claim, promotion, "lost", acting, reason, clause)


def cancel(claim: Claim, promotion: Promotion, acting: Acting, reason: str, clause: str) -> ClaimResult:
    return _by_clause(claim, promotion, "cancelled", acting, reason, clause)


def reject(claim: Claim, acting: Acting, reason: str) -> ClaimResult:
    """What was reported is not so."""
    return moved(claim, "rejected", acting, reason=reason)


def release(claim: Claim, acting: Acting, reason: str) -> ClaimResult:
    """A reserve winner is no longer needed."""
    return moved(claim, "released", acting, reason=reason)


def reopen(claim: Claim, acting: Acting, reason: str) -> ClaimResult:
    """A lost or refused prize is given back: a supervisor's act."""
    known = {CONFIRMED: acting.at, **claim.events}
    return moved(replace(claim, events=known), "collecting", acting, reason=reason)


def _by_clause(
    claim: Claim, promotion: Promotion, target: ClaimState, acting: Acting, reason: str, clause: str
) -> ClaimResult:
    if clause.strip() and clause.strip() not in promotion.rulebook:
        return ClaimRefusal("no_such_clause", (clause,))
    if claim.state == target:
        return ClaimActed(claim, changed=False)
    return moved(claim, target, acting, reason=reason, clause=clause)
