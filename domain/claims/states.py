"""The states of a claim and every step between them, in one table; everything else is refused.

Not here: what else an act needs (see acts.py); keeping the rows (see storage/claims/).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

ClaimState = Literal[
    "reported",
    "confirmed",
    "standby",
    "collecting",
    "review",
    "approved",
    "delivered",
    "refused",
    "lost",
    "cancelled",
    "rejected",
    "released",
]
"""`reported`: only the person says so. `standby`: a reserve winner who was not called. `collecting`: the winner is at it."""
STATES: Final[tuple[ClaimState, ...]] = get_args(ClaimState)

Actor = Literal["winner", "import", "agent", "supervisor"]
"""Who acts. Time is no actor: a term that passed is a task for a person and changes no state."""

OPEN: Final[tuple[ClaimState, ...]] = ("reported", "standby", "confirmed", "collecting", "review", "approved")
"""Whose prize is not decided yet."""
RUNNING: Final[tuple[ClaimState, ...]] = ("confirmed", "collecting", "review", "approved")
"""Open, of somebody who is known to have won: terms run and reminders go out."""


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the table. `source` is None for a claim that begins. `reason`, `clause`: the act must give one."""

    source: ClaimState | None
    target: ClaimState
    actors: tuple[Actor, ...]
    reason: bool = False
    clause: bool = False


WAYS: Final[tuple[Way, ...]] = (
    Way(None, "reported", ("winner",)),
    Way(None, "confirmed", ("import", "agent")),
    Way(None, "standby", ("import",)),
    Way("reported", "confirmed", ("import", "agent")),
    Way("reported", "rejected", ("import", "agent"), reason=True),
    Way("standby", "confirmed", ("agent",), reason=True),
    Way("standby", "released", ("agent",), reason=True),
    Way("confirmed", "collecting", ("winner",)),
    Way("collecting", "review", ("winner",)),
    Way("review", "collecting", ("agent",), reason=True),
    Way("review", "approved", ("agent",)),
    Way("approved", "delivered", ("agent",), reason=True),
    *(Way(state, "refused", ("winner",)) for state in OPEN),
    *(Way(state, "lost", ("agent",), reason=True, clause=True) for state in OPEN),
    *(Way(state, "cancelled", ("agent",), reason=True, clause=True) for state in OPEN),
    Way("lost", "collecting", ("supervisor",), reason=True),
    Way("refused", "collecting", ("supervisor",), reason=True),
)

RefusalCode = Literal[
    "no_such_way",
    "not_yours",
    "reason_missing",
    "clause_missing",
    "no_such_clause",
    "no_such_step",
    "step_not_open",
    "steps_open",
    "no_such_branch",
    "not_asked_twice",
    "nothing_to_claim",
    "no_date",
    "date_ahead",
    "not_a_reserve",
]


@dataclass(frozen=True, slots=True)
class ClaimRefusal:
    """An act that was not done, and why. `details` are ids: of states, of steps, of a clause."""

    code: RefusalCode
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a claim's history. `at` is an instant (UTC). `by` names the person who acted; a winner is not named again.

    `source` is None where the claim begins. `step` is that to which a claim was returned.
    """

    source: ClaimState | None
    target: ClaimState
    actor: Actor
    at: datetime
    by: str = ""
    reason: str = ""
    clause: str = ""
    step: str = ""


def way(source: ClaimState | None, target: ClaimState) -> Way | None:
    """The line of the table from `source` to `target`, None where there is none."""
    return next((each for each in WAYS if each.source == source and each.target == target), None)


def move(
    source: ClaimState | None,
    target: ClaimState,
    actor: Actor,
    at: datetime,
    by: str = "",
    reason: str = "",
    clause: str = "",
    step: str = "",
) -> Transition | ClaimRefusal:
    """The row of history for that step, or why there is none.

    A supervisor may do what an agent may. Raises ValueError for an instant without an offset: that is a bug of the caller.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset")
    found = way(source, target)
    if found is None:
        return ClaimRefusal("no_such_way", (source or "", target))
    if actor not in found.actors and not (actor == "supervisor" and "agent" in found.actors):
        return ClaimRefusal("not_yours", (target, *found.actors))
    if found.reason and not reason.strip():
        return ClaimRefusal("reason_missing", (target,))
    if found.clause and not clause.strip():
        return ClaimRefusal("clause_missing", (target,))
    return Transition(source, target, actor, at, by.strip(), reason.strip(), clause.strip(), step)
