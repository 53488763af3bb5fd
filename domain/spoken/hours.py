"""The hour as people say it: «18:45те», «в 10 утра», «кешкі жетіден бес минут өткенде», «до 19:00», «в обед».

Not here: numbers (see numerals.py), days (see days.py), whether the hour matters (see domain.purchases).
"""

from __future__ import annotations

from datetime import time
from typing import Final, NamedTuple

from domain.purchases import Hours
from domain.spoken.fault import SpokenFault
from domain.spoken.numerals import Numeral, numeral_at, piece_at
from domain.spoken.pieces import Pieces

_DAY_ENDS: Final = time(23, 59, 59)
_PARTS: Final = {
    "morning": Hours(time(5), time(11, 59, 59)),
    "noon": Hours(time(12), time(14, 59, 59)),
    "day": Hours(time(12), time(17, 59, 59)),
    "evening": Hours(time(17), _DAY_ENDS),
    "night": None,
}
"""What a part of the day leaves sure; a night may be that before or that after."""
_AFTER_NOON: Final = Hours(time(13), time(17, 59, 59))
_HALF: Final = ("пол", "половина", "половине")
_SOON: Final = (
    "около",
    "примерно",
    "шамамен",
    "жуик",
    "приблизително",
    "шамасинда",
    "к",
    "карай",
    "таман",
    "где",
    "почти",
)


class Clock(NamedTuple):
    """An hour that a text names, or a span that a vague one leaves, and where it ends. Neither: it says nothing for sure."""

    end: int
    at: time | None = None
    hours: Hours | None = None


def clock_of(digits: str) -> time:
    """«18:45», «18:45:30». Raises ValueError."""
    hour, minute, second = [*map(int, digits.split(":")), 0][:3]
    return time(hour, minute, second)


def clock_at(pieces: Pieces, at: int) -> Clock | SpokenFault | None:
    """The hour that begins at a place, None where there is none."""
    relation, begin = _relation(pieces, at)
    found = _plain(pieces, begin, said=relation != "")
    if found is None or isinstance(found, SpokenFault):
        return found
    relation, end = _relation_behind(pieces, found.end, relation)
    if found.at is None and relation == "at":
        return found._replace(end=end)
    if found.at is None:
        return _around_part(pieces, begin, end, relation, found)
    match relation:
        case "to":
            return Clock(end, hours=Hours(time(), _second_before(found.at)))
        case "after":
            return Clock(end, hours=Hours(found.at, _DAY_ENDS))
        case "soon":
            return Clock(end)
    return Clock(end, found.at)


def _relation(pieces: Pieces, at: int) -> tuple[str, int]:
    """What stands before an hour: «до», «после», «около», «в»."""
    relation, step = "", at
    while step < at + 3:
        piece = piece_at(pieces, step)
        if piece.word in _SOON:
            relation = "soon"
        elif piece.word == "до":
            relation = "to"
        elif piece.word in ("после", "позже"):
            relation = "after"
        elif piece.word == "в" or (piece.means("hour") and piece.word.startswith("сага")):
            relation = relation or "at"
        else:
            break
        step += 1
    return relation, step


def _relation_behind(pieces: Pieces, end: int, relation: str) -> tuple[str, int]:
    """«19:00-ге дейін», «19:00-ден кейін», «жеті шамасында»."""
    piece = piece_at(pieces, end)
    if piece.means("to") and piece.word != "до":
        return "to", end + 1
    if piece.word in ("кеин", "сон"):
        return "after", end + 1
    if piece.word in _SOON and piece.word not in ("к", "где"):
        return "soon", end + 1
    return relation, end


def _around_part(pieces: Pieces, begin: int, end: int, relation: str, found: Clock) -> Clock:
    """«после обеда», «түстен кейін»; «до вечера» says nothing for sure."""
    noon = found.hours == _PARTS["noon"]
    if relation == "after":
        return Clock(end, hours=_AFTER_NOON if noon else None)
    if relation == "to":
        return Clock(end, hours=Hours(time(), time(13, 59, 59)) if noon else None)
    late = piece_at(pieces, begin - 1).word in ("поздно", "поздним", "кеш")
    if found.hours == _PARTS["evening"] and late:
        return Clock(end, hours=Hours(time(20), _DAY_ENDS))
    return found._replace(end=end) if relation != "soon" else Clock(end)


def _plain(pieces: Pieces, at: int, *, said: bool) -> Clock | SpokenFault | None:
    piece = piece_at(pieces, at)
    if piece.kind == "clock":
        return _written(pieces, at)
    if said and piece.kind == "date" and (dotted := _dotted(pieces, at)) is not None:
        return dotted
    if piece.means("part"):
        return _part(pieces, at)
    if piece.word in _HALF or piece.word.startswith("полседмого"):
        return _half_past(pieces, at)
    numeral = numeral_at(pieces, at)
    return _spoken(pieces, at, numeral, said=said) if numeral is not None else None


def _written(pieces: Pieces, at: int) -> Clock | SpokenFault:
    try:
        moment = clock_of(pieces[at].word)
    except ValueError:
        return SpokenFault("no_such_time", pieces[at].word)
    end = _suffixed(pieces, at + 1)
    part, end = _part_behind(pieces, end)
    return Clock(end, _turned(moment, part))


def _dotted(pieces: Pieces, at: int) -> Clock | None:
    """«в 18.45»: after a word of time two digits with a dot are an hour."""
    numbers = [int(part) for part in pieces[at].word.split(".") if part.isdecimal()]
    if len(numbers) != 2 or numbers[0] > 23 or numbers[1] > 59 or len(pieces[at].word.split(".")[1]) != 2:
        return None
    return Clock(_suffixed(pieces, at + 1), time(numbers[0], numbers[1]))


