"""What a text mentions, one after another: days, hours, sums, lotteries, bonus money, people, corrections, and the stops between.

Not here: which of them make a purchase (see told.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from domain.spoken.dating import DayContext
from domain.spoken.days import Days, days_at
from domain.spoken.denials import bonus_denied, value_denied
from domain.spoken.fault import SpokenFault
from domain.spoken.hours import Clock, clock_at
from domain.spoken.lotteries import Lotteries
from domain.spoken.numerals import numeral_at, piece_at
from domain.spoken.one_day import is_year
from domain.spoken.pieces import cut
from domain.spoken.sums import Sum, amount_at, sum_follows

_MEANINGFUL: Final = frozenset(
    [
        "all",
        "total",
        "each",
        "same",
        "none",
        "fix",
        "was",
        "plan",
        "kin",
        "kin_of",
        "account",
        "me",
        "refund",
        "ofwhich",
        "portion",
        "own",
        "last_one",
        "first",
        "vague_days",
        "wish",
        "undone",
        "but",
        "about",
    ]
)
_DAYS_EACH: Final = ("каждии", "каждиидену", "кунделикти", "куниге")


class Mention(NamedTuple):
    """One thing that is mentioned, from character `start` to `end`. `denied`: said not to be so."""

    kind: str
    value: Sum | Clock | SpokenFault | tuple[date, ...] | str | int | bool | None
    start: int
    end: int
    denied: bool = False


class Scan:
    """One walk over the pieces of a text."""

    def __init__(self, text: str, lotteries: Lotteries, calendar: DayContext) -> None:
        self._text = text
        self._lotteries = lotteries
        self._calendar = calendar
        self._pieces = cut(text)
        self._no_days_before = 0
        self.found: list[Mention] = []
        self._chunk_begins = True

    def mentions(self) -> list[Mention]:
        at = 0
        while at < len(self._pieces):
            before = len(self.found)
            at = self._step(at)
            self._chunk_begins = (
                self.found[-1].kind == "stop"
                if len(self.found) > before
                else self._chunk_begins and before == len(self.found)
            )
        if self._text[self._pieces.stopped :].strip():
            self.found.append(Mention("stop", "\n", self._pieces.stopped, self._pieces.stopped))
            self.found.append(Mention("fault", SpokenFault("too_long", ""), self._pieces.stopped, len(self._text)))
        return self.found

    def _put(self, kind: str, value: object, at: int, end: int, *, denied: bool = False) -> int:
        last = self._pieces[min(end, len(self._pieces)) - 1]
        self.found.append(Mention(kind, value, self._pieces[at].start, last.end, denied))  # type: ignore[arg-type]
        return end

    def _step(self, at: int) -> int:
        piece = self._pieces[at]
        if piece.kind in ("line", "row") or piece.kind == "mark":
            return self._mark(at)
        if piece.kind == "word" and piece.sense is None:
            return self._unknown(at)
        if piece.means("fill") and not (piece.word == "за" or piece.word == "по"):
            named = self._lotteries.at(self._pieces, at)
            return self._named(at, named.listed, named.end) if named else at + 1
        return self._sensible(at)

    def _mark(self, at: int) -> int:
        piece = self._pieces[at]
        after = piece_at(self._pieces, at + 1)
        if piece.kind == "line":
            return self._put("stop", "\n", at, at + 1)
        if piece.kind == "row":
            return self._put("stop", ";", at, at + 1)
        if piece.word in "$€£¥₽":
            return self._put("fault", SpokenFault("other_currency", piece.word), at, at + 1)
        if piece.word in "-−–" and after.kind == "number" and after.joined and not piece.joined:
            numeral = numeral_at(self._pieces, at + 1)
            end = numeral.end if numeral else at + 2
            return self._put("fault", SpokenFault("negative", f"-{after.word}"), at, end)
        if piece.word in ",(":
            return self._put("stop", ",", at, at + 1)
        if piece.word in ";|+":
            return self._put("stop", ";", at, at + 1)
        if piece.word in ".!?…":
            return self._put("stop", ".", at, at + 1)
        if piece.word == "½":
            return self._amount(at) or at + 1
        if piece.word == "%":
            return self._put("portion", None, at, at + 1)
        return at + 1

    def _unknown(self, at: int) -> int:
        named = self._lotteries.at(self._pieces, at) or self._lotteries.alike(self._pieces, at)
        if named is not None:
            return self._named(at, named.listed, named.end)
        return self._put("word", None, at, at + 1)

    def _named(self, at: int, listed: str | None, end: int) -> int:
        name = listed or self._text[self._pieces[at].start : self._pieces[end - 1].end]
        return self._put("lottery", name, at, end, denied=value_denied(self._pieces, at, end))

    def _sensible(self, at: int) -> int:
        piece = self._pieces[at]
        kind = piece.sense.kind if piece.sense is not None else piece.kind
        for read in _READERS.get(kind, ()):
            end = read(self, at)
            if end is not None:
                return end
        if piece.sense is None:
            return self._put("number", piece.word, at, at + 1)
        if kind == "bonus":
            return self._put("bonus", True, at, at + 1, denied=bonus_denied(self._pieces, at))
        if kind == "and":
            if piece.word not in ("и", "жане", "мен", "ал", "а"):
                return at + 1
            end = self._put("stop", "and", at, at + 1)
            return self._put("me", None, at, end) if piece.word == "мен" else end
        if kind == "of_it" and piece_at(self._pieces, at + 1).word.startswith("них"):
            return self._put("ofwhich", None, at, at + 2)
        if piece.word.startswith("половин"):
            return self._put("portion", None, at, at + 1)
        if piece.word == "из" or kind in ("ofwhich",):
            return self._put("ofwhich", None, at, at + 1)
        if kind in ("not", "no", "without"):
            return self._denial(at)
        if kind == "upto":
            return at + 1
        if kind in ("currency", "rouble"):
            return (
                self._put("fault", SpokenFault("other_currency", piece.word), at, at + 1)
                if kind == "currency"
                else at + 1
            )
        if kind == "week" or piece.word == "ара":
            return self._put("vague_days", None, at, at + 1)
        if kind in _MEANINGFUL:
            return self._put(kind, None, at, at + 1)
        return at + 1

    def _number(self, at: int) -> int | None:
        """A number that may be an hour, a day, a count or a sum: most can only be the last."""
        numeral = numeral_at(self._pieces, at)
        if numeral is None:
            return None
        small = numeral.value is not None and numeral.value < 60 and not numeral.sized
        if small or is_year(self._pieces[at]):
            for read in (self._clock, self._days):
                end = read(at)
                if end is not None:
                    return end
        return self._lottery(at) or self._amount(at)

    def _clock(self, at: int) -> int | None:
        found = clock_at(self._pieces, at)
        if found is None:
            return None
        if isinstance(found, SpokenFault):
            return self._put("fault", found, at, at + 1)
        return self._put("clock", found, at, found.end)

    def _days(self, at: int) -> int | None:
        bare = self._chunk_begins and sum_follows(self._pieces, at)
        if at < self._no_days_before and not bare:
            return None
        found = days_at(self._pieces, at, self._calendar, bare=bare)
        if found is None:
            return None
        if isinstance(found, Days) and not found.days:
            self._no_days_before = found.end - 1
            return None
        if isinstance(found, SpokenFault):
            end = self._end_of_fault(at, found)
            text = found.text or self._text[self._pieces[at].start : self._pieces[end - 1].end]
            return self._put("fault", SpokenFault(found.reason, text), at, end)
        denied = value_denied(self._pieces, at, found.end)
        return self._put("day", found.days, at, found.end, denied=denied)

    def _end_of_fault(self, at: int, fault: SpokenFault) -> int:
        """Where the words end that name no day, or more than one."""
        weekly = fault.reason == "which_day"
        kinds = ("past", "this", "coming", "week", "weekday", "day_word", "at") if weekly else ("month", "week")
        end = at + 1
        while end < len(self._pieces):
            piece = self._pieces[end]
            if not (piece.means(*kinds) or (not weekly and piece.kind in ("number", "date"))):
                break
            end += 1
        return end

    def _lottery(self, at: int) -> int | None:
        named = self._lotteries.at(self._pieces, at)
        return self._named(at, named.listed, named.end) if named else None

    def _minus(self, at: int) -> int | None:
        piece = self._pieces[at]
        numeral = numeral_at(self._pieces, at + 1) if piece.means("minus") else None
        if numeral is None:
            return None
        return self._put(
            "fault",
            SpokenFault("negative", self._text[piece.start : self._pieces[numeral.end - 1].end]),
            at,
            numeral.end,
        )

    def _amount(self, at: int) -> int | None:
        found = amount_at(self._pieces, at)
        if found is None or not found.kind:
            return found.end if found else None
        denied = found.kind == "sum" and value_denied(self._pieces, at, found.end)
        return self._put(found.kind, found.value, at, found.end, denied=denied)

    def _denial(self, at: int) -> int:
        """«не», «без», «нет», «емес» by themselves: what they deny next to them is marked there."""
        piece, after = self._pieces[at], piece_at(self._pieces, at + 1)
        last = self.found[-1] if self.found else None
        if last is not None and last.denied and (piece.means("no") or last.kind == "bonus"):
            return at + 1
        if after.means("bonus") or after.means("only"):
            return at + 1
        if piece.word == "не" and after.word.startswith(("бол", "исте", "деп")):
            return at + 1  # Kazakh: what
        if piece.means("not"):
            if after.means("buy", "plan", "wish") or after.word.startswith(("стал", "получ", "бил", "смог")):
                return self._put("undone", None, at, at + 2)
            if piece.word == "не" and (
                after.means("near", "number", "weekday", "own") or after.kind in ("number", "date")
            ):
                return at + 1
            ahead = self._lotteries.at(self._pieces, at + 1) if at + 1 < len(self._pieces) else None
            return at + 1 if ahead else self._put("deny", None, at, at + 1)
        return self._put("no" if piece.means("no") else "deny", None, at, at + 1)


_PieceReader = Callable[[Scan, int], int | None]
_ALL: Final = (Scan._clock, Scan._days, Scan._lottery, Scan._amount)
_READERS: Final[Mapping[str, tuple[_PieceReader, ...]]] = {
    **dict.fromkeys(("at", "to", "after", "about", "upto", "fill", "one_half", "hour", "clock_word", "without"), _ALL),
    **dict.fromkeys(("clock", "part"), (Scan._clock,)),
    **dict.fromkeys(("date", "scale"), (Scan._clock, Scan._days, Scan._lottery, Scan._amount)),
    **dict.fromkeys(
        ("from", "near", "other_near", "weekday", "month", "past", "this", "coming", "of_it", "week", "day_word"),
        (Scan._days,),
    ),
    **dict.fromkeys(("half", "half_million"), (Scan._amount,)),
    "number": (Scan._number,),
    "and_half": (Scan._clock,),
    "minus": (Scan._minus,),
}
"""What may begin with a word or a piece of each kind."""
