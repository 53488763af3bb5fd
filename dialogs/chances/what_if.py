"""«А если куплю на 400 000 завтра?»: computed beside the kept purchases, kept nowhere.

Leaves counting to `domain.chances` and reading the text to `purchases`. It informs; whether to buy is nobody's advice.
"""

from __future__ import annotations

import re
from typing import Final

from dialogs import citing
from dialogs.chances import telling as progress
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import fault, kept, ladder, line, outside, read_text
from dialogs.turn import Outcome, Turn
from domain.chances import accrue
from domain.spoken.purchases import may_hold_sums

_IF: Final = re.compile(r"\b(?:если|егер|esli|eger)\b", re.IGNORECASE)
_BUYING: Final = re.compile(
    r"\b(?:куплю|купил\w*|купить|куплен\w*|докуп\w*|возьму|потрачу|сыграю|kuplyu)\b"
    r"|\b(?:алсам|алсақ|алсаң|ойнасам|жұмсасам|жумсасам|alsam)\b",
    re.IGNORECASE,
)
_THEN: Final = re.compile(r"алсам|алсақ|ойнасам|жұмсасам|жумсасам|alsam", re.IGNORECASE)
"""Kazakh says «if» with the verb itself."""
_WON: Final = re.compile(r"\bвыигр\w*|\bприз\w*|\bналог\w*|\bұт\w*|\bжүлде\w*|\bсалық\w*", re.IGNORECASE)
"""Sums of prizes and taxes are not sums of purchases."""
_AROUND: Final = re.compile(
    r"\b(?:если|егер|esli|eger|бы|я|мен|что|чего|будет|не|болады|ше|сколько|қанша|неше|шанс\w*|мүмкіндік\w*|тогда|онда|ещё|еще|тағы|а|ал|то|и)\b|[?!]",
    re.IGNORECASE,
)


def what_if(turn: Turn) -> Outcome | None:
    """None where the text asks no such question."""
    promotion, text = turn.promotion, turn.incoming.text
    if promotion is None or ladder(promotion) is None:
        return None
    if not may_hold_sums(text):
        return None
    buying = bool(_BUYING.search(text))
    if (
        not (_IF.search(text) or _THEN.search(text) or (buying and "?" in text))
        or turn.conversation.scene == "eligibility"
    ):
        return None
    bare = _BUYING.sub(" ", _AROUND.sub(" ", text))
    lines = read_text(turn, promotion, bare)
    sure = buying or turn.conversation.scene == "chances" or any(each.purchase for each in lines)
    if not sure or _WON.search(text):
        return None
    if not any(each.purchase or (each.fault and each.fault.reason != "unclear") for each in lines):
        # without a day, today's
        lines = read_text(turn, promotion, f"{promotion.day(turn.now):%d.%m.%Y} {' '.join(bare.split())}")
    good = [each.purchase for each in lines if each.purchase]
    faults = [fault(each) for each in lines if each.fault]
    options = (Option("chances", say("button.chances")), MENU)
    if not good and buying:
        return turn.done(Outgoing((*faults[:1], say("chances.what_if_hint")), options)).replied(
            "ask", function="chances"
        )
    if not good:
        return None
    last = max(turn.now, *(progress.end(purchase.at, promotion) for purchase in good))
    everything = [*kept(turn, promotion, "purchases"), *good]
    accrual = accrue(promotion, everything, last)
    parts: list[Phrase] = [
        say("chances.what_if"),
        citing.lines([line(number, purchase) for number, purchase in enumerate(good, 1)]),
        *faults[:3],
        *outside(good, promotion),
        *progress.parts(promotion, accrual, last),
        *progress.decisions(promotion, everything, last),
        say("chances.not_kept"),
    ]
    return turn.done(Outgoing(tuple(parts), options)).replied("chances", tuple(accrual.clauses), function="chances")
