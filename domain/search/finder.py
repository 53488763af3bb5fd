"""Finds the point that a question asks for, or says that none does and what the person wants instead.

Not here: the arithmetic (see model.py) and the words of the reply (see dialogs/rules/).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from math import exp
from typing import Literal, get_args

from domain.search.features import features
from domain.search.model import Model, Scores

Silence = Literal["rules_silent", "offtopic", "smalltalk", "thanks", "greeting", "abuse", "person"]
"""Why no clause answers."""
Kind = Literal[
    "answer", "choose", "unsure", "rules_silent", "offtopic", "smalltalk", "thanks", "greeting", "abuse", "person"
]
SILENCES: tuple[Silence, ...] = get_args(Silence)

SHORT = 2
"""A question of so few words is answered on less: a button costs less than a refusal."""
CLOSE = 0.12
"""Two answers are close where their scores differ by less: then both are given."""
AMBIGUOUS = 0.25
"""The same for a text that is hardly a question (`SHORT`): nearer still, the person says which one is meant."""
FLOOR = 0.25
"""The confidence in an answer below which nothing is shown as the nearest sentence."""
SHOWN = 5
"""Hits of a result at most; a reply shows fewer."""
SURE_SIDE = 0.4
"""How far a question must lean to one side before the reply begins with yes or no."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that answers: a point (`#id` without the `#`), or a whole clause where `point` is None."""

    point: str | None
    clauses: tuple[str, ...]
    score: float
    silent: bool = False

    @property
    def number(self) -> str:
        """The clause it stands on first, "" for a silence that no clause comes near."""
        return self.clauses[0] if self.clauses else ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question asks for. `hits` come best first: those of the kind that answers before the others.

    `both`: the first two answer together. `side`: above zero what is asked is so, below it is not; from `SURE_SIDE` on that is sure.
    """

    kind: Kind
    hits: tuple[Hit, ...]
    confidence: float
    both: bool = False
    side: float = 0.0
    yes_no: bool = False

    @property
    def answered(self) -> bool:
        return self.kind in ("answer", "choose")

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the hits in their order, each once."""
        return tuple(dict.fromkeys(number for hit in self.hits for number in hit.clauses))


class Finder:
    """Reads questions about one promotion."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._within = dict(model.within)
        end = len(model.classes) - model.silences
        self._stated = [at for at in range(end) if not model.silent[at]]
        self._silent = [at for at in range(end) if model.silent[at]]
        self._end = end

    def find(self, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        """`near` are the clauses that the talk has just been about: what stands on them gets `pull` more."""
        model = self._model
        shown = model.score(features(question, model.lexicon))
        if near and pull:
            drawn = [
                score + pull if clauses and clauses[0] in near else score
                for score, clauses in zip(shown.scores, model.clauses, strict=True)
            ]
            shown = replace(shown, scores=drawn)
        scores = shown.scores
        stated = sorted(self._stated, key=lambda at: -scores[at])[:8]
        silent = sorted(self._silent, key=lambda at: -scores[at])[:2]
        seen = evidence(scores, shown, self._stated, self._silent, self._end, model.clauses)
        confidence = confide(model.answerable, seen)
        hits = self._distinct(stated, scores)
        loudest = max(range(self._end, len(scores)), key=lambda at: scores[at])
        silence = SILENCES[loudest - self._end]
        best = scores[stated[0]] if stated else 0.0
        if not shown.length:
            return SearchResult("smalltalk", hits, 0.0)
        top_silent = max((scores[at] for at in silent), default=-1.0)
        unsaid = max(top_silent, scores[self._end])
        about = max(best, unsaid) >= max(scores[self._end + 1 :]) and unsaid > best - CLOSE
        if about and confide(model.known_silence, seen) >= model.known_silence_from:
            if silent and top_silent >= scores[self._end] - AMBIGUOUS:
                hits = (self._hit(silent[0], scores), *hits)
            return SearchResult("rules_silent", hits, 1 - confidence)
        if confidence >= model.answerable_from and not (silence == "person" and scores[loudest] > best):
            return self._answer(stated[0], hits, confidence, shown)
        if silence != "rules_silent" and scores[loudest] > top_silent:
            return SearchResult(silence, hits, 1 - confidence)
        return SearchResult("unsure", hits, confidence)

    def _answer(self, best: int, hits: tuple[Hit, ...], confidence: float, shown: Scores) -> SearchResult:
        model = self._model
        yes_no = model.is_yes_no(shown) > 0
        side = model.side(shown, best)
        gap = hits[0].score - hits[1].score if len(hits) > 1 else 1.0
        short = shown.length <= SHORT
        if short and gap < CLOSE:
            return SearchResult("choose", hits, confidence)
        return SearchResult("answer", hits, confidence, gap < (AMBIGUOUS if short else CLOSE), side, yes_no)

    def _hit(self, at: int, scores: Sequence[float]) -> Hit:
        model = self._model
        name, clauses = model.classes[at], model.clauses[at]
        if name.startswith("#"):
            around = self._within.get(clauses[0]) if clauses else None
            whole = (around, *(each for each in clauses if each != around)) if around else clauses
            return Hit(name[1:], whole, scores[at], model.silent[at])
        around = self._within.get(name)
        return Hit(None, (around, name) if around else (name,), scores[at])

    def _distinct(self, ranked: Sequence[int], scores: Sequence[float]) -> tuple[Hit, ...]:
        """The best points, at most three; a whole clause only where none of its points stands before it."""
        hits: list[Hit] = []
        for at in ranked:
            hit = self._hit(at, scores)
            if hit.point is None and any(hit.number in other.clauses for other in hits):
                continue
            hits.append(hit)
        return tuple(hits[:SHOWN])


def evidence(
    scores: Sequence[float],
    shown: Scores,
    stated: Sequence[int],
    silent: Sequence[int],
    end: int,
    clauses: Sequence[tuple[str, ...]],
) -> tuple[float, ...]:
    """What speaks for and against there being an answer at all, one by one and in pairs."""
    best = max(stated, key=lambda at: scores[at])
    rival = max((scores[at] for at in stated if clauses[at][:1] != clauses[best][:1]), default=-1.0)
    unsaid = max((scores[at] for at in silent), default=-1.0)
    rules_silent, *others = scores[end:]
    alone = (
        scores[best],
        scores[best] - rival,
        scores[best] - unsaid,
        scores[best] - rules_silent,
        scores[best] - max(others),
        unsaid,
        rules_silent,
        shown.known,
        1.0 if shown.length <= SHORT else 0.0,
        1.0 / (1 + shown.length),
    )
    return (1.0, *alone, *(one * other for one, other in combinations_with_replacement(alone, 2)))


def confide(calibrator: Sequence[float], seen: Sequence[float]) -> float:
    """A probability by logistic regression."""
    weighed = sum(weight * each for weight, each in zip(calibrator, seen, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, weighed))))
