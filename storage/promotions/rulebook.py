"""A rulebook put together from both languages of the rules and from our own words about each clause.

Not here: cutting a file into clauses (see rules_text.py); the data of the promotion (see catalog.py).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from domain.rulebook import LANGUAGES, SECTIONS, Clause, Language, Localized, Rulebook
from storage.promotions.rules_text import RulesText, read_rules
from storage.promotions.sheet import DataFault, TomlTable, read_sheet


def read_rulebook(folder: Path, faults: list[DataFault]) -> Rulebook:
    """The clauses in both languages, in the order of the original. A clause with a fault is left out."""
    texts = {language: read_rules(folder, language, faults) for language in LANGUAGES}
    words = read_sheet(folder / "clauses.toml", faults)
    kk, ru = texts["kk"], texts["ru"]
    if kk is None or ru is None:
        return Rulebook(Localized("?", "?"), (), "")
    originals = [text for text in (kk, ru) if text.status == "original"]
    if len(originals) != 1:
        faults.append(DataFault(ru.file, 1, "exactly one of the two languages should be the original"))
    original = (originals or [ru])[0]
    clauses = []
    for number in original.passages:
        table = words.table(number)
        if not words.has(number):
            faults.append(DataFault(words.sheet.file, 0, f"clause {number} has no entry"))
        elif all(number in text.passages for text in (kk, ru)):
            clauses.append(_clause(number, kk, ru, original.language, table))
    for text in (kk, ru):
        for number in original.passages.keys() - text.passages.keys():
            faults.append(DataFault(text.file, 0, f"clause {number} of the original is missing"))
        for number in text.passages.keys() - original.passages.keys():
            faults.append(DataFault(text.file, text.passages[number].line, f"clause {number} is not in the original"))
    words.close(*original.passages)
    version = hashlib.sha256(f"{kk.body}\0{ru.body}\0{words.data}".encode()).hexdigest()[:12]
    return Rulebook(Localized(kk.title, ru.title, original.language), tuple(clauses), version)


def _clause(number: str, kk: RulesText, ru: RulesText, original: Language, table: TomlTable) -> Clause:
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
        within=table.maybe_text("within"),
    )
    table.close()
    return clause
