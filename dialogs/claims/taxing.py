"""The tax on a prize as the rules have it, told as information: who pays, at what rate, what the winner is left with.

Not here: computing it (see domain/tax.py). The MRP is the law's and is never assumed.
"""

from __future__ import annotations

from dialogs import citing
from dialogs.claims.telling import show_claim
from dialogs.menu import MENU, PERSON
from dialogs.messages import Money, Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.claims.claim import Claim
from domain.promotion import Promotion
from domain.tax import Tax, TaxRule, Won, assess

_KINDS = {"bonus": "bonus balance"}
_TAXED = 0
"""With this MRP every prize is above the threshold: the case in which there is a tax."""


def show_tax(turn: Turn, claim: Claim, promotion: Promotion) -> Outcome:
    rule = promotion.rules.get("tax")
    if not isinstance(rule, TaxRule):
        return show_claim(turn, claim, promotion)
    prize = next((prize for prize in promotion.prizes if prize.id == claim.prize), None)
    if prize is None and len(promotion.prizes) == 1:
        (prize,) = promotion.prizes
    non_resident = "non-resident" in claim.branches
    parts: list[Phrase] = [say("tax.head")]
    if not rule.threshold_mrp:
        place = citing.cite_all(rule.clauses["who_pays"])
        parts.append(say("tax.organizer_responsible", place=place))
    elif prize is None:
        parts.append(say("tax.no_prize", count=rule.threshold_mrp, place=citing.cite_all(rule.clauses["threshold"])))
    else:
        kind = _KINDS.get(prize.kind, prize.kind)
        taxed = assess(promotion, Won(kind, prize.value_kzt), _TAXED, resident=not non_resident)
        parts += _if_taxed(taxed, prize.value_kzt, rule)
        if not non_resident and rule.rate_non_resident != rule.rate_resident:
            parts.append(say("tax.non_resident", rate=rule.rate_non_resident))
    parts.append(say("tax.information"))
    options = (Option("claim", say("button.claim")), PERSON, MENU)
    return turn.done(Outgoing(tuple(parts), options)).replied("answer", rule.clauses["who_pays"])


def _if_taxed(tax: Tax, value: int, rule: TaxRule) -> list[Phrase]:
    place = citing.cite_all(tax.clauses)
    rows = [say("tax.threshold", count=rule.threshold_mrp)]
    if tax.paid_by == "organizer_own_funds":
        rows.append(say("tax.own_funds", value=Money(value), place=place))
    elif (
        isinstance(tax.withheld_kzt, int)
        and isinstance(tax.winner_receives_kzt, int)
        and isinstance(tax.rate_percent, int)
    ):
        rows.append(
            say(
                "tax.withheld",
                rate=tax.rate_percent,
                tax=Money(tax.withheld_kzt),
                net=Money(tax.winner_receives_kzt),
                place=place,
            )
        )
    else:
        rows.append(say("tax.open", place=place))
    return [citing.lines(rows)]
