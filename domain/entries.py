"""Entries in a draw: how often a person's name, account or connection is in it, month by month.

Not here: whether the person takes part at all (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from domain.eligibility import judge
from domain.promotion import Promotion, RuleFault
from domain.verdict import Unknown, Verdict, unique

Kind = Literal["connections", "accounts", "purchases"]
_KINDS: Final = ("connections", "accounts", "purchases")


@dataclass(frozen=True, slots=True)
class EntryRule:
    """How entries arise: by `connections` (one for the month), by `accounts` (monthly) or by `purchases` (one draw).

    `point` is the open point of a further entry, `again` its reading under which there is one; `several` is cited for
    more than one purchase.
    """

    kind: Kind
    clauses: tuple[str, ...]
    point: str
    again: str
    several: tuple[str, ...] = ()


def read(data: Mapping[str, Any]) -> EntryRule:
    """The table [chances] of a promotion with draws. Raises RuleFault."""
    if data.get("kind") not in _KINDS:
        raise RuleFault(("kind",), f"no kind of chances is called {data.get('kind')!r}")
    for name in ("clauses", "point", "again"):
        if not data.get(name):
            raise RuleFault((name,), f"«{name}» is missing")
    return EntryRule(data["kind"], tuple(data["clauses"]), data["point"], data["again"], tuple(data.get("several", ())))


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries per draw (YYYY-MM; a month not listed has none), or for a single draw whether the person is in it.

    `more_purchases_more_entries` is None where the question does not arise.
    """

    clauses: tuple[str, ...]
    months: Mapping[str, int | Unknown] = field(default_factory=dict)
    in_draw: bool | Unknown | None = None
    more_purchases_more_entries: bool | Unknown | None = None


def entries(promotion: Promotion, facts: Mapping[str, Any]) -> Entries:
    """The entries of one person, with `connections` (a table each) or the facts of the question «draw».

    Raises ValueError if the promotion has no draws, FactError for a fact that cannot be read.
    """
    rule = promotion.rules.get("chances")
    if not isinstance(rule, EntryRule):
        raise ValueError(f"{promotion.slug} has no entries in draws")
    if rule.kind == "purchases":
        return _single(promotion, rule, facts)
    persons = _connections(facts) if rule.kind == "connections" else [facts]
    found = {
        draw.period: _best([judge(promotion, "draw", {**p, "draw_period": draw.period}) for p in persons])
        for draw in promotion.draws
    }
    months = {month: verdict for month, verdict in found.items() if verdict is not None}
    if not months:
        failed = [judge(promotion, "draw", {k: v for k, v in p.items() if k != "draw_period"}) for p in persons]
        return Entries(unique(clause for verdict in failed for clause in verdict.clauses) or rule.clauses)
    numbers = (
        _connected(promotion, rule, months) if rule.kind == "connections" else _held(promotion, rule, months, facts)
    )
    clauses = unique((*rule.clauses, *(clause for verdict in months.values() for clause in verdict.clauses)))
    return Entries(clauses, numbers)


def _connections(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The person once for each connection, as if it were the only one."""
    rows = facts.get("connections")
    if rows is None:
        return [facts]
    rest = {name: value for name, value in facts.items() if name != "connections"}
    return [
        {**rest, **{("connected_at" if name == "at" else name): value for name, value in row.items()}} for row in rows
    ]


def _best(verdicts: list[Verdict]) -> Verdict | None:
    """The verdict that helps most: taking part, else «cannot say», else none."""
    hopeful = [verdict for verdict in verdicts if verdict.answer != "not eligible"]
    return min(hopeful, key=lambda verdict: not verdict.eligible, default=None)


def _connected(promotion: Promotion, rule: EntryRule, months: Mapping[str, Verdict]) -> dict[str, int | Unknown]:
    """One entry for the first month; whether a later month gives another is open (O-8)."""
    numbers: dict[str, int | Unknown] = {}
    for month, verdict in months.items():
        number: int | Unknown = 1
        if numbers:
            further = _further(promotion, rule)
            number = further if isinstance(further, Unknown) else int(further)
        if number != 0 and not verdict.eligible:
            number = Unknown(verdict.reason or "rules_silent", verdict.clauses, verdict.missing, certain=0)
        if number != 0:
            numbers[month] = number
    return numbers


def _held(
    promotion: Promotion, rule: EntryRule, months: Mapping[str, Verdict], facts: Mapping[str, Any]
) -> dict[str, int | Unknown]:
    """One entry a month; whether several personal accounts give several is open (O-11)."""
    accounts = facts.get("personal_accounts")
    several = accounts if isinstance(accounts, int) and accounts > 1 else 1
    numbers: dict[str, int | Unknown] = {}
    for month, verdict in months.items():
        further = _further(promotion, rule) if several > 1 else False
        if not verdict.eligible:
            numbers[month] = Unknown(verdict.reason or "rules_silent", verdict.clauses, verdict.missing, certain=0)
        elif isinstance(further, Unknown):
            numbers[month] = Unknown("rules_silent", further.clauses, certain=1)
        else:
            numbers[month] = several if further else 1
    return numbers


def _further(promotion: Promotion, rule: EntryRule) -> bool | Unknown:
    """Whether there is a further entry, as far as the open point is settled."""
    point = promotion.open_point(rule.point)
    if point is None or len(point.choices) != 1:
        return Unknown("rules_silent", point.clauses if point is not None else rule.clauses, certain=0)
    return point.choices[0] == rule.again


def _single(promotion: Promotion, rule: EntryRule, facts: Mapping[str, Any]) -> Entries:
    verdict = judge(promotion, "draw", facts)
    if verdict.answer == "not eligible":
        return Entries(verdict.clauses, in_draw=False)
    further = _further(promotion, rule)
    clauses = unique((*rule.clauses, *rule.several, *verdict.clauses))
    if verdict.eligible:
        return Entries(clauses, in_draw=True, more_purchases_more_entries=further)
    unknown = Unknown(verdict.reason or "rules_silent", verdict.clauses, verdict.missing)
    return Entries(verdict.clauses, in_draw=unknown, more_purchases_more_entries=further)
