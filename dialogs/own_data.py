"""What is kept of a person, as it really is at this moment, and the way to have it deleted.

Not here: deleting (see privacy.py) and keeping (see storage/).
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import citing
from dialogs.claims.finding import own_claims
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn


def show(turn: Turn) -> Outcome:
    now = say("mydata.now", language=say(f"mydata.{turn.language}"))
    lines = [now, *_kept(turn)]
    consent = (Option("won.consent", say("button.claim_consent")),) if turn.claims.consents else ()
    options = (*consent, Option("forget", say("button.forget")), MENU)
    return turn.done(Outgoing((say("mydata.kept"), citing.lines(lines)), options))


def _kept(turn: Turn) -> list[Phrase]:
    """One line for each thing that there is."""
    slots = turn.conversation.slots
    found: list[Phrase] = []
    if turn.promotion is not None:
        found.append(say("mydata.promotion", promotion=turn.promotion.name))
    if purchases := _size(slots.get("purchases")) or _size(slots.get("draft")):
        found.append(say("mydata.purchases", number=purchases))
    check = slots.get("check")
    if isinstance(check, Mapping) and (answers := _size(check.get("facts"))):
        found.append(say("mydata.answers", number=answers))
    for claim, promotion in own_claims(turn):
        found.append(say("mydata.claim", promotion=promotion.name))
        given = turn.claims.consents.get(claim.id)
        if given is not None:
            found.append(say("mydata.consent_no") if given.get("given") == "no" else say("mydata.consent_yes"))
    found.append(say("mydata.phone") if turn.conversation.phone else say("mydata.no_phone"))
    return found


def _size(value: object) -> int:
    return len(value) if isinstance(value, (list, Mapping)) else 0
