"""What a promotion's model learns from, and by which numbers: its rules, its samples, those lent, those common to all.

Leaves learning to `training`, and reading the files to `samples` and the catalog.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.rulebook import LANGUAGES, Rulebook
from domain.search.features import features, lexicon
from domain.search.finder import SILENCES
from storage.answers.marks import MarkTable, Narrow, Shown
from storage.promotions.samples import Sample


@dataclass(frozen=True)
class Recipe:
    """The numbers that were chosen by leaving samples out, and checked on questions of other authors."""

    group_weights: tuple[float, ...] = (1.0, 1.0, 0.7, 0.7, 0.5)
    caution: float = 0.5
    """How strongly a sample's say is held back."""
    mix: tuple[float, float] = (0.25, 0.3)
    """What the learnt weights and the likeness to the nearest sample count."""
    rules: float = 0.5
    common: float = 0.5
    lent: float = 0.5
    lent_silent: float = 0.3
    """What texts of these sources count beside the promotion's own samples."""
    most_lent: int = 70
    """A clause borrows until it has so many samples with its own: one that has them learns nothing from more."""
    most_lent_silent: int = 150
    common_in_doubt: float = 0.3
    """What a common question counts in learning when to refuse: what is far from the promotion is easily refused."""
    false_refusals: float = 0.065
    """The share of own samples that may be refused by a model that has not seen them: set so that of other authors' questions
    about 4 % are refused (docs/answers.md)."""


@dataclass(frozen=True)
class Lesson:
    """One text to learn from, the classes it stands for, best first, and what it counts; `tested`: what in calibration."""

    text: str
    classes: tuple[int, ...]
    weight: float
    tested: float = 0.0


class School:
    """Turns texts into marks, each text once however many promotions learn from it."""

    def __init__(self, concepts: str) -> None:
        self.concepts = concepts
        self._shown: dict[str, Shown] = {}

    def read(self, texts: Sequence[str]) -> list[Shown]:
        for text in texts:
            if text not in self._shown:
                self._shown[text] = Shown.of(features(text, lexicon(self.concepts)))
        return [self._shown[text] for text in texts]


@dataclass(frozen=True)
class Course:
    """Everything that one promotion's model learns from."""

    book: Rulebook
    lessons: tuple[Lesson, ...]
    shown: tuple[Shown, ...]

    @cached_property
    def classes(self) -> tuple[str, ...]:
        return class_names(self.book)

    def table(self, recipe: Recipe) -> MarkTable:
        return MarkTable.of(self.shown, recipe.group_weights)

    def wanted(self) -> Narrow:
        wanted = np.full((len(self.lessons), len(self.classes)), -1.0, dtype=np.float32)
        for at, lesson in enumerate(self.lessons):
            wanted[at, list(lesson.classes)] = 1.0
        return wanted

    def held(self, recipe: Recipe) -> Narrow:
        return np.array([recipe.caution / lesson.weight for lesson in self.lessons], dtype=np.float32)


def class_names(book: Rulebook) -> tuple[str, ...]:
    return (*(clause.number for clause in book), *SILENCES)


def course(
    book: Rulebook,
    own: Sequence[Sample],
    lent: Sequence[Sample],
    common: Sequence[Sample],
    school: School,
    recipe: Recipe,
) -> Course:
    """The lessons of one promotion: its clauses and our words about them, its samples, those lent, those common to all."""
    of = {name: at for at, name in enumerate(class_names(book))}
    lessons = [
        Lesson(text, (of[clause.number],), recipe.rules)
        for clause in book
        for language in LANGUAGES
        for text in (
            clause.text.get(language),
            f"{clause.label.get(language)}. {clause.title.get(language)}",
            clause.answer.get(language),
        )
    ]
    for sample in own:
        lessons.append(_lesson(sample, of, 1.0, 1.0))
    for sample in lent:
        lessons.append(_lesson(sample, of, recipe.lent if sample.clauses else recipe.lent_silent, 0.0))
    for sample in common:
        lessons.append(_lesson(sample, of, recipe.common, recipe.common_in_doubt))
    return Course(book, tuple(lessons), tuple(school.read([lesson.text for lesson in lessons])))


def _lesson(sample: Sample, of: Mapping[str, int], weight: float, tested: float) -> Lesson:
    named = sample.clauses or (sample.silence or "rules_silent",)
    return Lesson(sample.text, tuple(of[name] for name in named), weight, tested)
