"""Whether a person may take part, or may receive a prize: every criterion of promotion.toml under every open reading.

Not here: the criteria (see rulings.py and kinds.py); counting chances (see dialogs/chances/scene.py); wording (see the dialogs).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from domain import criteria
from domain.criteria import Case, Check, Criterion
from domain.facts import Facts
from domain.kinds import KINDS
from domain.promotion import Promotion
from domain.readings import Reading, clocks, readings
from domain.rulings import EligibilityQuestion as EligibilityQuestion
from domain.rulings import FactQuestion as FactQuestion
from domain.rulings import Rulings as Rulings
from domain.rulings import read as read
from domain.verdict import Answer, CriterionResult, Reason, Unknown, Verdict, agree, sort_findings, unique


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
    if name := _only_month(known, facts):
        return _over_month(promotion, question, facts, name, now)
    person = Facts({**known.settings.get("assume", {}), **facts}, promotion.zone, known.aliases)
    zones = clocks(promotion, str(facts["region"]) if facts.get("region") else None)
    ways = readings(promotion, (point for criterion in asked.criteria for point in criterion.open), zones)
    worlds = [
        [_check(criterion, Case(promotion, person, way, known.settings)) for criterion in asked.criteria]
        for way in ways
    ]
    running = now is None or promotion.state(now) != "ended"
    findings = [
        _finding(promotion, criterion, ways, [world[n] for world in worlds], running)
        for n, criterion in enumerate(asked.criteria)
    ]
    return _verdict(asked, worlds, findings)


def _only_month(known: Rulings, facts: Mapping[str, Any]) -> str | None:
    """A dated fact of which only the month is known (`YYYY-MM`)."""
    dated = (name for name, fact in known.facts.items() if fact.type in ("date", "moment"))
    return next((name for name in dated if re.fullmatch(r"\d{4}-\d\d", str(facts.get(name)))), None)


def _over_month(
    promotion: Promotion, question: str, facts: Mapping[str, Any], name: str, now: datetime | None
) -> Verdict:
    """The answer that holds on every day of a month, else that the day is missing."""
    first = date.fromisoformat(f"{facts[name]}-01")
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    days = [first, first.replace(day=15), following - timedelta(days=1)]
    found = [judge(promotion, question, {**facts, name: day.isoformat()}, now) for day in days]
    middle = found[1]
    if len({(verdict.answer, verdict.month) for verdict in found}) == 1:
        return middle
    if any(verdict.reason == "fact_missing" for verdict in found):
        return next(verdict for verdict in found if verdict.reason == "fact_missing")
    return judge(promotion, question, {**facts, name: None}, now)


def _check(criterion: Criterion, case: Case) -> Check:
    return KINDS[criterion.kind](criterion, case)


_REASONS: Final[Mapping[str, Reason]] = MappingProxyType(
    {"missing": "fact_missing", "silent": "rules_silent", "discretion": "organizer_discretion"}
)


def _finding(
    promotion: Promotion, criterion: Criterion, ways: Sequence[Reading], checks: Sequence[Check], running: bool
) -> CriterionResult:
    """One criterion over all readings: what they agree on, else what leaves it open."""
    changeable = criterion.change == "always" or (criterion.change == "running" and running)
    outcomes = {check.outcome for check in checks}
    clauses = unique(clause for check in checks for clause in check.clauses)
    if outcomes == {"met"}:
        return CriterionResult(criterion.id, "met", clauses)
    if outcomes == {"not met"}:
        return CriterionResult(criterion.id, "not met", clauses, changeable=changeable)
    gaps = unique(fact for check in checks for fact in check.missing)
    if "missing" in outcomes:
        return CriterionResult(criterion.id, "unknown", clauses, "fact_missing", gaps, changeable=changeable)
    points = [point for id in criterion.open if (point := promotion.open_point(id)) and _matters(id, ways, checks)]
    nearest = [clause for point in points for clause in point.clauses]
    reason: Reason = "organizer_discretion" if outcomes == {"discretion"} else "rules_silent"
    open_points = tuple(point.id for point in points)
    return CriterionResult(criterion.id, "unknown", unique((*clauses, *nearest)), reason, (), open_points, changeable)


def _matters(point: str, ways: Sequence[Reading], checks: Sequence[Check]) -> bool:
    """Whether the outcome changes with this open point while everything else is read alike."""
    seen: dict[object, str] = {}
    for way, check in zip(ways, checks, strict=True):
        rest = (way.zone, tuple((id, choice) for id, choice in way.choices.items() if id != point))
        if seen.setdefault(rest, check.outcome) != check.outcome:
            return True
    return False


def _answer(world: Sequence[Check]) -> Literal["met", "not met", "missing", "silent", "discretion"]:
    outcomes = {check.outcome for check in world}
    if "not met" in outcomes:
        return "not met"
    if "missing" in outcomes:
        return "missing"
    if "silent" in outcomes:
        return "silent"
    return "discretion" if "discretion" in outcomes else "met"


def _verdict(
    question: EligibilityQuestion, worlds: Sequence[Sequence[Check]], findings: Sequence[CriterionResult]
) -> Verdict:
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
    # A criterion that nothing among the facts touches says nothing about this person.
    touched = [finding for finding in findings if finding.clauses]
    return Verdict(question.id, answer, clauses, sort_findings(touched), reason, gaps, month)


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
    if asked is None:
        return ()
    names = unique(name for criterion in asked.criteria for name in criterion.ask)
    # What may still be asked is not assumed meanwhile.
    open_to = {**{name: None for name in known.settings.get("assume", {}) if name in names}, **facts}
    for name in names:
        fact = known.facts[name]
        if fact.hope is not None and name not in open_to and _wanted(fact, _case(promotion, open_to)):
            open_to[name] = fact.hope
    verdict = judge(promotion, question, open_to)
    if verdict.answer == "not eligible":
        return ()
    if (month := _only_month(known, facts)) and month in verdict.missing:
        facts = {name: value for name, value in facts.items() if name != month}
    case = _case(promotion, facts)
    wanted = [known.facts[name] for name in names]
    return tuple(fact for fact in wanted if fact.fact not in facts and _wanted(fact, case))


def outdated(promotion: Promotion, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that were asked because of an answer which has since become another one."""
    known, case = rulings(promotion), _case(promotion, facts)
    return tuple(name for name in facts if name in known.facts and not _wanted(known.facts[name], case))


def _case(promotion: Promotion, facts: Mapping[str, Any]) -> Case:
    known = rulings(promotion)
    return Case(promotion, Facts(facts, promotion.zone, known.aliases), Reading(promotion.zone), known.settings)


def _wanted(fact: FactQuestion, case: Case) -> bool:
    """Whether the facts so far make this one worth asking."""
    tables = fact.only_if if isinstance(fact.only_if, list) else [fact.only_if]
    return any(all(criteria.holds(*condition, case) for condition in table.items()) for table in tables)
