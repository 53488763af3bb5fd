"""Case tables run through the very code that answers in chat, each compared with what it expects.

Not here: reading YAML and printing (see the command line).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from domain import chances, deadlines, eligibility, tax
from domain.calendar import Calendar
from domain.facts import FactError, When, key, read_when
from domain.promotion import Promotion
from domain.purchases import end_of
from domain.verdict import Unknown

CaseKind = Literal["eligibility", "chances", "deadlines", "tax"]
KINDS: Final[tuple[CaseKind, ...]] = ("eligibility", "chances", "deadlines", "tax")
CANNOT_SAY: Final = "cannot say"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what it expects, what the code says for the same keys, and whether they agree."""

    id: str
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    ok: bool


def run(promotion: Promotion, kind: CaseKind, case: Mapping[str, Any], calendar: Calendar | None = None) -> CaseResult:
    """Run one case. A key that `expect` does not name is not asserted; more clauses than expected are fine."""
    expected: Mapping[str, Any] = case.get("expect") or {}
    if not isinstance(expected, Mapping) or not expected:
        return CaseResult(
            str(case.get("id")), {}, {"error": "the case expects nothing: «expect» should be a table"}, False
        )
    runners: dict[str, Callable[[], dict[str, Any]]] = {
        "eligibility": lambda: _eligibility(promotion, case),
        "chances": lambda: _chances(promotion, case),
        "deadlines": lambda: _deadline(promotion, case, calendar),
        "tax": lambda: _tax(promotion, case),
    }
    try:
        everything = runners[kind]()
    except KeyError as error:
        everything = {"error": f"the case has no {error}"}
        return CaseResult(str(case.get("id")), expected, everything, False)
    except (FactError, ValueError, TypeError, AttributeError) as error:
        everything = {"error": f"{type(error).__name__}: {error}"}
        return CaseResult(str(case.get("id")), expected, everything, False)
    got = {name: _only(expected[name], everything.get(name)) for name in expected}
    return CaseResult(
        str(case.get("id")), expected, got, all(_same(name, expected[name], got[name]) for name in expected)
    )


