"""The organiser's folders read into `Promotion` values: promotion.toml, rules.kk.md, rules.ru.md and clauses.toml.

Not here: checking that the texts agree with each other and with the source (see storage/promotions/checks/check.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from domain import chances, deadlines, eligibility, tax
from domain.calendar import Calendar
from domain.promotion import Promotion, RuleFault
from domain.rulebook import Rulebook
from domain.wording import Wording
from storage.promotions.claim import read_claim
from storage.promotions.points import read_points
from storage.promotions.rows import (
    read_contact,
    read_document,
    read_draw,
    read_fund,
    read_open_point,
    read_period,
    read_prize,
    read_zone,
)
from storage.promotions.rulebook import read_rulebook as read_rulebook
from storage.promotions.sheet import DataFault, TomlTable, read_sheet
from storage.promotions.wording import WordingError, read_wording

_RULES: dict[str, Callable[[Any], Any]] = {
    "eligibility": eligibility.read,
    "chances": chances.read,
    "deadlines": deadlines.read,
    "tax": tax.read,
}
_DRAFT = re.compile(rb"^draft\s*=\s*true\b", re.MULTILINE)
_CHECK_ONLY = ("defects", "prizes_total", "draft")


class CatalogError(Exception):
    """The folder cannot be used as it is; `faults` says where and why."""

    def __init__(self, faults: list[DataFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__("\n".join(map(str, self.faults)))


def load_all(root: Path) -> dict[str, Promotion]:
    """Every folder of `root` that holds a promotion.toml, by slug, but for drafts. Raises CatalogError with the faults of all."""
    promotions, faulty = load_each(root)
    if faulty:
        raise CatalogError([fault for error in faulty.values() for fault in error.faults])
    return promotions


def load_each(root: Path) -> tuple[dict[str, Promotion], dict[str, CatalogError]]:
    """The promotions that can be used, and why each of the others cannot, by slug; drafts are neither."""
    promotions: dict[str, Promotion] = {}
    faulty: dict[str, CatalogError] = {}
    for folder in folders(root):
        if is_draft(folder):
            continue
        try:
            promotions[folder.name] = load(folder)
        except CatalogError as error:
            faulty[folder.name] = error
        except Exception as bug:  # a reader that stumbles over what one organiser wrote is not to stop the others
            faulty[folder.name] = CatalogError([DataFault(folder, 0, f"cannot be read ({type(bug).__name__})")])
    return promotions, faulty


def folders(root: Path) -> list[Path]:
    """The folders of `root` that hold a promotion.toml, drafts too."""
    return sorted(file.parent for file in root.glob("*/promotion.toml"))


def is_draft(folder: Path) -> bool:
    """Whether promotion.toml still says `draft = true`: started by `utys promotions new`, not yet for people."""
    try:
        return _DRAFT.search((folder / "promotion.toml").read_bytes()) is not None
    except OSError:
        return False


def load(folder: Path) -> Promotion:
    """The promotion of one folder; its slug is the folder's name. Raises CatalogError with all faults at once."""
    faults: list[DataFault] = []
    rulebook = read_rulebook(folder, faults)
    sheet = read_sheet(folder / "promotion.toml", faults)
    promotion = _promotion(folder.name, sheet, rulebook, _wording(folder, faults))
    points, safety = read_points(folder, faults)
    claim = read_claim(folder, faults)
    if is_draft(folder):
        sheet.fault("draft", "still a draft: take this line out when nothing else is left to mend")
    if faults or promotion is None:
        raise CatalogError(faults)
    return replace(promotion, points=points, safety=safety, claim=claim)


def load_calendar(root: Path) -> Calendar:
    """The dated overrides of promotions/calendar.toml; without the file, the package's calendar alone."""
    faults: list[DataFault] = []
    file = root / "calendar.toml"
    if not file.exists():
        return Calendar()
    sheet = read_sheet(file, faults)
    overrides: dict[date, bool] = {}
    for row in sheet.tables("days"):
        day = row.day("date")
        if day in overrides:
            row.fault("date", f"{day} stands twice")
        overrides[day] = row.raw("working", bool, "true or false", False)
        row.text("why")
        row.close()
    version = sheet.text("version")
    sheet.close()
    if faults:
        raise CatalogError(faults)
    return Calendar(version, overrides)


def _wording(folder: Path, faults: list[DataFault]) -> Wording:
    try:
        return read_wording(folder, folder.parent / "common")
    except WordingError as error:
        faults.append(DataFault(folder / "wording.toml", 0, str(error)))
        return Wording()


def _promotion(slug: str, sheet: TomlTable, rulebook: Rulebook, wording: Wording) -> Promotion | None:
    if not sheet.data:
        return None
    original = rulebook.original
    organizer = sheet.table("organizer")
    promotion = Promotion(
        slug=slug,
        name=sheet.localized("name"),
        label=sheet.localized("label"),
        names=tuple(name.casefold() for name in sheet.texts("names")),
        marks=tuple(mark.casefold() for mark in sheet.texts("marks")),
        hints=tuple(hint.casefold() for hint in sheet.texts("hints")),
        zone=read_zone(sheet),
        organizer=replace(sheet.localized("organizer"), original=original),
        organizer_clause=organizer.text("clause"),
        periods=tuple(period for row in sheet.tables("periods") if (period := read_period(row))),
        prizes=tuple(read_prize(row) for row in sheet.tables("prizes")),
        draws=tuple(read_draw(row) for row in sheet.tables("draws")),
        contacts=tuple(read_contact(row) for row in sheet.tables("contacts")),
        documents=tuple(read_document(row) for row in sheet.tables("documents")),
        rulebook=rulebook,
        wording=wording,
        fund=read_fund(sheet.table("fund")) if sheet.has("fund") else None,
        open_points=tuple(read_open_point(row) for row in sheet.tables("open_points")),
        rules={name: _rules(sheet, name, reader) for name, reader in _RULES.items()},
    )
    if not any(period.kind == "promotion" for period in promotion.periods):
        sheet.fault("periods", "no period of kind «promotion»")
    sheet.close(*_CHECK_ONLY)
    return promotion


def _rules(sheet: TomlTable, name: str, reader: Callable[[Any], Any]) -> Any:
    """The part of the rules that a module of the domain reads by itself; its complaint becomes a fault with a line."""
    data = sheet.raw(name, (dict, list), "a table", None, required=False)
    try:
        return reader(data)
    except RuleFault as fault:
        sheet.sheet.fault((name, *fault.where), fault.message)
        return reader(None)
