"""Learns from rules and sample questions which clause a question wants: done once, when a promotion is published.

Leaves the arithmetic to `table` and `regression`, keeping the result to `models`, and using it to the domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from domain.rulebook import LANGUAGES, Language, Rulebook
from domain.search.finder import confide, evidence, mix
from domain.search.model import Model, Scores
from storage.answers.files import LANGUAGE, model_path, read_version, write_detector, write_model
from storage.answers.language import learn_language
from storage.answers.lessons import Course, Recipe, School, course
from storage.answers.marks import Floats, MarkTable, Narrow
from storage.answers.regression import CONSTANT, logistic, ridge, ridge_alone
from storage.answers.sharing import Guess, guesses, links, shared_samples
from storage.promotions.catalog import load_all
from storage.promotions.samples import Sample, read_samples

MADE_BY = (
    *(f"domain/search/{module}.py" for module in ("features", "finder", "folding", "language", "model")),
    *(
        f"storage/answers/{module}.py"
        for module in ("files", "language", "lessons", "marks", "regression", "sharing", "training")
    ),
    "storage/promotions/samples.py",
)
"""The code that a model is made by: if it changes, the model is made anew."""


@dataclass(frozen=True)
class Learnt:
    """A model that still lacks its calibrator, and what each lesson looks like to a model that has not seen it."""

    model: Model
    course: Course
    linear: Narrow
    nearest: Narrow
    known: Floats

    def unseen(self, at: int) -> Scores:
        length = self.course.shown[at].length
        return Scores(self.linear[at].tolist(), self.nearest[at].tolist(), float(self.known[at]), length)


def publish(promotions: Path, models: Path, recipe: Recipe | None = None) -> str:
    """Makes the models of all promotions anew if anything that they are made from has changed; their version."""
    recipe = recipe or Recipe()
    books = {slug: promotion.rulebook for slug, promotion in load_all(promotions).items()}
    common = read_samples(promotions / "common")
    own = {slug: read_samples(promotions / slug, [clause.number for clause in book]) for slug, book in books.items()}
    concepts = (promotions / "common" / "concepts.txt").read_text("utf-8")
    version = made_from(repr((recipe, concepts, common, own, books)))
    if any(read_version(model_path(models, name)) != version for name in (*books, LANGUAGE)):
        learnt = learn_all(books, own, common, School(concepts), recipe, version)
        calibrator, threshold = calibrate(learnt, recipe)
        for slug, each in learnt.items():
            write_model(model_path(models, slug), replace(each.model, calibrator=calibrator, threshold=threshold))
        write_detector(model_path(models, LANGUAGE), learn_language(texts(books, own, common)), version)
    return version


def made_from(said: str) -> str:
    """A fingerprint of everything that the models are made from, and of the code that makes them."""
    digest = sha256(said.encode())
    home = Path(__file__).parents[2]
    for module in MADE_BY:
        digest.update((home / module).read_bytes())
    return digest.hexdigest()[:16]


def texts(
    books: Mapping[str, Rulebook], own: Mapping[str, Sequence[Sample]], common: Sequence[Sample]
) -> Iterator[tuple[str, Language]]:
    """Everything of known language."""
    for clause in (clause for book in books.values() for clause in book):
        for language in LANGUAGES:
            yield clause.text.get(language), language
            yield clause.answer.get(language), language
    for sample in (sample for each in (*own.values(), common) for sample in each):
        yield sample.text, sample.language


def learn_all(
    books: Mapping[str, Rulebook],
    own: Mapping[str, Sequence[Sample]],
    common: Sequence[Sample],
    school: School,
    recipe: Recipe,
    version: str,
) -> dict[str, Learnt]:
    """All models: first each from its own samples alone, to see what it can borrow; then with what the others lend."""
    guessed = {
        slug: guess(slug, course(book, own[slug], (), (), school, recipe), own, school, recipe)
        for slug, book in books.items()
    }
    linked = links(guessed)
    learnt = {}
    for slug, book in books.items():
        lent = shared_samples(slug, own[slug], guessed[slug], linked, recipe.most_lent, recipe.most_lent_silent)
        learnt[slug] = learn(course(book, own[slug], lent, common, school, recipe), school, recipe, version)
    return learnt


def guess(slug: str, alone: Course, own: Mapping[str, Sequence[Sample]], school: School, recipe: Recipe) -> list[Guess]:
    """What a promotion that knows only its own samples takes the others' samples for: whole words tell enough."""
    alone = replace(alone, shown=tuple(shown.coarse() for shown in alone.shown))
    table = alone.table(recipe)
    dual = ridge_alone(table.alike(table.group >= 0), alone.held(recipe), alone.wanted())
    weights, bias = table.weights(dual), CONSTANT * dual.sum(axis=0)
    clauses = [clause.number for clause in alone.book]
    found: list[Guess] = []
    for other, samples in own.items():
        if other != slug and samples:
            shown = [each.coarse() for each in school.read([sample.text for sample in samples])]
            found += guesses(other, samples, table.judge(shown, weights, recipe.group_weights) + bias, clauses)
    return found


