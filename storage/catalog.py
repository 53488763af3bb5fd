"""The organiser's folders read into `Promotion` values: promotion.toml, rules.kk.md, rules.ru.md and clauses.toml.

Leaves checking that the texts agree with each other and with the source to `catalog_check`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain import chances, deadlines, eligibility, tax
from domain.calendar import Calendar
from domain.promotion import (
    Contact,
    ContactKind,
    Document,
    Draw,
    Fund,
    OpenPoint,
    Period,
    PeriodKind,
    Prize,
    PrizeKind,
    Promotion,
    RuleFault,
)
from domain.rulebook import LANGUAGES, SECTIONS, Clause, Language, Localized, Rulebook
from storage.rules_text import RulesText, read_rules
from storage.sheet import Fault, Table, read_sheet

_RULES: dict[str, Callable[[Any], Any]] = {
    "eligibility": eligibility.read,
    "chances": chances.read,
    "deadlines": deadlines.read,
    "tax": tax.read,
}
_DRAFT = re.compile(rb"^draft\s*=\s*true\b", re.MULTILINE)
_CHECK_ONLY = ("defects", "prizes_total")


class CatalogError(Exception):
    """The folder cannot be used as it is; `faults` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__("\n".join(map(str, self.faults)))


def load_all(root: Path) -> dict[str, Promotion]:
    """Every folder of `root` that holds a promotion.toml, by slug, but for drafts. Raises CatalogError with the faults of all."""
    promotions: dict[str, Promotion] = {}
    faults: list[Fault] = []
    for folder in folders(root):
        if is_draft(folder):
            continue
        try:
            promotions[folder.name] = load(folder)
        except CatalogError as error:
            faults.extend(error.faults)
    if faults:
        raise CatalogError(faults)
    return promotions


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
    faults: list[Fault] = []
    rulebook = read_rulebook(folder, faults)
    sheet = read_sheet(folder / "promotion.toml", faults)
    promotion = _promotion(folder.name, sheet, rulebook)
    if faults or promotion is None:
        raise CatalogError(faults)
    return promotion


def load_calendar(root: Path) -> Calendar:
    """The dated overrides of promotions/calendar.toml; without the file, the package's calendar alone."""
    faults: list[Fault] = []
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


def read_rulebook(folder: Path, faults: list[Fault]) -> Rulebook:
    """The clauses in both languages, in the order of the original. A clause with a fault is left out."""
    texts = {language: read_rules(folder, language, faults) for language in LANGUAGES}
    words = read_sheet(folder / "clauses.toml", faults)
    kk, ru = texts["kk"], texts["ru"]
    if kk is None or ru is None:
        return Rulebook(Localized("?", "?"), (), "")
    originals = [text for text in (kk, ru) if text.status == "original"]
    if len(originals) != 1:
        faults.append(Fault(ru.file, 1, "exactly one of the two languages should be the original"))
    original = (originals or [ru])[0]
    clauses = []
    for number in original.passages:
        table = words.table(number)
        if not words.has(number):
            faults.append(Fault(words.sheet.file, 0, f"clause {number} has no entry"))
        elif all(number in text.passages for text in (kk, ru)):
            clauses.append(_clause(number, kk, ru, original.language, table))
    for text in (kk, ru):
        for number in original.passages.keys() - text.passages.keys():
            faults.append(Fault(text.file, 0, f"clause {number} of the original is missing"))
        for number in text.passages.keys() - original.passages.keys():
            faults.append(Fault(text.file, text.passages[number].line, f"clause {number} is not in the original"))
    words.close(*original.passages)
    version = hashlib.sha256(f"{kk.body}\0{ru.body}\0{words.data}".encode()).hexdigest()[:12]
    return Rulebook(Localized(kk.title, ru.title, original.language), tuple(clauses), version)


def _clause(number: str, kk: RulesText, ru: RulesText, original: Language, table: Table) -> Clause:
    section = table.choice("section", SECTIONS)
    clause = Clause(
        number=number,
        text=Localized(kk.passages[number].text, ru.passages[number].text, original),
        section=next(name for name in SECTIONS if name == section),
        label=table.localized("label"),
        title=table.localized("title"),
        answer=table.localized("answer"),
        note=table.localized("note") if table.has("note") else None,
        see=table.texts("see"),
    )
    table.close()
    return clause


