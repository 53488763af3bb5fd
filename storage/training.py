"""Learns from rules and sample questions which clause a question wants: the step done once, when a promotion is published.

Leaves reading the files to `samples` and the catalog, keeping the result to `models`, and using it to the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.features import Features, features, lexicon
from domain.model import OCCURRENCES, Model, Scores
from domain.rulebook import LANGUAGES, Language, Rulebook
from domain.search import SILENCES, confide, evidence, mix
from storage.catalog import load_all
from storage.models import LANGUAGE, model_path, read_version, write_detector, write_model
from storage.samples import Sample, read_samples
from storage.speech import learn_language

Floats = NDArray[np.float64]
Narrow = NDArray[np.float32]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """The numbers that were chosen by cross-validation (`benchmarks/answers.py --sweep`)."""

    group_weights: tuple[float, ...] = (1.0, 0.6, 0.4, 0.6, 0.4)
    caution: float = 1.0
    """How strongly large weights are held back."""
    mix: tuple[float, float] = (0.25, 0.5)
    rules_weight: float = 0.5
    """What a clause's own text counts beside a sample question."""
    common_weight: float = 0.5
    """What a question from the common pool counts beside the promotion's own."""
    further_clause: float = 1.0
    """What the second and later clauses of a sample strive for; the first strives for one."""
    false_refusals: float = 0.04
    frequent: int = 64


@dataclass(frozen=True)
class Lesson:
    """One text to learn from, and the classes it stands for, best first. Rules are learnt from, but are not questions."""

    text: str
    classes: tuple[int, ...]
    weight: float
    question: bool = True
    own: bool = True


@dataclass(frozen=True)
class Learnt:
    """A model that still lacks its calibrator, with what each of its samples shows when the model has not seen it."""

    model: Model
    lessons: tuple[Lesson, ...]
    linear: Floats
    nearest: Floats
    known: Floats
    lengths: Sequence[int]

    def unseen(self, at: int) -> Scores:
        return Scores(self.linear[at].tolist(), self.nearest[at].tolist(), float(self.known[at]), self.lengths[at])


def lessons(book: Rulebook, own: Iterable[Sample], common: Iterable[Sample], recipe: Recipe) -> list[Lesson]:
    """Everything that one promotion's model learns from."""
    classes = class_names(book)
    of = {name: at for at, name in enumerate(classes)}
    found = [
        Lesson(text, (of[clause.number],), recipe.rules_weight, question=False)
        for clause in book
        for language in LANGUAGES
        for text in (
            clause.text.get(language),
            f"{clause.label.get(language)}. {clause.title.get(language)}",
            clause.answer.get(language),
        )
    ]
    for source, mine in ((own, True), (common, False)):
        for sample in source:
            named = sample.clauses or (sample.silence or "rules_silent",)
            weight = 1.0 if mine else recipe.common_weight
            found.append(Lesson(sample.text, tuple(of[name] for name in named), weight, own=mine))
    return found


def class_names(book: Rulebook) -> tuple[str, ...]:
    return (*(clause.number for clause in book), *SILENCES)


def learn(slug_version: str, book: Rulebook, taught: Sequence[Lesson], concepts: str, recipe: Recipe) -> Learnt:
    """A promotion's model from its lessons."""
    classes = class_names(book)
    shown = [features(lesson.text, lexicon(concepts)) for lesson in taught]
    table = Table.of(shown, recipe)
    alike = table.kernel(recipe.frequent)
    weights = np.array([lesson.weight for lesson in taught])
    wanted = np.full((len(taught), len(classes)), -1.0)
    for at, lesson in enumerate(taught):
        for place, of in enumerate(lesson.classes):
            wanted[at, of] = 1.0 if place == 0 else recipe.further_clause
    # Ridge regression in its dual form. The constant stands for the bias, which is not held back.
    constant = 10.0
    inverse = np.linalg.inv(alike + constant + np.diag(recipe.caution / weights))
    dual = inverse @ wanted
    unseen_linear = wanted - dual / np.diag(inverse)[:, None]
    np.fill_diagonal(alike, 0.0)
    full = sum(weight * weight for weight in recipe.group_weights)
    unseen_nearest = np.zeros_like(wanted)
    for of in range(len(classes)):
        members = [at for at, lesson in enumerate(taught) if of in lesson.classes]
        if members:
            unseen_nearest[:, of] = alike[:, members].max(axis=1) / full
    model = table.model(slug_version, classes, len(book.clauses), dual, constant, full, taught, concepts, recipe)
    return Learnt(
        model, tuple(taught), unseen_linear, unseen_nearest, table.known(), [len(each.words) for each in shown]
    )


