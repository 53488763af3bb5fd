"""Checks of a promotion's data: clauses that exist, sums that add up, dates that lie where they should.

Not here: words (see texts.py); putting all together (see check.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from domain.criteria import Criterion
from domain.deadlines import terms
from domain.eligibility import rulings
from domain.promotion import Promotion
from domain.rulebook import LANGUAGES
from storage.promotions.rules_text import read_rules
from storage.promotions.sheet import DataFault, TomlFile, TomlTable, read_text
from storage.promotions.yaml_file import read_yaml

_ONE: Final = ("clause", "list_clause", "results_clause")
_MANY: Final = (
    *("clauses", "month_clauses", "several", "open_clauses", "open_if", "silent", "invoked"),
    *("reserve_clauses", "no_claim_clauses", "consent_clauses", "refusal_clauses"),
)


def check_clauses(sheet: TomlTable, clauses: Collection[str]) -> Iterator[DataFault]:
    """Every clause that promotion.toml names exists."""
    for where, named in _named(sheet.data, ()):
        if named not in clauses:
            yield DataFault(sheet.sheet.file, sheet.sheet.line(where), f"no such clause: {named}")


def _named(data: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if key in _ONE and isinstance(value, str):
            yield (*where, key), value
        elif key in _MANY:
            yield from (((*where, key), clause) for clause in _leaves(value))
        else:
            yield from _named(value, (*where, key))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)


def check_see(words: TomlTable, clauses: Collection[str]) -> Iterator[DataFault]:
    """Every neighbouring clause that clauses.toml names exists, and is another one; so does the clause around a table."""
    rows = {number: row for number, row in words.data.items() if isinstance(row, dict)}
    for number, row in rows.items():
        around = [row["within"]] if "within" in row else []
        for key, named in (("see", row.get("see", ())), ("within", around)):
            for other in named:
                if other not in clauses or other == number:
                    message = f"clause {number}: {key} {other}, no such clause"
                    yield DataFault(words.sheet.file, words.sheet.line((number, key)), message)
        if any("within" in rows.get(other, {}) for other in around):
            message = f"clause {number}: clause {around[0]} stands within another one itself"
            yield DataFault(words.sheet.file, words.sheet.line((number, "within")), message)


def check_cases(folder: Path, clauses: Collection[str]) -> Iterator[DataFault]:
    """Every case table is YAML and expects clauses that exist."""
    for file in sorted((folder / "cases").glob("*.yaml")):
        text = read_text(file, [])
        try:
            rows = read_yaml(text or "")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            yield DataFault(file, mark.line + 1 if mark is not None else 0, "not valid YAML")
            continue
        for row in rows if isinstance(rows, list) else ():
            found = re.search(rf"^- id: {re.escape(str(row.get('id')))}$", text or "", re.MULTILINE)
            line = (text or "")[: found.start()].count("\n") + 1 if found else 0
            for clause in row.get("expect", {}).get("clauses", ()):
                if str(clause) not in clauses:
                    yield DataFault(file, line, f"{row.get('id')}: no such clause: {clause}")


def check_sums(promotion: Promotion, sheet: TomlTable) -> Iterator[tuple[str, str, DataFault]]:
    """The prizes make the fund, and their number is the one that is said. Yields the clause beside the fault."""
    lines = sheet.sheet
    prizes = promotion.prizes
    if promotion.fund is not None and all(prize.quantity is not None for prize in prizes):
        total = sum((prize.quantity or 0) * prize.value_kzt for prize in prizes)
        if total != promotion.fund.amount_kzt:
            message = f"the prizes make {total}, the fund is {promotion.fund.amount_kzt}"
            yield promotion.fund.clause, "sums", DataFault(lines.file, lines.line(("fund",)), message)
    if sheet.has("prizes_total"):
        row = sheet.table("prizes_total")
        quantity = sum(prize.quantity or 0 for prize in prizes)
        if quantity != row.number("quantity"):
            message = f"the prizes are {quantity}, {row.number('quantity')} are said"
            yield row.text("clause"), "sums", DataFault(lines.file, lines.line(("prizes_total",)), message)


def check_tables(promotion: Promotion, folder: Path) -> Iterator[tuple[str, str, DataFault]]:
    """The rows of each table make its last row, and its years are the promotion's. Yields the clause beside the fault."""
    years = {str(year) for year in range(promotion.whole.starts.year, promotion.whole.ends.year + 1)}
    for language in LANGUAGES:
        rules = read_rules(folder, language, [])
        for clause in promotion.rulebook:
            table = clause.table(language)
            if table is None or rules is None or clause.number not in rules.passages:
                continue
            line = rules.passages[clause.number].line
            for column in _wrong_columns(table.rows):
                message = f"clause {clause.number}: column {column} does not make its last row"
                yield clause.number, "sums", DataFault(rules.file, line, message)
            found = {year for row in table.rows for cell in row for year in re.findall(r"\b(?:19|20)\d\d\b", cell)}
            if odd := sorted(found - years):
                message = f"clause {clause.number}: {', '.join(odd)} is not a year of the promotion"
                yield clause.number, "dates", DataFault(rules.file, line, message)