def learn(studied: Course, school: School, recipe: Recipe, version: str) -> Learnt:
    """A promotion's model from its lessons."""
    table = studied.table(recipe)
    like = table.alike(table.group > 0)
    dual, linear = ridge(table.alike(table.group == 0) + like, studied.held(recipe), studied.wanted())
    np.fill_diagonal(like, 0.0)
    full = sum(weight * weight for weight in recipe.group_weights[1:])
    nearest = np.zeros_like(linear)
    for of in range(len(studied.classes)):
        members = [at for at, lesson in enumerate(studied.lessons) if of in lesson.classes]
        if members:
            nearest[:, of] = like[:, members].max(axis=1) / full
    return Learnt(
        assemble(studied, table, dual, full, school, recipe, version), studied, linear, nearest, table.known()
    )


def assemble(
    studied: Course, table: MarkTable, dual: Narrow, full: float, school: School, recipe: Recipe, version: str
) -> Model:
    """The flat arrays that are kept: weights as small whole numbers; for each mark but pieces the lessons that hold it."""
    weights = table.weights(dual)
    scale = float(np.abs(weights).max()) / 127
    posted = np.flatnonzero(table.group > 0)
    posted = posted[np.argsort(table.column[posted], kind="stable")]
    posting_scale = float(table.value[posted].max()) / 255
    postings = np.bincount(table.column[posted], minlength=len(table.marks))
    further = [(at, of) for at, lesson in enumerate(studied.lessons) for of in lesson.classes[1:]]
    return Model(
        version=version,
        classes=studied.classes,
        clauses=len(studied.book.clauses),
        within=tuple(clause.within or "" for clause in studied.book),
        group_weights=recipe.group_weights,
        concepts=school.concepts,
        rarity_of_unknown=table.rarity_of_unknown,
        bias=tuple(np.round(CONSTANT * dual.sum(axis=0), 6).tolist()),
        weight_scale=scale,
        mix=recipe.mix,
        calibrator=(),
        threshold=0.5,
        marks=table.marks.tolist(),
        rarity=table.rarity.tolist(),
        weights=np.rint(weights / scale).astype(np.int64).ravel().tolist(),
        first_posting=[0, *np.cumsum(postings).tolist()],
        posting_sample=table.row[posted].tolist(),
        posting_value=np.rint(table.value[posted] / posting_scale).astype(np.int64).tolist(),
        posting_scale=posting_scale / full,
        sample_class=[lesson.classes[0] for lesson in studied.lessons],
        also_sample=[at for at, _ in further],
        also_class=[of for _, of in further],
    )


def calibrate(learnt: Mapping[str, Learnt], recipe: Recipe) -> tuple[tuple[float, ...], float]:
    """When to trust an answer: learnt from what every sample looks like to a model that has not seen it."""
    seen, right, counts = [], [], []
    for each in learnt.values():
        for at, lesson in enumerate(each.course.lessons):
            if lesson.tested:
                scores = each.unseen(at)
                seen.append(evidence(mix(recipe.mix, scores), scores, each.model.clauses))
                right.append(lesson.classes[0] < each.model.clauses)
                counts.append(lesson.tested)
    answered, weights = np.array(right), np.array(counts)
    for outcome in (True, False):
        weights[answered == outcome] *= 0.5 * len(counts) / max(weights[answered == outcome].sum(), 1e-9)
    found = logistic(np.array(seen), answered.astype(np.float64), weights)
    calibrator = tuple(np.round(found, 6).tolist())
    trust = sorted(confide(calibrator, row) for row, has in zip(seen, right, strict=True) if has)
    return calibrator, round(trust[int(recipe.false_refusals * len(trust))], 6)
