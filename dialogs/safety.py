"""Fraud before everything: who is asked for money, a card or a code in the promotion's name gets one fixed answer.

Not here: recognising it (see domain/search/wishes.py) and hiding what was typed (see masking.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import citing
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.rules import scene as rules
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion
from domain.search.wishes import Wish

_USSD = re.compile(r"\*\d[\d*]*#")
MONEY = ("money", "paid")
"""Where the fraud is about money, who pays what comes before how winners are told."""


def warn(turn: Turn, wish: Wish | None) -> Outcome | None:
    """What to do now, what nobody may be told, what the rules say of telling and paying winners, the only contacts, a person."""
    if wish is None or not wish.is_fraud or _is_of_the_rules(turn):
        return None
    about = wish.name.partition(".")[2]
    turn, _ = rules.switch(turn)
    said, numbers = _rules_say(turn.promotion, about) if turn.promotion else ([], ())
    parts = [citing.lines([say("safety.warning"), say(f"safety.{about}")])]
    if about not in ("code", "card"):
        parts.append(say("safety.rules"))
    parts += said
    if about != "paid":
        parts.append(say("safety.gone"))
    parts.append(say("safety.person"))
    sections = (Option("rules", say("button.rules")),) if turn.promotion else ()
    turn = turn.slots(offered="person")
    return turn.done(Outgoing(tuple(parts), (PERSON, *sections, MENU))).replied("safety", numbers)


def _is_of_the_rules(turn: Turn) -> bool:
    """«*88*5# қауіпсіз бе»: the code asked about is one that the rules themselves name."""
    codes = _USSD.findall(turn.incoming.text)
    clauses = turn.promotion.rulebook.clauses if turn.promotion else ()
    return bool(codes) and all(any(code in clause.text.ru for clause in clauses) for code in codes)


def _rules_say(promotion: Promotion, about: str) -> tuple[list[Phrase], tuple[str, ...]]:
    """The sentences of the rules with the clauses they stand on, and the contacts that the rules name."""
    parts: list[Phrase] = []
    numbers: list[str] = []
    if promotion.safety is not None:
        told = ("safety.told", (promotion.safety.told, promotion.safety.receive))
        costs = ("safety.costs", (promotion.safety.costs,))
        for key, ids in (costs, told) if about in MONEY else (told, costs):
            lines, clauses = _sentences(promotion, ids)
            if lines:
                parts.append(citing.lines([say(key), *lines]))
                numbers += clauses
    contacts = citing.facts(promotion, "contacts")
    if contacts:
        parts.append(citing.lines([say("safety.contacts"), *contacts]))
    return parts, tuple(dict.fromkeys(numbers))


def _sentences(promotion: Promotion, ids: Sequence[str]) -> tuple[list[Phrase], list[str]]:
    points = [point for id in dict.fromkeys(ids) if (point := promotion.point(id))]
    lines = [citing.stated(point.say, point.clauses[:2]) for point in points]
    return lines, [number for point in points for number in point.clauses[:2]]