@dataclass(frozen=True)
class Table:
    """The marks of all lessons: `columns` and `values` lie lesson after lesson, `rows` says where each begins."""

    marks: Whole
    rarity: Narrow
    rows: Whole
    columns: Whole
    values: Narrow
    held_by: Whole
    beginnings: Sequence[Sequence[tuple[int, float]]]

    @staticmethod
    def of(shown: Sequence[Features], recipe: Recipe) -> Table:
        every = np.array(sorted({mark for each in shown for group in each.groups for mark in group}), dtype=np.int64)
        place = {int(mark): at for at, mark in enumerate(every)}
        held_by = np.zeros(len(every), dtype=np.int64)
        for each in shown:
            for group in each.groups:
                for mark in group:
                    held_by[place[mark]] += 1
        rarity = (np.log((1 + len(shown)) / (1 + held_by)) + 1).astype(np.float32)
        rows, columns, values = [0], [], []
        beginnings: list[list[tuple[int, float]]] = []
        for each in shown:
            for kind, (group, weight) in enumerate(zip(each.groups, recipe.group_weights, strict=True)):
                here = [(place[mark], OCCURRENCES[min(count, 63)]) for mark, count in group.items()]
                heard = [(at, times * float(rarity[at])) for at, times in here]
                norm = sqrt(sum(value * value for _, value in heard)) or 1.0
                columns += [at for at, _ in heard]
                values += [weight * value / norm for _, value in heard]
                if kind == 1:
                    beginnings.append([(at, value / norm) for at, value in heard])
            rows.append(len(columns))
        return Table(
            every,
            rarity,
            np.array(rows),
            np.array(columns, dtype=np.int64),
            np.array(values, dtype=np.float32),
            held_by,
            beginnings,
        )

    @property
    def height(self) -> int:
        return len(self.rows) - 1

    def _lesson_of(self) -> Whole:
        return np.repeat(np.arange(self.height), np.diff(self.rows))

    def kernel(self, frequent: int) -> Floats:
        """How alike every two lessons are. Frequent marks are multiplied as a block, rare ones pair by pair."""
        alike = np.zeros((self.height, self.height), dtype=np.float64)
        of = self._lesson_of()
        often = self.held_by > frequent
        dense_place = np.cumsum(often) - 1
        chosen = often[self.columns]
        for start in range(0, int(often.sum()), 2048):
            block = np.zeros((self.height, 2048), dtype=np.float32)
            place = dense_place[self.columns] - start
            here = chosen & (place >= 0) & (place < 2048)
            block[of[here], place[here]] = self.values[here]
            alike += block @ block.T
        seldom = np.flatnonzero(~chosen)
        seldom = seldom[np.argsort(self.columns[seldom], kind="stable")]
        borders = np.flatnonzero(np.diff(self.columns[seldom])) + 1
        for group in np.split(seldom, borders):
            lesson, value = of[group], self.values[group].astype(np.float64)
            if len(group) == 1:
                alike[lesson[0], lesson[0]] += value[0] * value[0]
            elif len(group):
                alike[np.ix_(lesson, lesson)] += np.outer(value, value)
        return alike

    def known(self) -> Floats:
        """The share of each lesson's word beginnings that another lesson has too."""
        return np.array([sum(value * value for at, value in each if self.held_by[at] > 1) for each in self.beginnings])

    def model(
        self,
        version: str,
        classes: tuple[str, ...],
        clauses: int,
        dual: Floats,
        constant: float,
        full: float,
        taught: Sequence[Lesson],
        concepts: str,
        recipe: Recipe,
    ) -> Model:
        """The flat arrays: the primal weights in whole numbers, and for each mark the lessons that hold it."""
        weights = np.zeros((len(self.marks), len(classes)), dtype=np.float32)
        for at in range(self.height):
            own = slice(self.rows[at], self.rows[at + 1])
            np.add.at(weights, self.columns[own], np.outer(self.values[own], dual[at]).astype(np.float32))
        scale = float(np.abs(weights).max()) / 127
        order = np.argsort(self.columns, kind="stable")
        posting_scale = float(self.values.max()) / 255
        further = [(at, of) for at, lesson in enumerate(taught) for of in lesson.classes[1:]]
        return Model(
            version=version,
            classes=classes,
            clauses=clauses,
            group_weights=recipe.group_weights,
            concepts=concepts,
            rarity_of_unknown=float(np.log(1 + self.height) + 1),
            bias=tuple((constant * dual.sum(axis=0)).tolist()),
            weight_scale=scale,
            mix=recipe.mix,
            calibrator=(),
            threshold=0.5,
            marks=self.marks.tolist(),
            rarity=self.rarity.tolist(),
            weights=np.rint(weights / scale).astype(np.int64).ravel().tolist(),
            first_posting=np.concatenate([[0], np.cumsum(self.held_by)]).tolist(),
            posting_sample=self._lesson_of()[order].tolist(),
            posting_value=np.rint(self.values[order] / posting_scale).astype(np.int64).tolist(),
            posting_scale=posting_scale / full,
            sample_class=[lesson.classes[0] for lesson in taught],
            also_sample=[at for at, _ in further],
            also_class=[of for _, of in further],
        )


