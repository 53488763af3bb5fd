"""One-sentence statements below the clauses: what a question asks for is one of these, not a whole clause.

Not here: finding the point that a question asks for (see search/finder.py) and telling it (see dialogs/rules/).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.rulebook import Localized


@dataclass(frozen=True, slots=True)
class Point:
    """One statement of the rules, or one that they do not make (`silent`), with the clauses it stands on, best first.

    `say` is true whatever way round it was asked, so it never begins with yes or no. `about` names it in a list. `check` is the question
    of `[eligibility.questions]` by which a person can judge the own case. `period`, `draw` and `deadline` say what the answer
    depends on beside the text: whether a period is running, the date of a draw, a term that runs from a date.
    """

    id: str
    clauses: tuple[str, ...]
    say: Localized
    about: Localized
    silent: bool = False
    check: str | None = None
    period: str | None = None
    draw: bool = False
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class SafetyPoints:
    """The ids of the points that a warning of fraud quotes: how winners are told, who pays what, how the prize is handed over."""

    told: str
    costs: str
    receive: str
