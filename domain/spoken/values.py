"""One day, month, time, number or sum in a short text, in Kazakh and Russian: «12 наурыз», «вчера», «600 тыс», «1,5 млн».

Not here: purchases with all of these (see purchases.py). Nothing is guessed: what cannot be read is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from domain.search.folding import fold
from domain.spoken.clock_words import clock_of
from domain.spoken.dating import DayContext
from domain.spoken.days import days_at
from domain.spoken.fault import SpokenFault as SpokenFault
from domain.spoken.numerals import numeral_at, piece_at
from domain.spoken.one_day import month_of
from domain.spoken.pieces import TextPiece, cut
from domain.spoken.senses import sense_of

LARGEST_KZT: Final = 100_000_000_000
_WORD: Final = r"[^\W\d_]+"
_LONGEST_NUMBER: Final = 12
_CURRENCIES: Final = "$€£¥₽"


_WHEN = ("қашан", "кашан")
"""«Қашан» (when) is one letter from «қазан» (October)."""


def month_named(word: str) -> int | None:
    """1 to 12 for a month's name in either language, also with a slip in it, else None."""
    lower = word.lower()[:40]
    folded = fold(lower)
    if lower.startswith(_WHEN):
        return None
    return month_of(TextPiece("word", folded, 0, 0, sense=sense_of(folded))) or None


@dataclass(frozen=True, slots=True)
class SpokenValue:
    """A day that stands in a text, and the text around it."""

    day: date
    rest: str


def find_day(text: str, today: date, near: date | None = None) -> SpokenValue | SpokenFault | None:
    """The first day in a text, None if there is none. «Вчера» counts from `today`; a day of no month is none.

    A day without a year is the one nearest to `near` (by default today), at most half a year after it.
    """
    pieces = cut(text)
    calendar = DayContext(today, near or today, dated=True)
    none_before = 0
    for at, piece in enumerate(pieces):
        if (
            at < none_before
            or piece.kind not in ("word", "number", "date")
            or (piece.kind == "word" and piece.sense is None)
        ):
            continue
        found = days_at(pieces, at, calendar)
        if isinstance(found, SpokenFault):
            if found.reason == "which_day":
                continue
            return SpokenFault(found.reason, found.text)
        if found is not None and found.days:
            return SpokenValue(found.days[0], f"{text[: piece.start]} {text[pieces[found.end - 1].end :]}")
        none_before = found.end - 1 if found is not None else at
    return None


def read_day(text: str, today: date, near: date | None = None) -> date | SpokenFault:
    """The day that a text names."""
    found = find_day(text, today, near)
    if found is None:
        return SpokenFault("unclear", text)
    return found if isinstance(found, SpokenFault) else found.day


def read_month(text: str, today: date) -> str | SpokenFault:
    """`YYYY-MM` for «март», «наурыз 2024», «03.2024»; a month without a year is the latest one that has begun."""
    if match := re.search(r"(?<!\d)(\d{1,2})[./-]((?:19|20)\d\d)(?!\d)", text) or re.search(
        r"()((?:19|20)\d\d)-(\d{2})(?!\d)", text
    ):
        number = int(match[1] or match[3])
        return f"{match[2]}-{number:02d}" if 1 <= number <= 12 else SpokenFault("unclear", text)
    for word in re.finditer(_WORD, text):
        if month := month_named(word[0]):
            given = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
            year = int(given[1]) if given else today.year - (month > today.month)
            return f"{year}-{month:02d}"
    return SpokenFault("unclear", text)


def find_time(text: str) -> tuple[time | SpokenFault, str] | None:
    """The first time of day (HH:MM or HH:MM:SS) and the text without it."""
    for piece in cut(text):
        if piece.kind == "clock":
            rest = f"{text[: piece.start]} {text[piece.end :]}"
            try:
                return clock_of(piece.word), rest
            except ValueError:
                return SpokenFault("no_such_time", piece.word), rest
    return None


def read_amount(text: str) -> int | SpokenFault:
    """Whole tenge for «600 тыс», «1,5 млн», «600 000 тг», «600000», where that is all there is to read."""
    pieces = cut(text)
    amount: int | None = None
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.means("currency", "rouble") or piece.marks(_CURRENCIES):
            return SpokenFault("other_currency", piece.word)
        negative = (piece.marks("-−–") and not piece.joined and piece_at(pieces, at + 1).joined) or piece.means("minus")
        numeral = numeral_at(pieces, at + negative)
        if numeral is None:
            at += 1
            continue
        if negative:
            return SpokenFault("negative", text.strip())
        following = piece_at(pieces, numeral.end)
        other = following.kind == "word" and not following.means("fill", "tenge", "currency", "rouble")
        if amount is not None or (other and not numeral.sized and not numeral.tenge):
            return SpokenFault("unclear", text)
        if numeral.value is None or numeral.value > LARGEST_KZT:
            return SpokenFault("too_much", text)
        # tiyn of a sum are left out, since no rule counts them; «600,50» may mean either
        whole = (
            numeral.whole
            if numeral.whole is not None
            else int(numeral.value)
            if numeral.value >= 1_000 and not numeral.sized
            else None
        )
        if not whole:
            return SpokenFault("unclear", text)
        amount, at = whole, numeral.end
    return SpokenFault("unclear", text) if amount is None else amount
