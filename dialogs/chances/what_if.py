"""«А если куплю на 400 000 завтра?»: computed beside the purchases that were told, kept nowhere.

Not here: reading the text (see domain/spoken/purchases.py), counting (see domain/chances.py). It informs and advises nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from dialogs import citing
from dialogs.chances import telling as progress
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import fault, kept, ladder, line, outside, read_text
from dialogs.turn import Outcome, Turn
from domain.chances import Purchase, accrue
from domain.promotion import Promotion
from domain.spoken.lines import SpokenLine
from domain.spoken.purchases import may_hold_sums

_IF: Final = re.compile(r"\b(?:если|егер|esli|eger)\b", re.IGNORECASE)
_BUYING: Final = re.compile(
    r"\b(?:(?:при|до)?куплю|(?:до)?куп(?:ил|ить|лен|им)\w*|возьму|взять|взял\w*|потра(?:чу|тил)\w*|сыграю|сыграл\w*|добер[уе]\w*|добавлю|kuplyu)\b"
    r"|\b(?:алсам|алсақ|алсак|алсаң|ойнасам|жұмсасам|жумсасам|қоссам|коссам|салсам|alsam)\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:(?:при|до)?куплю|докупим|купим|возьму|потрачу|сыграю|доберу|добавлю|kuplyu)\b", re.IGNORECASE
)
_THEN: Final = re.compile(r"алсам|алсақ|алсак|ойнасам|жұмсасам|жумсасам|қоссам|коссам|салсам|alsam", re.IGNORECASE)
"""Kazakh says «if» with the verb itself."""
_WON: Final = re.compile(
    r"\bвыигр\w*|\bприз\w*|\bналог\w*|\bұт(?!ыс ойын)\w*|\bжүлде\w*|\bсалық\w*|\bвозврат\w*|\bверн\w*|\bқайтар\w*",
    re.IGNORECASE,
)
"""Sums of prizes, taxes and refunds are not sums of purchases."""
_SURE: Final = ("no_such_day", "other_currency", "negative", "too_much", "no_such_time")
"""What can be told of a plan that cannot be computed."""
_OPTIONS: Final = (Option("chances", say("button.chances")), MENU)


def what_if(turn: Turn) -> Outcome | None:
    """None where the text asks no such question, or one that was not read whole: the search may know the answer."""
    promotion, text = turn.promotion, turn.incoming.text
    if promotion is None or ladder(promotion) is None:
        return None
    if turn.conversation.scene == "eligibility" or not may_hold_sums(text) or not _supposes(text) or _WON.search(text):
        return None
    known = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    lines = _planned(turn, promotion, text, known)
    wrong = [each for each in lines if each.fault]
    good = [each.purchase for each in lines if each.purchase]
    if wrong and all(each.fault and each.fault.reason in _SURE for each in wrong) and _BUYING.search(text):
        parts = (*(fault(each) for each in wrong[:1]), say("chances.what_if_hint"))
        return turn.done(Outgoing(parts, _OPTIONS)).replied("ask", function="chances")
    if wrong or not good or not _fits(turn, text, lines):
        return None
    if promotion.state(turn.now) == "ended" and any(each.planned for each in lines):
        return _over(turn, promotion)
    return _compute(turn, promotion, known, good)


def _supposes(text: str) -> bool:
    """Whether something is only supposed: «если», «алсам», or a purchase to come with a question."""
    asked = "?" in text or progress.asks_chances(text) or re.search(r"\b(?:сколько|неше|қанша)\b", text, re.IGNORECASE)
    return bool(_IF.search(text) or _THEN.search(text) or (_TO_COME.search(text) and asked))


def _fits(turn: Turn, text: str, lines: tuple[SpokenLine, ...]) -> bool:
    """Whether the sums are surely of purchases: a verb of buying stands with them, or purchases were spoken of."""
    return bool(_BUYING.search(text)) or (turn.conversation.scene == "chances" and all(each.bare for each in lines))


def _planned(turn: Turn, promotion: Promotion, text: str, known: tuple[Purchase, ...]) -> tuple[SpokenLine, ...]:
    """What would be bought. Without a day it is today, where that goes on from purchases that were told; else the rule answers."""
    ahead = bool(_TO_COME.search(text) or _THEN.search(text)) and promotion.state(turn.now) != "ended"
    lines = read_text(turn, promotion, text, ahead=ahead)
    undated = [each for each in lines if each.fault and each.fault.reason == "no_day"]
    ended = promotion.state(turn.now) == "ended" and not known
    if not undated or ended or not (known or turn.conversation.scene == "chances"):
        return lines
    dated = read_text(turn, promotion, f"{promotion.day(turn.now):%d.%m.%Y} {text}", ahead=ahead)
    return tuple(replace(each, planned=True) for each in dated)


def _over(turn: Turn, promotion: Promotion) -> Outcome:
    whole = promotion.whole
    part = say("chances.over", moment=whole.ends, place=citing.cite(whole.clause))
    return turn.done(Outgoing((part,), _OPTIONS)).replied("chances", (whole.clause,), "no", function="chances")


def _compute(turn: Turn, promotion: Promotion, known: tuple[Purchase, ...], good: list[Purchase]) -> Outcome:
    last = max(turn.now, *(progress.end(purchase.at, promotion) for purchase in good))
    everything = [*known, *good]
    accrual = accrue(promotion, everything, last)
    parts: list[Phrase] = [
        say("chances.what_if"),
        citing.lines([line(number, purchase) for number, purchase in enumerate(good, 1)]),
        *outside(good, promotion),
        *progress.parts(promotion, accrual, last),
        *progress.decisions(promotion, everything, last),
        say("chances.not_kept"),
    ]
    says = progress.side(turn.incoming.text, accrual)
    return turn.done(Outgoing(tuple(parts), _OPTIONS)).replied(
        "chances", tuple(accrual.clauses), says, function="chances"
    )
