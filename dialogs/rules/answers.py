"""How an answer is told and remembered: its parts, its buttons, and which answers of this talk can still be voted on.

Not here: finding the clause (see scene.py and browsing.py); how a clause is shown (see dialogs/citing.py).
"""

from __future__ import annotations

from dialogs import citing
from dialogs.conversation import Json
from dialogs.menu import MENU, announce, other_language
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion
from domain.rulebook import Clause

CHOICE = "choose"
"""Stands for the clause of an answer that is not chosen yet."""
REMEMBERED = 12
"""Answers of a talk that can still be voted on."""


def name_of(promotion: Promotion, number: str) -> str:
    """How buttons name a clause: `<slug>.<index>`."""
    return f"{promotion.slug}.{citing.index(promotion, number)}"


def tell(turn: Turn, promotion: Promotion, number: str) -> Outcome:
    """One whole clause: our sentence, the organiser's words, our note."""
    clause = promotion.rulebook.cite(number)
    parts = citing.answer(promotion, clause, turn.language)
    if turn.conversation.slots.get("told") != promotion.slug:
        parts.append(announce(promotion, turn.now))
        turn = turn.slots(told=promotion.slug)
    name = name_of(promotion, number)
    options = []
    if name in asked_of(turn):
        options += [Option(f"vote.up.{name}", say("button.up")), Option(f"vote.down.{name}", say("button.down"))]
    if clause.text.is_translation(turn.language):
        options.append(Option(f"original.{name}", say("button.original")))
    options += [other_language(turn.language), MENU]
    kept: Json = {"promotion": promotion.slug, "question": "", "hits": [], "clause": number}
    told = turn.slots(last=kept).at("rules", "ask").done(Outgoing(tuple(parts), tuple(options)))
    return told.replied("answer", (number,))


def button(promotion: Promotion, clause: Clause) -> Option:
    """The button that shows a clause."""
    id = f"clause.{promotion.slug}.{citing.index(promotion, clause.number)}"
    return Option(id, say("button.clause", label=clause.label), say("button.clause", label=clause.title))


def clause_of(turn: Turn, words: tuple[str, ...]) -> tuple[Promotion, str] | None:
    """The promotion and clause that `<slug>.<index>` names."""
    if len(words) != 2 or not words[1].isdecimal() or len(words[1]) > 4:
        return None
    promotion = turn.library.promotions.get(words[0])
    if promotion is None or int(words[1]) >= len(promotion.rulebook.clauses):
        return None
    return promotion, promotion.rulebook.clauses[int(words[1])].number


def asked_of(turn: Turn) -> dict[str, str]:
    asked = turn.conversation.slots.get("asked")
    return {str(k): str(v) for k, v in asked.items()} if isinstance(asked, dict) else {}


def remember(turn: Turn, name: str, token: str) -> dict[str, Json]:
    """The answers of this talk that can be voted on, with this one."""
    others = {each: token for each, token in asked_of(turn).items() if each not in (name, CHOICE)}
    return dict([*others.items(), (name, token)][-REMEMBERED:])


def leave(turn: Turn) -> Turn:
    """On to something else: no answer is to be said again, and a clause that is opened now answers no earlier question."""
    asked: dict[str, Json] = {name: token for name, token in asked_of(turn).items() if name != CHOICE}
    return turn.at("rules", "ask").slots(last=None, asked=asked)