def _number(cell: str) -> int | None:
    digits = re.sub(r"[ \u00a0]", "", cell)
    return int(digits) if digits.isdigit() else None


def _wrong_columns(rows: tuple[tuple[str, ...], ...]) -> Iterator[int]:
    """The columns (from 1) of a table with a total whose numbers do not add up, alone or times the quantity before."""
    if len(rows) < 2 or _number(rows[-1][0]) is not None:
        return
    for column in range(1, len(rows[0])):
        total, values = _number(rows[-1][column]), [_number(row[column]) for row in rows[:-1]]
        before = [_number(row[column - 1]) for row in rows[:-1]]
        if total is None or any(value is None for value in values):
            continue
        plain = sum(value or 0 for value in values)
        times = sum((value or 0) * (quantity or 0) for value, quantity in zip(values, before, strict=True))
        if total not in (plain, times):
            yield column + 1


def check_dates(promotion: Promotion, sheet: TomlTable) -> Iterator[DataFault]:
    """Periods lie in the promotion and accrual periods follow each other; draws come after what they are about."""
    lines, whole = sheet.sheet, promotion.whole
    for index, period in enumerate(promotion.periods):
        if period.starts < whole.starts or period.ends > whole.ends:
            yield DataFault(
                lines.file, lines.line(("periods", index)), f"period {period.id} lies outside the promotion"
            )
        for moment in (period.starts, period.ends):
            if moment.utcoffset() != moment.astimezone(promotion.zone).utcoffset():
                yield DataFault(
                    lines.file,
                    lines.line(("periods", index)),
                    f"period {period.id}: {moment} has not the zone's offset",
                )
    accruals = [period for period in promotion.periods if period.kind == "accrual"]
    for earlier, later in pairwise(accruals):
        if later.starts - earlier.ends != timedelta(seconds=1):
            index = promotion.periods.index(later)
            yield DataFault(
                lines.file, lines.line(("periods", index)), f"period {later.id} does not follow period {earlier.id}"
            )
    ids = {period.id for period in promotion.periods}
    for index, draw in enumerate(promotion.draws):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", draw.period):
            begin = promotion.last_day(promotion.period(draw.period)) if draw.period in ids else None
        else:
            begin = date.fromisoformat(f"{draw.period}-01")
            if not promotion.first_day(whole).replace(day=1) <= begin <= promotion.last_day(whole):
                begin = None
        if begin is None or draw.latest <= begin:
            yield DataFault(
                lines.file, lines.line(("draws", index)), f"the draw of {draw.period} does not fit the periods"
            )


def check_references(promotion: Promotion, sheet: TomlTable) -> Iterator[DataFault]:
    """Open points, readings and periods that criteria and deadlines name exist; ids stand once."""
    lines = sheet.sheet
    points = {point.id: point.readings for point in promotion.open_points}
    periods = {period.id for period in promotion.periods}
    for id, question in rulings(promotion).questions.items():
        for index, criterion in enumerate(question.criteria):
            where = ("eligibility", "questions", id, "criteria", index)
            yield from _criterion(lines, where, criterion, points, periods)
    for index, term in enumerate(terms(promotion)):
        if term.open_point is not None and term.open_point not in points:
            yield DataFault(lines.file, lines.line(("deadlines", index)), f"no open point is called {term.open_point}")
    rule = promotion.rules.get("chances")
    named = getattr(rule, "point", None)
    if named is not None and rule is not None and rule.again not in points.get(named, ()):
        yield DataFault(lines.file, lines.line(("chances", "point")), f"{named} has no reading {rule.again!r}")
    for kind in ("periods", "prizes", "documents", "open_points"):
        seen: set[str] = set()
        for index, thing in enumerate(getattr(promotion, kind)):
            if thing.id in seen:
                yield DataFault(lines.file, lines.line((kind, index)), f"{kind}: {thing.id} stands twice")
            seen.add(thing.id)


def _criterion(
    lines: TomlFile,
    where: tuple[str | int, ...],
    criterion: Criterion,
    points: dict[str, tuple[str, ...]],
    periods: Collection[str],
) -> Iterator[DataFault]:
    line = lines.line(where)
    for point in criterion.open:
        if point not in points:
            yield DataFault(lines.file, line, f"criterion {criterion.id}: no open point is called {point}")
    reading = criterion.params.get("reading")
    if reading is not None and all(reading not in points.get(point, ()) for point in criterion.open):
        yield DataFault(lines.file, line, f"criterion {criterion.id}: no such reading: {reading}")
    period = criterion.params.get("period")
    if period is not None and period not in periods:
        yield DataFault(lines.file, line, f"criterion {criterion.id}: no such period: {period}")
