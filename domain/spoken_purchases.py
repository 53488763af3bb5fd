"""Purchases as people write them, a line each: «12.01 600 тыс кено», «вчера бинго 1,5 млн бонуспен».

Leaves what they earn to `chances`. A line that cannot be read keeps its reason; the others are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from rapidfuzz.fuzz import ratio

from domain.purchases import Purchase
from domain.spoken import Fault, Found, find_day, find_time, read_amount

LINES: Final = 400
"""Lines that are read of one message."""
_BONUS = re.compile(r"\bбонус\w*|\bbonus\w*", re.IGNORECASE)
_PARTLY = re.compile(r"\bчастич\w*|\bжартыла\w*|\bішінара\b|\bчасть\b", re.IGNORECASE)
_FILLER = re.compile(
    r"\b(?:на|по|за|в|с|купил\w*|купила|взял\w*|потратил\w*|алдым|сатып|ойнадым|билет\w*|лотере\w*|сумм\w*|покупк\w*|и|да|тағы|сомаға|үшін|год\w*|жыл\w*)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bдруг\w+\s+лотере\w*|\bбасқа\s+лотерея\w*|\bтвоя\s+удача\w*(?:[\s-]*3)?|\bстолото\b|\b[56]\s*(?:из|/)\s*\d\d\b",
    re.IGNORECASE,
)
"""Lotteries outside the list, by name or as such: they are kept by that name, and the rules say that they do not count."""
_NUMBERED = re.compile(r"^\s*(?:№\s*)?\d{1,3}(?:\s*[):]\s+|\.\s+(?=\d{1,2}[./-]\d))")
_ALIKE: Final = 84.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message: the purchase in it, or why there is none. `undated` took the day of the line before.

    `unnamed`: no lottery was named, so the first of the list stands there.
    """

    text: str
    purchase: Purchase | None = None
    fault: Fault | None = None
    undated: bool = False
    unnamed: bool = False


def read_lines(text: str, lotteries: Mapping[str, str], today: date, near: date, zone: ZoneInfo) -> tuple[Line, ...]:
    """The lines of a message; a day without a year is the one nearest to `near`.

    `lotteries` maps each spelling to the listed lottery (`LadderRule`).

    A purchase without a lottery counts as one of the listed: the person sees it and can correct it.
    """
    found: list[Line] = []
    last: date | None = None
    for part in _parts(text)[:LINES]:
        line, day = _read(part, lotteries, (today, near), zone, last)
        found.append(line)
        last = day or last
    return tuple(found)


def _parts(text: str) -> list[str]:
    """The purchases of a message: its lines, and what stands in one line with «;», «+», «,» or «и» between."""
    pieces: list[str] = []
    for row in text.splitlines():
        row = _NUMBERED.sub("", row)
        cells = [cell for cell in row.split(";") if cell.strip()]
        # a row of an export has a day, a sum and a name in cells of their own; it is one purchase
        if len(cells) > 1 and not all(re.search(r"\d", _undated(cell)) for cell in cells):
            pieces.append(" ".join(cells))
            continue
        for cell in cells:
            pieces += re.split(r"\s\+\s|,\s+(?=\D*\d)|\s+(?:и|және|жане)\s+(?=\D*\d)", cell)
    return [
        piece.strip(" ,.\t•-—") if not re.match(r"^\s*[-−]\d", piece) else piece.strip()
        for piece in pieces
        if piece.strip()
    ]


def _undated(text: str) -> str:
    """A text without its first time and day."""
    clock = find_time(text)
    rest = clock[1] if clock else text
    day = find_day(rest, date(2000, 1, 1))
    return day.rest if isinstance(day, Found) else rest


def _read(
    text: str, lotteries: Mapping[str, str], days: tuple[date, date], zone: ZoneInfo, last: date | None
) -> tuple[Line, date | None]:
    rest = text
    clock = find_time(rest)
    moment, rest = clock if clock else (None, rest)
    if isinstance(moment, Fault):
        return Line(text, fault=moment), None
    day = find_day(rest, *days)
    if isinstance(day, Fault):
        return Line(text, fault=day), None
    undated = day is None
    when = day.day if day else last
    rest = day.rest if day else rest
    bonus = bool(_BONUS.search(rest))
    partly = bonus and bool(_PARTLY.search(rest))
    lottery, rest = _lottery(_PARTLY.sub(" ", _BONUS.sub(" ", rest)), lotteries)
    unnamed = lottery is None
    amount = read_amount(_FILLER.sub(" ", rest))
    if isinstance(amount, Fault):
        return Line(text, fault=amount), when
    if when is None:
        return Line(text, fault=Fault("unclear", text)), None
    at = datetime.combine(when, moment, zone) if moment else when
    purchase = Purchase(at, lottery or next(iter(lotteries.values()), ""), amount, None if partly else bonus)
    return Line(text, purchase, undated=undated, unnamed=unnamed), when


def _lottery(text: str, lotteries: Mapping[str, str]) -> tuple[str | None, str]:
    """The lottery that a text names, and the text without it; None where none is named."""
    if other := _OTHER.search(text):
        return other[0], f"{text[: other.start()]} {text[other.end() :]}"
    for spelling in sorted(lotteries, key=len, reverse=True):
        # a spelling is kept without spaces and hyphens (`domain.facts.key`), people write them
        pattern = r"(?<!\w)" + r"[\s\-]*".join(map(re.escape, spelling)) + r"\w*"
        if match := re.search(pattern, text, re.IGNORECASE):
            return lotteries[spelling], f"{text[: match.start()]} {text[match.end() :]}"
    for word in re.findall(r"[^\W\d_]{4,}", text):
        for spelling, name in lotteries.items():
            if ratio(word.casefold(), spelling) >= _ALIKE:
                return name, text.replace(word, " ", 1)
    return None, text
