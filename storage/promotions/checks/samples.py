"""Checks of the sample questions: headers that name something, a text in one place only, enough for each clause and point.

Not here: reading them (see storage/promotions/samples.py) and learning from them (see storage/answers/).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from domain.points import Point
from domain.promotion import Promotion
from domain.rulebook import LANGUAGES, Language
from storage.promotions.checks.letters import strangers
from storage.promotions.samples import SIDES, Sample, opened
from storage.promotions.sheet import DataFault, read_text

WANTED: Final = 8
"""Questions of each clause, and of each point, in each language: fewer teach too little."""


def check_samples(promotion: Promotion, folder: Path) -> Iterator[DataFault]:
    """The faults of both files: an unknown header, a question in two places, a sign where none belongs, too few questions."""
    clauses = [clause.number for clause in promotion.rulebook]
    for language in LANGUAGES:
        file = folder / f"samples.{language}.txt"
        text = read_text(file, []) if file.exists() else None
        if text is None:
            yield DataFault(file, 0, "the file is missing: people's questions will not be recognised", warning=True)
        else:
            yield from _check(file, text, language, clauses, promotion.points)


def _check(
    file: Path, text: str, language: Language, clauses: Collection[str], points: Collection[Point]
) -> Iterator[DataFault]:
    by_id = {point.id: point for point in points}
    seen: dict[str, tuple[str, int]] = {}
    counts: Counter[str] = Counter()
    named: str | None = None
    head: Sample | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line == "#" or line.startswith("# "):
            continue
        if line.startswith("@"):
            named = line[1:].strip()
            head = opened(named, language, clauses, by_id)
            if head is None:
                yield DataFault(file, number, f"no such clause or point: {named}")
            continue
        if named is None:
            yield DataFault(file, number, "a question before the first @")
            continue
        if head is not None and head.point is None and line.partition(" ")[0] in SIDES:
            yield DataFault(file, number, f"«{line}»: a sign stands before a question of a point (@ #id) only")
        question = " ".join(re.findall(r"\w+", line.casefold()))
        if question in seen and seen[question][0] != named:
            other, at = seen[question]
            yield DataFault(file, number, f"«{line}» stands under {named} and, in line {at}, under {other}")
        seen.setdefault(question, (named, number))
        if head is not None:
            counts.update([*([f"#{head.point}"] if head.point else []), *head.clauses[:1]])
        if odd := strangers(line):
            yield DataFault(file, number, f"letters of two alphabets in {', '.join(odd)}")
    for what in (*(f"#{id}" for id in by_id), *clauses):
        if counts[what] < WANTED:
            kind = "point" if what.startswith("#") else "clause"
            message = f"{kind} {what.removeprefix('#')} has {counts[what]} questions, {WANTED} are wanted"
            yield DataFault(file, 0, message, warning=True)
