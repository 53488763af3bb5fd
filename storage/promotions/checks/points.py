"""Checks of points.toml: sentences that fit and begin rightly, clauses and names that exist, a warning of fraud.

Not here: reading it (see storage/promotions/points.py) and the sample questions of points (see samples.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from domain.deadlines import terms
from domain.eligibility import questions_of
from domain.points import Point
from domain.promotion import Promotion
from domain.rulebook import LANGUAGES
from storage.promotions.checks.texts import begins_with_yes_or_no, check_letters
from storage.promotions.sheet import DataFault, TomlTable, read_sheet

SAY, ABOUT = 230, 60
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_points(promotion: Promotion, folder: Path) -> Iterator[DataFault]:
    """The faults of points.toml; none where a promotion has none."""
    if not promotion.points:
        return
    sheet = read_sheet(folder / "points.toml", [])
    said: dict[str, str] = {}
    for index, point in enumerate(promotion.points):
        for field, message in (*_words(point), *_names(point, promotion)):
            yield _fault(sheet, ("point", index, field), f"point {point.id}: {message}")
        for language in LANGUAGES:
            other = said.setdefault(point.say.get(language), point.id)
            if other != point.id:
                yield _fault(
                    sheet, ("point", index, "say"), f"point {point.id}: says the same as {other} in {language}"
                )
    yield from check_letters(sheet.sheet.file, sheet.data, sheet.sheet.line)
    if promotion.safety is None:
        message = "no [safety]: whoever is being defrauded is warned without the words of the rules"
        yield DataFault(sheet.sheet.file, 0, message, warning=True)


def _words(point: Point) -> Iterator[tuple[str, str]]:
    """Field and message."""
    if not _ID.fullmatch(point.id):
        yield "id", "an id is small Latin letters, digits and hyphens"
    for language in LANGUAGES:
        for field, limit, text in (("say", SAY, point.say.get(language)), ("about", ABOUT, point.about.get(language))):
            if len(text) > limit:
                yield field, f"{field} in {language} has {len(text)} characters of {limit}"
        if begins_with_yes_or_no(point.say.get(language)):
            yield "say", f"say in {language} begins with yes or no: that is computed"


def _names(point: Point, promotion: Promotion) -> Iterator[tuple[str, str]]:
    """What a point names has to be there."""
    if not point.clauses and not point.silent:
        yield "clauses", "no clause; only what the rules do not say (silent = true) may do without"
    for clause in point.clauses:
        if clause not in promotion.rulebook:
            yield "clauses", f"no such clause: {clause}"
    if point.check and point.check not in questions_of(promotion):
        yield "check", f"no such question of [eligibility]: {point.check}"
    if point.period and point.period not in {period.id for period in promotion.periods}:
        yield "period", f"no such period: {point.period}"
    if point.deadline and point.deadline not in {term.name for term in terms(promotion)}:
        yield "deadline", f"no such deadline: {point.deadline}"
    if point.draw and not promotion.draws:
        yield "draw", "the promotion has no draws"


def _fault(sheet: TomlTable, where: tuple[str | int, ...], message: str) -> DataFault:
    return DataFault(sheet.sheet.file, sheet.sheet.line(where), message)
