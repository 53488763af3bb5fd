"""Which date a day is that was said without its year, its month or its week.

Not here: how a day is said (see one_day.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.spoken.fault import SpokenFault
from domain.spoken.one_day import DayPoint

_HALF_YEAR: Final = 183


@dataclass(slots=True)
class DayContext:
    """What days are counted from: `today`; `near`, which a day without a year or a month is near to; `last`, the day named last.

    `ahead`: what is told lies in the future. `dated`: a day needs its month.
    """

    today: date
    near: date
    last: date | None = None
    ahead: bool = False
    dated: bool = False


def date_of(point: DayPoint, calendar: DayContext) -> date | SpokenFault | None:
    """The date that a point means; None where it could be two."""
    if point.day is not None:
        return point.day
    if point.weekday >= 0:
        return _date_of_weekday(point, calendar)
    try:
        if point.year:
            return date(point.year, point.month, point.number)
        if point.month:
            return _nearest(point.number, point.month, calendar.near)
        return _of_this_month(point.number, calendar) if not calendar.dated else None
    except ValueError:
        said = f"{point.number}.{point.month:02d}" + (f".{point.year}" if point.year else "")
        return SpokenFault("no_such_day", said if point.month else str(point.number))


def _nearest(day: int, month: int, near: date) -> date:
    """A day without a year is the one nearest to `near`: «31 декабря» said in January is last year's."""
    if (month, day) == (2, 29):
        year = near.year
        while not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
            year -= 1
        return date(year, 2, 29)
    guess = date(near.year, month, day)
    return guess.replace(year=guess.year - 1) if guess - near > timedelta(days=_HALF_YEAR) else guess


def _of_this_month(day: int, calendar: DayContext) -> date:
    """«7-го»: the last one that has been, or the next one where the future is told. Raises ValueError."""
    near = calendar.today if calendar.ahead else calendar.near
    year, month = near.year, near.month
    for _ in range(4):
        try:
            found = date(year, month, day)
        except ValueError:
            found = None
        if found is not None and (found >= near if calendar.ahead else found <= near):
            return found
        step = month + (1 if calendar.ahead else -1)
        year, month = (year + 1, 1) if step > 12 else (year - 1, 12) if step < 1 else (year, step)
    raise ValueError(day)


def _date_of_weekday(point: DayPoint, calendar: DayContext) -> date | None:
    today = calendar.today
    monday = today - timedelta(days=today.weekday())
    if point.week.endswith(" week"):
        away = {"past": -7, "this": 0, "coming": 7}[point.week.removesuffix(" week").split()[-1]]
        return monday + timedelta(days=point.weekday + away)
    back = (today.weekday() - point.weekday) % 7
    if calendar.ahead or point.week == "coming":
        return today + timedelta(days=(point.weekday - today.weekday()) % 7 or 7)
    if not back:
        # today's own name means a week ago, unless the days before it were counted up to today
        counted = calendar.last is not None and timedelta() < today - calendar.last < timedelta(days=7)
        back = 0 if counted or point.week == "this" else 7
    found = today - timedelta(days=back)
    # «в прошлый понедельник» on a Wednesday: of this week or of the one before?
    return None if point.week == "past" and found >= monday else found
