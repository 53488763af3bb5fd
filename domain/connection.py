"""Criteria about a dated fact, and about a client who connects a package: in the period, in which month, still there.

Not here: facts that need no date (see criteria.py); the table of kinds (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from domain.criteria import Case, Check, Criterion, met, missing, not_met
from domain.facts import When, month_of
from domain.readings import local_clock

MEANING = "O-9"
"""What «connected» is: the application or the activation."""
LAST_HOUR: Final = "in_last_hour"
"""Whether a bare date is meant in its last hour, from 23:00 to midnight by the local clock."""
ADDED_SERVICES = "O-10"
"""Whether an existing client enters by the month of the package or by the services added to it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A day that may be known only from one side: not before `earliest`, not after `latest`; `missing` would tell it."""

    earliest: date | None
    latest: date | None
    missing: str | None = None

    @property
    def day(self) -> date | None:
        return self.earliest if self.earliest == self.latest else None


def day_of_fact(name: str, case: Case) -> Span:
    """The day of a dated fact. «Connected» may be known only by its application or activation, whichever the rules mean."""
    when = case.facts.when(name)
    if when is None and name == "connected_at":
        applied, activated = case.facts.when("applied_at"), case.facts.when("activated_at")
        if case.reading.takes(MEANING, "application"):
            when, later = applied, activated
            if when is None and later is not None:
                return Span(None, case.reading.day(later))
        else:
            when = activated
            if when is None and applied is not None:
                return Span(case.reading.day(applied), None)
    return _last_hour(when, case) if when is not None and not isinstance(when, datetime) else _exactly(when, case)


def _exactly(when: When | None, case: Case) -> Span:
    day = case.reading.day(when) if when is not None else None
    return Span(day, day)


def _last_hour(day: date, case: Case) -> Span:
    """A bare date is the local one, but in its last hour west of Almaty the clocks of Almaty had the next (DOMAIN section 2)."""
    local = local_clock(case.facts.word("region"))
    if local is None or not case.facts.given(LAST_HOUR):
        return Span(day, day)
    late = case.reading.day(datetime.combine(day, time(23, 30), local))
    last_hour = case.facts.flag(LAST_HOUR)
    if last_hour is None and late != day:
        return Span(day, late, LAST_HOUR)
    return Span(late, late) if last_hour else Span(day, day)


def date_in(criterion: Criterion, case: Case) -> Check:
    """The day of `fact` lies in `period`, both ends included; in a period of draws, its month is the draw's (S-17).

    With `services`, an existing client may come in by the day on which services were added (O-10).
    """
    name: str = criterion.params["fact"]
    period = case.promotion.period(criterion.params["period"])
    first, last = case.promotion.first_day(period), case.promotion.last_day(period)

    def inside(day: date | None) -> Check:
        return met(criterion, month=month_of(day) if day is not None and period.kind == "draw" else None)

    span = day_of_fact(name, case)
    if span.day is not None and first <= span.day <= last:
        return inside(span.day)
    if not ((span.earliest is not None and span.earliest > last) or (span.latest is not None and span.latest < first)):
        return missing(criterion, span.missing or name)
    if criterion.params.get("services") and case.reading.takes(ADDED_SERVICES, "services") and _added_services(case):
        added = case.facts.when("services_added_at")
        day = case.reading.day(added) if added is not None else None
        if day is None or first <= day <= last:
            return inside(day)
    return not_met(criterion)


def _added_services(case: Case) -> bool:
    """Whether an existing client has added services to the package, on a day given or not."""
    facts = case.facts
    added, dated = facts.flag("added_services_to_package"), facts.known("services_added_at")
    if facts.flag("kazakhtelecom_client_before") is False and not dated:
        return False
    return dated if added is None else added


def adds_services(criterion: Criterion, case: Case) -> Check:
    """An existing client has added services in the period, where clause 3 is read to ask for it (O-10)."""
    facts = case.facts
    if not facts.given("kazakhtelecom_client_before"):
        return Check("met", ())
    if facts.flag("kazakhtelecom_client_before") is None and case.reading.takes(ADDED_SERVICES, "services"):
        return missing(criterion, "kazakhtelecom_client_before")
    if not facts.flag("kazakhtelecom_client_before"):
        return met(criterion)
    if facts.given("added_services_to_package") and facts.flag("added_services_to_package") is None:
        return missing(criterion, "added_services_to_package")
    period = case.promotion.period(criterion.params["period"])
    added = facts.when("services_added_at")
    late = added is not None and not (
        case.promotion.first_day(period) <= case.reading.day(added) <= case.promotion.last_day(period)
    )
    if case.reading.takes(ADDED_SERVICES, "services") and (facts.flag("added_services_to_package") is False or late):
        return not_met(criterion)
    return met(criterion)


def _month(criterion: Criterion, case: Case) -> str | None:
    return date_in(criterion, case).month


def draw_month(criterion: Criterion, case: Case) -> Check:
    """The draw asked about is that of the month of connection (S-17)."""
    month = _month(criterion, case)
    if case.asked_month is None or month is None or case.asked_month == month:
        return Check("met", ())
    return not_met(criterion)


def earlier_win(criterion: Criterion, case: Case) -> Check:
    """No earlier win, where the rules are read to let a winner enter only once (O-8)."""
    if case.facts.word("won_in") in (None, "no", "none"):
        return Check("met", ())
    won, month = case.facts.month("won_in"), _month(criterion, case)
    if won is None or (month is not None and won > month):
        return Check("met", ())
    return not_met(criterion) if case.reading.takes("O-8", "once") else met(criterion)


def still_connected(criterion: Criterion, case: Case) -> Check:
    """Still a client on the day of the draw, where the rules are read to ask for it (O-9).

    The draw may be held on any day until the latest one, so leaving on or before that day may come before it.
    """
    month = _month(criterion, case)
    latest = next((draw.latest for draw in case.promotion.draws if draw.period == month), None)
    joined = day_of_fact("connected_at", case).day
    for name in ("disconnected_at", "business_closed_at"):
        when = case.facts.when(name)
        if when is None:
            continue
        left = case.reading.day(when)
        before = name == "disconnected_at" and joined is not None and left < joined
        if before or (latest is not None and left > latest):
            continue
        return not_met(criterion) if case.reading.takes("O-9/left", "lost") else met(criterion)
    return Check("met", ())
