"""Card numbers with what goes with them: 15, 16 or 19 digits of an issuer's range, in one block or in groups with one kind of separator.

Not here: a CVV that is told by its name alone (see codes.py). Tickets and receipts may look the same; the word that stands nearest tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from domain.secrets.signs import NOTHING, WORD, DigitBlock, Stretch, Taken, before, behind
from domain.secrets.words import CARD, OTHER_NUMBER

_ISSUED: Final = {
    15: re.compile(r"3[47]"),
    16: re.compile(r"220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|35|4|5[1-5]|62|6011|64[4-9]|65|8600|9860"),
    19: re.compile(r"4|62"),
}
"""Beginnings of numbers by their length: Mir, Mastercard, JCB, Visa, UnionPay, Discover, Uzcard, Humo; American Express."""
_REACH: Final = 48
_SPACES: Final = f" {NOTHING}\n()[]"
_JOINTS: Final = "-./_*|,:\\+~'"
_RARE: Final = "*|,:\\+~'"
"""Separators by which people seldom part a card number, but often other things: the check digit must be right."""
_FEW: Final = 5
_DOUBLED: Final = dict(zip("0123456789", (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))
_MONTH_YEAR: Final = r"(?:0?[1-9]|1[0-2])\ ?[/\\.\- ]\ ?(?:20)?(?:2[4-9]|3\d|4[0-5])(?!\d|[./-]\d)"
_MMYY: Final = r"(?:0[1-9]|1[0-2])(?:2[4-9]|3\d)(?=[ ,]{1,2}\d{3}(?!\d))"
_EXPIRY = re.compile(
    r"[^\w]{0,4}(?:(?:exp[a-z]*|valid[a-z]*|thru|до|срок\w{0,3}|действ\w{0,8}|дата|мерзім\w{0,4}|жарам\w{0,6}|годен|годна)[^\w]{1,3}){0,3}"
    rf"(?P<found>{_MONTH_YEAR}|{_MMYY})"
)
_CHECK = re.compile(
    r"[^\w]{0,4}(?P<named>(?:(?:cvv2?|cvc2?|код\w{0,3}|сvv|свв|цвв|pin|пин)[^\w]{1,3}){0,2})(?P<found>\d{3,4})(?!\d|[./:]\d)"
    r"(?!\s?(?:₸|%|тг|тең|тен|тыс|мың|млн|kzt|руб|шт|раз|год|бон|бал|бил|рет|уч))"
)
_SLASHED = re.compile(r"(?<![\d./-])(?:0[1-9]|1[0-2])\ ?[/\\]\ ?(?:20)?(?:2[4-9]|3\d|4[0-5])(?![\d/\\.]|-\d)")


def find_cards(plain: str, found: Sequence[DigitBlock], honest: Taken) -> Iterator[Stretch]:
    """The places of card numbers, of their expiry and of their CVV. What is told to be another number is taken for honest."""
    numbers = _Numbers(plain, found)
    end = any_end = other_end = -1
    for at, block in enumerate(found):
        if block.start < end or honest.holds(block.start, block.end):
            continue
        last = numbers.card_from(at, honest)
        if last is None:
            continue
        card = Stretch(block.start, found[last].end)
        listed = other_end >= 0 and not WORD.search(plain, other_end, card.start)
        end = card.end
        if listed or _is_other(plain, card):
            other_end = card.end
            honest.take(card)
            continue
        any_end = card.end
        yield card
        for each in _with(plain, card.end, 4 if plain[card.start] == "3" else 3):
            yield each
            end = each.end
    if any_end >= 0:
        for slashed in _SLASHED.finditer(plain):
            yield Stretch(*slashed.span())


def _with(plain: str, at: int, size: int) -> Iterator[Stretch]:
    """The expiry and the CVV of so many digits behind a card number."""
    if expiry := _EXPIRY.match(plain, at):
        yield Stretch(*expiry.span("found"))
        at = expiry.end()
    for _ in range(2):
        check = _CHECK.match(plain, at)
        if check is None or not (check["named"] or (len(check["found"]) == size and not check["found"].endswith("00"))):
            return
        yield Stretch(*check.span("found"))
        at = check.end()


class _Numbers:
    """Blocks of digits and what parts them: every question about a stretch of them takes the same time."""

    def __init__(self, plain: str, found: Sequence[DigitBlock]) -> None:
        self._plain, self._found = plain, found
        self._offsets = [0]
        for block in found:
            self._offsets.append(self._offsets[-1] + len(block.digits))
        self._ends = {offset: at for at, offset in enumerate(self._offsets)}
        self._runs, self._kinds = [0], [""]
        for one, other in pairwise(found):
            kind = _joint(plain[one.end : other.start]) if other.start - one.end <= 5 else ""
            same = kind and kind == self._kinds[-1]
            self._runs.append(self._runs[-1] + (not same))
            self._kinds.append(kind)

    def card_from(self, at: int, honest: Taken) -> int | None:
        """The last block of the card number that begins with a block, None where none does."""
        for size in (16, 15, 19):
            end = self._ends.get(self._offsets[at] + size)
            if end is not None and self._is_card(at, end - 1, size, honest):
                return end - 1
        return None

    def _is_card(self, first: int, last: int, size: int, honest: Taken) -> bool:
        found = self._found[first : last + 1]
        digits = "".join(block.digits for block in found) if last - first < size else ""
        if not _ISSUED[size].match(digits) or honest.holds(found[0].start, found[-1].end):
            return False
        if first == last:
            return True
        kind = self._kinds[first + 1]
        if not kind or self._runs[first + 1] != self._runs[last]:
            return False
        begun = self._runs[first] == self._runs[first + 1]
        if begun and last - first >= _FEW:
            return False
        groups = [len(block.digits) for block in found]
        in_fours = groups[:-1] == [4] * (len(groups) - 1) and groups[-1] in (3, 4)
        if not _luhn(digits):
            plain_joint = kind not in _RARE and "\n" not in self._plain[found[0].start : found[-1].end]
            return plain_joint and ((in_fours and not self._are_sums(found)) or groups == [4, 6, 5])
        if in_fours or groups == [4, 6, 5]:
            return True
        thousands = len(groups) > 2 and groups[0] <= 3 and set(groups[1:]) == {3}
        return not thousands and (sum(each < 4 for each in groups) <= 2 or _near_card(self._plain, found))

    def _are_sums(self, found: Sequence[DigitBlock]) -> bool:
        return all(block.digits.endswith("00") for block in found)


def _joint(between: str) -> str:
    """What parts two blocks: a space of any kind, one mark, or "" for anything that joins nothing."""
    core = between.strip(_SPACES)
    return core if len(core) == 1 and core in _JOINTS else "" if core else " "


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


def _near_card(plain: str, found: Sequence[DigitBlock]) -> bool:
    near = before(plain, found[0].start, _REACH) + " " + behind(plain, found[-1].end, _REACH)
    return CARD.any(WORD.findall(near))


def _is_other(plain: str, card: Stretch) -> bool:
    """Whether the nearest word that says what a number is calls it something else than a card."""
    nearest = [
        *reversed(WORD.findall(before(plain, card.start, _REACH))),
        *WORD.findall(behind(plain, card.end, _REACH // 2))[:3],
    ]
    for word in nearest:
        if word in CARD or word in OTHER_NUMBER:
            return word not in CARD
    return False
