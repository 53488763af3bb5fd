"""What a winner taps: consent, done and undone, another way, to the review, refusing; each once, whatever is tapped twice or late.

Not here: what an act means (see domain/claims/by_winner.py); how the claim is shown afterwards (see telling.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from msgspec.structs import replace as replace_turn

from dialogs import citing
from dialogs.claims.finding import chosen, linked
from dialogs.claims.telling import show_claim, step_parts
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Audited, Outcome, Turn
from domain.claims import by_winner
from domain.claims.acts import ClaimResult, plan_of
from domain.claims.claim import Claim
from domain.claims.effects import changed
from domain.claims.progress import progress
from domain.claims.states import ClaimRefusal
from domain.promotion import Promotion

CONSENT_TEXT: Final = "claim-1"
"""The version of the words `claim.consent`: another text gets another name."""


def tap(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """`won.<act>.<about>.<version>`: what acts names the version that was shown; an older one changes nothing."""
    found = chosen(turn)
    if found is None:
        return out_of_date(turn)
    claim, promotion = found
    match words:
        case ("consent",):
            return ask_consent(turn, claim, promotion)
        case ("steps",):
            return _steps(turn, claim, promotion)
        case ("step", step):
            return _step(turn, claim, promotion, step)
        case ("ways",):
            return _ways(turn, claim, promotion)
        case (*_, version) if version != str(claim.version):
            return linked(turn, show_claim(turn, claim, promotion, say("claim.newer")))
        case ("yes" | "no" as given, _):
            return _consent(turn, claim, promotion, given)
        case ("done", step, _):
            return _do(
                turn, claim, promotion, by_winner.say_done(claim, promotion, step, turn.now), say("claim.noted"), step
            )
        case ("undo", step, _):
            return _do(turn, claim, promotion, by_winner.unsay(claim, step), say("claim.undone"), step)
        case ("way", branch, _):
            return _way(turn, claim, promotion, branch)
        case ("send", _):
            return _send(turn, claim, promotion)
        case ("sendasis", _):
            return _do(
                turn,
                claim,
                promotion,
                by_winner.send(claim, promotion, turn.now, as_it_is=True),
                say("claim.sent"),
                "send",
            )
        case ("refuse", _):
            return ask_refusal(turn, claim, promotion)
        case ("refuseyes", _) if turn.conversation.slots.get("refusing") == claim.id:
            turn = turn.slots(refusing=None)
            return _do(
                turn,
                claim,
                promotion,
                by_winner.refuse(claim, turn.now, asked_twice=True),
                say("claim.refused"),
                "refuse",
            )
        case ("refuseyes", _):
            return ask_refusal(turn, claim, promotion)
    return out_of_date(turn)


def ask_consent(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    """Before the first personal thing: what is kept, why, how long, and what follows from a no."""
    plan, at = plan_of(promotion), claim.version
    parts = [say("claim.consent")]
    annulled = next((case for case in plan.consequences if case.case == "no_consent"), None)
    if annulled is not None:
        parts.append(
            say("claim.consent_annulled", about=citing.bare(annulled.about), place=citing.cite_all(annulled.clauses))
        )
    elif plan.consent_clauses:
        parts.append(say("claim.consent_rules", place=citing.cite_all(plan.consent_clauses)))
    else:
        parts.append(say("claim.consent_separate"))
    if plan.publication is not None:
        about = plan.publication
        parts.append(say("claim.publication", about=citing.bare(about.about), place=citing.cite_all(about.clauses)))
    yes, no = Option(f"won.yes.{at}", say("button.claim_agree")), Option(f"won.no.{at}", say("button.claim_disagree"))
    return linked(turn, turn.slots(claim=claim.id).done(Outgoing(tuple(parts), (yes, no, MENU))))


def _consent(turn: Turn, claim: Claim, promotion: Promotion, given: str) -> Outcome:
    consent = {
        "given": given,
        "text": CONSENT_TEXT,
        "language": turn.language,
        "at": turn.now.isoformat(),
        "channel": turn.incoming.channel,
    }
    lead = say("claim.agreed") if given == "yes" else say("claim.disagreed")
    return _do(turn, claim, promotion, by_winner.answer(claim, promotion, turn.now), lead, f"consent {given}", consent)


def _do(
    turn: Turn,
    claim: Claim,
    promotion: Promotion,
    result: ClaimResult,
    lead: Phrase,
    what: str,
    consent: dict[str, str] | None = None,
) -> Outcome:
    """The act with its effect, then the claim as it stands; what is impossible or was done before changes nothing."""
    if isinstance(result, ClaimRefusal):
        return linked(turn, show_claim(turn, claim, promotion, say("claim.impossible")))
    if not result.changed and consent is None:
        return linked(turn, show_claim(turn, claim, promotion, say("claim.before")))
    effect = changed(result, promotion, turn.now, turn.claims.zone, turn.library.calendar)
    if consent is not None:
        effect = replace(effect, consent=consent)
        won = replace(turn.claims, consents={**turn.claims.consents, claim.id: consent})
        turn = replace_turn(turn, claims=won)
    after = replace(result.claim, version=claim.version + 1)
    outcome = linked(turn, show_claim(turn, after, promotion, lead))
    return replace(outcome, effects=(*outcome.effects, effect, Audited("claim_act", f"{promotion.slug} {what}")))


def _steps(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    """The winner's own steps that are not done, each a button."""
    found = progress(claim, promotion, turn.now, turn.library.calendar)
    own = [each for each in found.steps if each.step.mover == "winner" and each.status not in ("done", "later")]
    lines = [say("claim.step_of_list", number=at, title=each.step.title) for at, each in enumerate(own, 1)]
    options = [
        Option(f"won.step.{each.step.id}", say("button.claim_step", number=at)) for at, each in enumerate(own, 1)
    ]
    parts = (say("claim.which_step"), citing.lines(lines)) if lines else (say("claim.all_said"),)
    return turn.done(Outgoing(parts, (*options, Option("claim", say("button.claim")), MENU)))


