"""The terms of the rules: from an event to its last day, and what follows from missing it.

Not here: working days (see calendar.py); reminding people (see the running program).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args

from domain.calendar import Calendar
from domain.facts import Facts, When, day_of
from domain.promotion import Promotion, RuleFault
from domain.verdict import Unknown

DayKind = Literal["calendar", "working", "unspecified", "fixed"]
Missed = Literal[
    "redraw_among_reserve", "new_draw", "organizer_may_dispose", "right_lost", "chances_lapse", "not_stated"
]
Status = Literal["open", "passed"]
_LAST_SECOND: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of promotion.toml. Without days, last day or table of draws the rules set none: `silent`.

    `or_from`: events that may stand in place of `event` where the rules leave open which starts the term. `open_if`:
    events that leave the term open, with the clauses. `last_days`: the days between which the rules leave the choice.
    `part_of`: another term of which this one is only a part.
    """

    name: str
    clauses: tuple[str, ...]
    event: str | None = None
    or_from: tuple[str, ...] = ()
    open_point: str | None = None
    open_clauses: tuple[str, ...] = ()
    days: int | None = None
    day_kind: DayKind = "fixed"
    last_day: date | None = None
    last_days: tuple[date, ...] = ()
    last_moment: datetime | None = None
    on_the_day: bool = False
    by_draws: bool = False
    if_missed: Missed = "not_stated"
    open_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    part_of: str | None = None

    @property
    def silent(self) -> bool:
        return self.days is None and self.last_day is None and not self.by_draws


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term worked out. `last_day` counts to 23:59:59 in the promotion's zone, or to `last_moment` where one is given.

    Where `last_day` is unknown, `certain` is the earliest day on which it may end, so that keeping it is right on every
    reading, and `at_latest` the latest: after it the term is over on every reading.
    `calendar` says which calendar a term in working days was counted by.
    """

    name: str
    clauses: tuple[str, ...]
    last_day: date | Unknown
    counted_from: date | None = None
    days: int | None = None
    day_kind: DayKind | None = None
    if_missed: Missed = "not_stated"
    last_moment: datetime | None = None
    status: Status | Unknown | None = None
    in_time: bool | Unknown | None = None
    certain: date | None = None
    at_latest: date | None = None
    calendar: str | None = None


_FIELDS: Final = {
    "name", "clauses", "from", "or_from", "open_point", "open_clauses", "days", "day_kind", "last_day", "last_days",
    "last_moment", "on_the_day", "by", "if_missed", "open_if", "part_of",
}  # fmt: skip


def read(data: Any) -> tuple[Term, ...]:
    """The list `deadlines` of promotion.toml. Raises RuleFault with the path to what cannot be used."""
    return tuple(_term(row, n) for n, row in enumerate(data or ()))


def _term(row: Mapping[str, Any], number: int) -> Term:
    if unknown := sorted(row.keys() - _FIELDS):
        raise RuleFault((number, unknown[0]), f"«{unknown[0]}» is not known here")
    for name, allowed in (("day_kind", get_args(DayKind)), ("if_missed", get_args(Missed))):
        if name in row and row[name] not in allowed:
            raise RuleFault((number, name), f"«{name}» may be {', '.join(allowed)}")
    if not isinstance(row.get("name"), str) or not row.get("clauses"):
        raise RuleFault((number,), "a deadline needs a name and its clauses")
    if "days" in row and (len(row.get("from", ())) != 1 or row.get("day_kind") in (None, "fixed")):
        raise RuleFault((number, "days"), "a term in days needs one event in «from» and its «day_kind»")
    return Term(
        name=row["name"],
        clauses=tuple(row["clauses"]),
        event=row["from"][0] if row.get("from") else None,
        or_from=tuple(row.get("or_from", ())),
        open_point=row.get("open_point"),
        open_clauses=tuple(row.get("open_clauses", ())),
        days=row.get("days"),
        day_kind=row.get("day_kind", "fixed"),
        last_day=row.get("last_day"),
        last_days=tuple(row.get("last_days", ())),
        last_moment=row.get("last_moment"),
        on_the_day=row.get("on_the_day", False),
        by_draws=row.get("by") == "draws",
        if_missed=row.get("if_missed", "not_stated"),
        open_if={event: tuple(clauses) for event, clauses in row.get("open_if", {}).items()},
        part_of=row.get("part_of"),
    )


def terms(promotion: Promotion) -> tuple[Term, ...]:
    found: tuple[Term, ...] = promotion.rules.get("deadlines", ())
    return found


def compute(
    promotion: Promotion,
    name: str,
    events: Mapping[str, Any],
    as_of: When | None = None,
    calendar: Calendar | None = None,
) -> Deadline:
    """The last day of a term (S-3 to S-6): the event's day is not counted, the last day is not moved off a day off.

    Events are moments or bare dates by name, `reporting_month` is YYYY-MM. With `as_of` the deadline says whether it
    has passed. A term that the rules do not set is Unknown («rules_silent»), a missing event Unknown («fact_missing»).
    Raises FactError for an event that cannot be read.
    """
    facts = Facts(events, promotion.zone)
    term = next((term for term in terms(promotion) if term.name == name), None)
    if term is None:
        return Deadline(name, (), Unknown("rules_silent"))
    deadline = _last_day(promotion, term, facts, calendar or Calendar())
    return _judged(promotion, term, deadline, facts, as_of)


def _last_day(promotion: Promotion, term: Term, facts: Facts, calendar: Calendar) -> Deadline:
    def unknown(reason: Unknown, certain: date | None = None, at_latest: date | None = None) -> Deadline:
        return Deadline(
            term.name,
            reason.clauses or term.clauses,
            reason,
            days=term.days,
            day_kind=term.day_kind,
            if_missed=term.if_missed,
            certain=certain,
            at_latest=at_latest,
        )

    opened = [clause for event, clauses in term.open_if.items() if facts.known(event) for clause in clauses]
    if opened:
        return unknown(Unknown("rules_silent", tuple(opened)), at_latest=term.last_day)
    if term.silent:
        first, last_of_all = min(term.last_days, default=None), max(term.last_days, default=None)
        return unknown(Unknown("rules_silent", term.clauses), first, last_of_all)
    if term.by_draws:
        month = facts.month("reporting_month")
        draw = next((draw for draw in promotion.draws if draw.period == month), None)
        if month is None:
            return unknown(Unknown("fact_missing", term.clauses, ("reporting_month",)))
        if draw is None:
            return unknown(Unknown("rules_silent", term.clauses))
        return Deadline(term.name, term.clauses, draw.latest, day_kind="fixed", if_missed=term.if_missed)
    if term.days is None:
        last = term.last_day
        assert last is not None
        return Deadline(
            term.name, term.clauses, last, day_kind="fixed", if_missed=term.if_missed, last_moment=term.last_moment
        )
    starts = _starts(promotion, term, facts)
    known = [start for start in starts if start is not None]
    if not known:
        return unknown(Unknown("fact_missing", term.clauses, (str(term.event),)))
    ends = [_count(term, start, calendar) for start in known]
    if len(set(starts)) > 1:
        certain = min(ends) if starts[0] is not None else None
        return unknown(
            Unknown("rules_silent", term.open_clauses), certain, max(ends) if starts[-1] is not None else None
        )
    return Deadline(
        term.name,
        term.clauses,
        ends[0],
        counted_from=known[0],
        days=term.days,
        day_kind=term.day_kind,
        if_missed=term.if_missed,
        calendar=calendar.stamp if term.day_kind == "working" else None,
    )


def _events(promotion: Promotion, term: Term, facts: Facts) -> tuple[str, ...]:
    """The events that may start the term, as they follow in time: its own, or as far as not settled its stand-ins."""
    if term.event is not None and facts.known(term.event):
        return (term.event,)
    point = promotion.open_point(term.open_point) if term.open_point else None
    return point.choices if point is not None and point.settled else term.or_from


def _starts(promotion: Promotion, term: Term, facts: Facts) -> list[date | None]:
    """The day of each event that may start the term, None for one that is not given."""
    moments = [facts.when(event) for event in _events(promotion, term, facts)]
    return [day_of(moment, promotion.zone) if moment is not None else None for moment in moments]


def _count(term: Term, start: date, calendar: Calendar) -> date:
    assert term.days is not None
    return calendar.add_working(start, term.days) if term.day_kind == "working" else start + timedelta(days=term.days)


def _judged(promotion: Promotion, term: Term, deadline: Deadline, facts: Facts, as_of: When | None) -> Deadline:
    """The deadline with its status at `as_of`, and whether a draw was held in time."""
    last = deadline.last_day
    status: Status | Unknown | None = None
    in_time: bool | Unknown | None = None
    drawn = facts.when("drawn_at") if term.name == "draw" else None
    if as_of is not None:
        status = _status(promotion, term, deadline, as_of)
    if drawn is not None:
        day = day_of(drawn, promotion.zone)
        in_time = last if isinstance(last, Unknown) else (day == last if term.on_the_day else day <= last)
    return replace(deadline, status=status, in_time=in_time)


def _status(promotion: Promotion, term: Term, deadline: Deadline, as_of: When) -> Status | Unknown:
    """Open or passed; where the last day is unknown, as far as every reading agrees."""
    last = deadline.last_day
    if not isinstance(last, Unknown):
        return "passed" if _is_over(promotion, term, last, as_of) else "open"
    if deadline.certain is not None and not _is_over(promotion, term, deadline.certain, as_of):
        return "open"
    if deadline.at_latest is not None and _is_over(promotion, term, deadline.at_latest, as_of):
        return "passed"
    return last


def _is_over(promotion: Promotion, term: Term, last: date, as_of: When) -> bool:
    if not isinstance(as_of, datetime):
        return as_of > last
    end = term.last_moment or datetime.combine(last, _LAST_SECOND, promotion.zone)
    return as_of.replace(microsecond=0) > end


def timeline(
    promotion: Promotion, events: Mapping[str, Any], as_of: When | None = None, calendar: Calendar | None = None
) -> tuple[Deadline, ...]:
    """The terms that the given events start, the earliest first; a term whose event leaves it open stands last."""
    facts = Facts(events, promotion.zone)
    started = [term for term in terms(promotion) if term.part_of is None and _is_started(term, facts)]
    found: Sequence[Deadline] = [compute(promotion, term.name, events, as_of, calendar) for term in started]
    return tuple(sorted(found, key=_earliest))


def _is_started(term: Term, facts: Facts) -> bool:
    return any(facts.known(event) for event in (term.event, *term.or_from) if event is not None)


def _earliest(deadline: Deadline) -> date:
    last = deadline.last_day
    return last if not isinstance(last, Unknown) else deadline.certain or deadline.at_latest or date.max
