"""What a text does to the draft of purchases: adds to it, completes what was asked about, corrects it, confirms it.

Not here: reading a text (see domain/spoken/purchases.py), showing the draft (see scene.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogs.conversation import Json
from dialogs.purchases import as_rows, is_asked, kept, lacks_hour, past, read_text, settle
from dialogs.turn import Turn
from domain.promotion import Promotion
from domain.purchases import Purchase
from domain.spoken.changes import apply_change
from domain.spoken.fault import SpokenFault
from domain.spoken.lines import SpokenLine
from domain.spoken.polarity import yes_or_no

_PENDING: Final = 300
"""Characters of what was asked about that are kept for the answer."""
_SHORT: Final = 5
"""Words of a yes or a no at most."""
_NOTHING: Final = ("unclear", "no_sum")
_AGAIN = re.compile(r"\s*(\d{1,3})\s*\)\s*(\S[^\n]*)")
_REMOVE = re.compile(
    r"\s*(?:(?:убрать|убери\w*|удали\w*)\s+(?:строку\s+)?(?P<ru>\d{1,3})|(?P<kk>\d{1,3})\s*-?\s*(?:жолды\s+)?(?:алып\s+таста\w*|өшір\w*))\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A text beside the draft: the draft after it, the lines that were read, and where what is new begins.

    `told`: it speaks of purchases. `pending`: what is asked about now. `added`: rows at the end that came from this text.
    """

    draft: list[Purchase]
    lines: tuple[SpokenLine, ...] = ()
    first: int = 0
    told: bool = False
    pending: str = ""
    added: int = 0

    @property
    def whole(self) -> bool:
        """Purchases are in it, and nothing that is not understood."""
        return self.told and bool(self.draft) and not any(each.fault for each in self.lines)

    def kept(self, turn: Turn) -> Turn:
        added: Json = self.added or None
        return turn.slots(draft=as_rows(self.draft) or None, pending=self.pending or None, added=added)


def side(turn: Turn, draft: Sequence[Purchase]) -> bool | None:
    """The side of a short yes or no to the draft that is shown; None for any other text."""
    text = turn.incoming.text
    if not draft or len(text.split()) > _SHORT or any(map(str.isdecimal, text)):
        return None
    said = yes_or_no(text)
    return None if said is None or any(_is_told(each) for each in read_text(turn, _promotion(turn), text)) else said


def removed(text: str, draft: Sequence[Purchase]) -> list[Purchase] | None:
    """The draft without the line that a text says to remove."""
    found = _REMOVE.fullmatch(text)
    number = int(found["ru"] or found["kk"]) if found else 0
    return [*draft[: number - 1], *draft[number:]] if 1 <= number <= len(draft) else None


def hear(turn: Turn) -> Heard:
    """What a text does to the draft."""
    promotion = _promotion(turn)
    draft = list(kept(turn, promotion, "draft"))
    text = turn.incoming.text
    again = _AGAIN.fullmatch(text)
    at = int(again[1]) - 1 if again and 1 <= int(again[1]) <= len(draft) else None
    if at is None and turn.incoming.kind == "edited" and (edited := _edited(turn, draft, text)) is not None:
        return edited
    lines = _completed(turn, promotion, text)
    told = any(map(_is_told, lines))
    good: list[Purchase] = []
    left: list[SpokenLine] = []
    first = len(draft) if at is None else at
    for line in lines:
        if line.change is not None and draft:
            changed = apply_change(draft, line.change, promotion.zone, lambda each: lacks_hour(each, promotion))
            if changed is not None:
                first = next(
                    (n for n, pair in enumerate(zip(draft, changed, strict=True)) if pair[0] != pair[1]), first
                )
                draft = [settle(each, promotion, turn.now) for each in changed]
                told = True
                continue
            if line.change.surely:
                left.append(replace(line, purchase=None, fault=SpokenFault("which", line.text)))
                told = True
                continue
        if line.purchase is not None:
            good.append(line.purchase)
        else:
            left.append(line if line.fault else replace(line, fault=SpokenFault("unclear", line.text)))
    if at is not None and good:
        draft[at : at + 1] = good
    else:
        draft += good
    asked = [each.text for each in left if each.fault and is_asked(each.fault) and each.fault.reason != "which"]
    return Heard(draft, tuple(left), first, told, "; ".join(asked)[:_PENDING], 0 if at is not None else len(good))


def answers(turn: Turn) -> bool:
    """Whether a text goes on with the purchases that are being written down."""
    draft = list(kept(turn, _promotion(turn), "draft"))
    if removed(turn.incoming.text, draft) is not None or side(turn, draft) is not None:
        return True
    heard = hear(turn)
    return heard.told or heard.draft != draft


def _promotion(turn: Turn) -> Promotion:
    assert turn.promotion is not None
    return turn.promotion


def _read(turn: Turn, promotion: Promotion, text: str) -> tuple[SpokenLine, ...]:
    return tuple(past(each, promotion, turn.now) for each in read_text(turn, promotion, text))


def _completed(turn: Turn, promotion: Promotion, text: str) -> tuple[SpokenLine, ...]:
    """The lines of a text; where it only answers what was asked about, of both together."""
    lines = _read(turn, promotion, text)
    pending = turn.conversation.slots.get("pending")
    alone = any(each.purchase and not each.undated for each in lines)
    if not isinstance(pending, str) or alone or any(each.change and each.change.surely for each in lines):
        return lines
    asked = {each.fault.reason for each in _read(turn, promotion, pending) if each.fault}
    both = _read(turn, promotion, f"{pending}, {text}")
    answered = tuple(each for each in both if each.fault is None or each.fault.reason not in asked)
    return answered if any(each.purchase for each in answered) else lines


def _edited(turn: Turn, draft: list[Purchase], text: str) -> Heard | None:
    """A message that was edited is told anew: what its first text added goes, where that was the last that was added."""
    promotion = _promotion(turn)
    added = turn.conversation.slots.get("added")
    lines = _read(turn, promotion, text)
    good = [each.purchase for each in lines if each.purchase]
    if not isinstance(added, int) or not 0 < added <= len(draft) or not good:
        return None
    kept_rows, replaced = draft[:-added], draft[-added:]
    alike = any(each.at == old.at or each.amount_kzt == old.amount_kzt for each in good for old in replaced)
    if not alike:
        return None
    left = tuple(each for each in lines if each.purchase is None)
    return Heard([*kept_rows, *good], left, len(kept_rows), told=True, added=len(good))


def _is_told(line: SpokenLine) -> bool:
    """Whether a line speaks of a purchase; a day or a lottery alone may be of a question."""
    if line.purchase is not None or (line.change is not None and line.change.surely):
        return True
    return line.fault is not None and line.fault.reason not in _NOTHING
