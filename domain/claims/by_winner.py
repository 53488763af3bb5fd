"""What a winner does: answers, says that steps are done, chooses a branch, sends all to the review, refuses.

Not here: what an agent does (see by_agent.py). Every act done twice is done once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.claims.acts import Acting, ClaimActed, ClaimResult, handed_over, marked, moved, no_way, plan_of
from domain.claims.claim import Claim, StepMark
from domain.claims.progress import WROTE, progress
from domain.claims.states import ClaimRefusal
from domain.promotion import Promotion


def answer(claim: Claim, promotion: Promotion, at: datetime, by: str = "") -> ClaimResult:
    """The winner's first answer after the confirmation. Its instant is kept; whether it counts as getting in touch says the plan.

    `by` is the agent who wrote down what the winner said elsewhere, empty where the winner wrote to the bot.
    """
    if claim.state != "confirmed":
        return ClaimActed(claim, changed=False) if claim.running else no_way(claim, "collecting")
    wrote = {} if by else {WROTE: claim.events.get(WROTE, at)}
    known = {**claim.events, **wrote}
    marks = dict(claim.marks)
    plan = plan_of(promotion)
    if plan.writing_counts and not by:
        for step in plan.along(claim.branches):
            if step.role == "in_touch" and step.id not in marks:
                marks[step.id] = StepMark("done", at)
    return moved(replace(claim, events=known, marks=marks), "collecting", Acting("winner", at, by))


def say_done(claim: Claim, promotion: Promotion, step: str, at: datetime) -> ClaimResult:
    """The winner says that a step is done: it is `claimed` until an agent has seen it.

    Steps may be said in any order, but what comes after the hand-over only once the prize was handed over.
    """
    plan = plan_of(promotion)
    found = next((each for each in plan.along(claim.branches) if each.id == step), None)
    if found is None:
        return ClaimRefusal("no_such_step", (step,))
    ready = ("approved",) if plan.after_hand_over(found) else ("confirmed", "collecting", "approved")
    if found.mover != "winner" or claim.state not in ready:
        return ClaimRefusal("step_not_open", (step, claim.state))
    if plan.after_hand_over(found) and not handed_over(claim, plan):
        return ClaimRefusal("step_not_open", (step, claim.state))
    mark = claim.marks.get(step)
    if mark is not None and mark.kind in ("claimed", "done"):
        return ClaimActed(claim, changed=False)
    answered = answer(claim, promotion, at)
    if isinstance(answered, ClaimRefusal):
        return answered
    done = marked(answered.claim, step, StepMark("claimed", at))
    return ClaimActed(done, answered.transitions)


def unsay(claim: Claim, step: str) -> ClaimResult:
    """The winner takes back that a step is done, as long as no agent has seen it."""
    mark = claim.marks.get(step)
    if mark is None or mark.kind != "claimed" or claim.state not in ("collecting", "approved"):
        return ClaimRefusal("step_not_open", (step, claim.state))
    return ClaimActed(replace(claim, marks={id: each for id, each in claim.marks.items() if id != step}))


def send(claim: Claim, promotion: Promotion, at: datetime, as_it_is: bool = False, by: str = "") -> ClaimResult:
    """To the Organizer's review: once all own steps are said to be done, or as it is."""
    if claim.state == "review":
        return ClaimActed(claim, changed=False)
    undone = progress(claim, promotion, at).undone_before_hand_over(plan_of(promotion))
    if claim.state == "collecting" and undone and not as_it_is:
        return ClaimRefusal("steps_open", undone)
    return moved(claim, "review", Acting("winner", at, by), reason="as it is" if undone else "")


def refuse(claim: Claim, at: datetime, asked_twice: bool, reason: str = "", by: str = "") -> ClaimResult:
    """The winner wants no prize; done only once the person was asked a second time."""
    if claim.state == "refused":
        return ClaimActed(claim, changed=False)
    if not asked_twice:
        return ClaimRefusal("not_asked_twice")
    return moved(claim, "refused", Acting("winner", at, by), reason=reason)


def choose(claim: Claim, promotion: Promotion, branch: str, chosen: bool) -> ClaimResult:
    """Another branch of the plan, or away from it again; what was said of its steps stays."""
    if plan_of(promotion).branch(branch) is None:
        return ClaimRefusal("no_such_branch", (branch,))
    if not claim.running:
        return ClaimRefusal("no_such_way", (claim.state, branch))
    branches = claim.branches | {branch} if chosen else claim.branches - {branch}
    return ClaimActed(replace(claim, branches=branches), changed=branches != claim.branches)
