"""Whether a person may take part, or may receive a prize: every criterion of promotion.toml under every open reading.

Leaves the kinds of criteria to the modules that know them, counting chances to `chances`, and wording to the dialogs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal

from domain import connection, criteria, receipts, subscription, tickets, winners
from domain.age import age
from domain.criteria import OPERATORS, Case, Check, Criterion, Kind
from domain.facts import Facts, key
from domain.promotion import Promotion, RuleFault
from domain.readings import Reading, clocks, readings
from domain.verdict import Answer, Finding, Reason, Unknown, Verdict, agree, sort_findings, unique

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "one_of": criteria.one_of,
        "always": criteria.always,
        "unless": criteria.unless,
        "date_in": connection.date_in,
        "draw_month": connection.draw_month,
        "earlier_win": connection.earlier_win,
        "still_connected": connection.still_connected,
        "adds_services": connection.adds_services,
        "enough_receipts": receipts.enough_receipts,
        "age_of_subscriber": age(
            lambda case: max((case.reading.day(buy.at) for buy in subscription.entering_buys(case)), default=None),
            lambda case: subscription.draw_ends(case.promotion).date(),
        ),
        "age_of_player": age(tickets.first_purchase_day, lambda case: case.promotion.last_day(case.promotion.whole)),
        "bought_as_prescribed": subscription.bought_as_prescribed,
        "bought_in_period": subscription.bought_in_period,
        "held": subscription.held,
        "ticket_bought": tickets.ticket_bought,
        "chance_earned": tickets.chance_earned,
        "mask": winners.mask,
        "server_prize": winners.server_prize,
    }
)

FactType = Literal["choice", "yes_no", "date", "moment", "month", "number", "text", "list", "table"]
_TYPES: Final = ("choice", "yes_no", "date", "moment", "month", "number", "text", "list", "table")


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A fact to ask for. `options` are the values of a choice or of the items of a list; the words are the dialogs'."""

    fact: str
    type: FactType
    options: tuple[str, ...] = ()
    only_if: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its criteria in the order of asking. `clauses` stand under every positive answer."""

    id: str
    clauses: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the module knows of one promotion. `silent`: questions that its rules leave open, with the nearest clauses."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, FactQuestion] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def read(data: Any) -> Rulings:
    """The table [eligibility] of promotion.toml. Raises RuleFault with the path to what cannot be used."""
    data = data or {}
    facts: dict[str, FactQuestion] = {}
    aliases: dict[str, dict[str, str]] = {}
    for name, row in data.get("facts", {}).items():
        if row.get("type") not in _TYPES:
            raise RuleFault(("facts", name, "type"), f"the type of a fact may be {', '.join(_TYPES)}")
        facts[name] = FactQuestion(name, row["type"], tuple(row.get("options", ())), row.get("only_if", {}))
        aliases[name] = {key(word): key(value) for value, words in row.get("aliases", {}).items() for word in words}
    questions = {}
    for id, row in data.get("questions", {}).items():
        found = [
            _criterion(raw, ("questions", id, "criteria", n), facts) for n, raw in enumerate(row.get("criteria", ()))
        ]
        questions[id] = Question(id, tuple(row.get("clauses", ())), tuple(found))
    silent = {id: tuple(clauses) for id, clauses in data.get("silent", {}).items()}
    return Rulings(questions, silent, facts, aliases, data.get("settings", {}))


_FIELDS: Final = ("id", "kind", "clauses", "core", "ask", "open", "change")


def _criterion(raw: Mapping[str, Any], where: tuple[str | int, ...], facts: Mapping[str, FactQuestion]) -> Criterion:
    if raw.get("kind") not in KINDS:
        raise RuleFault(
            (*where, "kind"), f"no kind of criterion is called {raw.get('kind')!r}; kinds: {', '.join(KINDS)}"
        )
    if not isinstance(raw.get("id"), str):
        raise RuleFault((*where, "id"), "a criterion needs an id")
    if raw.get("change", "never") not in ("never", "running", "always"):
        raise RuleFault((*where, "change"), "«change» may be never, running or always")
    if unasked := [name for name in raw.get("ask", ()) if name not in facts]:
        raise RuleFault((*where, "ask"), f"no fact is called {', '.join(unasked)}")
    if raw["kind"] == "one_of" and not ("fact" in raw and "values" in raw):
        raise RuleFault(where, "«one_of» needs a fact and its values")
    if raw["kind"] == "unless":
        tables = raw.get("when")
        for table in tables if isinstance(tables, list) else [tables]:
            conditions = table.values() if isinstance(table, dict) else [None]
            for condition in conditions:
                if not isinstance(condition, list) and not (
                    isinstance(condition, dict) and condition.keys() <= {*OPERATORS}
                ):
                    raise RuleFault((*where, "when"), f"not a condition: {condition!r}")
    lists = {name: tuple(raw.get(name, ())) for name in ("clauses", "core", "ask", "open")}
    params = {name: value for name, value in raw.items() if name not in _FIELDS}
    return Criterion(raw["id"], raw["kind"], change=raw.get("change", "never"), params=params, **lists)


def rulings(promotion: Promotion) -> Rulings:
    found = promotion.rules.get("eligibility")
    return found if isinstance(found, Rulings) else Rulings()


def questions_of(promotion: Promotion) -> tuple[str, ...]:
    """The questions that this promotion's rules answer."""
    return tuple(rulings(promotion).questions)


