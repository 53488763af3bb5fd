"""Reads the files of sample questions that stand beside a promotion's rules.

Leaves learning from them to `training`, and the rules themselves to the catalog.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.rulebook import LANGUAGES, Language
from domain.search.finder import SILENCES, Silence


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as people ask it: the clauses that answer it, best first, or why none does."""

    text: str
    language: Language
    clauses: tuple[str, ...]
    silence: Silence | None = None


class SampleError(ValueError):
    """A line of a sample file that cannot be understood; names file and line."""


def read_samples(folder: Path, numbers: Collection[str] = ()) -> list[Sample]:
    """All samples of a folder, in both languages, in the order of the files."""
    return [
        sample
        for language in LANGUAGES
        if (path := folder / f"samples.{language}.txt").exists()
        for sample in _read(path, language, numbers)
    ]


def _read(path: Path, language: Language, numbers: Collection[str]) -> Iterator[Sample]:
    clauses: tuple[str, ...] = ()
    silence: Silence | None = None
    begun = False
    for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("# ") or text == "#":
            continue
        if text.startswith("@"):
            begun, named = True, text[1:].strip()
            silence = silence_named(named)
            clauses = () if silence else cited(named, numbers)
            if not clauses and not silence:
                raise SampleError(f"{path}:{at}: no such clause: {named}")
        elif not begun:
            raise SampleError(f"{path}:{at}: a question before the first @")
        else:
            yield Sample(text, language, clauses, silence)


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
