"""A win that only the person tells of: passed on, never confirmed by the bot; with how the rules tell winners and what they ask of them.

Not here: recognising that somebody tells of a win (see domain/spoken/winning.py).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from dialogs import citing
from dialogs.claims.telling import show_claim
from dialogs.menu import MENU, PERSON, promotions
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.claims.acts import Acting, begin, plan_of
from domain.claims.claim import Claim
from domain.claims.effects import ClaimBegun
from domain.claims.states import ClaimRefusal
from domain.promotion import Promotion
from domain.search.folding import words

STORY_LENGTH: Final = 600
"""Characters of a story that are passed on."""
_BONUS: Final = "бонус"


def report(turn: Turn, story: str) -> Outcome:
    """The story becomes a claim that an agent looks at; told twice it is one."""
    promotion = turn.promotion
    if promotion is None:
        return _which(turn, story)
    plan = plan_of(promotion)
    if plan.no_claim and any(word.startswith(_BONUS) for word in words(story)):
        return _nothing_to_claim(turn, plan.no_claim_clauses)
    before = next((claim for claim in turn.claims.claims if claim.promotion == promotion.slug), None)
    if before is not None:
        return show_claim(turn, before, promotion, say("claim.told_before"))
    id = sha256(f"{turn.token} {turn.incoming.channel} {turn.incoming.id}".encode()).hexdigest()[:32]
    acted = begin(id, promotion, "reported", Acting("winner", turn.now))
    if isinstance(acted, ClaimRefusal):
        return _nothing_to_claim(turn, acted.details)
    turn = turn.slots(claim=id, won_story=None)
    begun = ClaimBegun(acted, story[:STORY_LENGTH], turn.conversation.phone or "")
    parts = (say("claim.passed_on"), *how_told(promotion), *asked_of_winners(promotion))
    outcome = turn.done(Outgoing(parts, (*phone_option(turn), PERSON, MENU)), effects=(begun,))
    return outcome.replied("answer", plan_clauses(promotion), function="claim")


def nothing_known(turn: Turn) -> Outcome:
    """The entry of the menu, where no claim is known: what counts, and the ways to be found."""
    promotion = turn.promotion
    if promotion is None:
        return _which(turn, "")
    parts = [say("claim.none", promotion=promotion.name), *how_told(promotion), *asked_of_winners(promotion)]
    if turn.claims.elsewhere:
        parts.insert(0, say("claim.elsewhere"))
    options = (Option("won.tell", say("button.claim_tell")), *phone_option(turn), PERSON, MENU)
    return turn.at("rules", "ask").done(Outgoing(tuple(parts), options)).replied("function", function="claim")


def phone_option(turn: Turn) -> tuple[Option, ...]:
    ask = turn.channel_verifies_phone and turn.conversation.phone is None
    return (Option("won.phone", say("button.claim_phone")),) if ask else ()


def plan_clauses(promotion: Promotion) -> tuple[str, ...]:
    """Where the rules say what a winner does, the step that comes first before the others."""
    steps = [step for step in plan_of(promotion).along(()) if step.mover == "winner"]
    return tuple(dict.fromkeys(step.clauses[0] for step in steps))


def how_told(promotion: Promotion) -> list[Phrase]:
    """What decides who has won, and how the organizer tells it, by the rules."""
    rows = []
    for id in ("check", "tell"):
        step = plan_of(promotion).step(id)
        if step is not None:
            rows.append(say("claim.by_rules", do=citing.bare(step.do), place=citing.cite_all(step.clauses)))
    return [citing.lines(rows)] if rows else []


def asked_of_winners(promotion: Promotion) -> list[Phrase]:
    """What the rules ask of whoever has won."""
    steps = [step for step in plan_of(promotion).along(()) if step.mover == "winner"]
    rows = [say("claim.asked", title=step.title, place=citing.cite_all(step.clauses)) for step in steps]
    return [citing.lines([say("claim.asked_head"), *rows])] if rows else []


def _nothing_to_claim(turn: Turn, clauses: tuple[str, ...]) -> Outcome:
    return turn.done(Outgoing((say("claim.no_claim", place=citing.cite_all(clauses)),), (PERSON, MENU))).replied(
        "answer", clauses
    )


def _which(turn: Turn, story: str) -> Outcome:
    """Of which promotion; the story is kept until that is known."""
    offer = promotions(turn.library.promotions, turn.now)
    options = tuple(Option(f"won.in.{each.id.partition('.')[2]}", each.label, each.hint) for each in offer)
    return (
        turn.slots(won_story=story[:STORY_LENGTH] or None).done(Outgoing((say("claim.which"),), options)).replied("ask")
    )


def reported_before(turn: Turn) -> Claim | None:
    return next((claim for claim in turn.claims.claims if claim.state == "reported"), None)
