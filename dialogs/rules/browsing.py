"""The rules without typing: sections, clauses from a list, originals, prizes; and the votes under an answer.

Not here: free questions (see scene.py); telling an answer (see answers.py).
"""

from __future__ import annotations

from collections.abc import Callable

from dialogs import citing, opening
from dialogs.menu import MENU, PERSON, out_of_date
from dialogs.messages import Option, Outgoing, say
from dialogs.rules import answers
from dialogs.turn import Outcome, Step, Turn, Voted
from domain.rulebook import SECTIONS, Section


def show_clause(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """A clause from a list; after "did you mean" it is the answer to that question, and voted on as such."""
    found = answers.clause_of(turn, words)
    if found is None:
        return out_of_date(turn)
    token = answers.asked_of(turn).get(answers.CHOICE)
    return answers.tell(turn.slots(asked=answers.remember(turn, ".".join(words), token)) if token else turn, *found)


def show_original(turn: Turn, words: tuple[str, ...]) -> Outcome:
    found = answers.clause_of(turn, words)
    if not found:
        return out_of_date(turn)
    promotion, number = found
    return turn.done(Outgoing(citing.original(promotion, promotion.rulebook.cite(number), turn.language), (MENU,)))


def show_sections(turn: Turn) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    options = [
        Option(f"section.{promotion.slug}.{name}", say(f"section.{name}"))
        for name in SECTIONS
        if promotion.rulebook.section(name) or (name == "contacts" and promotion.contacts)
    ]
    parts = (say("rules.sections", promotion=promotion.name),)
    return answers.leave(turn).done(Outgoing(parts, (*options, MENU)))


def show_section(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.library.promotions.get(words[0]) if len(words) == 2 else None
    if promotion is None or words[1] not in SECTIONS:
        return out_of_date(turn)
    section: Section = words[1]
    facts = citing.facts(promotion, section)
    clauses = promotion.rulebook.section(section)
    options = [answers.button(promotion, clause) for clause in clauses]
    lead = say("rules.section", promotion=promotion.name, section=say(f"section.{section}"))
    more = (say("rules.choose_clause"),) if clauses else ()
    back = Option("rules", say("button.rules"))
    return answers.leave(turn).done(Outgoing((lead, *facts, *more), (*options, back, MENU)))


def show_prizes(turn: Turn) -> Outcome:
    if turn.promotion is None:
        return opening.choose_promotion(turn)
    return show_section(turn, (turn.promotion.slug, "prizes"))


def vote(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """👍 or 👎 under an answer of this talk; under anybody else's, or an old one, it is out of date."""
    asked, name = answers.asked_of(turn), ".".join(words[1:])
    token = asked.get(name)
    found = answers.clause_of(turn, words[1:])
    if len(words) != 3 or words[0] not in ("up", "down") or not token or not found:
        return out_of_date(turn)
    voted = Voted(token, "up" if words[0] == "up" else "down")
    if words[0] == "up":
        return turn.done(Outgoing((say("rules.liked"),), (MENU,)), effects=(voted,))
    promotion, number = found
    options = [answers.button(promotion, promotion.rulebook.cite(see)) for see in promotion.rulebook.cite(number).see]
    back = Option("rules", say("button.rules"))
    return turn.done(Outgoing((say("rules.disliked"),), (*options, back, PERSON, MENU)), effects=(voted,))


def something_else(turn: Turn) -> Outcome:
    return answers.leave(turn).done(
        Outgoing((say("rules.else"),), (Option("rules", say("button.rules")), PERSON, MENU))
    )


OPTIONS: dict[str, Callable[[Turn, tuple[str, ...]], Outcome]] = {
    "section": show_section,
    "clause": show_clause,
    "original": show_original,
    "vote": vote,
}
PLAIN: dict[str, Step] = {"rules": show_sections, "prizes": show_prizes, "else": something_else}
