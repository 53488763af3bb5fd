"""What an answer knows of today: the date of a draw, the last day of a term, whether a period still runs.

Not here: the dates themselves (see domain/deadlines.py and domain/promotion.py).
"""

from __future__ import annotations

import re
from datetime import date, datetime

from dialogs import citing
from dialogs.messages import Phrase, say
from domain.deadlines import compute
from domain.facts import FactError
from domain.points import Point
from domain.promotion import Draw, Promotion
from domain.spoken.values import SpokenValue, find_day, month_named

STATES = ("today.upcoming", "today.running", "today.over")
"""What already says whether the promotion runs."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def lines(promotion: Promotion, point: Point, question: str, now: datetime) -> list[Phrase]:
    """What is computed beside the sentence of a point; nothing where the text is enough."""
    if point.draw:
        return _draws(promotion, question, now)
    if point.deadline and (line := _term(promotion, point.deadline, question, now)):
        return [line]
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


def _month(draw: Draw) -> int | None:
    _, dash, number = draw.period.partition("-")
    return int(number) if dash and number.isdecimal() else None


def _term(promotion: Promotion, name: str, question: str, now: datetime) -> Phrase | None:
    """The last day of a term that begins with a day that the question names: «розыгрыш был 20 октября»."""
    today = promotion.day(now)
    found = find_day(question, today, min(today, promotion.last_day(promotion.whole)))
    if not isinstance(found, SpokenValue):
        return None
    try:
        deadline = compute(promotion, name, _events(found.day), as_of=now)
    except FactError:
        return None
    last = deadline.last_day if isinstance(deadline.last_day, date) else deadline.certain
    if last is None or deadline.days is None:
        return None
    return say("today.term_passed" if last < today else "today.term", first=found.day, day=last, count=deadline.days)


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
