"""Days as people name them: dates, «7-го», weekdays, «вчера», «одан бір күн бұрын», several at once, and ranges.

Not here: numbers (see numerals.py), the hour (see hours.py), what happened on a day (see told.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from domain.spoken.dating import DayContext, date_of
from domain.spoken.fault import SpokenFault
from domain.spoken.numerals import numeral_at, piece_at
from domain.spoken.one_day import DayPoint, point_at
from domain.spoken.pieces import Pieces

LONGEST_RANGE: Final = 62
_LISTING: Final = ("и", "да", "мен", "бен", "пен", "жане")


class Days(NamedTuple):
    """The days that a place names, and where it ends; `ranged`: said as «с … по …». No days: up to there stand numbers that are none."""

    days: tuple[date, ...]
    end: int
    ranged: bool = False


def days_at(pieces: Pieces, at: int, calendar: DayContext, *, bare: bool = False) -> Days | SpokenFault | None:
    """The days named from a place on. `bare`: a number alone may be a day here."""
    piece = piece_at(pieces, at)
    if piece.means("from") or (piece.means("at") and piece.word != "на"):
        inner = _range_or_list(pieces, at + 1, calendar, bare=False, begun=piece.means("from"))
        return inner
    return _range_or_list(pieces, at, calendar, bare=bare, begun=False)


def _range_or_list(
    pieces: Pieces, at: int, calendar: DayContext, *, bare: bool, begun: bool
) -> Days | SpokenFault | None:
    if relative := _relative(pieces, at, calendar):
        calendar.last = relative.days[0]
    first = (relative and DayPoint(relative.end, sure=True, day=relative.days[0])) or point_at(pieces, at)
    if first is None:
        return None
    if piece_at(pieces, first.end).marks(",") and isinstance(once := _same_day_again(pieces, first, calendar), Days):
        return once  # «пн, 12 января» is one day and no list
    points = [first]
    ranges: set[int] = set()
    while (joint := _joint(pieces, points[-1], begun=begun and len(points) == 1)) is not None:
        begin, ranged = joint
        there = _relative(pieces, begin, calendar)
        following = DayPoint(there.end, sure=True, day=there.days[0]) if there else point_at(pieces, begin)
        if following is None or not _is_day(pieces, following):
            break
        if ranged:
            ranges.add(len(points))
        points.append(following)
    if len(points) == 1 and (named := _same_day_again(pieces, first, calendar)) is not None:
        return named
    end = points[-1].end
    closing = _closing(pieces, end)
    within = piece_at(pieces, at - 1).means("at") and piece_at(pieces, at - 1).word == "за"
    if len(points) > 1 and not (closing or bare or any(p.sure for p in points) or (ranges and (begun or within))):
        return Days((), end)
    if len(points) == 1 and not (first.sure or (bare and _stands_alone(pieces, first))):
        return None
    if ranges and closing:
        end = closing
    return _resolve(points, ranges, end, calendar)


def _same_day_again(pieces: Pieces, first: DayPoint, calendar: DayContext) -> Days | SpokenFault | None:
    """«в субботу 17-го», «вчера, 20 января»: one day said twice; where they differ it is asked for."""
    step = first.end + piece_at(pieces, first.end).marks(",(")
    second = (
        point_at(pieces, step)
        if first.day is not None or first.weekday >= 0 or piece_at(pieces, step).means("weekday")
        else None
    )
    if second is None or not second.sure or (first.weekday >= 0 and second.weekday >= 0):
        return None
    one, other = date_of(first, calendar), date_of(second, calendar)
    if not isinstance(one, date) or not isinstance(other, date):
        return None
    weekday = first.weekday if first.weekday >= 0 else second.weekday
    if one != other and weekday >= 0:
        dated = other if first.weekday >= 0 else one
        if dated.weekday() == weekday:
            one = other = dated
    if one != other:
        return None if piece_at(pieces, first.end).marks(",(") or weekday < 0 else SpokenFault("which_day", "")
    calendar.last = one
    return Days((one,), second.end)


def _resolve(points: list[DayPoint], ranges: set[int], end: int, calendar: DayContext) -> Days | SpokenFault:
    month, year = 0, 0
    resolved: list[date] = []
    wanted: list[DayPoint] = []
    for point in reversed(points):
        month, year = (point.month, point.year or year) if point.month else (month, year)
        wanted.append(point._replace(month=month, year=point.year or (year if point.month == month else 0)))
    for point in reversed(wanted):
        found = date_of(point, calendar)
        if isinstance(found, SpokenFault):
            return found
        if found is None:
            return SpokenFault("which_day", "")
        resolved.append(found)
        calendar.last = found
    days: list[date] = []
    for n, day in enumerate(resolved):
        if n in ranges:
            first = days[-1]
            if day < first and points[n - 1].weekday >= 0:
                first = days[-1] = first - timedelta(days=7)
            if not first < day <= first + timedelta(days=LONGEST_RANGE):
                return SpokenFault("no_such_day", "")
            days += [first + timedelta(days=step) for step in range(1, (day - first).days + 1)]
        elif day not in days:
            days.append(day)
    calendar.last = days[-1]
    return Days(tuple(days), end, bool(ranges))


def _joint(pieces: Pieces, point: DayPoint, *, begun: bool) -> tuple[int, bool] | None:
    """Where the next day of a list or a range may begin, and whether it is a range."""
    at = point.end
    piece = piece_at(pieces, at)
    if piece.marks("-–—"):
        return at + 1, True
    if (begun or point.form.endswith("abl")) and piece.means("upto", "to"):
        return at + 1, True
    if point.form.endswith("abl"):
        return at, True
    if piece.marks(","):
        at += 1
        return at + (piece_at(pieces, at).word in _LISTING), False
    if piece.means("and") and piece.word in _LISTING:
        # «6 мен 8 аралығында» is a range
        after = point_at(pieces, at + 1)
        ranged = after is not None and _closing(pieces, after.end) > 0 and piece.word in ("мен", "бен", "пен")
        return at + 1, ranged
    return None


def _closing(pieces: Pieces, at: int) -> int:
    """Where «аралығында», «дейін», «числа» behind days ends; 0 where nothing of the kind stands there."""
    piece = piece_at(pieces, at)
    if piece.word.startswith(("арали", "араси", "ара")) and piece.kind == "word":
        return at + 1
    return at + 1 if piece.means("to") and piece.word != "до" else 0


def _is_day(pieces: Pieces, point: DayPoint) -> bool:
    return point.sure or _stands_alone(pieces, point)


def _stands_alone(pieces: Pieces, point: DayPoint) -> bool:
    """Whether a bare number has nothing behind it that makes it something else."""
    after = piece_at(pieces, point.end)
    return not after.means(
        "scale", "tenge", "ticket", "times", "hour", "minute", "currency", "week", "rouble"
    ) and not after.marks("%₸")


def _relative(pieces: Pieces, at: int, calendar: DayContext) -> Days | None:
    """Days counted from today or from the day named before."""
    piece = piece_at(pieces, at)
    if piece.kind != "word":
        return _ago(pieces, at, calendar)
    after = piece_at(pieces, at + 1)
    if piece.means("near"):
        assert piece.sense is not None
        if piece.word in ("ертенине", "ертесине") and calendar.last:
            return _one(calendar.last, 1, at + 1)
        end = at + 1 + (after.means("day_word"))
        return _one(calendar.today, int(piece.sense.value), end)
    if piece.word.startswith(("алдинг", "арги")) and after.word.startswith("кун"):
        return _one(calendar.today, -2, at + 2)
    if calendar.last and (piece.word.startswith("ертеси") or piece.word == "назавтра"):
        return _one(calendar.last, 1, at + 1)
    if calendar.last and piece.means("coming") and after.means("day_word"):
        return _one(calendar.last, 1, at + 2)
    if (
        calendar.last
        and piece.means("of_it")
        and after.word in ("же", "самии")
        and piece_at(pieces, at + 2).means("day_word")
    ):
        return _one(calendar.last, 0, at + 3)
    if calendar.last and piece.word == "сол" and after.means("day_word"):
        return _one(calendar.last, 0, at + 2)
    return _ago(pieces, at, calendar)


def _ago(pieces: Pieces, at: int, calendar: DayContext) -> Days | None:
    """«три дня назад», «2 күн бұрын», «одан бір күн бұрын», «за день до этого», «неделю назад»."""
    counted_from = calendar.today
    step = at
    if piece_at(pieces, step).means("of_it") and calendar.last:
        counted_from, step = calendar.last, step + 1
    if piece_at(pieces, step).word == "за":
        step += 1
    numeral = numeral_at(pieces, step)
    number = 1
    if step == at and not (numeral or piece_at(pieces, step).means("week", "day_word")):
        return None
    if numeral is not None and numeral.whole is not None and not numeral.sized and numeral.whole <= 60:
        number, step = numeral.whole, numeral.end
    unit = piece_at(pieces, step)
    size = 7 if unit.means("week") else 1
    if not unit.means("week", "day_word") or unit.word.startswith("числ"):
        return None
    closing = piece_at(pieces, step + 1)
    if closing.means("ago"):
        return _one(counted_from, -number * size, step + 2)
    if closing.word == "до" and piece_at(pieces, step + 2).means("of_it") and calendar.last:
        return _one(calendar.last, -number * size, step + 3)
    return None


def _one(day: date, away: int, end: int) -> Days:
    return Days((day + timedelta(days=away),), end)
