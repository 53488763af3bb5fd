"""Reads claim.toml: the plan of what follows after a win.

Not here: whether what it names exists (see checks/claim.py); what a plan means (see domain/claims/plan.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from domain.claims.plan import (
    Branch,
    ClaimPlan,
    Consequence,
    MissedCase,
    MissedOutcome,
    Mover,
    PlanStep,
    Publication,
    PublicationKind,
    StepRole,
)
from storage.promotions.sheet import DataFault, TomlTable, read_sheet

FILE = "claim.toml"


def read_claim(folder: Path, faults: list[DataFault]) -> ClaimPlan | None:
    """The plan of one folder; None where there is no claim.toml, which only `utys promotions check` holds against it."""
    if not (folder / FILE).exists():
        return None
    sheet = read_sheet(folder / FILE, faults)
    plan = ClaimPlan(
        steps=tuple(map(_step, sheet.tables("steps"))),
        branches=tuple(map(_branch, sheet.tables("branches"))),
        consequences=tuple(map(_consequence, sheet.tables("consequences"))),
        publication=_publication(sheet.table("publication")) if sheet.has("publication") else None,
        reserves=sheet.maybe_number("reserves") or 0,
        reserve_clauses=sheet.texts("reserve_clauses"),
        no_claim=sheet.texts("no_claim"),
        no_claim_clauses=sheet.texts("no_claim_clauses"),
        consent_clauses=sheet.texts("consent_clauses"),
        refusal_clauses=sheet.texts("refusal_clauses"),
        draw_event=sheet.maybe_text("draw_event") or "drawn_at",
        writing_counts=_flag(sheet, "writing_counts"),
        accepts_papers=_flag(sheet, "accepts_papers"),
    )
    sheet.close()
    return plan


def _step(row: TomlTable) -> PlanStep:
    step = PlanStep(
        id=row.text("id"),
        mover=_one_of(row, "mover", Mover),
        clauses=row.texts("clauses"),
        title=row.localized("title"),
        do=row.localized("do"),
        lost=row.localized("lost") if row.has("lost") else None,
        where=row.localized("where") if row.has("where") else None,
        note=row.localized("note") if row.has("note") else None,
        documents=row.texts("documents"),
        after=row.texts("after"),
        terms=row.texts("terms"),
        branch=row.maybe_text("branch"),
        unless=row.texts("unless"),
        begins=row.texts("begins"),
        stand_ins=_words(row, "stand_ins"),
        open_points=row.texts("open_points"),
        role=_one_of(row, "role", StepRole) if row.has("role") else None,
    )
    row.close()
    if not step.clauses:
        row.fault("clauses", f"step {step.id} names no clause")
    return step


def _branch(row: TomlTable) -> Branch:
    branch = Branch(
        row.text("id"),
        row.texts("clauses"),
        row.localized("label"),
        row.localized("about"),
        _flag(row, "asks_organizer"),
    )
    row.close()
    if not branch.clauses:
        row.fault("clauses", f"branch {branch.id} names no clause")
    return branch


def _consequence(row: TomlTable) -> Consequence:
    found = Consequence(
        _one_of(row, "case", MissedCase),
        _one_of(row, "outcome", MissedOutcome),
        row.texts("clauses"),
        row.localized("about"),
        _flag(row, "reserve_next"),
    )
    row.close()
    if not found.clauses:
        row.fault("clauses", f"the consequence of {found.case} names no clause")
    return found


def _publication(row: TomlTable) -> Publication:
    found = Publication(_one_of(row, "kind", PublicationKind), row.texts("clauses"), row.localized("about"))
    row.close()
    return found


def _one_of(row: TomlTable, key: str, words: Any) -> Any:
    """One of the words of a Literal."""
    return row.choice(key, get_args(words))


def _flag(row: TomlTable, key: str) -> bool:
    found: bool = row.raw(key, bool, "true or false", False, required=False)
    return found


def _words(row: TomlTable, key: str) -> dict[str, str]:
    found: dict[str, Any] = row.raw(key, dict, "a table of texts", {}, required=False)
    for name, value in found.items():
        if not isinstance(value, str):
            row.fault(key, f"«{key}.{name}» should be a text")
    return {name: value for name, value in found.items() if isinstance(value, str)}
