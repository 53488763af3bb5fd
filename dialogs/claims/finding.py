"""Which of a person's claims a turn is about; a claim of a list that the person proved to be theirs is led in this talk from now on.

Not here: what a turn is given (see storage/claims/finding.py).
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.turn import Outcome, Turn
from domain.claims.claim import Claim
from domain.claims.effects import ClaimLinked
from domain.claims.person import PersonClaims
from domain.promotion import Promotion


def own_claims(turn: Turn) -> list[tuple[Claim, Promotion]]:
    """All claims of the person whose promotion is served, the open ones first, of the talk's promotion before others."""
    every = (*turn.claims.claims, *turn.claims.found)
    known = [
        (claim, turn.library.promotions[claim.promotion])
        for claim in every
        if claim.promotion in turn.library.promotions
    ]
    return sorted(
        known, key=lambda pair: (not pair[0].running, not pair[0].open, pair[1].slug != turn.conversation.promotion)
    )


def chosen(turn: Turn) -> tuple[Claim, Promotion] | None:
    """The claim that the talk was about last, else the only one, or the only one that is open."""
    own = own_claims(turn)
    last = turn.conversation.slots.get("claim")
    named = [pair for pair in own if pair[0].id == last]
    still = [pair for pair in own if pair[0].open]
    return named[0] if named else own[0] if len(own) == 1 else still[0] if len(still) == 1 else None


def linked(turn: Turn, outcome: Outcome) -> Outcome:
    """The same, with the claims that were found led in this talk."""
    before = {effect.claim for effect in outcome.effects if isinstance(effect, ClaimLinked)}
    links = tuple(ClaimLinked(claim.id) for claim in turn.claims.found if claim.id not in before)
    return replace(outcome, effects=(*links, *outcome.effects)) if links else outcome


def open_claim(claims: PersonClaims) -> Claim | None:
    return next((claim for claim in (*claims.claims, *claims.found) if claim.open), None)
