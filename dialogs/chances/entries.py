"""How often a person is in a draw, for promotions that draw among entries.

Not here: counting (see domain/entries.py); asking for the facts (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from dialogs import citing
from dialogs.conversation import Json
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.chances import EntryRule, entries
from domain.promotion import Promotion
from domain.verdict import Unknown


def show(turn: Turn, promotion: Promotion) -> Outcome:
    """Entries per draw, from what the person told about taking part. Odds are told only where a list says how many there are."""
    if not isinstance(promotion.rules.get("chances"), EntryRule):
        return turn.done(Outgoing((say("chances.none"),), (MENU,)))
    begin = Option(f"check.{promotion.slug}.draw", say("button.eligible"))
    facts = _told(turn, promotion)
    if not facts:
        return turn.done(Outgoing((say("chances.need_check"),), (begin, MENU))).replied("ask")
    found = entries(promotion, facts)
    rows = [_month(month, number) for month, number in found.months.items() if number != 0]
    if found.in_draw is not None:
        known = "in_draw" if found.in_draw is True else "open" if found.in_draw else "not_in_draw"
        rows.append(say(f"entries.{known}"))
    if not rows:
        rows.append(say("entries.none"))
    parts = [say("entries.head", promotion=promotion.name), citing.lines(rows)]
    if isinstance(found.more_purchases_more_entries, Unknown):
        parts.append(say("entries.more_open"))
    parts += [say("verdict.clauses", places=citing.cite_all(found.clauses)), say("entries.odds")]
    if promotion.state(turn.now) == "ended":
        parts.append(say("verdict.ended"))
    options = (begin, Option("listed", say("button.listed")), MENU)
    return turn.done(Outgoing(tuple(parts), options)).replied("chances", tuple(found.clauses))


def _told(turn: Turn, promotion: Promotion) -> Mapping[str, Json]:
    check = turn.conversation.slots.get("check")
    if not isinstance(check, dict) or (check.get("promotion"), check.get("question")) != (promotion.slug, "draw"):
        return {}
    return cast(Mapping[str, Json], check.get("facts") or {})


def _month(month: str, number: int | Unknown) -> Phrase:
    name = citing.month(month)
    if not isinstance(number, Unknown):
        return say("entries.month", count=number, month=name)
    if number.reason != "fact_missing" and not number.certain:
        return say("entries.month_maybe", month=name)
    key = "entries.month_missing" if number.reason == "fact_missing" else "entries.month_open"
    return say(key, month=name, certain=number.certain or 0)
