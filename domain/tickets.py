"""Criteria about purchases with sums: a ticket of a listed lottery in the period, and a chance earned.

Not here: counting chances (see accrual.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.accrual import accrue, rule_of
from domain.criteria import Case, Check, Criterion, met, missing, not_met
from domain.facts import day_of
from domain.promotion import Promotion
from domain.purchases import Purchase, read_purchases
from domain.verdict import Unknown

_EARLY, _LATE = time(), time(23, 59, 59)


def purchases_of(case: Case) -> tuple[Purchase, ...] | None:
    """The purchases among the facts, or None if nothing is known of them."""
    rows = case.facts.rows("purchases")
    return None if rows is None else read_purchases(rows, case.facts.zone)


def _inside(purchase: Purchase, promotion: Promotion) -> bool | None:
    """Whether the purchase lies in the promotion; None for a bare date that a bound cuts."""
    if isinstance(purchase.at, datetime):
        return promotion.whole.holds(purchase.at)
    early, late = (
        promotion.whole.holds(datetime.combine(purchase.at, hour, promotion.zone)) for hour in (_EARLY, _LATE)
    )
    return early if early == late else None


def first_purchase_day(case: Case) -> date | None:
    """The day of the first purchase of a listed lottery in the promotion, if there is one."""
    rule, promotion = rule_of(case.promotion), case.promotion
    inside = [p for p in purchases_of(case) or () if _inside(p, promotion) is not False and rule.lottery(p.lottery)]
    return min((day_of(purchase.at, promotion.zone) for purchase in inside), default=None)


def ticket_bought(criterion: Criterion, case: Case) -> Check:
    """A ticket of a listed lottery was bought in the promotion, with whatever money (3.4 speaks of the sum only)."""
    purchases = purchases_of(case)
    if purchases is None:
        return missing(criterion, "purchases")
    clauses, rule = rule_of(case.promotion).clauses, rule_of(case.promotion)
    listed = [purchase for purchase in purchases if rule.lottery(purchase.lottery)]
    more = _money_clauses(purchases, case.promotion)
    inside = [_inside(purchase, case.promotion) for purchase in listed]
    if True in inside:
        return met(criterion, clauses["period"], clauses["lotteries"], *more)
    if None in inside:
        return missing(criterion, "purchases")
    failed = [clauses["period"]] if listed else []
    if any(_inside(purchase, case.promotion) and purchase not in listed for purchase in purchases):
        failed.append(clauses["lotteries"])
    elif purchases and not listed:
        failed += [clauses["lotteries"], clauses["period"]]
    return not_met(criterion, *failed)


def _money_clauses(purchases: Sequence[Purchase], promotion: Promotion) -> list[str]:
    bonus = any(purchase.paid_with_bonus is not False for purchase in purchases)
    return [rule_of(promotion).clauses["bonus"]] if bonus else []


def chance_earned(criterion: Criterion, case: Case) -> Check:
    """At least one chance was earned in some period, on every reading; on some of them only, the rules are silent."""
    purchases = purchases_of(case)
    if purchases is None:
        return missing(criterion, "purchases")
    accrual = accrue(case.promotion, purchases)
    total = accrual.chances_total
    certain = (total.certain or 0) if isinstance(total, Unknown) else total
    if certain:
        return Check("met", (*criterion.clauses, *accrual.clauses))
    if not isinstance(total, Unknown):
        return Check("not met", (*criterion.clauses, *accrual.clauses))
    if total.reason == "fact_missing":
        return Check("missing", accrual.clauses, total.missing)
    return Check("silent", (*criterion.clauses, *accrual.clauses))
