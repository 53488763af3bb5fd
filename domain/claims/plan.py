"""What the rules ask after a win, step by step, as an organiser wrote it in claim.toml.

Not here: reading the file (see storage/promotions/claim.py); where one claim stands in it (see progress.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.rulebook import Localized

Mover = Literal["winner", "organizer"]
StepRole = Literal["in_touch", "hand_over"]
"""`in_touch`: by it the winner gets in touch. `hand_over`: by it the prize changes hands; what comes after it is done with the prize."""
PublicationKind = Literal["consent", "no_refusal", "by_taking_part"]
MissedCase = Literal[
    "breach", "not_in_touch", "conditions_not_fulfilled", "no_id_or_signature", "not_collected", "no_consent"
]
MissedOutcome = Literal[
    "redraw_among_reserve", "new_draw", "organizer_may_dispose", "right_lost", "may_withhold", "annulled"
]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a claim.

    `documents` are ids of the promotion's documents, `after` ids of steps that come before, `terms` names of its deadlines.
    `branch`: the step belongs to that branch only; `unless`: not if one of these branches was chosen. `begins` are events (of the terms)
    that happen when the step is done. `stand_ins`: an event from which a term is counted for safety as long as its own is not
    known, with the open point that says why. `lost` is what missing it may cost; `note` what the rules leave open about it.
    """

    id: str
    mover: Mover
    clauses: tuple[str, ...]
    title: Localized
    do: Localized
    lost: Localized | None = None
    where: Localized | None = None
    note: Localized | None = None
    documents: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    branch: str | None = None
    unless: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    open_points: tuple[str, ...] = ()
    role: StepRole | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Another way through the plan that a winner may choose and change: by hand, a representative, a non-resident.

    `asks_organizer`: it needs the Organizer's consent, which is not certain.
    """

    id: str
    clauses: tuple[str, ...]
    label: Localized
    about: Localized
    asks_organizer: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What the rules say of showing the winner: only with consent, without a right to refuse, or by taking part."""

    kind: PublicationKind
    clauses: tuple[str, ...]
    about: Localized


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from something missed: `case`, the outcome in the words of the clause, whether a reserve winner comes next."""

    case: MissedCase
    outcome: MissedOutcome
    clauses: tuple[str, ...]
    about: Localized
    reserve_next: bool = False


@dataclass(frozen=True, slots=True)
class ClaimPlan:
    """The plan of one promotion.

    `reserves`: how many reserve winners the rules name. `no_claim` are kinds of prizes that come by themselves, with the clauses.
    `draw_event` is the event of the terms that the date of a draw is. `consent_clauses`: where the rules speak of personal data; without
    any, consent is asked separately. `refusal_clauses`: they want a refusal in writing. `writing_counts`: whether a message to the bot
    counts as getting in touch; `accepts_papers`: whether papers sent to the bot count as handed in. Both are the organiser's to say, and
    no by default.
    """

    steps: tuple[PlanStep, ...]
    branches: tuple[Branch, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    publication: Publication | None = None
    reserves: int = 0
    reserve_clauses: tuple[str, ...] = ()
    no_claim: tuple[str, ...] = ()
    no_claim_clauses: tuple[str, ...] = ()
    consent_clauses: tuple[str, ...] = ()
    refusal_clauses: tuple[str, ...] = ()
    draw_event: str = "drawn_at"
    writing_counts: bool = False
    accepts_papers: bool = False

    def step(self, id: str) -> PlanStep | None:
        return next((step for step in self.steps if step.id == id), None)

    def branch(self, id: str) -> Branch | None:
        return next((branch for branch in self.branches if branch.id == id), None)

    def along(self, branches: Collection[str]) -> tuple[PlanStep, ...]:
        """The steps of a claim for which these branches were chosen, in the order of the plan."""
        return tuple(
            step
            for step in self.steps
            if (step.branch is None or step.branch in branches) and not set(step.unless) & set(branches)
        )

    def after_hand_over(self, step: PlanStep) -> bool:
        """Whether the step can be done only once the prize was handed over."""
        before, seen = list(step.after), set[str]()
        while before:
            id = before.pop()
            found = self.step(id)
            if found is None or id in seen:
                continue
            if found.role == "hand_over":
                return True
            seen.add(id)
            before.extend(found.after)
        return False

    def redraws_for(self, clause: str) -> bool:
        """Whether the clause by which a prize was lost hands it to a reserve winner."""
        return any(case.reserve_next and clause in case.clauses for case in self.consequences)
