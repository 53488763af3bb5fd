"""An hour and its minutes as they are said: «18:45», «без пяти семь», «половина седьмого», «жетіге он минут қалғанда», «алты жарымда».

Not here: which half of the day it is, and what «до» and «после» make of it (see hours.py).
"""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from domain.search.folding import fold
from domain.spoken.number_words import NUMBER_WORDS
from domain.spoken.numerals import Numeral, numeral_at, piece_at
from domain.spoken.pieces import Pieces

_LAST_MINUTE = 59
_AT = ("де", "да", "те", "та")
"""«Он сегіз елуде» is an hour by its ending."""


class Face(NamedTuple):
    """What a clock shows, and where the words end. `vague`: some time within that hour; `exact`: it can be no other half of the day."""

    hour: int
    minute: int
    second: int
    end: int
    vague: bool = False
    exact: bool = False


class NoFace(NamedTuple):
    """Digits that no clock shows."""

    text: str
    end: int


def face_at(pieces: Pieces, at: int, *, said: bool) -> Face | NoFace | None:
    """The clock's face that a place tells. `said`: a word of time stands before it, so that a bare number may be an hour."""
    piece = piece_at(pieces, at)
    if piece.kind == "clock":
        return _digital(pieces, at)
    if piece.kind == "date" and (said or _is_no_month(piece.word)):
        return _dotted(pieces, at)
    if piece.kind == "mark":
        return None
    return _before_the_hour(pieces, at) or _of_the_next_hour(pieces, at) or _counted(pieces, at, said=said)


def clock_of(digits: str) -> time:
    """«18:45», «18:45:30». Raises ValueError."""
    hour, minute, second = [*map(int, digits.split(":")), 0][:3]
    return time(hour, minute, second)


def _digital(pieces: Pieces, at: int) -> Face | NoFace:
    try:
        moment = clock_of(pieces[at].word)
    except ValueError:
        return NoFace(pieces[at].word, at + 1)
    return Face(moment.hour, moment.minute, moment.second, _suffixed(pieces, at + 1), exact=True)


def _dotted(pieces: Pieces, at: int) -> Face | None:
    """«в 18.45»: after a word of time two digits with a dot are an hour."""
    hour, _, minute = pieces[at].word.partition(".")
    if (
        not (hour.isdecimal() and len(minute) == 2 and minute.isdecimal())
        or int(hour) > 23
        or int(minute) > _LAST_MINUTE
    ):
        return None
    return Face(int(hour), int(minute), 0, _suffixed(pieces, at + 1), exact=True)


def _is_no_month(digits: str) -> bool:
    """«18.45», «19.00»: no day of any month."""
    _, dot, month = digits.partition(".")
    return bool(dot) and len(month) == 2 and month.isdecimal() and not 1 <= int(month) <= 12


def _suffixed(pieces: Pieces, at: int) -> int:
    """Where an ending behind the digits ends: «18:45те», «19:00-ге»."""
    step = at + (piece_at(pieces, at).marks("-") and piece_at(pieces, at).joined)
    piece = piece_at(pieces, step)
    return step + 1 if piece.kind == "word" and piece.joined and len(piece.word) <= 3 else at


def _before_the_hour(pieces: Pieces, at: int) -> Face | None:
    """«без пяти семь», «без четверти восемь»."""
    if piece_at(pieces, at).word != "без":
        return None
    left, step = _minutes(pieces, at + 1)
    hour = numeral_at(pieces, step) if left else None
    if hour is None or not _is_hour(hour) or hour.form:
        return None
    return Face((hour.whole or 0) - 1, 60 - left, 0, hour.end)


def _of_the_next_hour(pieces: Pieces, at: int) -> Face | None:
    """«половина седьмого», «полседьмого», «десять минут восьмого», «в начале восьмого», «в седьмом часу»."""
    piece = piece_at(pieces, at)
    if (
        piece.word.startswith("пол")
        and (known := NUMBER_WORDS.get(piece.word.removeprefix("пол")))
        and known[1] == "day"
    ):
        return Face(known[0] - 1, 30, 0, at + 1)
    half = piece.word in ("пол", "половина", "половине", "половину")
    vague = piece.word in ("начале", "конце", "начало", "конец")
    minute, step = (30, at + 1) if half else (0, at + 1) if vague else _minutes(pieces, at)
    if (minute or vague) and (hour := numeral_at(pieces, step)) and hour.form == "day" and 1 <= (hour.whole or 0) <= 12:
        return Face((hour.whole or 1) - 1, minute, 0, hour.end, vague=vague)
    if piece.word in _NTH and piece_at(pieces, at + 1).word == "часу":
        return Face(_NTH[piece.word] - 1, 0, 0, at + 2, vague=True)
    return None


