"""A condition of taking part or of receiving a prize as data, and the kinds of it that need nothing but facts.

Not here: the kinds that know a mechanic (connections, receipts, purchases …) (see the modules named after it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from domain.facts import Facts, key
from domain.promotion import Promotion
from domain.readings import Reading

Outcome = Literal["met", "not met", "missing", "silent", "discretion"]
Change = Literal["never", "running", "always"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of promotion.toml.

    `core`: facts without which nothing can be said. `ask`: facts that a chat asks for it. `open`: the open points on
    which it hangs. `change`: whether the person can still bring it about (`running`: while the promotion runs).
    """

    id: str
    kind: str
    clauses: tuple[str, ...]
    core: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    change: Change = "never"
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One person's facts under one reading of the rules. `settings` are the numbers that several criteria share."""

    promotion: Promotion
    facts: Facts
    reading: Reading
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asked_month(self) -> str | None:
        return self.facts.month("draw_period")


@dataclass(frozen=True, slots=True)
class Check:
    """What one criterion says of one case. `month` is the monthly draw that it leads to."""

    outcome: Outcome
    clauses: tuple[str, ...]
    missing: tuple[str, ...] = ()
    month: str | None = None


Kind = Callable[[Criterion, Case], Check]


def met(criterion: Criterion, *more: str, month: str | None = None) -> Check:
    return Check("met", (*criterion.clauses, *more), month=month)


def not_met(criterion: Criterion, *more: str) -> Check:
    return Check("not met", (*criterion.clauses, *more))


def missing(criterion: Criterion, *facts: str) -> Check:
    return Check("missing", criterion.clauses, facts)


def one_of(criterion: Criterion, case: Case) -> Check:
    """The fact is one of `values`; with `part` it is enough that it holds one of them, with `other` the point is open.

    A fact that was not mentioned is unremarkable, unless it is a core fact.
    """
    name: str = criterion.params["fact"]
    word = case.facts.word(name)
    if word is None:
        return missing(criterion, name) if name in criterion.core or case.facts.given(name) else Check("met", ())
    values = [key(value) for value in criterion.params["values"]]
    if word in values or (criterion.params.get("part") and any(value in word for value in values)):
        return met(criterion)
    return not_met(criterion)


def always(criterion: Criterion, case: Case) -> Check:
    """The same `outcome` for everybody: what the rules say without a condition."""
    outcome: Outcome = criterion.params["outcome"]
    return Check(outcome, criterion.clauses)


def unless(criterion: Criterion, case: Case) -> Check:
    """Met unless `when` holds (a table of facts, all of them, or a list of such tables, any of them).

    Then `outcome` follows; with `reading` only under that reading of the criterion's open point. `unknown` is the
    outcome if a fact was asked and is not known, `absent` if none of the facts was mentioned. `quiet` cites nothing
    where it is met. Where a condition of `applies` does not hold, the criterion is none of this person's.
    """
    params = criterion.params
    if any(holds(fact, condition, case) is False for fact, condition in params.get("applies", {}).items()):
        return Check("met", ())
    tables: list[Mapping[str, Any]] = params["when"] if isinstance(params["when"], list) else [params["when"]]
    answers = [_all_hold(table, case) for table in tables]
    if True in answers:
        reading: str | None = params.get("reading")
        spared = reading is not None and not any(case.reading.takes(point, reading) for point in criterion.open)
        outcome: Outcome = "met" if spared else params.get("outcome", "not met")
        return Check(outcome, criterion.clauses)
    gaps = tuple(dict.fromkeys(fact for answer in answers if isinstance(answer, tuple) for fact in answer))
    if gaps:
        return Check(params["unknown"], criterion.clauses) if "unknown" in params else missing(criterion, *gaps)
    if "absent" in params and not any(case.facts.given(fact) for table in tables for fact in table):
        return Check(params["absent"], criterion.clauses)
    judged = any(all(case.facts.given(fact) for fact in table) for table in tables)
    cited = judged and params.get("outcome") != "met" and not params.get("quiet")
    return Check("met", criterion.clauses if cited else ())


