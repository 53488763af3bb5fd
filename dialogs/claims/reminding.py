"""What falls due of a person's claims, told in one message: news of the organizer's acts, and the reminders that are said now.

Not here: when a reminder is due and whether it is said (see domain/claims/reminders.py); the event itself (see bot/running/timers.py).
"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from dialogs import citing
from dialogs.claims.finding import own_claims
from dialogs.claims.notice import notice_code
from dialogs.claims.telling import due, step_parts
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Effect, Outcome, Turn
from domain.claims.claim import Claim
from domain.claims.effects import ClaimNewsTold, ClaimReminded
from domain.claims.person import ClaimNews
from domain.claims.progress import progress
from domain.claims.reminders import settle
from domain.claims.rungs import Reminder
from domain.promotion import Promotion

TEMPLATE: Final = "claim_reminder"
"""The approved text for a reply window that has closed."""
NEWS_AT_ONCE: Final = 3
"""The rest is told the next time."""


def remind(turn: Turn) -> Outcome:
    """Nothing is said while a person holds the talk: what is due becomes that person's, news wait."""
    own = {claim.id: (claim, promotion) for claim, promotion in own_claims(turn)}
    if not own:
        return turn.done()
    handoff = turn.conversation.handoff
    # who said «stop» is not written to unasked: what falls due is for the organizer's people then, and news wait
    held = (handoff is not None and handoff.agent is not None) or turn.conversation.reminders_off is not None
    zone = ZoneInfo(turn.claims.zone) if turn.claims.zone else next(iter(own.values()))[1].zone
    claims = {id: claim for id, (claim, _) in own.items()}
    settled = settle(
        turn.claims.due,
        claims,
        turn.library.promotions,
        turn.now,
        zone,
        turn.claims.told_at,
        held,
        turn.library.calendar,
    )
    effects: list[Effect] = [ClaimReminded(settled, turn.claims.due)] if turn.claims.due else []
    news = () if held else tuple(each for each in turn.claims.news if each.claim in own)[:NEWS_AT_ONCE]
    effects += [ClaimNewsTold(news)] if news else []
    says = settled.say  # all of them: what is marked as told must have been told
    if not news and not says:
        return turn.done(effects=tuple(effects))
    about = own[news[-1].claim if news else says[0].claim]
    parts = [_news(each, *own[each.claim]) for each in news]
    for at, each in enumerate(says):
        parts += _reminder(turn, each, *own[each.claim], whole=at == 0 and len(says) == 1)
    parts.append(say("claim.code", code=notice_code(about[0])))
    turn = turn.slots(claim=about[0].id)
    options = (Option("claim", say("button.claim")), PERSON, MENU)
    return turn.done(Outgoing(tuple(parts), options, template=TEMPLATE), effects=tuple(effects))


def _news(each: ClaimNews, claim: Claim, promotion: Promotion) -> Phrase:
    """What the organizer did, why, and by which clause."""
    moved = each.transition
    back = moved.source == "review" and moved.target == "collecting"
    name = promotion.name
    rows = [say("news.returned", promotion=name) if back else say(f"news.{moved.target}", promotion=name)]
    step = promotion.claim.step(moved.step) if promotion.claim is not None and moved.step else None
    rows += [say("news.step", title=step.title)] if step is not None else []
    if moved.reason and moved.target not in ("approved", "confirmed", "standby"):
        rows.append(say("claim.reason", reason=moved.reason))
    rows += [say("news.clause", place=citing.cite(moved.clause))] if moved.clause else []
    return citing.lines(rows)


def _reminder(turn: Turn, each: Reminder, claim: Claim, promotion: Promotion, *, whole: bool) -> list[Phrase]:
    """One rung: which step, its last day; alone it tells the whole step."""
    found = progress(claim, promotion, turn.now, turn.library.calendar).step(each.step)
    if found is None:
        return []
    head = say(f"remind.{each.rung}", promotion=promotion.name, title=found.step.title)
    if whole:
        return [head, *step_parts(promotion, found)]
    return [citing.lines([head, *(due(promotion, found.due) if found.due is not None else [])])]
