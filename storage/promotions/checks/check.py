"""Whether a promotion's folder holds together: its texts with each other and the source, its data with its texts.

Not here: reading the folder (see storage/promotions/catalog.py); printing what is found (see the command line).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from storage.promotions.catalog import CatalogError, load
from storage.promotions.checks.claim import check_claim
from storage.promotions.checks.data import (
    check_cases,
    check_clauses,
    check_dates,
    check_references,
    check_see,
    check_sums,
    check_tables,
)
from storage.promotions.checks.points import check_points
from storage.promotions.checks.samples import check_samples
from storage.promotions.checks.texts import check_letters, check_rules, check_words, find_defects
from storage.promotions.sheet import DataFault, read_sheet


def check_all(root: Path) -> list[DataFault]:
    """The faults of every promotion under `root`, and the names that two of them share."""
    folders = sorted(file.parent for file in root.glob("*/promotion.toml"))
    return [*chain.from_iterable(map(check, folders)), *_shared_names(folders)]


def check(folder: Path) -> list[DataFault]:
    """All faults of one folder in the order of files and lines.

    A fault of the original that promotion.toml declares under [[defects]] is returned as accepted; a declared defect
    that is not found any more is a fault itself. A folder that cannot be loaded is checked no further.
    """
    try:
        promotion = load(folder)
    except CatalogError as error:
        return list(error.faults)
    unread: list[DataFault] = []
    sheet = read_sheet(folder / "promotion.toml", unread)
    words = read_sheet(folder / "clauses.toml", unread)
    clauses = [clause.number for clause in promotion.rulebook]
    rows = sheet.tables("defects")
    defects = find_defects(rows)
    used: set[tuple[str, str]] = set()

    def accepting(found: Iterable[tuple[str | None, str, DataFault]]) -> Iterator[DataFault]:
        for clause, kind, fault in found:
            reason = defects.get((clause, kind)) if clause is not None else None
            if clause is not None and reason is not None:
                used.add((clause, kind))
            yield DataFault(fault.file, fault.line, fault.message, reason, fault.warning)

    faults = [
        *accepting(check_rules(folder)),
        *accepting(check_sums(promotion, sheet)),
        *accepting(check_tables(promotion, folder)),
        *check_clauses(sheet, clauses),
        *check_letters(sheet.sheet.file, _ours(sheet.data), sheet.sheet.line),
        *check_references(promotion, sheet),
        *check_dates(promotion, sheet),
        *check_words(words),
        *check_see(words, clauses),
        *check_points(promotion, folder),
        *check_claim(promotion, folder),
        *check_samples(promotion, folder),
        *check_cases(folder, clauses),
    ]
    for row in rows:
        for clause in row.texts("clauses"):
            if (clause, row.text("kind")) not in used:
                row.fault("clauses", f"clause {clause} has no defect of the kind {row.text('kind')}")
    return sorted([*faults, *unread], key=lambda fault: (fault.file, fault.line))


def _ours(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is ours in promotion.toml: a declared defect quotes the organiser."""
    return {name: value for name, value in data.items() if name != "defects"}


def _shared_names(folders: Iterable[Path]) -> Iterator[DataFault]:
    owners: dict[str, str] = {}
    for folder in folders:
        sheet = read_sheet(folder / "promotion.toml", [])
        for name in map(str.casefold, sheet.texts("names")):
            if name in owners:
                line = sheet.sheet.line(("names",))
                yield DataFault(sheet.sheet.file, line, f"the name «{name}» already belongs to {owners[name]}")
            owners[name] = folder.name
