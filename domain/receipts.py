"""Criteria about an e-cash register and the receipts that it issues month by month.

Not here: the table of kinds (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from domain.connection import day_of_fact
from domain.criteria import Case, Check, Criterion, met, missing, not_met
from domain.facts import FactError, month_of, read_when

PAYMENT = "O-11/payment"
"""For which month the one-month payment has to be."""
MONTHS = "O-11/months"
"""Whether one connection serves several reporting months."""


def receipts_by_month(case: Case) -> Mapping[str, int] | None:
    """Receipts issued through the app by month, from numbers or from the time of each; None if nothing is known."""
    facts = case.facts
    if facts.known("receipts_via_app"):
        value = facts.values["receipts_via_app"]
        if isinstance(value, int) and not isinstance(value, bool):
            return {case.asked_month: value} if case.asked_month is not None else None
        if not isinstance(value, Mapping) or any(isinstance(n, bool) or not isinstance(n, int) for n in value.values()):
            raise FactError("receipts_via_app", value)
        return {str(month): number for month, number in value.items()}
    times = facts.values.get("receipts_at")
    if times is None:
        return None
    if not isinstance(times, (list, tuple)):
        raise FactError("receipts_at", times)
    try:
        return Counter(month_of(case.reading.day(read_when(time, facts.zone))) for time in times)
    except ValueError:
        raise FactError("receipts_at", times) from None


def enough_receipts(criterion: Criterion, case: Case) -> Check:
    """Enough receipts through the app in the reporting month, paid for, by a register that serves it.

    Without a month asked about, in any reporting month; receipts of different months are not added (S-18).
    """
    months = [draw.period for draw in case.promotion.draws]
    if case.asked_month is not None and case.asked_month not in months:
        return not_met(criterion, *criterion.params.get("month_clauses", ()))
    numbers = receipts_by_month(case)
    if numbers is None:
        return missing(criterion, "receipts_via_app")
    connected = day_of_fact("ekassa_connected_at", case).day
    paid_for = case.facts.month("paid_for_month")
    served: list[str] = []
    for month in months:
        unpaid = paid_for is not None and paid_for != month and case.reading.takes(PAYMENT, "reporting_month")
        too_early = connected is not None and month < month_of(connected)
        too_late = bool(served) and case.reading.takes(MONTHS, "first_only")
        if numbers.get(month, 0) >= case.settings["receipts"] and not (unpaid or too_early or too_late):
            served.append(month)
    if case.asked_month is None:
        return met(criterion, month=served[0]) if served else not_met(criterion)
    return met(criterion, month=case.asked_month) if case.asked_month in served else not_met(criterion)
