"""One day as it is said: «7-го», «12 марта 2024 года», «қаңтардың 12-сінде», «прошлая пятница», before it is known which date it is.

Not here: which date it is (see dating.py), several days and days counted from others (see days.py).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from domain.spoken.numerals import numeral_at, piece_at
from domain.spoken.pieces import Pieces, TextPiece
from domain.spoken.senses import MONTH_NAMES

_ALIKE: Final = 75.0
"""How alike a mistyped month must be to its name; shorter words than four letters are never guessed."""
_NUMBERED: Final = ("кезен", "период", "жол", "строк", "шанс", "рет", "билет", "кадам", "ступен")
"""What is counted by an ordinal and is no day: «2-ші кезең»."""
_RUSSIAN_ORDINAL: Final = ("и", "о", "ая", "у")
_PARTS = re.compile(r"\d+")


class DayPoint(NamedTuple):
    """One day as said: a date with or without its year, a day of a month, a weekday. `sure`: it can be nothing else."""

    end: int
    sure: bool
    day: date | None = None
    number: int = 0
    month: int = 0
    year: int = 0
    weekday: int = -1
    week: str = ""
    fault: bool = False
    form: str = ""


def point_at(pieces: Pieces, at: int) -> DayPoint | None:
    piece = piece_at(pieces, at)
    if piece.kind == "date":
        return _written(pieces, at)
    year, begin = _year_before(pieces, at)
    numeral = numeral_at(pieces, begin)
    if numeral is not None and numeral.could_be_day():
        number = numeral.whole or 0
        end = numeral.end
        following = piece_at(pieces, end)
        if following.marks("-–"):
            following = piece_at(pieces, end + 1) if piece_at(pieces, end + 1).kind == "word" else following
        if month := month_of(following):
            end = next(n for n in (end, end + 1) if piece_at(pieces, n) is following) + 1
            year_after, end = _year_after(pieces, end)
            return DayPoint(end, True, number=number, month=month, year=year or year_after)
        if year:
            return None
        if (
            following.means("day_word")
            and following.word not in ("дни", "дней")
            and _counts_no_days(pieces, begin, numeral.form)
        ):
            return DayPoint(end + 1, True, number=number)
        sure = numeral.form.startswith("day") or (numeral.form in ("loc", "dat") and numeral.digits)
        if numeral.form == "ord":
            sure = (numeral.digits or number > 3) and not following.word.startswith(_NUMBERED)
            if not sure and piece_at(pieces, begin).word.endswith(_RUSSIAN_ORDINAL):
                return None
        if numeral.form == "abl" and not numeral.digits:
            return None
        return DayPoint(end, sure, number=number, form=numeral.form)
    if piece.means("month"):
        return _of_month(pieces, at)
    return _weekday(pieces, at)


def _counts_no_days(pieces: Pieces, at: int, form: str) -> bool:
    """«алтысы күні», «12 числа», and not «три дня»."""
    numeral = numeral_at(pieces, at)
    word = piece_at(pieces, numeral.end if numeral else at).word
    return form in ("day", "ord") or word.startswith("числ") or word in ("куни", "кунги")


def month_of(piece: TextPiece) -> int:
    """1 to 12 for a month's name, also with a slip in it; 0 for any other word."""
    if piece.sense is not None:
        return int(piece.sense.value) if piece.sense.kind == "month" else 0
    if piece.kind != "word" or len(piece.word) < 4:
        return 0
    best = max(MONTH_NAMES, key=lambda name: ratio(piece.word, name))
    return MONTH_NAMES[best] if ratio(piece.word, best) >= _ALIKE else 0


def _of_month(pieces: Pieces, at: int) -> DayPoint | None:
    """«қаңтардың 12-сінде», «январь, 12-го»."""
    sense = pieces[at].sense
    assert sense is not None
    step = at + 1 + piece_at(pieces, at + 1).word.startswith("аи")
    numeral = numeral_at(pieces, step)
    if numeral is None or not numeral.could_be_day() or numeral.form not in ("day", "loc", "ord"):
        return None
    year, _ = _year_before(pieces, at - 2) if at >= 2 else (0, 0)
    return DayPoint(numeral.end, True, number=numeral.whole or 0, month=int(sense.value), year=year)


def _year_before(pieces: Pieces, at: int) -> tuple[int, int]:
    """The year in «2024 жылғы 12 наурыз»."""
    piece = piece_at(pieces, at)
    if piece.kind == "number" and is_year(piece) and piece_at(pieces, at + 1).means("year"):
        end = at + 2
        return int(piece.word), end + piece_at(pieces, end).marks(".")
    return 0, at


def _year_after(pieces: Pieces, at: int) -> tuple[int, int]:
    """The year in «12 марта 2024 года», «12 марта, 2024»."""
    step = at + piece_at(pieces, at).marks(",.")
    piece = piece_at(pieces, step)
    if piece.kind != "number" or not is_year(piece) or piece_at(pieces, step + 1).means("scale", "tenge"):
        return 0, at
    end = step + 1
    if piece_at(pieces, end).means("year"):
        end += 1
        end += piece_at(pieces, end).marks(".") and len(pieces[end - 1].word) == 1
    return int(piece.word), end


def is_year(piece: TextPiece) -> bool:
    return len(piece.word) == 4 and piece.word[:2] in ("19", "20") and piece.word.isdecimal()


def _written(pieces: Pieces, at: int) -> DayPoint | None:
    """A date in digits. «1.5 млн» is none, «18.45» no day of a month."""
    piece = pieces[at]
    numbers = [int(number) for number in _PARTS.findall(piece.word)]
    if len(numbers) == 2:
        if piece_at(pieces, at + 1).means("scale", "tenge"):
            return None
        day, month, year = numbers[0], numbers[1], 0
    elif numbers[0] >= 1900:
        year, month, day = numbers
    else:
        day, month, year = numbers
        year = 2000 + year if year < 100 else year
    end = at + 1
    if piece_at(pieces, end).means("year") and piece_at(pieces, end).word in ("г", "ж", "года", "год", "жил", "жилги"):
        end += 1
        end += piece_at(pieces, end).marks(".")
    following = piece_at(pieces, end)
    if following.joined and following.kind == "word" and following.word in ("да", "де", "та", "те", "дан", "ден"):
        end += 1
    return DayPoint(end, True, number=day, month=month, year=year)


def _weekday(pieces: Pieces, at: int) -> DayPoint | None:
    week, step = "", at
    for _ in range(4):
        piece = piece_at(pieces, step)
        if piece.means("past", "this", "coming"):
            assert piece.sense is not None
            week = piece.sense.kind
        elif piece.means("week") and week:
            week = f"{week} week"
        elif not (week and piece.means("at")):
            break
        step += 1
    piece = piece_at(pieces, step)
    if not piece.means("weekday"):
        return None
    assert piece.sense is not None
    end = step + 1 + piece_at(pieces, step + 1).means("day_word")
    end, week = _week_after(pieces, end, week)
    return DayPoint(end, True, weekday=int(piece.sense.value), week=week, form=piece.sense.form)


def _week_after(pieces: Pieces, at: int, week: str) -> tuple[int, str]:
    """«в пятницу на прошлой неделе»."""
    step = at + piece_at(pieces, at).means("at")
    if piece_at(pieces, step).means("past", "this") and piece_at(pieces, step + 1).means("week"):
        sense = pieces[step].sense
        return step + 2, f"{sense.kind if sense else ''} week"
    return at, week