def _step(turn: Turn, claim: Claim, promotion: Promotion, id: str) -> Outcome:
    each = progress(claim, promotion, turn.now, turn.library.calendar).step(id)
    if each is None or each.step.mover != "winner":
        return out_of_date(turn)
    act = "undo" if each.status == "claimed" else "done"
    label = say("button.claim_undo") if act == "undo" else say("button.claim_done")
    options = (Option(f"won.{act}.{id}.{claim.version}", label), Option("claim", say("button.claim")), MENU)
    return turn.done(Outgoing(tuple(step_parts(promotion, each)), options if each.status != "done" else options[1:]))


def _ways(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    """Other ways of the plan: by hand, a representative, a non-resident; each can be chosen and left again."""
    plan = plan_of(promotion)
    if not plan.branches or not claim.running:
        return out_of_date(turn)
    parts, options = [], []
    for branch in plan.branches:
        about = say(
            "claim.way", label=branch.label, about=citing.bare(branch.about), place=citing.cite_all(branch.clauses)
        )
        parts.append(citing.lines([about, say("claim.way_asks")]) if branch.asks_organizer else about)
        key = "button.claim_way_off" if branch.id in claim.branches else "button.claim_way"
        options.append(Option(f"won.way.{branch.id}.{claim.version}", say(key, label=branch.label)))
    return turn.done(Outgoing(tuple(parts), (*options, Option("claim", say("button.claim")), MENU)))


def _way(turn: Turn, claim: Claim, promotion: Promotion, id: str) -> Outcome:
    branch = plan_of(promotion).branch(id)
    if branch is None:
        return out_of_date(turn)
    choosing = id not in claim.branches
    lead = say("claim.way_chosen" if choosing else "claim.way_left", label=branch.label)
    return _do(turn, claim, promotion, by_winner.choose(claim, promotion, id, choosing), lead, f"way {id}")


def _send(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    """To the review; with open steps only after they were named."""
    result = by_winner.send(claim, promotion, turn.now)
    if isinstance(result, ClaimRefusal) and result.code == "steps_open":
        plan = plan_of(promotion)
        titles = [step.title for id in result.details if (step := plan.step(id)) is not None]
        lines = [say("claim.step_missing", title=title) for title in titles]
        options = (
            Option(f"won.sendasis.{claim.version}", say("button.claim_as_is")),
            Option("claim", say("button.claim")),
        )
        return turn.done(Outgoing((say("claim.steps_open"), citing.lines(lines)), (*options, MENU)))
    return _do(turn, claim, promotion, result, say("claim.sent"), "send")


def ask_refusal(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    """Asked a second time, with what follows and whether the rules want it in writing."""
    if not claim.open:
        return show_claim(turn, claim, promotion)
    plan = plan_of(promotion)
    parts = [say("claim.refuse_sure", promotion=promotion.name)]
    if plan.refusal_clauses:
        parts.append(say("claim.refusal_written", place=citing.cite_all(plan.refusal_clauses)))
    options = (
        Option(f"won.refuseyes.{claim.version}", say("button.claim_refuse_yes")),
        Option("claim", say("button.claim_keep")),
        MENU,
    )
    turn = turn.slots(refusing=claim.id, claim=claim.id)
    return linked(turn, turn.done(Outgoing(tuple(parts), options)))