def _promotion(slug: str, sheet: Table, rulebook: Rulebook) -> Promotion | None:
    if not sheet.data:
        return None
    original = rulebook.original
    organizer = sheet.table("organizer")
    promotion = Promotion(
        slug=slug,
        name=sheet.localized("name"),
        label=sheet.localized("label"),
        names=tuple(name.casefold() for name in sheet.texts("names")),
        zone=_zone(sheet),
        organizer=replace(sheet.localized("organizer"), original=original),
        organizer_clause=organizer.text("clause"),
        periods=tuple(period for row in sheet.tables("periods") if (period := _period(row))),
        prizes=tuple(_prize(row) for row in sheet.tables("prizes")),
        draws=tuple(_draw(row) for row in sheet.tables("draws")),
        contacts=tuple(_contact(row) for row in sheet.tables("contacts")),
        documents=tuple(_document(row) for row in sheet.tables("documents")),
        rulebook=rulebook,
        fund=_fund(sheet.table("fund")) if sheet.has("fund") else None,
        open_points=tuple(_open_point(row) for row in sheet.tables("open_points")),
        rules={name: _rules(sheet, name, reader) for name, reader in _RULES.items()},
    )
    if not any(period.kind == "promotion" for period in promotion.periods):
        sheet.fault("periods", "no period of kind «promotion»")
    sheet.close(*_CHECK_ONLY)
    return promotion


def _rules(sheet: Table, name: str, reader: Callable[[Any], Any]) -> Any:
    """The part of the rules that a module of the domain reads by itself; its complaint becomes a fault with a line."""
    data = sheet.raw(name, (dict, list), "a table", None, required=False)
    try:
        return reader(data)
    except RuleFault as fault:
        sheet.sheet.fault((name, *fault.where), fault.message)
        return reader(None)


def _zone(sheet: Table) -> ZoneInfo:
    name = sheet.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sheet.fault("zone", f"no time zone is called {name!r}")
        return ZoneInfo("Asia/Almaty")


def _period(row: Table) -> Period | None:
    kind: PeriodKind = next(k for k in get_args(PeriodKind) if k == row.choice("kind", get_args(PeriodKind)))
    fields = row.text("id"), kind, row.localized("name"), row.moment("starts"), row.moment("ends"), row.text("clause")
    row.close()
    if fields[4] < fields[3]:
        row.fault("ends", f"period {fields[0]} ends before it starts")
        return None
    return Period(*fields)


def _prize(row: Table) -> Prize:
    kind: PrizeKind = next(k for k in get_args(PrizeKind) if k == row.choice("kind", get_args(PrizeKind)))
    prize = Prize(
        row.text("id"),
        kind,
        row.localized("name"),
        row.maybe_number("quantity"),
        row.number("value_kzt"),
        row.text("clause"),
    )
    row.close()
    return prize


def _fund(row: Table) -> Fund:
    fund = Fund(row.number("amount_kzt"), row.text("clause"))
    row.close()
    return fund


def _draw(row: Table) -> Draw:
    draw = Draw(row.text("period"), row.day("latest"), row.text("clause"))
    row.close()
    return draw


def _contact(row: Table) -> Contact:
    kind: ContactKind = next(k for k in get_args(ContactKind) if k == row.choice("kind", get_args(ContactKind)))
    contact = Contact(kind, row.text("value"), row.text("clause"), row.localized("what_for"))
    row.close()
    return contact


def _document(row: Table) -> Document:
    document = Document(row.text("id"), row.localized("name"), row.text("clause"))
    row.close()
    return document


def _open_point(row: Table) -> OpenPoint:
    point = OpenPoint(
        id=row.text("id"),
        clauses=row.texts("clauses"),
        question=row.localized("question"),
        readings=row.texts("readings"),
        settled=row.maybe_text("settled"),
        settled_on=row.day("settled_on") if row.has("settled_on") else None,
        source=row.maybe_text("source"),
    )
    row.close()
    if not point.clauses:
        row.fault("clauses", f"{point.id} names no clause")
    if point.settled is not None:
        if point.settled not in point.readings:
            row.fault("settled", f"{point.id} is settled as {point.settled!r}; readings: {', '.join(point.readings)}")
        if point.settled_on is None or point.source is None:
            row.fault("settled", f"{point.id} is settled without settled_on and source")
    return point