def _counted(pieces: Pieces, at: int, *, said: bool) -> Face | None:
    """«18 часов 58 минут», «алты жарымда», «шесть тридцать», «жетіден бес минут өткенде», «час дня»."""
    piece = piece_at(pieces, at)
    if piece.word == "час" and said:
        return Face(1, 0, 0, at + 1)
    numeral = numeral_at(pieces, at)
    if numeral is None or not _is_hour(numeral):
        return None
    hour, step = numeral.whole or 0, numeral.end
    named = piece_at(pieces, step).means("hour")
    step += named
    if piece_at(pieces, step).word.startswith("жарим"):
        return Face(hour, 30, 0, step + 1)
    minute, after = _minutes(pieces, step)
    closing = piece_at(pieces, after).word
    if minute and closing.startswith(("калган", "калды", "калып")) and numeral.form == "dat":
        return Face(hour - 1, 60 - minute, 0, after + 1, exact=hour > 12)
    if minute and closing.startswith(("отк", "кетк", "аск")) and numeral.form == "abl":
        return Face(hour, minute, 0, after + 1, exact=hour > 12)
    if minute and hour > 12 and pieces[after - 1].word.endswith(_AT) and not numeral.form:
        return Face(hour, minute, 0, after, exact=True)
    if numeral.form in ("day", "ord", "day_abl") or not (said or named):
        return None
    if minute and (named or piece_at(pieces, after - 1).means("minute") or after - step == 1):
        return Face(hour, minute, 0, after, exact=hour > 12)
    if (dashed := _dashed(pieces, step)) is not None:
        return Face(hour, dashed, 0, _suffixed(pieces, step + 2), exact=True)
    return Face(hour, 0, 0, step, exact=hour > 12)


def _dashed(pieces: Pieces, at: int) -> int | None:
    """The minutes of «18-45»."""
    piece = piece_at(pieces, at + 1)
    dash = piece_at(pieces, at).marks("-") and piece_at(pieces, at).joined and piece.joined
    return (
        int(piece.word)
        if dash and piece.kind == "number" and len(piece.word) == 2 and int(piece.word) <= _LAST_MINUTE
        else None
    )


def _is_hour(numeral: Numeral) -> bool:
    return not numeral.sized and not numeral.tenge and numeral.whole is not None and 0 <= numeral.whole <= 23


def _minutes(pieces: Pieces, at: int) -> tuple[int, int]:
    """A number of minutes below an hour, and where it ends; 0 where none is said. Read once at each place."""
    if at not in pieces.minutes:
        pieces.minutes[at] = _read_minutes(pieces, at)
    return pieces.minutes[at]


def _read_minutes(pieces: Pieces, at: int) -> tuple[int, int]:
    if piece_at(pieces, at).word.startswith(("четверт", "ширек")):
        return 15, at + 1
    numeral = numeral_at(pieces, at)
    if numeral is None or numeral.whole is None:
        return 0, at
    whole, end = numeral.whole, numeral.end
    unit = {"мин": 1_000, "м": 1_000_000}.get(pieces[end - 1].word, 0)
    if numeral.sized and unit and whole % unit == 0:
        whole //= unit  # «бес мин» is heard as five thousand, «58м» as millions
    elif numeral.sized or numeral.tenge:
        return 0, at
    elif piece_at(pieces, end).means("minute") or piece_at(pieces, end).word == "м":
        end += 1
    elif whole < 10 and numeral.form != "loc" and piece_at(pieces, at - 1).word != "без":
        return 0, at
    return (whole, end) if 0 < whole <= _LAST_MINUTE and numeral.form in ("", "loc", "dat") else (0, at)


_NTH = {
    fold(stem + "ом"): number
    for number, stem in enumerate(
        "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат".split(),  # noqa: SIM905
        1,
    )
}
"""«в седьмом часу» is after six."""
