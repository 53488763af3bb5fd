"""Reads days, times and months as exports write them: ISO, dd.mm.yyyy, spreadsheet dates and day numbers, months in words.

Not here: other cells (see values.py). A time without an offset is taken in the zone of the reading; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.facts import When, day_of
from domain.search.folding import fold
from domain.spoken.senses import UNFOLDED, sense_of
from domain.spoken.values import SpokenFault, find_day, find_time, read_month
from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import CellReading, plain

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DOTTED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_BACKWARDS = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?")
_OFFSET = re.compile(r"\s*(?:UTC|GMT)?\s*([+-]\d{2}):?(\d{2})?|\s*(?:Z|UTC|GMT)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AT = re.compile(r"(?:в|сағат|at)\s+(?=\d)", re.IGNORECASE)
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:года|год|г|жылы|жыл|ж|y)(?![^\W\d_])\.?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}\.?")
_ENGLISH: Final = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SERIAL: Final = (20_000, 80_000)
"""A spreadsheet's numbers of days from 1954 to 2119: nothing else is written so."""
_START: Final = datetime(1899, 12, 30)  # noqa: DTZ001 a spreadsheet's own calendar has no zone


def month(cell: Cell, reading: CellReading) -> str:
    """YYYY-MM."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m}"
    said = plain(cell)
    found = read_month(said, reading.now.date())
    if isinstance(found, SpokenFault) or not _YEAR.search(said):
        raise Wrong(f"not a month with its year: «{show(said, 30)}»")
    return found


def clock(cell: Cell, _: CellReading) -> str:
    """A time of day, as a column of its own has it."""
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0).isoformat()
    if isinstance(cell, time):
        return cell.replace(microsecond=0, tzinfo=None).isoformat()
    if isinstance(cell, float) and 0 <= cell < 1:
        return _serial(cell).time().isoformat()
    said = plain(cell)
    if match := _CLOCK.fullmatch(said):
        return _time(match).isoformat()
    raise Wrong(f"not a time of day: «{show(said, 30)}»")


def when(cell: Cell, reading: CellReading) -> str:
    """A moment with its offset, or a bare day, as ISO 8601. A time without an offset is taken in the reading's zone."""
    return _moment(cell, reading.zone).isoformat()


def past(cell: Cell, reading: CellReading) -> str:
    """The same, not after now."""
    found = _moment(cell, reading.zone)
    check_past(found, reading)
    return found.isoformat()


def day(cell: Cell, reading: CellReading) -> str:
    """A bare day, not after today."""
    found = day_of(_moment(cell, reading.zone), reading.zone)
    check_past(found, reading)
    return found.isoformat()


def check_past(found: When, reading: CellReading) -> None:
    ahead = found > reading.now if isinstance(found, datetime) else found > day_of(reading.now, reading.zone)
    if ahead:
        raise Wrong(f"{found:%d.%m.%Y} is in the future", "future")


def join(day_said: str, time_said: str, reading: CellReading) -> str:
    """A day and a time of two columns as one moment."""
    found = datetime.fromisoformat(day_said)
    if len(day_said) > 10:
        if found.timetz().replace(tzinfo=None) == time():
            found = found.replace(tzinfo=None)
        else:
            raise Wrong("the day has a time already, and there is another in a column of its own")
    moment = datetime.combine(found.date(), time.fromisoformat(time_said), reading.zone)
    check_past(moment, reading)
    return moment.isoformat()


def _moment(cell: Cell, zone: ZoneInfo) -> When:
    if isinstance(cell, bool | time):
        raise Wrong("not a day")
    if isinstance(cell, datetime):
        return _placed(cell.replace(microsecond=0), zone)
    if isinstance(cell, date):
        return _sane(cell)
    if isinstance(cell, int | float):
        return _from_serial(float(cell), zone)
    said = plain(cell)
    found = _written(said, zone)
    if found is None:
        raise Wrong(f"not a day: «{show(said, 30)}»")
    return found


def _written(said: str, zone: ZoneInfo) -> When | None:
    bare, weekday = _without_weekday(" ".join(said.split()))
    found = _dated(" ".join(_YEAR_WORD.sub(" ", bare).split()), zone) or _dated(bare, zone)
    if found is not None and weekday is not None and day_of(found, zone).weekday() != weekday:
        raise Wrong(f"the day and the weekday do not fit: «{show(said, 40)}»", "no_such_day")
    return found