def judge(promotion: Promotion, question: str, facts: Mapping[str, Any], now: datetime | None = None) -> Verdict:
    """The answer to a question about one person.

    A fact that is absent is unremarkable, unless it is a core fact; a fact that is None was asked and is not known. A
    criterion that fails on every reading decides before anything that is missing, and that before what the rules leave
    open. `now` tells what can still be changed while the promotion runs; without it, it is taken to run. Raises
    FactError for a fact that cannot be read.
    """
    known = rulings(promotion)
    asked = known.questions.get(question)
    if asked is None:
        return Verdict(question, "cannot say", known.silent.get(question, ()), reason="rules_silent")
    person = Facts({**known.settings.get("assume", {}), **facts}, promotion.zone, known.aliases)
    zones = clocks(promotion, str(facts["region"]) if facts.get("region") else None)
    ways = readings(promotion, (point for criterion in asked.criteria for point in criterion.open), zones)
    worlds = [
        [_check(criterion, Case(promotion, person, way, known.settings)) for criterion in asked.criteria]
        for way in ways
    ]
    running = now is None or promotion.state(now) != "ended"
    findings = [
        _finding(promotion, criterion, [world[n] for world in worlds], running)
        for n, criterion in enumerate(asked.criteria)
    ]
    return _verdict(asked, worlds, findings)


def _check(criterion: Criterion, case: Case) -> Check:
    return KINDS[criterion.kind](criterion, case)


_REASONS: Final[Mapping[str, Reason]] = MappingProxyType(
    {"missing": "fact_missing", "silent": "rules_silent", "discretion": "organizer_discretion"}
)


def _finding(promotion: Promotion, criterion: Criterion, checks: Sequence[Check], running: bool) -> Finding:
    """One criterion over all readings: what they agree on, else what leaves it open."""
    changeable = criterion.change == "always" or (criterion.change == "running" and running)
    outcomes = {check.outcome for check in checks}
    clauses = unique(clause for check in checks for clause in check.clauses)
    if outcomes == {"met"}:
        return Finding(criterion.id, "met", clauses)
    if outcomes == {"not met"}:
        return Finding(criterion.id, "not met", clauses, changeable=changeable)
    gaps = unique(fact for check in checks for fact in check.missing)
    if "missing" in outcomes:
        return Finding(criterion.id, "unknown", clauses, "fact_missing", gaps, changeable=changeable)
    points = [point for id in criterion.open if (point := promotion.open_point(id)) and len(point.choices) > 1]
    nearest = [clause for point in points for clause in point.clauses] if len(outcomes) > 1 else []
    reason: Reason = "organizer_discretion" if outcomes == {"discretion"} else "rules_silent"
    open_points = tuple(point.id for point in points)
    return Finding(criterion.id, "unknown", unique((*clauses, *nearest)), reason, (), open_points, changeable)


def _answer(world: Sequence[Check]) -> Literal["met", "not met", "missing", "silent", "discretion"]:
    outcomes = {check.outcome for check in world}
    if "not met" in outcomes:
        return "not met"
    if "missing" in outcomes:
        return "missing"
    if "silent" in outcomes:
        return "silent"
    return "discretion" if "discretion" in outcomes else "met"


def _verdict(question: Question, worlds: Sequence[Sequence[Check]], findings: Sequence[Finding]) -> Verdict:
    answers = {_answer(world) for world in worlds}
    unknown = [finding for finding in findings if finding.status == "unknown"]
    reason: Reason | None = None
    answer: Answer = "cannot say"
    if answers == {"met"}:
        answer = "eligible"
        clauses = unique((*question.clauses, *(clause for finding in findings for clause in finding.clauses)))
    elif answers == {"not met"}:
        answer = "not eligible"
        failed = [check.clauses for world in worlds for check in world if check.outcome == "not met"]
        clauses = unique(clause for group in failed for clause in group)
    else:
        clauses = unique(clause for finding in unknown for clause in finding.clauses)
        reason = _REASONS[answers.pop()] if len(answers) == 1 else "rules_silent"
        if any(finding.reason == "fact_missing" for finding in unknown):
            reason = "fact_missing"
    gaps = unique(fact for finding in unknown for fact in finding.missing) if reason == "fact_missing" else ()
    month = None if answer == "not eligible" else _month(worlds, clauses)
    return Verdict(question.id, answer, clauses, sort_findings(findings), reason, gaps, month)


def _month(worlds: Sequence[Sequence[Check]], clauses: tuple[str, ...]) -> str | Unknown | None:
    """The draw concerned: one month if all readings in which the person takes part agree on it."""
    months = [
        next((check.month for check in world if check.month is not None), None)
        for world in worlds
        if _answer(world) != "not met"
    ]
    return agree(months, Unknown("rules_silent", clauses)) if months else None


def questions(promotion: Promotion, question: str, facts: Mapping[str, Any]) -> tuple[FactQuestion, ...]:
    """The facts still to ask for, the next one first: none that was asked, none once the answer is «not eligible»."""
    known = rulings(promotion)
    asked = known.questions.get(question)
    if asked is None or judge(promotion, question, facts).answer == "not eligible":
        return ()
    case = Case(promotion, Facts(facts, promotion.zone, known.aliases), Reading(promotion.zone), known.settings)
    wanted = [known.facts[name] for name in unique(name for criterion in asked.criteria for name in criterion.ask)]
    return tuple(fact for fact in wanted if fact.fact not in facts and _wanted(fact, case))


def _wanted(fact: FactQuestion, case: Case) -> bool:
    """Whether the facts so far make this one worth asking."""
    return all(criteria.holds(name, condition, case) for name, condition in fact.only_if.items())