def _all_hold(table: Mapping[str, Any], case: Case) -> bool | tuple[str, ...]:
    """Whether all conditions hold, or the facts that are missing to tell."""
    unknown: list[str] = []
    for fact, condition in table.items():
        answer = holds(fact, condition, case)
        if answer is None:
            unknown.append(fact)
        elif not answer:
            return False
    return tuple(unknown) or True


def holds(fact: str, condition: Any, case: Case) -> bool | None:
    """Whether a fact meets a condition of `when`; None if it was asked and is not known.

    `[a, b]` is one of these · `{not = […]}` none of these · `{over = n}`, `{under = n}` a number · `{lacks = […]}` a
    list without one of these, `{lacks_all = […]}` without any · `{before = date}`, `{after = date}` a day ·
    `{given = true}` mentioned or not · `{none = true}` said to be none. A fact that was not mentioned meets none of
    them but `{given = false}`. `{has = […]}`: the words hold one of these parts, and no «no» or «not» right before it.
    `{failed = true}`: the words say that a check was not passed.
    """
    facts = case.facts
    operator, value = next(iter(condition.items())) if isinstance(condition, Mapping) else ("is", condition)
    if operator == "given":
        return bool(facts.given(fact) == value)
    if not facts.given(fact):
        return False
    words = [key(word) for word in value] if isinstance(value, list) else []
    if not facts.known(fact):
        if operator == "is" and "unknown" in words:
            return True
        return True if operator == "none" else None
    match operator:
        case "is":
            return facts.word(fact) in words
        case "not":
            return facts.word(fact) not in words
        case "has":
            return _says(facts.word(fact) or "", words)
        case "failed":
            return _says(facts.word(fact) or "", _FAILED) is value
        case "none":
            return facts.word(fact) in ("no", "none")
        case "over" | "under":
            if facts.word(fact) in ("no", "none"):
                return False
            number = facts.number(fact)
            return number is not None and bool(number > value if operator == "over" else number < value)
        case "lacks" | "lacks_all":
            absent = [word not in (facts.items(fact) or ()) for word in words]
            return any(absent) if operator == "lacks" else all(absent)
        case "before" | "after":
            if facts.word(fact) in ("no", "none"):
                return False
            when = facts.when(fact)
            assert when is not None
            day = case.reading.day(when)
            return bool(day < value if operator == "before" else day > value)
    raise ValueError(f"no such condition: {operator}")


_NEGATED = ("no", "not", "without", "не", "нет", "без")
_FAILED_WORDS = (
    "not meet", "not met", "unmet", "not fulfil", "unfulfil", "not confirm", "not comply", "not pass", "not satisf",
    "not eligible", "doesn't", "didn't", "isn't", "weren't", "breach", "violat", "fail", "reject", "negative",
    "disqualif", "не соответ", "несоответ", "не выполн", "не прош", "не подтв", "наруш", "отклон", "отказ",
    "дисквалиф", "отрицат", "бұзы", "бұзд", "сәйкес емес", "сәйкес келме", "сай емес", "орындалма", "орындама",
    "өтпе", "өте алма", "расталма",
)  # fmt: skip
"""How a check that was not passed is told, in English, Russian and Kazakh."""
_FAILED = tuple(map(key, _FAILED_WORDS))


def _says(said: str, parts: Iterable[str]) -> bool:
    """Whether words for comparison hold one of the parts, not counting where it is denied."""
    for part in parts:
        rest = said
        for no in _NEGATED:
            rest = rest.replace(no + part, "")
        if part in rest:
            return True
    return said in ("no", "bad")


OPERATORS = ("not", "failed", "has", "over", "under", "lacks", "lacks_all", "before", "after", "given", "none")
