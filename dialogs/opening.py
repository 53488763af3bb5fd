"""The screens that open a talk: greeting, language, promotion, welcome.

Not here: when they are shown (see start.py and dialogs/rules/scene.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from dialogs import citing
from dialogs.menu import KAZAKH, RUSSIAN, announce, menu, promotions
from dialogs.messages import Outgoing, say
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion


def is_new(turn: Turn) -> bool:
    """Whether nothing was said to this person yet, or nothing they could read for sure."""
    return turn.conversation.step == "first" or turn.conversation.language is None


def greet(turn: Turn) -> Outcome:
    """Both languages, and the question which one."""
    hello = Outgoing((say("start.hello"),), (KAZAKH, RUSSIAN), both=True)
    return turn.at("start", "language").done(hello).replied("small")


def in_both(before: Turn, outcome: Outcome) -> Outcome:
    """The outcome in both languages with the choice between them, where the person's is not known yet; else as it is."""
    known, now = before.conversation, outcome.conversation
    if known.chosen or now.chosen or any((known.language, known.spoken, now.language, now.spoken)) or not outcome.says:
        return outcome
    says = [
        each if each.both or each.language or each.ask_contact else replace(each, both=True) for each in outcome.says
    ]
    last = says[-1]
    if last.both and all(option not in last.options for option in (KAZAKH, RUSSIAN)):
        says[-1] = replace(last, options=(KAZAKH, RUSSIAN))
    return replace(outcome, says=tuple(says))


def choose_language(turn: Turn) -> Outcome:
    """Where the talk has begun it stays where it is, so that the last answer can be said again."""
    turn = turn.at("start", "language") if turn.conversation.step == "first" else turn
    return turn.done(Outgoing((say("start.language"),), (KAZAKH, RUSSIAN), both=True)).replied("function")


def choose_promotion(turn: Turn) -> Outcome:
    offer = promotions(turn.library.promotions, turn.now)
    lines = tuple(
        say("promotion.line", name=turn.library.promotions[option.id.partition(".")[2]].name, state=option.hint)
        for option in offer
        if option.hint
    )
    over = all(promotion.state(turn.now) == "ended" for promotion in turn.library.promotions.values())
    parts = (say("promotion.which"), *lines, *((say("promotion.all_over"),) if over else ()))
    return turn.at("start", "promotion").done(Outgoing(parts, offer)).replied("ask")


def welcome(turn: Turn) -> Outcome:
    promotion = cast(Promotion, turn.promotion)
    parts = (
        say(
            "promotion.chosen",
            name=promotion.name,
            organizer=promotion.organizer,
            place=citing.cite(promotion.organizer_clause),
        ),
        announce(promotion, turn.now),
        say("start.ask"),
    )
    turn = turn.slots(told=promotion.slug).at("rules", "ask")
    return turn.done(Outgoing(parts, menu(turn))).replied("function")
