"""What a number is beside what stands next to it: a sum of money, so many times or tickets, a share, or a unit by itself.

Not here: numbers (see numerals.py), whose sum it is (see told.py).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.spoken.fault import SpokenFault
from domain.spoken.numerals import Numeral, numeral_at, piece_at
from domain.spoken.pieces import Pieces, TextPiece

THOUSAND: Final = 1_000
_LEAST_BARE: Final = 32
"""A smaller number without a unit may be a day, a count or a number of a line, and is no sum."""
_ONLY_BEFORE: Final = ("около", "почти", "более", "болше", "где")


class Sum(NamedTuple):
    """An amount of money as said. `bare`: neither tenge nor thousands were named, `sized`: thousands or millions were.

    `each`: of every day or every time; `about`: not exact.
    """

    amount: int
    bare: bool = False
    each: bool = False
    about: bool = False
    sized: bool = False


class Amount(NamedTuple):
    """What a number is, by the kinds of `mentions`; no kind: nothing that matters."""

    kind: str
    value: Sum | SpokenFault | str | int | None
    end: int


def amount_at(pieces: Pieces, at: int) -> Amount | None:
    """What the number at a place is, None where there is no number."""
    piece = pieces[at]
    numeral = numeral_at(pieces, at)
    if numeral is None:
        return None
    after = piece_at(pieces, numeral.end)
    if numeral.value is None:
        return Amount("fault", SpokenFault("too_much", ""), numeral.end)
    if after.means("currency", "rouble") or after.marks("$€£¥₽"):
        return Amount("fault", SpokenFault("other_currency", after.word), numeral.end + 1)
    if (counted := _counted(numeral, after)) is not None:
        return counted
    if numeral.end == at + 1 and piece.means("scale") and piece.sense is not None and piece.sense.value == THOUSAND:
        return Amount("unit", THOUSAND, numeral.end)
    return _sum(pieces, at, numeral, after)


def _counted(numeral: Numeral, after: TextPiece) -> Amount | None:
    """A number of times, of tickets, of days, of per cent: no sum."""
    if numeral.sized or numeral.whole is None or numeral.tenge:
        return None
    for kind in ("times", "ticket"):
        if after.means(kind):
            return Amount(kind, numeral.whole, numeral.end + 1)
    if after.means("week", "day_word"):
        return Amount("span", numeral.whole, numeral.end + 1)
    if after.means("percent") or after.marks("%"):
        return Amount("portion", None, numeral.end + 1)
    return None


def _sum(pieces: Pieces, at: int, numeral: Numeral, after: TextPiece) -> Amount:
    end, value, whole = numeral.end, numeral.value, numeral.whole
    assert value is not None
    if whole is None:
        if numeral.sized or value < THOUSAND:
            return Amount("number", pieces[at].word, end)
        whole = int(value)  # tiyn of a sum are left out: no rule counts them
    sized, known = numeral.sized, numeral.sized or numeral.tenge or whole >= THOUSAND
    if not known and whole < _LEAST_BARE:
        return Amount("number" if numeral.digits else "", pieces[at].word, end)
    if after.marks("-–—") and (more := numeral_at(pieces, end + 1)) is not None and more.sized:
        return Amount("sum", Sum(int(more.value or 0), about=True), more.end)
    each = numeral.form == "abl" or piece_at(pieces, at - 1).word == "по"
    twice = numeral_at(pieces, end)
    again = twice is not None and twice.whole in (whole, whole * THOUSAND) and not numeral.digits
    if twice is not None and again and _shares(pieces, twice):  # «жүз жүзден мың»
        end, each, whole, sized = twice.end, True, twice.whole or whole, sized or twice.sized
        known = known or sized
    return Amount("sum", Sum(whole, not known, each, _is_about(pieces, at, end), sized), end)


def _is_about(pieces: Pieces, at: int, end: int) -> bool:
    """«около миллиона», «миллионға жуықтап»."""
    behind = piece_at(pieces, end)
    if behind.means("about") and behind.word not in _ONLY_BEFORE:
        return True
    near = piece_at(pieces, at - 1)
    if near.marks("-") or near.word in ("на", "за", "то", "чем"):
        near = piece_at(pieces, at - 2)
    return near.means("about")


def _shares(pieces: Pieces, numeral: Numeral) -> bool:
    """Whether the last words of a number say «each»: «жүзден», «жүзден мың»."""
    last = pieces[numeral.end - 1].sense, pieces[numeral.end - 2].sense
    return any(each is not None and each.form == "abl" for each in last)


def sum_follows(pieces: Pieces, at: int) -> bool:
    """Whether a number at the beginning of a part of the text can be its day: another number or «ничего» follows in it."""
    numeral = numeral_at(pieces, at)
    if numeral is None or not numeral.could_be_day() or not numeral.digits:
        return False
    end = numeral.end
    if piece_at(pieces, end).marks("-–—") and not piece_at(pieces, end + 1).joined:
        end += 1
    for step in range(end, min(end + 8, len(pieces))):
        piece = pieces[step]
        if piece.kind in ("line", "row") or piece.marks(",;.("):
            return False
        if piece.means("none", "undone", "same", "half_million"):
            return True
        if piece.kind in ("number", "word") and (more := numeral_at(pieces, step)) is not None:
            return not more.could_be_day() or more.sized
    return False
