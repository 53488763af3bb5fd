"""What an answer knows of today: the date of a draw, the last day of a term, whether a period still runs.

Not here: the dates themselves (see domain/deadlines.py and domain/promotion.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dialogs import citing
from dialogs.messages import Phrase, say
from domain.deadlines import compute
from domain.facts import FactError
from domain.points import Point
from domain.promotion import Draw, Promotion
from domain.spoken.values import SpokenValue, find_day, month_named

STATES = ("today.upcoming", "today.running", "today.over")
"""What already says whether the promotion runs."""
MARGIN = timedelta(days=45)
"""After the end of a promotion its terms still run: days without a year are looked for until then."""
_TODAY = re.compile(
    r"(?:сегодня|бүгін|бугин|қазір|сейчас)\W*(?:уже\s+|енді\s+)?(?P<day>\d{1,2}\S*(?:\s+[^\W\d_]{3,}\w*)?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def lines(promotion: Promotion, point: Point, question: str, now: datetime) -> list[Phrase]:
    """What is computed beside the sentence of a point; nothing where the text is enough."""
    if point.draw:
        return _draws(promotion, question, now)
    if counted := term(promotion, point, question, now):
        key = "today.term_passed" if counted.passed else "today.term"
        return [say(key, first=counted.began, day=counted.last, count=counted.days)]
    return [_period(promotion, point.period, now)] if point.period else []


def _draws(promotion: Promotion, question: str, now: datetime) -> list[Phrase]:
    """The draws that the question names by month, else the next one."""
    named = {month for word in _WORD.findall(question) if (month := month_named(word))}
    wanted = [draw for draw in promotion.draws if _month(draw) in named]
    if not wanted and not named:
        today = promotion.day(now)
        wanted = [draw for draw in promotion.draws if draw.latest >= today][:1] or list(promotion.draws[-1:])
    return [_draw(promotion, draw, now) for draw in wanted[:3]]


def _draw(promotion: Promotion, draw: Draw, now: datetime) -> Phrase:
    key = "today.draw_passed" if draw.latest < promotion.day(now) else "today.draw"
    return say(key, period=citing.month(draw.period) if _month(draw) else say("today.draw_only"), day=draw.latest)


def names_a_time(text: str) -> bool:
    """Whether a text names a month or has a number in it."""
    return any(map(str.isdecimal, text)) or any(month_named(word) for word in _WORD.findall(text))


def _month(draw: Draw) -> int | None:
    _, dash, number = draw.period.partition("-")
    return int(number) if dash and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class CountedTerm:
    """A term of the rules that runs from a day which a question names. `today` is the day that the question is about."""

    began: date
    days: int
    last: date
    today: date

    @property
    def passed(self) -> bool:
        return self.last < self.today


def term(promotion: Promotion, point: Point, question: str, now: datetime) -> CountedTerm | None:
    """«Розыгрыш был 20 октября, сегодня 2 ноября, не поздно?»: the first day named starts the term, one behind «сегодня» is today."""
    if point.deadline is None:
        return None
    near = min(promotion.day(now), promotion.last_day(promotion.whole) + MARGIN)
    today, rest = _today(question, promotion.day(now), near)
    found = find_day(rest, today, near)
    if not isinstance(found, SpokenValue):
        return None
    try:
        deadline = compute(promotion, point.deadline, _events(found.day), as_of=now)
    except FactError:
        return None
    last = deadline.last_day if isinstance(deadline.last_day, date) else deadline.certain
    if last is None or deadline.days is None:
        return None
    return CountedTerm(found.day, deadline.days, last, today)


def _today(question: str, today: date, near: date) -> tuple[date, str]:
    """The day that a question calls today, and the question without it."""
    match = _TODAY.search(question)
    if match is None:
        return today, question
    rest = question[: match.start()] + " " + question[match.end() :]
    named = find_day(match["day"] or "", today, near)
    if isinstance(named, SpokenValue):
        return named.day, rest
    if number := _NUMBER.search(match[0]):
        event = find_day(rest, today, near)
        if isinstance(event, SpokenValue):
            day = _on_or_after(event.day, int(number[0]))
            return (day, rest) if day else (today, rest)
    return today, rest


def _on_or_after(day: date, number: int) -> date | None:
    """The next day of the month with that number: «ұтыс 18-інде болды, бүгін 25-і»."""
    for ahead in range(62):
        later = day + timedelta(days=ahead)
        if later.day == number:
            return later
    return None


def _events(day: date) -> dict[str, date]:
    """The event that starts a term is not named: whichever it is, it was on that day."""
    return dict.fromkeys(("drawn_at", "notified_at", "results_at", "determined_at", "published_at"), day)


def _period(promotion: Promotion, id: str, now: datetime) -> Phrase:
    period = promotion.period(id)
    if now < period.starts:
        return say("today.upcoming", name=period.name, day=promotion.first_day(period))
    if period.holds(now):
        return say("today.running", name=period.name, day=promotion.last_day(period))
    return say("today.over", name=period.name, day=promotion.last_day(period))
