"""A text as every reader of facts sees it: its words, numbers and days, and the phrases of the promotion's facts in it.

Not here: what a fact is (see facts.py, ages.py, rows.py), the phrases themselves (data: wording.toml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from domain.eligibility import rulings
from domain.promotion import Promotion
from domain.rulings import Rulings
from domain.spoken.counting import Number, numbers
from domain.spoken.dates import SpokenDay, days
from domain.spoken.phrases import FoundPhrase
from domain.spoken.polarity import LONGEST, MOST_WORDS, Token, denied, is_negation, tokens, word_set

NEAR: Final = "near"
"""In the phrases of a dated or counted fact: words beside which its day or number stands."""
ELSEWHEN: Final = "elsewhen"
"""Days beside these words are of something else, and belong to no fact."""
UNCLEAR: Final = "unclear"
"""Words of circumstances that no fact holds, and that may turn a yes: a closed business, an earlier win."""
DRAW: Final = "draw"
"""Days beside these words are a draw's: they belong to no fact of taking part."""
FactSaid = tuple[str, str]
"""A fact and the value that a phrase gives it."""
_UNKNOWN = re.compile(r"билме|умит|умутт|незна")
_WHAT: Final = word_set("когда какой какая какого кто где сколько как қашан қай қанша")
"""What is not known, where it is said after that: «не помню, когда»."""
_UNKNOWN_PAIRS: Final = {
    ("не", "зна"),
    ("не", "помн"),
    ("не", "увер"),
    ("понятия", "не"),
    ("есимде", "жок"),
    ("хз", ""),
}


@dataclass(frozen=True, slots=True)
class Hearing:
    """A text as all readers of facts see it."""

    promotion: Promotion
    known: Rulings
    text: str
    today: date
    said: Sequence[Token]
    phrases: Sequence[FoundPhrase[FactSaid]]
    counted: Sequence[Number]
    days: Sequence[SpokenDay]
    stops_up_to: Sequence[int]
    """How many stops there are before and at each word: whether one stands between two words costs the same anywhere."""

    @property
    def cut(self) -> bool:
        """Whether words stand in the text behind those that were read."""
        return len(self.text) > LONGEST or len(self.said) == MOST_WORDS

    def cues(self, fact: str, value: str = NEAR) -> list[FoundPhrase[FactSaid]]:
        return [each for each in self.phrases if each.meaning == (fact, value)]

    def denies(self, each: FoundPhrase[FactSaid]) -> bool:
        """Whether what a phrase says is denied: beside it, by its own verb, or between its words."""
        inside = (n for n in range(each.first, each.last) if n not in each.places)
        if not each.denies and any(is_negation(self.said, n) for n in inside):
            return True
        return denied(self.said, each.first, each.last, itself=not each.denies)

    def stops(self, first: int, last: int) -> bool:
        """Whether a stop stands between two words."""
        low, high = sorted((first, last))
        return self.stops_up_to[high] > self.stops_up_to[low]

    def unknown(self, last: int) -> bool:
        """Whether the person says, of what ends here, that they do not know it."""
        for n in range(last + 1, min(last + 7, len(self.said))):
            word, more = self.said[n].word, self.said[n + 1].word if n + 1 < len(self.said) else ""
            if (self.said[n].apart and n > last + 1) or word in _WHAT:
                break
            if _UNKNOWN.match(word) or any(word == one and more.startswith(two) for one, two in _UNKNOWN_PAIRS):
                return not any(token.word in _WHAT for token in self.said[n + 1 : n + 4])
            if self.said[n].apart:
                break
        return False


def hear(promotion: Promotion, text: str, today: date) -> Hearing:
    known = rulings(promotion)
    said = tokens(text)
    # what several promotions share speaks of facts, too, that this one does not know
    phrases = [
        each
        for each in promotion.wording.said.find(said)
        if each.meaning[0] in known.facts
        or each.meaning[0] in (DRAW, ELSEWHEN, UNCLEAR)
        or each.meaning[1] in ("yes", "no", "implied")
    ]
    counted = numbers(said)
    near = min(today, promotion.last_day(promotion.whole))
    found = days(text, said, counted, today, near)
    return Hearing(
        promotion, known, text, today, said, phrases, counted, found, list(accumulate(token.apart for token in said))
    )
