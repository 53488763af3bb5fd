"""The rules of one promotion, clause by clause, in both languages.

Not here: finding the right clause (see domain/search/finder.py); showing it (see the dialogs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["kk", "ru"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru")

Section = Literal["dates", "who", "how", "prizes", "claim", "tax", "data", "contacts", "other"]
SECTIONS: tuple[Section, ...] = ("dates", "who", "how", "prizes", "claim", "tax", "data", "contacts", "other")


@dataclass(frozen=True, slots=True)
class Localized:
    """A text in both languages; `original` names the one that the organiser wrote, None where both are ours."""

    kk: str
    ru: str
    original: Language | None = None

    def __post_init__(self) -> None:
        if not self.kk.strip() or not self.ru.strip():
            raise ValueError("a text needs both languages")

    def get(self, language: Language) -> str:
        return self.kk if language == "kk" else self.ru

    def is_translation(self, language: Language) -> bool:
        return self.original is not None and self.original != language


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A table of the rules: a heading row and body rows, all of one width, cells as the organiser wrote them."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(text: str) -> RuleTable | None:
    """The Markdown table of a clause text, or None if it holds none."""
    lines = text.splitlines()
    piped = [i for i, line in enumerate(lines) if line.lstrip().startswith("|")]
    if len(piped) < 3:
        return None
    rows = [tuple(cell.strip() for cell in lines[i].strip().strip("|").split("|")) for i in piped]
    caption = " ".join(line.strip() for line in lines[: piped[0]]).strip()
    return RuleTable(caption, rows[0], tuple(rows[2:]))


@dataclass(frozen=True, slots=True)
class Clause:
    """One citable place of the rules.

    `text` is the organiser's wording and its translation; `label`, `title`, `answer` and `note` are our words.
    `within` is the clause that a table belongs to.
    """

    number: str
    text: Localized
    section: Section
    label: Localized
    title: Localized
    answer: Localized
    note: Localized | None = None
    see: tuple[str, ...] = ()
    within: str | None = None

    def table(self, language: Language) -> RuleTable | None:
        return read_table(self.text.get(language))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All clauses in the order of the document. `version` changes with every change of any word of them."""

    title: Localized
    clauses: tuple[Clause, ...]
    version: str
    _by_number: Mapping[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_number = {clause.number: clause for clause in self.clauses}
        if len(by_number) != len(self.clauses):
            raise ValueError("a clause number stands twice")
        object.__setattr__(self, "_by_number", by_number)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def __contains__(self, number: object) -> bool:
        return number in self._by_number

    def cite(self, number: str) -> Clause:
        """The clause of that number. Raises KeyError: nothing may be said without a clause that exists."""
        return self._by_number[number]

    def section(self, section: Section) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.section == section)

    @property
    def original(self) -> Language:
        return self.title.original or "ru"
