"""Checks of claim.toml: it is there, what it names exists, its steps follow each other, every word is there in both languages.

Not here: reading it (see storage/promotions/claim.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

from domain import deadlines
from domain.claims.plan import ClaimPlan, PlanStep
from domain.promotion import Promotion
from storage.promotions.checks.data import check_clauses
from storage.promotions.checks.texts import check_letters
from storage.promotions.claim import FILE
from storage.promotions.sheet import DataFault, TomlFile, read_sheet

_ID_CHARACTERS: Final = 24
"""A step's id stands in buttons (64 bytes) beside a claim's."""
_LABEL_CHARACTERS: Final = 20
_TEXT_CHARACTERS: Final = 300


def check_claim(promotion: Promotion, folder: Path) -> Iterator[DataFault]:
    """All faults of the folder's claim.toml, in no order."""
    file = folder / FILE
    plan = promotion.claim
    if plan is None:
        yield DataFault(file, 0, "the file is missing: it says what a winner and the organizer do, step by step")
        return
    sheet = read_sheet(file, [])
    lines = sheet.sheet
    yield from check_clauses(sheet, [clause.number for clause in promotion.rulebook])
    yield from check_letters(file, dict(sheet.data), lines.line)
    yield from _plan(promotion, plan, lines)
    for index, step in enumerate(plan.steps):
        for message in _step(promotion, plan, step):
            yield DataFault(file, lines.line(("steps", index)), f"step {step.id}: {message}")
    for index, branch in enumerate(plan.branches):
        where = lines.line(("branches", index))
        if not any(branch.id in (step.branch, *step.unless) for step in plan.steps):
            yield DataFault(file, where, f"branch {branch.id} changes no step")
        if any(len(text) > _LABEL_CHARACTERS for text in (branch.label.kk, branch.label.ru)):
            yield DataFault(file, where, f"branch {branch.id}: its label has more than {_LABEL_CHARACTERS} characters")


def _plan(promotion: Promotion, plan: ClaimPlan, lines: TomlFile) -> Iterator[DataFault]:
    def fault(message: str) -> DataFault:
        return DataFault(lines.file, 0, message)

    for kind, ids in (("step", [step.id for step in plan.steps]), ("branch", [branch.id for branch in plan.branches])):
        yield from (fault(f"{kind} {id} stands twice") for id in sorted({id for id in ids if ids.count(id) > 1}))
    for role in ("in_touch", "hand_over"):
        if not any(step.role == role for step in plan.steps):
            yield fault(f"no step has the role {role}")
    if plan.publication is None:
        yield fault("«publication» is missing: may the winner be shown, and by which clause")
    if not plan.consequences:
        yield fault("«consequences» is missing: what follows from a step that was missed, and by which clause")
    if bool(plan.reserves) != bool(plan.reserve_clauses):
        yield fault("«reserves» and «reserve_clauses» belong together")
    if bool(plan.no_claim) != bool(plan.no_claim_clauses):
        yield fault("«no_claim» and «no_claim_clauses» belong together")
    for case in plan.consequences:
        if case.reserve_next and not plan.reserves:
            yield fault(f"the consequence of {case.case} calls a reserve winner, and there is none")
    unknown = set(plan.no_claim) - {prize.kind for prize in promotion.prizes}
    yield from (fault(f"no prize is of the kind {kind}") for kind in sorted(unknown))
    try:
        tuple(TopologicalSorter({step.id: set(step.after) for step in plan.steps}).static_order())
    except CycleError as error:
        yield fault(f"steps wait for each other: {', '.join(error.args[1])}")


def _step(promotion: Promotion, plan: ClaimPlan, step: PlanStep) -> Iterator[str]:
    yield from _missing("step", step.after, [each.id for each in plan.steps])
    yield from _missing("document", step.documents, [document.id for document in promotion.documents])
    yield from _missing("deadline", step.terms, [term.name for term in deadlines.terms(promotion)])
    branches = [branch.id for branch in plan.branches]
    yield from _missing("branch", [*([step.branch] if step.branch else []), *step.unless], branches)
    events = [
        event for term in deadlines.terms(promotion) for event in (term.event, *term.or_from) if event is not None
    ]
    yield from _missing("event of a deadline", [*step.begins, *step.stand_ins, *step.stand_ins.values()], events)
    if len(step.id) > _ID_CHARACTERS or not step.id.replace("-", "").isalnum() or not step.id.isascii():
        yield f"an id is at most {_ID_CHARACTERS} letters, digits and hyphens"
    if step.mover == "winner" and step.lost is None:
        yield "«lost» is missing: what a winner loses, or that the rules name nothing"
    for text in (step.title, step.do, step.lost, step.where, step.note):
        if text is not None and any(len(words) > _TEXT_CHARACTERS for words in (text.kk, text.ru)):
            yield f"a text has more than {_TEXT_CHARACTERS} characters"
    order = [each.id for each in plan.steps]
    late = [id for id in step.after if id in order and order.index(id) > order.index(step.id)]
    yield from (f"{id} stands after it in the file" for id in late)
    documents = {document.id: document.clause for document in promotion.documents}
    for id in step.documents:
        if id in documents and documents[id] not in step.clauses:
            yield f"document {id} stands on clause {documents[id]}, which the step does not name"


def _missing(kind: str, named: Collection[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"no {kind} is called {name}" for name in named if name not in known)
