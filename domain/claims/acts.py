"""What comes of an act: a new claim with its rows of history, or a refusal; and how a claim begins.

Not here: the acts (see by_winner.py and by_agent.py); the table of states (see states.py); keeping and telling (see storage/claims/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.claims.claim import Claim, StepMark
from domain.claims.plan import ClaimPlan
from domain.claims.progress import CONFIRMED
from domain.claims.states import Actor, ClaimRefusal, ClaimState, Transition, move
from domain.facts import When
from domain.promotion import Promotion

_NO_PLAN: Final = ClaimPlan(())


@dataclass(frozen=True, slots=True)
class ClaimActed:
    """The claim as it is now, and the rows of history that led to it; without rows only marks or events changed.

    `changed` is False where the act had been done before.
    """

    claim: Claim
    transitions: tuple[Transition, ...] = ()
    changed: bool = True


ClaimResult = ClaimActed | ClaimRefusal


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, and when: an instant (UTC). `by` is the name of an agent or of an import, empty for the winner."""

    actor: Actor
    at: datetime
    by: str = ""


def plan_of(promotion: Promotion) -> ClaimPlan:
    return promotion.claim or _NO_PLAN


def begin(
    id: str,
    promotion: Promotion,
    state: ClaimState,
    acting: Acting,
    prize: str | None = None,
    rank: int = 0,
    draw: str | None = None,
    events: Mapping[str, When] | None = None,
    reason: str = "",
) -> ClaimResult:
    """A new claim: reported by the person, confirmed by a list or an agent, or a reserve's standby from a list.

    A prize that comes by itself (a bonus credit) needs no claim and gets none.
    """
    plan = plan_of(promotion)
    kind = next((each.kind for each in promotion.prizes if each.id == prize), None)
    if kind in plan.no_claim:
        return ClaimRefusal("nothing_to_claim", plan.no_claim_clauses)
    if (rank > 0) != (state == "standby") and state != "reported":
        return ClaimRefusal("not_a_reserve", (str(rank), state))
    row = move(None, state, acting.actor, acting.at, acting.by, reason)
    if isinstance(row, ClaimRefusal):
        return row
    known = dict(events or {})
    if state == "confirmed":
        known.setdefault(CONFIRMED, acting.at)
    return ClaimActed(Claim(id, promotion.slug, state, acting.at, prize, rank, draw, known), (row,))


def moved(
    claim: Claim, target: ClaimState, acting: Acting, reason: str = "", clause: str = "", step: str = ""
) -> ClaimResult:
    """The claim in another state, with the row of history; or why it cannot get there."""
    row = move(claim.state, target, acting.actor, acting.at, acting.by, reason, clause, step)
    return row if isinstance(row, ClaimRefusal) else ClaimActed(replace(claim, state=target), (row,))


def marked(claim: Claim, step: str, mark: StepMark) -> Claim:
    return replace(claim, marks={**claim.marks, step: mark})


def no_way(claim: Claim, target: ClaimState) -> ClaimRefusal:
    return ClaimRefusal("no_such_way", (claim.state, target))


def handed_over(claim: Claim, plan: ClaimPlan) -> bool:
    """Whether an agent has seen that the prize changed hands."""
    steps = [step.id for step in plan.along(claim.branches) if step.role == "hand_over"]
    return all(id in claim.marks and claim.marks[id].kind == "done" for id in steps)