def _without_weekday(said: str) -> tuple[str, int | None]:
    """The text without a day of the week, and which one it is, Monday 0."""
    weekday = None
    for match in _WORD.finditer(said):
        word = match[0].casefold().rstrip(".")
        sense = sense_of(word if word in UNFOLDED else fold(word))
        number = _ENGLISH.get(word[:3]) if word.isascii() else sense and sense.kind == "weekday" and int(sense.value)
        if isinstance(number, int) and number is not False and weekday is None:
            weekday = number
            said = f"{said[: match.start()]} {said[match.end() :]}"
            break
    return " ".join(said.replace("( )", " ").replace("()", " ").split()).strip(
        " ,;."
    ) if weekday is not None else said, weekday


def _dated(bare: str, zone: ZoneInfo) -> When | None:
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", bare):
        return _from_serial(float(bare.replace(",", ".")), zone)
    if match := _COMPACT.fullmatch(bare):
        found = _date(int(match[1]), int(match[2]), int(match[3]), bare)
        if match[4] is None:
            return found
        return _placed(datetime.combine(found, _clock(match[4], match[5], match[6])), zone)
    for pattern, order in ((_BACKWARDS, (1, 3, 4)), (_DOTTED, (4, 3, 1))):
        if match := pattern.match(bare):
            year, number, dayed = (int(match[place]) for place in order)
            found = _date(year if len(match[order[0]]) == 4 else 2000 + year, number, dayed, bare)
            return _with_time(found, bare[match.end() :], zone)
    return _in_words(bare, zone)


def _in_words(bare: str, zone: ZoneInfo) -> When | None:
    """«12 января 2026 г., 14:30»; a day without its year is not taken."""
    hour = find_time(bare)
    moment, rest = hour if hour else (None, bare)
    if isinstance(moment, SpokenFault):
        raise Wrong(f"there is no such time: «{show(moment.text, 30)}»", "no_such_time")
    if not _YEAR.search(rest):
        return None
    found = find_day(rest, date(2000, 1, 1))
    if isinstance(found, SpokenFault):
        raise Wrong(f"there is no such day: «{show(found.text, 30)}»", "no_such_day")
    if found is None or found.rest.strip(" ,.;гжyY"):
        return None
    return _placed(datetime.combine(found.day, moment), zone) if moment else _sane(found.day)


def _with_time(found: date, rest: str, zone: ZoneInfo) -> When | None:
    rest = _AT.sub("", rest.strip(" ,Tt"))
    if not rest:
        return found
    match = _CLOCK.match(rest)
    if match is None:
        return None
    moment = datetime.combine(found, _time(match))
    rest = rest[match.end() :]
    if not rest:
        return _placed(moment, zone)
    offset = _OFFSET.fullmatch(rest)
    if offset is None:
        return None
    sign = offset[1] or "+00"
    try:
        return datetime.fromisoformat(f"{moment.isoformat()}{sign}:{offset[2] or '00'}")
    except ValueError:
        raise Wrong("there is no such offset from UTC") from None


def _from_serial(serial: float, zone: ZoneInfo) -> When:
    if not _SERIAL[0] <= serial < _SERIAL[1]:
        raise Wrong("a number that is no day")
    found = _serial(serial)
    return _placed(found, zone) if serial % 1 else found.date()


def _serial(serial: float) -> datetime:
    """A spreadsheet's day number, to the second: its fractions are not exact."""
    return _START + timedelta(seconds=round(serial * 86_400))


def _placed(moment: datetime, zone: ZoneInfo) -> datetime:
    _sane(moment.date())
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _date(year: int, number: int, dayed: int, said: str) -> date:
    try:
        return _sane(date(year, number, dayed))
    except Wrong:
        raise
    except ValueError:
        raise Wrong(f"there is no such day: «{show(said, 30)}»", "no_such_day") from None


def _sane(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(f"a year that cannot be: {found.year}", "no_such_day")
    return found


def _time(match: re.Match[str]) -> time:
    return _clock(match[1], match[2], match[3])


def _clock(hour: str, minute: str, second: str | None) -> time:
    try:
        return time(int(hour), int(minute), int(second or 0))
    except ValueError:
        raise Wrong(f"there is no such time: {hour}:{minute}{f':{second}' if second else ''}", "no_such_time") from None
