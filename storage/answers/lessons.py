"""What a promotion's model learns from, and by which numbers: its rules, its points, its samples, those common to all.

Not here: learning (see training.py) and reading the files (see storage/promotions/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.promotion import Promotion
from domain.rulebook import LANGUAGES
from domain.search.features import features, lexicon
from domain.search.finder import SILENCES
from storage.answers.marks import MarkTable, Narrow, Shown
from storage.promotions.samples import Sample


@dataclass(frozen=True)
class Recipe:
    """The numbers that were chosen by leaving samples out, and checked on questions of other authors (docs/answers.md)."""

    group_weights: tuple[float, ...] = (1.0, 1.0, 0.7, 0.7, 0.5)
    caution: float = 0.5
    """How strongly a sample's say is held back."""
    together: float = 0.4
    """What the clause that a point belongs to counts beside the point itself, and whether the rules say it: points help each other."""
    rank: int = 256
    """Dimensions in which texts are compared when the bot runs."""
    rules: float = 0.5
    common: float = 0.5
    """What texts of these sources count beside the promotion's own samples."""
    common_in_doubt: float = 0.3
    """What a common question counts in learning when to refuse: what is far from the promotion is easily refused."""
    false_refusals: float = 0.06
    """The share of own samples that may be refused by a model that has not seen them."""
    false_silences: float = 0.05
    """The share of answered samples of which such a model may say that the rules are silent."""


@dataclass(frozen=True)
class Lesson:
    """One text to learn from, the classes it stands for, best first, and what it counts; `tested`: what in calibration.

    `side` is 1 where what it asks is so, -1 where it is not, 0 where it takes no side; `asks`: whether it is a question of a person.
    """

    text: str
    classes: tuple[int, ...]
    weight: float
    tested: float = 0.0
    side: int = 0
    asks: bool = True


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
    """Everything that one promotion's model learns from. `groups` names, for each class, the clause or the silence it belongs to."""

    promotion: Promotion
    classes: tuple[str, ...]
    clauses: tuple[tuple[str, ...], ...]
    silent: tuple[bool, ...]
    lessons: tuple[Lesson, ...]
    shown: tuple[Shown, ...]

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """For each class its groups: the clause it belongs to, and for silences one of their own."""
        numbered: dict[str, int] = {}
        found = []
        for name, clauses, silent in zip(self.classes, self.clauses, self.silent, strict=True):
            names = [clauses[0] if clauses else name, "rules_silent" if silent else f"says {clauses[:1]}"]
            found.append(tuple(numbered.setdefault(each, len(numbered)) for each in names))
        return found

    def table(self, recipe: Recipe) -> MarkTable:
        return MarkTable.of(self.shown, recipe.group_weights)

    def wanted(self) -> Narrow:
        """For each lesson: the classes, then their groups, then whether it is a yes/no question."""
        width = len(self.classes)
        count = 1 + max(max(each) for each in self.groups)
        wanted = np.full((len(self.lessons), width + count + 1), -1.0, dtype=np.float32)
        for at, lesson in enumerate(self.lessons):
            for of in lesson.classes:
                wanted[at, of] = 1.0
                wanted[at, [width + group for group in self.groups[of]]] = 1.0
            wanted[at, -1] = 1.0 if lesson.side else -1.0
        return wanted

    def held(self, recipe: Recipe) -> Narrow:
        return np.array([recipe.caution / lesson.weight for lesson in self.lessons], dtype=np.float32)


_SIDES: Mapping[str | None, int] = {"yes": 1, "no": -1, "premise": -1, None: 0}


def course(
    promotion: Promotion, own: Sequence[Sample], common: Sequence[Sample], school: School, recipe: Recipe
) -> Course:
    """The lessons of one promotion: its clauses and points in our words, its samples, those common to all."""
    book, points = promotion.rulebook, promotion.points
    classes = (*(f"#{point.id}" for point in points), *(clause.number for clause in book), *SILENCES)
    of = {name: at for at, name in enumerate(classes)}
    lessons = [
        Lesson(text, (of[f"#{point.id}"],), recipe.rules, asks=False)
        for point in points
        for language in LANGUAGES
        for text in (point.say.get(language), point.about.get(language))
    ]
    lessons += [
        Lesson(text, (of[clause.number],), recipe.rules, asks=False)
        for clause in book
        for language in LANGUAGES
        for text in (
            clause.text.get(language),
            f"{clause.label.get(language)}. {clause.title.get(language)}",
            clause.answer.get(language),
        )
    ]
    lessons += [_lesson(sample, of, 1.0, 1.0) for sample in own]
    lessons += [_lesson(sample, of, recipe.common, recipe.common_in_doubt) for sample in common]
    clauses = (*(point.clauses for point in points), *((clause.number,) for clause in book), *(() for _ in SILENCES))
    silent = (
        *(point.silent for point in points),
        *(False for _ in book),
        *(name == "rules_silent" for name in SILENCES),
    )
    shown = tuple(school.read([lesson.text for lesson in lessons]))
    return Course(promotion, classes, clauses, silent, tuple(lessons), shown)


def _lesson(sample: Sample, of: Mapping[str, int], weight: float, tested: float) -> Lesson:
    named = (f"#{sample.point}",) if sample.point else sample.clauses or (sample.silence or "rules_silent",)
    return Lesson(sample.text, tuple(of[name] for name in named), weight, tested, _SIDES[sample.side])
