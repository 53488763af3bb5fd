"""Reads the files of sample questions that stand beside a promotion's rules.

Not here: learning from them (see storage/answers/) and the rules themselves (see catalog.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.points import Point
from domain.rulebook import LANGUAGES, Language
from domain.search.finder import SILENCES, Silence

Side = Literal["yes", "no", "premise"]
SIDES: Mapping[str, Side] = {"+": "yes", "-": "no", "!": "premise"}
"""The sign before a question of a point: what it asks is so, is not so, or it takes for granted what is not so."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as people ask it: the point or the clauses that answer it, best first, or why none does.

    `side` is the true answer to what it asks, with a grammatical negation taken away; None where it takes no side.
    """

    text: str
    language: Language
    clauses: tuple[str, ...]
    silence: Silence | None = None
    point: str | None = None
    side: Side | None = None


class SampleError(ValueError):
    """A line of a sample file that cannot be understood; names file and line."""


def read_samples(folder: Path, numbers: Collection[str] = (), points: Collection[Point] = ()) -> list[Sample]:
    """All samples of a folder, in both languages, in the order of the files. Raises SampleError, OSError."""
    by_id = {point.id: point for point in points}
    return [
        sample
        for language in LANGUAGES
        if (path := folder / f"samples.{language}.txt").exists()
        for sample in _read(path, language, numbers, by_id)
    ]


def _read(path: Path, language: Language, numbers: Collection[str], points: Mapping[str, Point]) -> Iterator[Sample]:
    head: Sample | None = None
    for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("# ") or text == "#":
            continue
        if text.startswith("@"):
            head = opened(text[1:].strip(), language, numbers, points)
            if head is None:
                raise SampleError(f"{path}:{at}: no such clause or point: {text[1:].strip()}")
        elif head is None:
            raise SampleError(f"{path}:{at}: a question before the first @")
        else:
            side, question = split_side(text) if head.point else (None, text)
            yield Sample(question, language, head.clauses, head.silence, head.point, side)


def opened(named: str, language: Language, numbers: Collection[str], points: Mapping[str, Point]) -> Sample | None:
    """What the questions under an `@` line stand for, as a sample without a text; None where it names nothing."""
    if named.startswith("#"):
        point = points.get(named[1:])
        if point is None:
            return None
        return Sample("", language, point.clauses, "rules_silent" if point.silent else None, point.id)
    silence = silence_named(named)
    clauses = () if silence else cited(named, numbers)
    return Sample("", language, clauses, silence) if clauses or silence else None


def split_side(line: str) -> tuple[Side | None, str]:
    """The sign before a question, and the question."""
    sign, space, question = line.partition(" ")
    return (SIDES[sign], question.strip()) if space and sign in SIDES else (None, line)


def silence_named(named: str) -> Silence | None:
    """The kind of silence that an `@` line opens; `none`: about the promotion, but the rules leave it open."""
    if named == "none":
        return "rules_silent"
    return next((silence for silence in SILENCES if silence == named), None)


def cited(named: str, numbers: Collection[str]) -> tuple[str, ...]:
    """The clauses of an `@` line, () if one is unknown. Numbers may hold spaces: the longest that fits is taken."""
    found: list[str] = []
    while named:
        fitting = [number for number in numbers if f"{named} ".startswith(f"{number} ")]
        if not fitting:
            return ()
        found.append(max(fitting, key=len))
        named = named[len(found[-1]) :].strip()
    return tuple(found)
