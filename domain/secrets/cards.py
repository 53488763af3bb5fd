"""Card numbers with what goes with them: 15, 16 or 19 digits of an issuer's range, in one block or in groups with one kind of separator.

Not here: a CVV that is told by its name alone (see codes.py). Tickets and receipts may look the same; the word that stands nearest tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.secrets.signs import NOTHING, WORD, Stretch, Taken, before, behind
from domain.secrets.words import CARD, OTHER_NUMBER

_ISSUED: Final = {
    16: re.compile(r"220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|35|4|5[1-5]|62|6011|64[4-9]|65|8600|9860"),
    15: re.compile(r"3[47]"),
    19: re.compile(r"4|62"),
}
"""Beginnings of numbers by their length: Mir, Mastercard, JCB, Visa, UnionPay, Discover, Uzcard, Humo; American Express."""
_REACH: Final = 48
_RARE: Final = "*|,:\\+~'"
"""Separators by which people seldom part a card number, but often other things: the check digit must be right."""
_FIRST: Final = {16: "[2345689]", 15: "3", 19: "[46]"}
_PATIENCE: Final = 100
"""Numbers of a text that look like a card and are none, until what looks so is passed over as a whole."""


def _shapes(size: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """So many digits, parted by nothing or by spaces, or by one mark. A short group begins them only where no other stands before."""
    begin = rf"(?<!\d)(?={_FIRST[size]})(?:(?=\d{{4}})|(?<!\d[ \n./_-]))"
    marked = rf"(?=\d[\d{NOTHING}]{{0,11}}[ \n{NOTHING}]?(?P<mark>[-./_*|,:\\+~'])[ \n{NOTHING}]?\d)"
    spaced = rf"[ \n()\[\]{NOTHING}]{{0,5}}"
    joint = rf"{NOTHING}*(?:[ \n{NOTHING}]?(?P=mark)[ \n{NOTHING}]?)?"
    return (
        re.compile(rf"{begin}\d(?:{spaced}\d){{{size - 1}}}(?!{NOTHING}*\d)"),
        re.compile(rf"{begin}{marked}\d(?:{joint}\d){{{size - 1}}}(?!{NOTHING}*\d)"),
    )


_SHAPES: Final = {size: _shapes(size) for size in _ISSUED}
_GROUP = re.compile(rf"\d(?:{NOTHING}*\d)*")
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


def may_hold_cards(plain: str) -> bool:
    return any(shape.search(plain) for shapes in _SHAPES.values() for shape in shapes)


def find_cards(plain: str, honest: Taken) -> Iterator[Stretch]:
    """The places of card numbers, of their expiry and of their CVV. What is told to be another number is taken for honest."""
    end, other_end, found = 0, -1, False
    for card in sorted(
        {card for size in _ISSUED for shape in _SHAPES[size] for card in _cards(plain, size, shape, honest)}
    ):
        if card.start < end:
            continue
        listed = other_end >= 0 and not WORD.search(plain, other_end, card.start)
        end = card.end
        if listed or _is_other(plain, card):
            other_end = card.end
            honest.take(card)
            continue
        found = True
        yield card
        for each in _with(plain, card.end, 4 if plain[card.start] == "3" else 3):
            yield each
            end = each.end
    if found:
        for slashed in _SLASHED.finditer(plain):
            yield Stretch(*slashed.span())


def _cards(plain: str, size: int, shape: re.Pattern[str], honest: Taken) -> Iterator[Stretch]:
    """What has the shape of a card number. A shape that begins in vain is looked for again from its next digits on."""
    at, patience = 0, _PATIENCE
    while found := shape.search(plain, at):
        start, at = found.span()
        if not honest.holds(start, at) and _is_card(
            plain, Stretch(start, at), size, found.groupdict().get("mark") or " "
        ):
            yield Stretch(start, at)
        elif patience:
            at, patience = start + 1, patience - 1


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


def _is_card(plain: str, place: Stretch, size: int, kind: str) -> bool:
    """Whether digits in such groups are a card number: in fours, as all are printed, or in others with a right check digit."""
    text = plain[place.start : place.end]
    groups = [each.replace(NOTHING, "") for each in _GROUP.findall(text)]
    digits = "".join(groups)
    if not _ISSUED[size].match(digits):
        return False
    if len(groups) == 1:
        return True
    sizes = [len(each) for each in groups]
    printed = sizes == [4, 6, 5] or (sizes[:-1] == [4] * (len(sizes) - 1) and sizes[-1] in (3, 4))
    if printed and kind not in _RARE and "\n" not in text and not all(each.endswith("00") for each in groups):
        return True
    thousands = len(sizes) > 2 and sizes[0] <= 3 and set(sizes[1:]) == {3}
    if (thousands and not printed) or not _luhn(digits):
        return False
    # numbers that were drawn in a lottery stand in pairs
    return sum(each < 4 for each in sizes) <= 2 or CARD.any(_near(plain, place))


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


def _near(plain: str, card: Stretch) -> list[str]:
    """The words before a number, the nearest first, and then a few behind it."""
    return [
        *reversed(WORD.findall(before(plain, card.start, _REACH))),
        *WORD.findall(behind(plain, card.end, _REACH // 2))[:3],
    ]


def _is_other(plain: str, card: Stretch) -> bool:
    """Whether the nearest word that says what a number is calls it something else than a card."""
    if not (
        WORD.search(plain, max(0, card.start - _REACH), card.start)
        or WORD.search(plain, card.end, card.end + _REACH // 2)
    ):
        return False
    nearest = _near(plain, card)
    for word in nearest:
        if word in CARD or word in OTHER_NUMBER:
            return word not in CARD
    return False