def calibrate(learnt: Mapping[str, Learnt], recipe: Recipe) -> tuple[tuple[float, ...], float]:
    """When to trust an answer, learnt from what every sample shows to a model that has not seen it; and the threshold."""
    seen, answered = [], []
    for each in learnt.values():
        for at, lesson in enumerate(each.lessons):
            if lesson.question:
                scores = each.unseen(at)
                seen.append(evidence(mix(recipe.mix, scores), scores, each.model.clauses))
                answered.append(lesson.classes[0] < each.model.clauses)
    weights = logistic(np.array(seen), np.array(answered, dtype=np.float64))
    trust = sorted(confide(weights, row) for row, right in zip(seen, answered, strict=True) if right)
    return weights, trust[int(recipe.false_refusals * len(trust))]


def logistic(seen: Floats, answered: Floats, caution: float = 1.0) -> tuple[float, ...]:
    """Logistic regression by Newton's method; both outcomes count alike in sum."""
    spread = seen.std(axis=0)
    spread[0] = 1.0
    spread[spread == 0] = 1.0
    scaled = seen / spread
    weight = np.where(answered == 1, 0.5 / answered.mean(), 0.5 / (1 - answered.mean()))
    held = np.diag([0.0, *[caution] * (seen.shape[1] - 1)])
    found = np.zeros(seen.shape[1])
    for _ in range(30):
        trust = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weight * (trust - answered)) + held @ found
        bend = (scaled * (weight * trust * (1 - trust))[:, None]).T @ scaled + held
        found = found - np.linalg.solve(bend, slope)
    return tuple((found / spread).tolist())


@dataclass(frozen=True)
class Material:
    """All that the models of a folder of promotions are made from; `version` is its fingerprint."""

    books: Mapping[str, Rulebook]
    own: Mapping[str, Sequence[Sample]]
    shared: Sequence[Sample]
    concepts: str
    version: str

    @property
    def names(self) -> tuple[str, ...]:
        """The models that it takes: one for each promotion, and the one that tells the languages apart."""
        return (*self.books, LANGUAGE)

    def stale(self, models: Path) -> tuple[str, ...]:
        """The models of that folder that are missing or made from something else."""
        return tuple(name for name in self.names if read_version(model_path(models, name)) != self.version)


def gather(promotions: Path, recipe: Recipe | None = None) -> Material:
    """Raises CatalogError, SampleError, OSError."""
    books = {slug: promotion.rulebook for slug, promotion in load_all(promotions).items()}
    common = promotions / "common"
    concepts = (common / "concepts.txt").read_text("utf-8")
    shared = read_samples(common)
    own = {slug: read_samples(promotions / slug, [clause.number for clause in book]) for slug, book in books.items()}
    version = made_from(repr((recipe or Recipe(), concepts, shared, own, books)))
    return Material(books, own, shared, concepts, version)


def publish(
    promotions: Path, models: Path, recipe: Recipe | None = None, tell: Callable[[str], None] | None = None
) -> str:
    """Makes the models of all promotions anew if anything that they are made from has changed; their version.

    `tell` hears the name of each model as its making begins, and nothing where all are fresh.
    """
    recipe = recipe or Recipe()
    material = gather(promotions, recipe)
    if not material.stale(models):
        return material.version
    tell = tell or (lambda _: None)
    learnt = {}
    for slug, book in material.books.items():
        tell(slug)
        taught = lessons(book, material.own[slug], material.shared, recipe)
        learnt[slug] = learn(material.version, book, taught, material.concepts, recipe)
    tell(LANGUAGE)
    calibrator, threshold = calibrate(learnt, recipe)
    for slug, each in learnt.items():
        write_model(model_path(models, slug), replace(each.model, calibrator=calibrator, threshold=threshold))
    detector = learn_language(texts(material.books, material.own, material.shared))
    write_detector(model_path(models, LANGUAGE), detector, material.version)
    return material.version


def made_from(said: str) -> str:
    """A fingerprint of everything that the models are made from, and of the code that makes them."""
    digest = sha256(said.encode())
    here = Path(__file__).parent
    for module in (
        "storage/training.py",
        "storage/speech.py",
        "domain/skeleton.py",
        "domain/features.py",
        "domain/language.py",
    ):
        digest.update((here.parent / module).read_bytes())
    return digest.hexdigest()[:16]


def texts(
    books: Mapping[str, Rulebook], own: Mapping[str, Sequence[Sample]], shared: Sequence[Sample]
) -> Iterator[tuple[str, Language]]:
    """Everything of known language."""
    for slug, book in books.items():
        for clause in book:
            for language in LANGUAGES:
                yield clause.text.get(language), language
                yield clause.answer.get(language), language
        for sample in own[slug]:
            yield sample.text, sample.language
    for sample in shared:
        yield sample.text, sample.language


if __name__ == "__main__":
    here = Path(__file__).parent.parent
    print(publish(here / "promotions", here / "var" / "models"))
