"""The tax on a prize, as far as the text of the rules says: threshold, rate, and who pays.

Not here: the tax law and the final amount (see the Organizer); the MRP is an input and never assumed (S-15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal

from domain.promotion import Promotion, RuleFault
from domain.verdict import Reason, T, Unknown, agree, unique

PrizeKind = Literal["certificate", "cash", "goods", "bonus balance"]
PaidBy = Literal["withheld_from_prize", "organizer_own_funds", "organizer_responsible", "nobody"]
_PAID_BY: Final = ("withheld_from_prize", "organizer_own_funds")


@dataclass(frozen=True, slots=True)
class TaxRule:
    """What one promotion's rules say of tax. With `threshold_mrp` 0 they only name who is responsible.

    `open_kind`: kinds of prize that may count as one of several others (O-19). `clauses` by what they say.
    """

    threshold_mrp: int
    rate_resident: int
    rate_non_resident: int
    paid_by: Mapping[str, PaidBy]
    open_kind: Mapping[str, tuple[str, ...]]
    clauses: Mapping[str, tuple[str, ...]]
    invoked: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Won:
    """A prize won: its kind, the value of one in whole tenge, and how many of them."""

    kind: str
    value_kzt: int | None
    several: int = 1


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax by the text of the rules; the Organizer computes the final amount. Sums are whole tenge for all prizes won.

    `rate_percent` is None where nothing is taxed. `reason` and `missing` say why something is Unknown.
    """

    taxed: bool | Unknown
    rate_percent: int | Unknown | None
    paid_by: PaidBy | Unknown
    withheld_kzt: int | Unknown
    winner_receives_kzt: int | Unknown
    threshold_kzt: int | Unknown
    clauses: tuple[str, ...]
    reason: Reason | None = None
    missing: tuple[str, ...] = ()


def read(data: Any) -> TaxRule | None:
    """The table [tax] of promotion.toml; None if the promotion has none. Raises RuleFault."""
    if not data:
        return None
    kind = data.get("kind")
    if kind not in ("threshold", "organizer_responsible"):
        raise RuleFault(("kind",), f"no kind of tax is called {kind!r}")
    raw = dict(data.get("clauses", {}))
    invoked = {clause: tuple(more) for clause, more in raw.pop("invoked", {}).items()}
    clauses = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in raw.items()}
    if "who_pays" not in clauses:
        raise RuleFault(("clauses",), "no clause for who_pays")
    if kind == "organizer_responsible":
        return TaxRule(0, 0, 0, {}, {}, clauses, invoked)
    for name in ("threshold_mrp", "rate_resident", "rate_non_resident"):
        if not isinstance(data.get(name), int) or data[name] <= 0:
            raise RuleFault((name,), f"«{name}» should be a whole number above zero")
    for prize, payer in data.get("paid_by", {}).items():
        if payer not in _PAID_BY:
            raise RuleFault(("paid_by", prize), f"«paid_by» may be {', '.join(_PAID_BY)}")
    open_kind = {name: tuple(kinds) for name, kinds in data.get("open_kind", {}).items()}
    return TaxRule(
        data["threshold_mrp"],
        data["rate_resident"],
        data["rate_non_resident"],
        data["paid_by"],
        open_kind,
        clauses,
        invoked,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The tax on one way to read the rules."""

    taxed: bool
    rate: int | None
    paid_by: PaidBy
    withheld: int


def assess(
    promotion: Promotion,
    prize: Won,
    mrp_kzt: int | None,
    resident: bool | None,
    disability: bool = False,
    parent_of_disabled_child: bool = False,
    invokes: str | None = None,
) -> Tax:
    """The tax on a prize. `mrp_kzt` and `resident` are None where not known; a relief makes «taxed» a matter that the
    rules leave open; `invokes` is a clause that the winner refers to, which is cited but changes nothing.

    Raises ValueError if the promotion's rules say nothing of tax.
    """
    rule = promotion.rules.get("tax")
    if not isinstance(rule, TaxRule):
        raise ValueError(f"{promotion.slug} says nothing of tax")
    extra = (invokes, *rule.invoked.get(invokes, ())) if invokes else ()
    if not rule.threshold_mrp:
        silent = Unknown("rules_silent", rule.clauses["who_pays"])
        clauses = unique((*rule.clauses["who_pays"], *extra))
        return Tax(silent, silent, "organizer_responsible", silent, silent, silent, clauses, "rules_silent")
    missing = tuple(name for name, value in (("value_kzt", prize.value_kzt), ("mrp_kzt", mrp_kzt)) if value is None)
    relief = disability or parent_of_disabled_child
    ways = _ways(promotion, rule, prize, mrp_kzt, resident, relief)
    taxed = {way.taxed for way in ways}
    if True in taxed and resident is None and not relief:
        missing = (*missing, "resident")
    reason: Reason | None = "fact_missing" if missing else None
    if reason is None and any(len(set(column)) > 1 for column in zip(*map(_row, ways), strict=True)):
        reason = "rules_silent"
    clauses = unique(
        (
            *rule.clauses["threshold"],
            *(rule.clauses["who_pays"] if True in taxed else ()),
            *(rule.clauses["rate"] if True in taxed else ()),
            *(rule.clauses.get("rate_resident", ()) if True in taxed and resident else ()),
            *(rule.clauses["relief"] if relief and True in taxed else ()),
            *extra,
        )
    )
    unknown = Unknown(reason or "rules_silent", clauses, missing)

    def said(values: list[T]) -> T | Unknown:
        return agree(values, unknown)

    total = (prize.value_kzt or 0) * prize.several
    return Tax(
        taxed=said([way.taxed for way in ways]),
        rate_percent=said([way.rate for way in ways]),
        paid_by=said([way.paid_by for way in ways]),
        withheld_kzt=said([way.withheld for way in ways]),
        winner_receives_kzt=said([total - way.withheld for way in ways]) if prize.value_kzt is not None else unknown,
        threshold_kzt=rule.threshold_mrp * mrp_kzt if mrp_kzt is not None else unknown,
        clauses=clauses,
        reason=reason,
        missing=missing,
    )


def _row(way: _Reading) -> tuple[object, ...]:
    return (way.taxed, way.rate, way.paid_by, way.withheld)


def _ways(
    promotion: Promotion, rule: TaxRule, prize: Won, mrp_kzt: int | None, resident: bool | None, relief: bool
) -> list[_Reading]:
    """The tax on every reading and on every value of what is not known."""
    total = (prize.value_kzt or 0) * prize.several
    if prize.value_kzt is None or mrp_kzt is None:
        above = [True, False]
    else:
        # Several winnings: each by itself, or added up (O-19).
        above = [value > rule.threshold_mrp * mrp_kzt for value in _judged_values(promotion, prize, total)]
    if relief and True in above:
        above.append(False)
    rates = [rule.rate_resident] if resident is not False else []
    rates += [rule.rate_non_resident] if resident is not True else []
    ways = []
    for taxed in dict.fromkeys(above):
        if not taxed:
            ways.append(_Reading(False, None, "nobody", 0))
            continue
        for rate in rates:
            for kind in rule.open_kind.get(prize.kind, (prize.kind,)):
                payer = rule.paid_by.get(kind, "withheld_from_prize")
                due = int((Decimal(total) * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))
                ways.append(_Reading(True, rate, payer, due if payer == "withheld_from_prize" else 0))
    return ways


def _judged_values(promotion: Promotion, prize: Won, total: int) -> list[int]:
    point = promotion.open_point("O-19/sum")
    choices = point.choices if point is not None else ("each", "added")
    return [prize.value_kzt or 0 if choice == "each" else total for choice in choices]