def _only(expected: Any, got: Any) -> Any:
    """Of a table, the part that is asserted; entries by month and lists as a whole."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping) and not _by_month(expected):
        return {str(name): _only(value, _pick(got, name)) for name, value in expected.items()}
    return got


def _pick(table: Mapping[Any, Any], name: Any) -> Any:
    return next((value for other, value in table.items() if str(other) == str(name)), None)


def _by_month(expected: Mapping[Any, Any]) -> bool:
    """Entries by month are asserted as a whole: a month not listed has none."""
    return all(re.fullmatch(r"\d{4}-\d\d", str(name)) for name in expected)


def _same(name: str, expected: Any, got: Any) -> bool:
    if name == "clauses":
        return {*map(str, expected)}.issubset(got or ())
    if isinstance(expected, Mapping):
        if not isinstance(got, Mapping) or (_by_month(expected) and {*map(str, got)} != {*map(str, expected)}):
            return False
        return all(_same(str(inner), value, _pick(got, inner)) for inner, value in expected.items())
    if isinstance(expected, list):
        one, other = [*expected], [*(got or ())]
        if name == "missing":
            one, other = sorted(map(str, one)), sorted(map(str, other))
        return len(one) == len(other) and all(_same("", *pair) for pair in zip(one, other, strict=True))
    if isinstance(expected, date) or name == "last_moment":
        return bool(_moment(expected) == _moment(got))
    return bool(expected == got and isinstance(expected, bool) == isinstance(got, bool))


def _moment(value: Any) -> Any:
    if isinstance(value, str):
        return datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    return value


def _plain(value: Any) -> Any:
    """A value as the tables write it."""
    if isinstance(value, Unknown):
        return CANNOT_SAY
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _with_certain(name: str, value: Any) -> dict[str, Any]:
    row = {name: _plain(value)}
    if isinstance(value, Unknown) and value.certain is not None:
        row[f"{name}_certain"] = value.certain
    return row


def _eligibility(promotion: Promotion, case: Mapping[str, Any]) -> dict[str, Any]:
    verdict = eligibility.judge(promotion, case["question"], case.get("facts", {}))
    return {
        "verdict": verdict.answer,
        "reason": verdict.reason,
        "missing": list(verdict.missing),
        "draw_period": _plain(verdict.month),
        "clauses": verdict.clauses,
    }


def _chances(promotion: Promotion, case: Mapping[str, Any]) -> dict[str, Any]:
    kind = case["kind"]
    if kind == "accrual":
        return _accrual(promotion, case)
    facts = case.get("facts", {})
    if kind == "use":
        period = facts.get("earned_in_period")
        at = end_of(read_when(facts["at"], promotion.zone), promotion.zone)
        used = chances.use(
            promotion, facts["chances_available"], facts["request"], at, str(period) if period is not None else None
        )
        return {"allowed": used.allowed, "clauses": used.clauses}
    if kind != "entries":
        raise ValueError(f"no kind of chances is called {kind!r}")
    entries = chances.entries(promotion, facts)
    unknown = next((v for v in (entries.in_draw, *entries.months.values()) if isinstance(v, Unknown)), None)
    return {
        "reason": unknown.reason if unknown is not None else None,
        "missing": list(unknown.missing) if unknown is not None else [],
        "entries": {month: _plain(number) for month, number in entries.months.items()},
        "in_draw": _plain(entries.in_draw),
        "more_purchases_more_entries": _plain(entries.more_purchases_more_entries),
        "clauses": entries.clauses,
    }


def _accrual(promotion: Promotion, case: Mapping[str, Any]) -> dict[str, Any]:
    purchases = chances.read_purchases(case.get("purchases", ()), promotion.zone)
    as_of = read_when(case["as_of"], promotion.zone) if case.get("as_of") is not None else None
    accrual = chances.accrue(promotion, purchases, as_of)
    step = accrual.next
    periods = {
        period.period: {
            **_with_certain("counted_sum_kzt", period.counted_sum_kzt),
            **_with_certain("purchase_days", period.purchase_days),
            **_with_certain("chances", period.chances),
        }
        for period in accrual.periods
    }
    names = (
        "step", "threshold_kzt", "cycle_sum_kzt", "amount_missing_kzt", "days_missing", "chances_waiting_for_days",
        "reachable_in_period",
    )  # fmt: skip
    return {
        **_with_certain("chances_total", accrual.chances_total),
        "periods": periods,
        "next": None
        if step is None
        else {"period": int(step.period), **{name: _plain(getattr(step, name)) for name in names}},
        "clauses": accrual.clauses,
    }


def _deadline(promotion: Promotion, case: Mapping[str, Any], calendar: Calendar | None) -> dict[str, Any]:
    events: Mapping[str, Any] = case.get("events") or {}
    as_of: When | None = read_when(case["as_of"], promotion.zone) if case.get("as_of") is not None else None
    if case["deadline"] == "claim_timeline":
        found = deadlines.timeline(promotion, events, as_of, calendar)
        rows = [
            {"deadline": d.name, "last_day": _plain(d.last_day), "clause": d.clauses[0], "if_missed": d.if_missed}
            for d in found
        ]
        return {"timeline": rows, "clauses": [clause for deadline in found for clause in deadline.clauses]}
    deadline = deadlines.compute(promotion, case["deadline"], events, as_of, calendar)
    last = deadline.last_day
    return {
        "counted_from": _plain(deadline.counted_from),
        "last_day": _plain(last),
        "last_moment": _plain(deadline.last_moment),
        "days": deadline.days,
        "day_kind": deadline.day_kind,
        "if_missed": deadline.if_missed,
        "status": _plain(deadline.status),
        "in_time": _plain(deadline.in_time),
        "reason": last.reason if isinstance(last, Unknown) else None,
        "missing": list(last.missing) if isinstance(last, Unknown) else [],
        "clauses": deadline.clauses,
    }


def _tax(promotion: Promotion, case: Mapping[str, Any]) -> dict[str, Any]:
    facts: Mapping[str, Any] = case["facts"]
    prize = facts["prize"]
    invoked = facts.get("winner_invokes")
    assessed = tax.assess(
        promotion,
        tax.Won(prize["kind"], prize.get("value_kzt"), int(facts.get("several") or prize.get("several") or 1)),
        facts.get("mrp_kzt"),
        facts.get("resident"),
        disability=key(facts.get("disability", "no")) not in ("no", "none"),
        parent_of_disabled_child=key(facts.get("parent_of_disabled_child", "no")) not in ("no", "none"),
        invokes=str(invoked) if invoked is not None else None,
    )
    names = ("taxed", "rate_percent", "paid_by", "withheld_kzt", "winner_receives_kzt", "threshold_kzt")
    values = {name: _plain(getattr(assessed, name)) for name in names}
    return {**values, "reason": assessed.reason, "missing": list(assessed.missing), "clauses": assessed.clauses}
