"""The answer to a question about a person: what is met, what is not, what cannot be said, and by which clause.

Not here: finding the answer (see dialogs/eligibility/scene.py); wording it (see the dialogs).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

Answer = Literal["eligible", "not eligible", "cannot say"]
Reason = Literal["rules_silent", "fact_missing", "organizer_discretion"]
Status = Literal["met", "not met", "unknown"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be said. `certain` is the least that holds on every reading, where that is a number."""

    reason: Reason
    clauses: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    certain: int | None = None


def unique(clauses: Iterable[str]) -> tuple[str, ...]:
    """The clauses without repetition, in the order of their first mention."""
    return tuple(dict.fromkeys(clauses))


def agree(values: Iterable[T], otherwise: Unknown) -> T | Unknown:
    """The value on which all readings agree, else `otherwise`."""
    found = list(values)
    return found[0] if all(value == found[0] for value in found) else otherwise


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion as it stands for this person.

    `changeable`: the person can still do something about it. `open_points`: the points (O-…) on which it hangs.
    """

    criterion: str
    status: Status
    clauses: tuple[str, ...]
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    open_points: tuple[str, ...] = ()
    changeable: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question. `clauses` are those that decide it; `findings` begin with what can still be changed.

    `month` is the monthly draw concerned (YYYY-MM), Unknown where the rules leave two, None where there is none.
    """

    question: str
    answer: Answer
    clauses: tuple[str, ...]
    findings: tuple[CriterionResult, ...] = ()
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    month: str | Unknown | None = None

    @property
    def eligible(self) -> bool:
        return self.answer == "eligible"


_ORDER: dict[Status, int] = {"not met": 0, "unknown": 1, "met": 2}


def sort_findings(findings: Iterable[CriterionResult]) -> tuple[CriterionResult, ...]:
    """What is not met and can still be changed, what is not met, what is unknown, what is met."""
    return tuple(sorted(findings, key=lambda finding: (_ORDER[finding.status], not finding.changeable)))
