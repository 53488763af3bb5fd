"""Learns to tell what a person wants from a mere question: done once, when the promotions are published.

Not here: the arithmetic (see marks.py, regression.py), reading a text (see domain/search/wishes.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from domain.rulebook import LANGUAGES, Language
from domain.search.features import lexicon
from domain.search.wishes import PERSON, QUESTION, SAFETY, WishModel, wish_features
from storage.answers.files import WISHES, fingerprint, model_path, read_version, write_wishes
from storage.answers.marks import Floats, MarkTable, Narrow, Shown
from storage.answers.regression import CONSTANT, ridge, ridge_alone
from storage.promotions.samples import Sample, SampleError

MADE_BY = (
    *(f"domain/search/{module}.py" for module in ("features", "folding", "wishes")),
    *(f"storage/answers/{module}.py" for module in ("files", "marks", "regression", "wishes")),
)
"""The code that the model is made by: if it changes, the model is made anew."""
CONCEPTS = "intents.concepts.txt"


@dataclass(frozen=True)
class WishRecipe:
    """The numbers that were chosen by leaving texts out."""

    group_weights: tuple[float, ...] = (1.0, 1.0, 0.7, 0.7, 0.7, 0.7)
    caution: float = 0.5
    """How strongly a text's say is held back."""
    questions: int = 3000
    """How many of the promotions' own samples are learnt as questions: half those most like a wish, half at random."""
    surely_wishes: float = 1.0
    """A sample that no rule answers and that stands so far above a question is a wish that was filed under questions."""
    told_of_fraud: float = 0.3
    """The same for the points that a warning of fraud quotes: people are asked to pay, and the answer is who pays."""
    sure_from: float = 0.0
    """What is surely a wish stands at least so far above a question."""
    perhaps_fraud: float = 0.9
    """How far a sample that a rule answers may stand above a question as fraud: among so many some tell of one."""
    false_wishes: tuple[float, ...] = (0.016, 0.001, 0.01, 0.03)
    """The share of the questions taken at random that a model which has not seen them may take for fraud, a call for a person, surely or
    perhaps for another wish."""


@dataclass(frozen=True, slots=True)
class Intent:
    """How one person said what they want."""

    text: str
    language: Language
    wish: str


def read_intents(folder: Path) -> list[Intent]:
    """Raises SampleError."""
    return [
        intent
        for language in LANGUAGES
        if (path := folder / f"intents.{language}.txt").exists()
        for intent in _read(path, language)
    ]


def _read(path: Path, language: Language) -> Iterator[Intent]:
    wish = ""
    for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith("@"):
            wish = text[1:].strip()
        elif text and not text.startswith("#"):
            if not wish:
                raise SampleError(f"{path}:{at}: a text before the first @")
            yield Intent(text, language, wish)


def wishes_version(promotions: Path, samples: Sequence[Sample], quoted: Collection[str]) -> str:
    """A fingerprint of everything that the model is made from."""
    common = promotions / "common"
    said = (WishRecipe(), read_intents(common), (common / CONCEPTS).read_text("utf-8"), list(samples), sorted(quoted))
    return fingerprint(repr(said), MADE_BY)


def publish_wishes(promotions: Path, models: Path, samples: Sequence[Sample], quoted: Collection[str]) -> None:
    """Makes the model anew if anything that it is made from has changed.

    `samples` are those of all promotions and the common ones, `quoted` the ids of the points that warnings of fraud quote.
    """
    version, path = wishes_version(promotions, samples, quoted), model_path(models, WISHES)
    if read_version(path) != version:
        intents = read_intents(promotions / "common")
        concepts = (promotions / "common" / CONCEPTS).read_text("utf-8")
        write_wishes(path, learn_wishes(intents, samples, quoted, concepts, version, WishRecipe()))