def _suffixed(pieces: Pieces, at: int) -> int:
    """Where an ending behind the digits ends: «18:45те», «19:00-ге»."""
    step = at + (piece_at(pieces, at).marks("-") and piece_at(pieces, at).joined)
    piece = piece_at(pieces, step)
    return step + 1 if piece.kind == "word" and piece.joined and len(piece.word) <= 3 else at


def _part(pieces: Pieces, at: int) -> Clock | None:
    """«утром», «утром в 10», «таңғы тоғызда», «кешкі жетіден бес минут өткенде»."""
    sense = pieces[at].sense
    assert sense is not None
    part = str(sense.value)
    step = at + 1 + piece_at(pieces, at + 1).marks(",")
    step += piece_at(pieces, step).word in ("в", "сагат")
    clock = piece_at(pieces, step)
    if clock.kind == "clock":
        found = _written(pieces, step)
        return Clock(found.end, _turned(found.at, part)) if isinstance(found, Clock) and found.at else None
    numeral = numeral_at(pieces, step)
    if numeral is not None and _is_hour(
        pieces, numeral, spoken=step > at + 1 or part in ("morning", "evening", "night", "noon")
    ):
        hour = numeral.whole or 0
        minute, end = _minutes(pieces, numeral)
        return Clock(end, _turned(time(hour, minute), part))
    end = at + 1
    while piece_at(pieces, end).word in ("алетинде", "мезгилинде", "уакитинда", "кезинде", "карсанда", "перерив"):
        end += 1
    return Clock(end, hours=_PARTS[part])


def _half_past(pieces: Pieces, at: int) -> Clock | None:
    """«в половине седьмого вечера»."""
    numeral = numeral_at(pieces, at + 1)
    if numeral is None or numeral.form != "day" or not 1 <= (numeral.whole or 0) <= 12:
        return None
    part, end = _part_behind(pieces, numeral.end)
    return Clock(end, _turned(time((numeral.whole or 1) - 1, 30), part)) if part else Clock(end)


def _spoken(pieces: Pieces, at: int, numeral: Numeral, *, said: bool) -> Clock | None:
    """«в 10 утра», «18 часов 45 минут», «в семь вечера»; «в 7» may be either half of the day and says nothing for sure."""
    hour_word = piece_at(pieces, numeral.end).means("hour")
    spoken = said or hour_word
    part, end = _part_behind(pieces, numeral.end + hour_word)
    if piece_at(pieces, end - 1).word == "дня" and not spoken:
        return None  # «три дня»
    behind = numeral.end if not part else end
    if not (spoken or part) or not _is_hour(pieces, numeral._replace(end=behind), spoken=True):
        return None
    if not part and not hour_word and not said:
        return None
    minute, after = _minutes(pieces, numeral) if not part else (0, end)
    if not part:
        part, after = _part_behind(pieces, max(after, end))
    hour = numeral.whole or 0
    if hour <= 12 and not part and not hour_word and minute == 0 and piece_at(pieces, at - 1).word == "в":
        return Clock(after) if not _means_other(pieces, numeral.end) else None
    moment = _turned(time(hour, minute), part)
    return Clock(after, moment if part or hour > 12 else None)


def _means_other(pieces: Pieces, end: int) -> bool:
    """Whether a bare «в 7» is followed by what makes it no hour."""
    after = piece_at(pieces, end)
    return after.means("month", "scale", "tenge", "ticket", "times", "day_word") or after.kind == "number"


def _is_hour(pieces: Pieces, numeral: Numeral, *, spoken: bool) -> bool:
    if numeral.sized or numeral.tenge or numeral.whole is None or not 0 <= numeral.whole <= 23:
        return False
    return spoken and (
        numeral.form in ("loc", "abl", "dat") or (not numeral.form and not _means_other(pieces, numeral.end))
    )


def _minutes(pieces: Pieces, numeral: Numeral) -> tuple[int, int]:
    """«18 часов 45 минут», «жетіден бес минут өткенде»."""
    end = numeral.end + piece_at(pieces, numeral.end).means("hour")
    more = numeral_at(pieces, end)
    if more is not None and more.whole is not None and 0 <= more.whole <= 59:
        after = piece_at(pieces, more.end)
        if after.word.startswith("мин") and after.kind == "word":
            step = more.end + 1
            return more.whole, step + piece_at(pieces, step).word.startswith("отк")
    sized = (
        more is not None and more.sized and more.whole is not None and more.whole % 1000 == 0 and more.whole < 60_000
    )
    if sized and more is not None and piece_at(pieces, more.end).word.startswith("отк"):
        # «бес мин» is heard as five thousand, but between an hour and «өткенде» it is five minutes
        return (more.whole or 0) // 1000, more.end + 1
    return 0, end


def _part_behind(pieces: Pieces, at: int) -> tuple[str, int]:
    piece = piece_at(pieces, at)
    if piece.means("part") and piece.sense is not None:
        return str(piece.sense.value), at + 1
    return ("day", at + 1) if piece.word == "дня" else ("", at)


def _turned(moment: time, part: str) -> time:
    """«7 вечера» is 19:00."""
    late = part in ("evening", "day") or (part == "noon" and moment.hour < 5)
    if late and moment.hour < 12:
        return moment.replace(hour=moment.hour + 12)
    return moment.replace(hour=0) if part == "night" and moment.hour == 12 else moment


def _second_before(moment: time) -> time:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second - 1
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds > 0 else time()
