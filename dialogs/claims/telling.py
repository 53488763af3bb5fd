"""A claim as it is told: every step with its mark, who moves next, the one thing to do now with its clause and its last day.

Not here: where a claim stands (see domain/claims/progress.py); what a tap does (see acting.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogs import citing
from dialogs.claims.notice import notice_code
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.claims.claim import Claim
from domain.claims.plan import ClaimPlan
from domain.claims.progress import ClaimProgress, StepProgress, StepTerm, progress
from domain.promotion import Promotion

TOLD_CLOSED: Final = ("delivered", "refused", "lost", "cancelled", "rejected", "released", "reported", "standby")
"""States in which the winner has nothing to do."""


def show_claim(turn: Turn, claim: Claim, promotion: Promotion, *lead: Phrase) -> Outcome:
    """The whole progress of a claim after these words, and what can be done. The talk goes on as questions about the rules."""
    turn = turn.with_(promotion=promotion.slug).slots(claim=claim.id).at("rules", "ask")
    found = progress(claim, promotion, turn.now, turn.library.calendar)
    parts = [*lead, _head(claim, promotion), *told(claim, promotion, found)]
    options = (*_options(turn, claim, promotion, found), PERSON, MENU)
    return turn.done(Outgoing(tuple(parts), options)).replied("function", _clauses(found), function="claim")


def _head(claim: Claim, promotion: Promotion) -> Phrase:
    prize = next((prize.name for prize in promotion.prizes if prize.id == claim.prize), None)
    head = say("claim.head", promotion=promotion.name)
    rows = [head, say("claim.prize", prize=prize)] if prize else [head]
    return citing.lines([*rows, say(f"claim.state_{claim.state}")])


def told(claim: Claim, promotion: Promotion, found: ClaimProgress) -> list[Phrase]:
    """The picture of the way and the next thing; of a claim that is not the winner's to do, only what follows."""
    plan = promotion.claim
    if plan is None or claim.state in TOLD_CLOSED:
        return _closed(claim, plan)
    parts = [
        citing.lines(
            [say("claim.steps", done=found.done, total=found.total), *(_mark(each, claim) for each in found.steps)]
        )
    ]
    own = [each for each in found.to_do("winner") if found.mover == "winner"]
    if own:
        parts += step_parts(promotion, own[0])
    elif found.mover == "winner":
        parts.append(say("claim.all_said"))
    else:
        parts.append(_organizers(promotion, found))
        late = [each for each in found.to_do("winner") if each.due is not None and claim.state != "review"]
        parts += [part for each in late[:1] for part in step_parts(promotion, each)]
    parts.append(say("claim.code", code=notice_code(claim)))
    return parts


def _closed(claim: Claim, plan: ClaimPlan | None) -> list[Phrase]:
    if plan is not None and claim.state == "standby" and plan.reserve_clauses:
        return [say("claim.reserve", rank=claim.rank or 1, place=citing.cite_all(plan.reserve_clauses))]
    if plan is not None and claim.state == "refused" and plan.refusal_clauses:
        return [say("claim.refusal_written", place=citing.cite_all(plan.refusal_clauses))]
    return []


def _mark(each: StepProgress, claim: Claim) -> Phrase:
    if each.status == "open" and each.step.mover == "organizer":
        return say("claim.step_open_organizer", title=each.step.title)
    if each.status == "open" and claim.state == "review":  # sent as it was: it is not the winner's move now
        return say("claim.step_later", title=each.step.title)
    return say(f"claim.step_{each.status}", title=each.step.title)


def step_parts(promotion: Promotion, each: StepProgress) -> list[Phrase]:
    """One step of the winner: what, where, by when, what it costs to miss it, what the rules leave open."""
    step = each.step
    key = "claim.again" if each.status == "returned" else "claim.do"
    rows = [say(key, title=step.title, do=citing.bare(step.do), place=citing.cite_all(step.clauses))]
    rows += [say("claim.reason", reason=each.reason)] if each.reason else []
    rows += [say("claim.where", where=step.where)] if step.where is not None else []
    if step.documents:
        names = [document.name for document in promotion.documents if document.id in step.documents]
        rows += [say("claim.papers", names=_named(names))] if names else []
    parts = [citing.lines(rows)]
    if each.due is not None:
        parts.append(citing.lines(due(promotion, each.due)))
    rows = [say("claim.lost", lost=step.lost)] if step.lost is not None else []
    rows += [say("claim.note", note=step.note)] if step.note is not None else []
    return [*parts, citing.lines(rows)] if rows else parts


def _named(names: Sequence[object]) -> Phrase:
    joined = say("claim.name", name=names[-1])  # type: ignore[arg-type]
    for name in reversed(names[:-1]):
        joined = say("places", first=say("claim.name", name=name), rest=joined)  # type: ignore[arg-type]
    return joined


def due(promotion: Promotion, term: StepTerm) -> list[Phrase]:
    """The last day with its weekday, the days that are left, the calendar; where the rules leave it open, why this day is shown."""
    if term.last is None or term.weekday is None:
        return []
    key = "claim.due" if term.exact else "claim.due_certain"
    rows = [
        say(
            key,
            day=term.last,
            weekday=say(f"weekday.{term.weekday}"),
            left=_left(term),
            place=citing.cite_all(term.clauses),
        )
    ]
    points = [point for id in term.open_points if (point := promotion.open_point(id)) is not None]
    rows += [say("claim.open", question=point.question) for point in points if not term.exact]
    return [*rows, say("claim.calendar", calendar=term.calendar)]


def _left(term: StepTerm) -> Phrase:
    if term.passed:
        return say("claim.passed")
    left = term.days_left or 0
    return say("claim.today") if left == 0 else say("claim.days_left", count=left)


def _organizers(promotion: Promotion, found: ClaimProgress) -> Phrase:
    each = found.next
    if each is None:
        return say("claim.organizer_moves")
    step = each.step
    rows = [say("claim.organizer", do=citing.bare(step.do), place=citing.cite_all(step.clauses))]
    rows += due(promotion, each.due) if each.due is not None else []
    return citing.lines([*rows, *([say("claim.note", note=step.note)] if step.note is not None else [])])


def _clauses(found: ClaimProgress) -> tuple[str, ...]:
    return found.next.step.clauses if found.next is not None else ()


def _options(turn: Turn, claim: Claim, promotion: Promotion, found: ClaimProgress) -> tuple[Option, ...]:
    plan, at = promotion.claim, claim.version
    if plan is None or not claim.open or claim.state in ("reported", "standby"):
        return ()
    given = turn.claims.consents.get(claim.id)
    options: list[Option] = []
    if given is None and claim.state == "confirmed":
        options.append(Option("won.consent", say("button.claim_begin")))
    elif found.mover == "winner":
        own = found.to_do("winner")
        if own:
            options.append(Option(f"won.done.{own[0].step.id}.{at}", say("button.claim_done")))
        if len(own) > 1:
            options.append(Option("won.steps", say("button.claim_steps")))
        if claim.state == "collecting":
            options.append(Option(f"won.send.{at}", say("button.claim_send")))
    said = [each for each in found.steps if each.status == "claimed" and each.step.mover == "winner"]
    if said and claim.state in ("collecting", "approved"):
        options.append(Option(f"won.undo.{said[-1].step.id}.{at}", say("button.claim_undo")))
    if plan.branches and claim.running:
        options.append(Option("won.ways", say("button.claim_ways")))
    if "tax" in promotion.rules:
        options.append(Option("won.tax", say("button.claim_tax")))
    options.append(Option(f"won.refuse.{at}", say("button.claim_refuse")))
    return tuple(options)
