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
from domain.spoken.values import SpokenFault, SpokenValue, find_day, find_time, is_unit, read_amount

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
_OF_WHICH = re.compile(
    r"[,(]?\s*(?:из\s+(?:них|которых)|в\s+том\s+числе|(?:оның|соның)(?:\s+ішінде)?)\s[^,;\n]*?(?:бонус|bonus)\w*\)?",
    re.IGNORECASE,
)
"""«…, из них 100 тыс бонусами»: one purchase, a part of it paid with bonus money."""
_REFUND = re.compile(r"\bвозврат\w*|\bвернул\w*|\bотмен\w*|\bқайтар\w*", re.IGNORECASE)
_HEADING = re.compile(r"\b(?:дата|день|сумма|лотерея|күн[іи]?|сомас?ы?|date|amount|sum|lottery)\b", re.IGNORECASE)
_NEXT_DAY = re.compile(
    r"(?<![\d.,/])(?=\d{1,2}[./](?:0[1-9]|1[0-2])(?:[./](?:\d{4}|\d{2}))?(?![\d/]|[.,]\d|\s*(?:млн|тыс|мың|мын|[мкmk]\b)))"
)
_HALVES = (
    (re.compile(r"\bполтора\b|\bбір\s+жарым\b|\bбир\s+жарым\b|\b1\s*½", re.IGNORECASE), "1,5"),
    (re.compile(r"\b(?:два|2)\s+с\s+половиной\b|\b(?:екі|еки|2)\s+жарым\b|\b2\s*½", re.IGNORECASE), "2,5"),
    (
        re.compile(
            r"\bпол[\s-]?(?=миллион|млн|лям)|\bжарты\s+(?=миллион|млн|лям)|½\s*(?=миллион|млн|лям)", re.IGNORECASE
        ),
        "0,5 ",
    ),
)
"""Halves as people say them."""
_SPELLED = ((re.compile(r"\bминус\s+(?=\d)", re.IGNORECASE), "-"), *_HALVES)
_NUMBERED = re.compile(r"^\s*(?:№\s*)?\d{1,3}(?:\s*[):]\s+|\.\s+(?=\d{1,2}[./-]\d))")
_ALIKE: Final = 84.0


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line of a message: the purchase in it, or why there is none. `undated` took the day of the line before.

    `unnamed`: no lottery was named, so the first of the list stands there. `bare`: nothing else is said beside it.
    """

    text: str
    purchase: Purchase | None = None
    fault: SpokenFault | None = None
    undated: bool = False
    unnamed: bool = False
    bare: bool = False


def may_hold_sums(text: str) -> bool:
    """Whether anything in a text could be a sum: a digit, or a half in words. Where nothing could, no line of it is a purchase;
    most questions are told apart so, at a tenth of what reading their lines costs."""
    return any(map(str.isdecimal, text)) or any(said.search(text) for said, _ in _HALVES)


def read_lines(
    text: str, lotteries: Mapping[str, str], today: date, near: date, zone: ZoneInfo
) -> tuple[SpokenLine, ...]:
    """The lines of a message; a day without a year is the one nearest to `near`.

    `lotteries` maps each spelling to the listed lottery (`LadderRule`).

    A purchase without a lottery counts as one of the listed: the person sees it and can correct it.
    """
    found: list[SpokenLine] = []
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
        row = _OF_WHICH.sub(" частично бонус ", _NUMBERED.sub("", row))
        for said, meant in _SPELLED:
            row = said.sub(meant, row)
        if not any(map(str.isdecimal, row)) and (len(_HEADING.findall(row)) > 1 or not row.strip("|-=:+ ")):
            continue  # the heading of a table, or the line under it
        cells = [cell for cell in re.split(r"[;|]", row) if cell.strip()]
        # a row of an export has a day, a sum and a name in cells of their own; it is one purchase
        if len(cells) > 1 and not all(re.search(r"\d", _undated(cell)) for cell in cells):
            pieces.append(" ".join(cells))
            continue
        for cell in cells:
            for piece in re.split(r"\s\+\s|,\s+(?=\D*\d)|\s+(?:и|және|жане)\s+(?=\D*\d)", cell):
                pieces += _by_day(piece)
    return [
        piece.strip(" ,.\t•-—") if not re.match(r"^\s*[-−]\d", piece) else piece.strip()
        for piece in pieces
        if piece.strip()
    ]


def _by_day(text: str) -> list[str]:
    """«12.01 600 тыс кено 13.01 700 тыс»: cut before each day, if something to count stands with every one of them."""
    starts = [match.start() for match in _NEXT_DAY.finditer(text)]
    parts = [text[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)]
    return parts if all(any(map(str.isdecimal, _undated(part))) for part in parts) else [text]


def _undated(text: str) -> str:
    """A text without its first time and day."""
    clock = find_time(text)
    rest = clock[1] if clock else text
    day = find_day(rest, date(2000, 1, 1))
    return day.rest if isinstance(day, SpokenValue) else rest


def _read(
    text: str, lotteries: Mapping[str, str], days: tuple[date, date], zone: ZoneInfo, last: date | None
) -> tuple[SpokenLine, date | None]:
    if refund := _REFUND.search(text):
        return SpokenLine(text, fault=SpokenFault("refund", refund[0])), last
    rest = text
    clock = find_time(rest)
    moment, rest = clock if clock else (None, rest)
    if isinstance(moment, SpokenFault):
        return SpokenLine(text, fault=moment), None
    day = find_day(rest, *days)
    if isinstance(day, SpokenFault):
        return SpokenLine(text, fault=day), None
    undated = day is None
    when = day.day if day else last
    rest = day.rest if day else rest
    bonus = bool(_BONUS.search(rest))
    partly = bonus and bool(_PARTLY.search(rest))
    lottery, rest = _lottery(_PARTLY.sub(" ", _BONUS.sub(" ", rest)), lotteries)
    unnamed = lottery is None
    left = _FILLER.sub(" ", rest)
    amount = read_amount(left)
    if isinstance(amount, SpokenFault):
        return SpokenLine(text, fault=amount), when
    if when is None:
        return SpokenLine(text, fault=SpokenFault("unclear", text)), None
    at = datetime.combine(when, moment, zone) if moment else when
    purchase = Purchase(at, lottery or next(iter(lotteries.values()), ""), amount, None if partly else bonus)
    bare = all(map(is_unit, re.findall(r"[^\W\d_]+", left)))
    return SpokenLine(text, purchase, undated=undated, unnamed=unnamed, bare=bare), when


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
