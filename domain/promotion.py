"""One promotion as its organiser defined it: names, bounds, prizes, contacts, each with the clause it stands on.

Not here: judging a person (see dialogs/eligibility/scene.py and dialogs/chances/scene.py); the wording of the rules (see rulebook.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from domain.claims.plan import ClaimPlan
from domain.points import Point, SafetyPoints
from domain.rulebook import Localized, Rulebook
from domain.wording import Wording

State = Literal["upcoming", "running", "ended"]
PeriodKind = Literal["promotion", "draw", "discount", "accrual"]
PrizeKind = Literal["certificate", "cash", "goods", "bonus"]
ContactKind = Literal["site", "phone", "whatsapp", "address", "email"]


class RuleFault(ValueError):
    """A part of promotion.toml that a module of the domain cannot use; `where` is the path inside that part."""

    def __init__(self, where: tuple[str | int, ...], message: str) -> None:
        self.where = where
        self.message = message
        super().__init__(f"{'.'.join(map(str, where))}: {message}")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time of the rules; both bounds are instants and both are included, to the second."""

    id: str
    kind: PeriodKind
    name: Localized
    starts: datetime
    ends: datetime
    clause: str

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError(f"period {self.id}: bounds need an offset")
        if self.ends < self.starts:
            raise ValueError(f"period {self.id}: ends before it starts")

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies inside; fractions of a second are cut off (S-14)."""
        return self.starts <= moment.replace(microsecond=0) <= self.ends


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize of the rules. `value_kzt` is whole tenge for one; `quantity` is None where the rules give none."""

    id: str
    kind: PrizeKind
    name: Localized
    quantity: int | None
    value_kzt: int
    clause: str


@dataclass(frozen=True, slots=True)
class Fund:
    amount_kzt: int
    clause: str


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: the latest local day on which the rules let it be held. `period` is `YYYY-MM` or a period id."""

    period: str
    latest: date
    clause: str


@dataclass(frozen=True, slots=True)
class Contact:
    kind: ContactKind
    value: str
    clause: str
    what_for: Localized


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that the rules ask of a winner."""

    id: str
    name: Localized
    clause: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A place where the rules are silent (O-…), with the ways in which its clauses can be read.

    `settled` is the organiser's decision, one of the readings, once there is one; `source` says where it stands.
    """

    id: str
    clauses: tuple[str, ...]
    question: Localized
    readings: tuple[str, ...] = ()
    settled: str | None = None
    settled_on: date | None = None
    source: str | None = None

    @property
    def clause(self) -> str:
        """The nearest clause."""
        return self.clauses[0]

    @property
    def choices(self) -> tuple[str, ...]:
        """The readings that are still possible."""
        return (self.settled,) if self.settled is not None else self.readings


@dataclass(frozen=True, slots=True)
class Promotion:
    """Everything the bot knows of one promotion.

    `label` is the name on a button, at most 20 characters. `names` are the ways people call it (lower case), for
    recognising it in free text and as WhatsApp's first word. `marks` are stems of words that only its rules have («чокомарт», «*88*5#»),
    `hints` of words that may also mean something else («ноутбук», «сюрприз»).
    `claim` is what follows after a win, None where claim.toml is missing.
    `rules` holds what the modules `eligibility`, `chances`, `deadlines` and `tax` have read for themselves, by those names.
    """

    slug: str
    name: Localized
    label: Localized
    names: tuple[str, ...]
    zone: ZoneInfo
    organizer: Localized
    organizer_clause: str
    periods: tuple[Period, ...]
    prizes: tuple[Prize, ...]
    draws: tuple[Draw, ...]
    contacts: tuple[Contact, ...]
    documents: tuple[Document, ...]
    rulebook: Rulebook
    wording: Wording = field(default_factory=Wording)
    fund: Fund | None = None
    open_points: tuple[OpenPoint, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    safety: SafetyPoints | None = None
    marks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    claim: ClaimPlan | None = None

    @property
    def whole(self) -> Period:
        """The promotion's own period."""
        return next(period for period in self.periods if period.kind == "promotion")

    def period(self, id: str) -> Period:
        """The period of that id. Raises KeyError if the promotion has none."""
        for period in self.periods:
            if period.id == id:
                return period
        raise KeyError(id)

    def first_day(self, period: Period) -> date:
        return self.day(period.starts)

    def last_day(self, period: Period) -> date:
        return self.day(period.ends)

    def point(self, id: str) -> Point | None:
        """The point of that id; None also for one that an organiser has taken out since."""
        return next((point for point in self.points if point.id == id), None)

    def open_point(self, id: str) -> OpenPoint | None:
        return next((point for point in self.open_points if point.id == id), None)

    def state(self, now: datetime) -> State:
        if now < self.whole.starts:
            return "upcoming"
        return "running" if self.whole.holds(now) else "ended"

    def day(self, moment: datetime) -> date:
        """The calendar day of an instant in the promotion's zone."""
        return moment.astimezone(self.zone).date()
