"""Case tables read from YAML and run: the organiser's own beside each promotion, or one folder for all of them.

Not here: running a case (see domain/cases.py); printing (see the command line).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from domain import deadlines, eligibility
from domain.cases import KINDS, CaseKind, CaseResult, run
from domain.promotion import Promotion
from storage.promotions.catalog import CatalogError, folders, is_draft, load, load_calendar
from storage.promotions.yaml_file import read_yaml


class Unfit(Exception):
    """The tables cannot be run; the text says why."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A table with its results, or why it could not be run."""

    path: Path
    results: tuple[CaseResult, ...]
    fault: str | None = None


def run_all(root: Path, slug: str | None, cases: Path | None) -> Iterator[CaseFile]:
    """Every table with its results. Raises Unfit."""
    try:
        promotions = {folder.name: load(folder) for folder in folders(root) if not is_draft(folder)}
        calendar = load_calendar(root)
    except CatalogError as error:
        raise Unfit(f"a promotion is faulty: {error.faults[0]} (see `utys promotions check`)") from error
    if slug is not None and slug not in promotions:
        raise Unfit(f"no promotion is called {slug!r}; there are {', '.join(promotions)}")
    if cases is not None and not cases.is_dir():
        raise Unfit(f"{cases} is not a folder")
    owners = dict(_owners(root, promotions)) if cases is not None else {}
    known = _vocabulary(promotions.values())
    tables = _tables(root, promotions, cases)
    if not tables:
        raise Unfit(f"{cases or root} holds no case table: {', '.join(f'{kind}.yaml' for kind in KINDS)}")
    for file, owner in tables:
        results = []
        try:
            rows = _read(file)
        except Unfit as fault:
            yield CaseFile(file, (), str(fault))
            continue
        for case in rows:
            name = owner or owners.get(str(case.get("promotion") or case.get("doc")))
            if slug not in (None, name):
                continue
            said = _unheard_of(case, known) if name else "no promotion of ours has this «promotion» or «doc»"
            if name and not said:
                results.append(run(promotions[name], _kind(file), case, calendar))
            else:
                expected = case.get("expect")
                told = expected if isinstance(expected, Mapping) else {}
                results.append(CaseResult(str(case.get("id")), told, {"error": said}, False))
        if results:
            yield CaseFile(file, tuple(results))


def _vocabulary(promotions: Iterable[Promotion]) -> Mapping[str, frozenset[str]]:
    """What any of the promotions calls a question or a deadline: another name in a case is a slip of the pen."""
    asked: set[str] = set()
    terms: set[str] = {"claim_timeline"}
    for promotion in promotions:
        rulings = eligibility.rulings(promotion)
        asked |= rulings.questions.keys() | rulings.silent.keys()
        terms |= {term.name for term in deadlines.terms(promotion)}
    return {"question": frozenset(asked), "deadline": frozenset(terms)}


def _unheard_of(case: Mapping[str, Any], known: Mapping[str, frozenset[str]]) -> str | None:
    for name, words in known.items():
        if name in case and case[name] not in words:
            return f"no {name} is called {case[name]!r}; there are {', '.join(sorted(words))}"
    return None


def _tables(root: Path, promotions: Collection[str], cases: Path | None) -> list[tuple[Path, str | None]]:
    """The tables by name, each with its promotion; None where each case names its own."""
    if cases is not None:
        common: list[tuple[Path, str | None]] = [(file, None) for file in sorted(cases.glob("*.y*ml"))]
        own = [(file, name) for name in promotions for file in sorted((cases / name).glob("*.y*ml"))]
    else:
        common, own = (
            [],
            [(file, name) for name in promotions for file in sorted((root / name / "cases").glob("*.yaml"))],
        )
    return [(file, owner) for file, owner in [*common, *own] if _kind_of(file)]


def _owners(root: Path, promotions: Collection[str]) -> Iterator[tuple[str, str]]:
    """What a case of a common table may call a promotion: its slug, or the document that its own cases name."""
    for name in promotions:
        yield name, name
        for file in sorted((root / name / "cases").glob("*.yaml")):
            yield from ((str(case["doc"]), name) for case in _read(file) if case.get("doc"))


def _kind(file: Path) -> CaseKind:
    kind = _kind_of(file)
    assert kind is not None
    return kind


def _kind_of(file: Path) -> CaseKind | None:
    """The kind by which a table is named: `eligibility.yaml`, also `eligibility-more.yaml`; None for another file."""
    return next((kind for kind in KINDS if re.fullmatch(rf"{kind}([-_. ].*)?", file.stem)), None)


def _read(file: Path) -> list[Mapping[str, Any]]:
    try:
        rows = read_yaml(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unfit(f"{file} is not a case table: {' '.join(str(error).split())[:200]}") from error
    if rows is None:
        raise Unfit(f"{file} is empty")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unfit(f"{file} should hold a list of cases")
    if not rows:
        raise Unfit(f"{file} holds no case")
    return rows
