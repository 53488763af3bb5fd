"""Learns the answer models of all promotions and writes them: what each mark speaks for, and when to trust an answer.

Not here: what is learnt from (see lessons.py), the arithmetic (see regression.py, marks.py), the sides of questions (see sides.py),
when to trust an answer (see calibrating.py) and the file (see files.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from domain.promotion import Promotion
from domain.rulebook import LANGUAGES, Language
from domain.search.finder import SILENCES
from domain.search.model import Model
from storage.answers.calibrating import Unseen, calibrate
from storage.answers.files import LANGUAGE, fingerprint, model_path, read_version, write_detector, write_model
from storage.answers.language import learn_language
from storage.answers.lessons import Course, Recipe, School, course
from storage.answers.marks import MarkTable, Narrow
from storage.answers.regression import CONSTANT, ridge
from storage.answers.sides import learn_sides
from storage.answers.wishes import publish_wishes
from storage.promotions.catalog import load_all
from storage.promotions.samples import Sample, read_samples

MADE_BY = (
    *(f"domain/search/{module}.py" for module in ("features", "finder", "folding", "language", "model")),
    *(
        f"storage/answers/{module}.py"
        for module in ("calibrating", "files", "language", "lessons", "marks", "regression", "sides", "training")
    ),
    "storage/promotions/samples.py",
)
"""The code that a model is made by: if it changes, the model is made anew."""


@dataclass(frozen=True)
class Learnt:
    """A model that still lacks its calibrators, and how its lessons look to a model that has not seen them."""

    model: Model
    unseen: Unseen


@dataclass(frozen=True)
class Material:
    """Everything that the models are made from."""

    promotions: Mapping[str, Promotion]
    own: Mapping[str, Sequence[Sample]]
    common: Sequence[Sample]
    concepts: str

    @staticmethod
    def read(folder: Path) -> Material:
        """Raises CatalogError, SampleError, OSError."""
        promotions = load_all(folder)
        own = {
            slug: read_samples(folder / slug, [clause.number for clause in each.rulebook], each.points)
            for slug, each in promotions.items()
        }
        concepts = (folder / "common" / "concepts.txt").read_text("utf-8")
        return Material(promotions, own, read_samples(folder / "common"), concepts)

    def version(self, recipe: Recipe) -> str:
        """A fingerprint of everything that the models are made from, and of the code that makes them."""
        books = {slug: (each.rulebook, each.points) for slug, each in self.promotions.items()}
        return fingerprint(repr((recipe, self.concepts, self.common, self.own, books)), MADE_BY)

    @property
    def quoted(self) -> set[str]:
        """The ids of the points that warnings of fraud quote, and of those that stand on the same clause: who calls, who pays what."""
        quoted: set[str] = set()
        for each in self.promotions.values():
            if each.safety:
                told = (each.point(each.safety.told), each.point(each.safety.costs))
                numbers = {point.clauses[0] for point in told if point and point.clauses}
                quoted |= {point.id for point in each.points if not numbers.isdisjoint(point.clauses[:1])}
        return quoted

    @property
    def samples(self) -> list[Sample]:
        """Those of all promotions and the common ones."""
        return [*self.common, *(sample for each in self.own.values() for sample in each)]

    def texts(self) -> Iterator[tuple[str, Language]]:
        """Everything of known language."""
        for promotion in self.promotions.values():
            for language in LANGUAGES:
                for clause in promotion.rulebook:
                    yield clause.text.get(language), language
                    yield clause.answer.get(language), language
        for sample in (sample for each in (*self.own.values(), self.common) for sample in each):
            yield sample.text, sample.language


def publish(promotions: Path, models: Path, recipe: Recipe | None = None) -> str:
    """Makes the models of all promotions anew if anything that they are made from has changed; their version."""
    recipe = recipe or Recipe()
    material = Material.read(promotions)
    version = material.version(recipe)
    if any(read_version(model_path(models, name)) != version for name in (*material.promotions, LANGUAGE)):
        school = School(material.concepts)
        learnt = {
            slug: learn(course(each, material.own[slug], material.common, school, recipe), recipe, version, school)
            for slug, each in material.promotions.items()
        }
        trust = calibrate([each.unseen for each in learnt.values()], recipe)
        for slug, done in learnt.items():
            write_model(model_path(models, slug), replace(done.model, **trust))
        write_detector(model_path(models, LANGUAGE), learn_language(material.texts()), version)
    publish_wishes(promotions, models, material.samples, material.quoted)
    return version


def learn(studied: Course, recipe: Recipe, version: str, school: School) -> Learnt:
    """A promotion's model from its lessons."""
    table = studied.table(recipe)
    alike = table.alike()
    sides, side_bias, leaning = learn_sides(studied, alike)
    sides_alike = alike @ sides
    dual, linear, dual_alike = ridge(alike, studied.held(recipe), studied.wanted())
    width, groups = len(studied.classes), np.array(studied.groups)

    def joined(each: Narrow) -> Narrow:
        shared = each[:, width:-1][:, groups].sum(axis=2)
        return np.asarray(each[:, :width] + recipe.together * shared, dtype=np.float32)

    says = np.concatenate([joined(dual), sides, dual[:, -1:]], axis=1)
    together = says.T @ np.concatenate([joined(dual_alike), sides_alike, dual_alike[:, -1:]], axis=1)
    model = assemble(studied, table, says, together, side_bias, recipe, version, school)
    return Learnt(model, Unseen(studied, joined(linear), table.known(), leaning))


def assemble(
    studied: Course,
    table: MarkTable,
    says: Narrow,
    together: Narrow,
    side_bias: Sequence[float],
    recipe: Recipe,
    version: str,
    school: School,
) -> Model:
    """The flat arrays that are kept: what every mark speaks for, pressed into few dimensions (singular value decomposition).

    `says` is what every text speaks for, and `together` how the outputs go together: only the few kept dimensions are counted mark by mark.
    """
    strength, turned = np.linalg.eigh((together + together.T).astype(np.float64))
    kept = np.argsort(strength)[::-1][: recipe.rank]
    heads = turned[:, kept].T.astype(np.float32)  # rank x outputs
    shared = table.shared()
    places = table.weights(says @ heads.T)[shared]
    scale = np.abs(places).max(axis=0) / 127 + 1e-12
    width = len(studied.classes)
    bias = CONSTANT * says.sum(axis=0)
    return Model(
        version=version,
        classes=studied.classes,
        silences=len(SILENCES),
        clauses=studied.clauses,
        silent=studied.silent,
        within=tuple((clause.number, clause.within) for clause in studied.promotion.rulebook if clause.within),
        group_weights=recipe.group_weights,
        concepts=school.concepts,
        rank=len(kept),
        rarity_of_unknown=table.rarity_of_unknown,
        place_scale=tuple(np.round(scale.astype(np.float64), 9).tolist()),
        bias=tuple(np.round(bias[:width].astype(np.float64), 6).tolist()),
        sign_bias=tuple(side_bias),
        form_bias=round(float(bias[-1]), 6),
        answerable=(),
        answerable_from=0.5,
        known_silence=(),
        known_silence_from=0.5,
        marks=table.marks[shared].tolist(),
        rarity=table.rarity[shared].tolist(),
        places=np.rint(places / scale).astype(np.int64).ravel().tolist(),
        heads=heads[:, :width].T.ravel().tolist(),
        signs=heads[:, width : 2 * width].T.ravel().tolist(),
        form=heads[:, -1].tolist(),
    )