def learn_wishes(
    intents: Sequence[Intent],
    samples: Sequence[Sample],
    quoted: Collection[str],
    concepts: str,
    version: str,
    recipe: WishRecipe,
) -> WishModel:
    """A model of the intents, with the promotions' samples as questions."""
    classes = (*sorted({intent.wish for intent in intents} | {QUESTION}), SAFETY)
    questions = _questions(intents, samples, quoted, classes, concepts, recipe)
    lessons = [(intent.text, intent.wish) for intent in intents] + [(text, QUESTION) for text in questions]
    table = MarkTable.of(_shown([text for text, _ in lessons], concepts), recipe.group_weights)
    wanted = _wanted([wish for _, wish in lessons], classes)
    dual, unseen, _ = ridge(table.alike(), _held(recipe, len(lessons)), wanted)
    weights = table.weights(dual)
    scale = float(np.abs(weights).max()) / 127
    return WishModel(
        version=version,
        classes=classes,
        group_weights=recipe.group_weights,
        concepts=concepts,
        rarity_of_unknown=table.rarity_of_unknown,
        bias=tuple(np.round(CONSTANT * dual.sum(axis=0), 6).tolist()),
        weight_scale=scale,
        margins=_margins(unseen[-min(len(questions), recipe.questions // 2) :], classes, recipe),
        marks=table.marks.tolist(),
        rarity=table.rarity.tolist(),
        weights=np.rint(weights / scale).astype(np.int64).ravel().tolist(),
    )


def _questions(
    intents: Sequence[Intent],
    samples: Sequence[Sample],
    quoted: Collection[str],
    classes: Sequence[str],
    concepts: str,
    recipe: WishRecipe,
) -> list[str]:
    """The samples to learn as questions, those taken at random last. What the intents alone take for a wish teaches most, unless it
    is one."""
    own = {intent.text.casefold() for intent in intents}
    pool = {
        s.text: s for s in samples if s.silence in (None, "rules_silent", "offtopic") and s.text.casefold() not in own
    }
    if not pool:
        return []
    table = MarkTable.of(_shown([intent.text for intent in intents], concepts), recipe.group_weights)
    dual = ridge_alone(table.alike(), _held(recipe, len(intents)), _wanted([i.wish for i in intents], classes))
    judged = table.judge(_shown(list(pool), concepts), table.weights(dual), recipe.group_weights)
    scores = judged + CONSTANT * dual.sum(axis=0)
    above, of_fraud = _above(scores, classes), scores[:, classes.index(SAFETY)] - scores[:, classes.index(QUESTION)]

    def is_question(sample: Sample, margin: float, fraud: float) -> bool:
        if sample.silence:
            return margin <= recipe.surely_wishes
        return margin <= recipe.told_of_fraud if sample.point in quoted else fraud <= recipe.perhaps_fraud

    kept = [
        (float(margin), sample.text)
        for margin, fraud, sample in zip(above, of_fraud, pool.values(), strict=True)
        if is_question(sample, margin, fraud)
    ]
    kept.sort(key=lambda pair: (-round(pair[0], 4), pair[1]))
    hard, rest = kept[: recipe.questions // 2], kept[recipe.questions // 2 :]
    rest.sort(key=lambda pair: crc32(pair[1].encode()))
    return [text for _, text in (*hard, *rest[: recipe.questions - len(hard)])]


def _shown(texts: Sequence[str], concepts: str) -> list[Shown]:
    return [Shown.of(wish_features(text, lexicon(concepts))) for text in texts]


def _wanted(wishes: Sequence[str], classes: Sequence[str]) -> Narrow:
    wanted = np.full((len(wishes), len(classes)), -1.0, dtype=np.float32)
    for at, wish in enumerate(wishes):
        wanted[at, classes.index(wish)] = 1.0
        if wish.startswith(f"{SAFETY}."):
            wanted[at, classes.index(SAFETY)] = 1.0
    return wanted


def _held(recipe: WishRecipe, size: int) -> Narrow:
    return np.full(size, recipe.caution, dtype=np.float32)


def _above(scores: Floats, classes: Sequence[str]) -> Floats:
    """How far the loudest wish stands above a question."""
    question = classes.index(QUESTION)
    return np.asarray(np.delete(scores, question, axis=1).max(axis=1) - scores[:, question])


def _margins(of_questions: Narrow, classes: Sequence[str], recipe: WishRecipe) -> tuple[float, ...]:
    """So far a wish must stand above a question that only so many questions do."""
    above = of_questions - of_questions[:, [classes.index(QUESTION)]]
    fraud = above[:, classes.index(SAFETY)]
    person = above[:, classes.index(PERSON)]
    others = [at for at, name in enumerate(classes) if name not in (QUESTION, PERSON) and not name.startswith(SAFETY)]
    loudest = above[:, others].max(axis=1)
    seen = (fraud, person, loudest, loudest)
    of_fraud, of_person, sure, perhaps = (
        round(float(np.quantile(each, 1 - share)), 4) for each, share in zip(seen, recipe.false_wishes, strict=True)
    )
    return of_fraud, of_person, max(sure, recipe.sure_from), perhaps
