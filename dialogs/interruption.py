"""A question about the rules in the middle of something else: it is answered, and then we go on where we were.

Not here: the answer (see dialogs/rules/scene.py); going on (see whoever was interrupted).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dialogs.rules import scene as rules
from dialogs.turn import Outcome, Replied, Turn
from domain.promotion import Promotion

POLITE = ("greeting", "thanks")


def is_question(turn: Turn, promotion: Promotion) -> bool:
    """Whether words that are no answer are a question about the rules, though no question mark stands behind them."""
    text = turn.incoming.text
    if text.rstrip().endswith("?"):
        return True
    if any(map(str.isdecimal, text)):
        return False
    kind = turn.library.find(promotion.slug, rules.shorten(text)).kind
    return kind in POLITE or (kind in ("answer", "person") and len(text.split()) > 1)


def ask(turn: Turn) -> Outcome:
    """Nothing is under way any more: the text is a question about the rules."""
    return rules.ask(turn)


def answer(turn: Turn, resume: Callable[[Turn], Outcome]) -> Outcome:
    """The answer, then what `resume` says; only the answer where a person was asked for."""
    answered = rules.ask_about(turn, turn.incoming.text)
    return answered if answered.conversation.handoff is not None else resumed(turn, answered, resume)


def resumed(turn: Turn, answered: Outcome, resume: Callable[[Turn], Outcome]) -> Outcome:
    """The answer, and then what was going on before it."""
    again = resume(replace(turn, conversation=answered.conversation))
    # the reply to the text is the answer; what follows goes on with something else
    following = tuple(effect for effect in again.effects if not isinstance(effect, Replied))
    return Outcome(again.conversation, (*answered.says, *again.says), (*answered.effects, *following))
