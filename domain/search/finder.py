"""Finds the clause that answers a question, or says that none does and what the person wants instead.

Leaves the arithmetic to `model`, and the words of the reply to the dialogs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import exp
from typing import Literal, get_args

from domain.search.features import features
from domain.search.model import Model, Scores

Silence = Literal["rules_silent", "offtopic", "smalltalk", "thanks", "greeting", "abuse", "person"]
"""Why no clause answers."""
Kind = Literal["answer", "choose", "rules_silent", "offtopic", "smalltalk", "thanks", "greeting", "abuse", "person"]
SILENCES: tuple[Silence, ...] = get_args(Silence)

SHORT = 2
"""A question of so few words is answered on less: a button costs less than a refusal."""
CLOSE = 0.08
"""Two clauses are close where their scores differ by less: above that the first is right in 94 to 97 %."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause and how well it fits; only the order and the distance within one finding mean anything."""

    number: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question asks for. `clauses` are the nearest, best first, also where they do not answer.

    `table` is the clause whose words answer best where that is a table: what it belongs to stands right before it.
    """

    kind: Kind
    clauses: tuple[Scored, ...]
    confidence: float
    table: str | None = None

    @property
    def best(self) -> str:
        """The clause to show. Raises IndexError where there is none."""
        return self.table or self.clauses[0].number

    @property
    def answered(self) -> bool:
        return self.kind in ("answer", "choose")


class Finder:
    """Reads questions about one promotion."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._within = {table: around for table, around in zip(model.classes, model.within, strict=False) if around}

    def find(self, question: str) -> SearchResult:
        model = self._model
        scores = model.score(features(question, model.lexicon))
        mixed = mix(model.mix, scores)
        ranked = sorted(range(model.clauses), key=lambda at: -mixed[at])[:3]
        nearest = [Scored(model.classes[at], mixed[at]) for at in ranked]
        table = nearest[0].number if nearest[0].number in self._within else None
        clauses = self._with_parents(nearest)
        confidence = confide(model.calibrator, evidence(mixed, scores, model.clauses))
        loudest = max(range(model.clauses, len(mixed)), key=lambda at: mixed[at])
        silence = SILENCES[loudest - model.clauses]
        if (
            (silence == "person" and mixed[loudest] > mixed[ranked[0]])
            or confidence < model.threshold
            or not scores.length
        ):
            return SearchResult(silence, clauses, 1 - confidence, table)
        rivals = (each.score for each in nearest[1:] if not self._belong(nearest[0], each))
        close = nearest[0].score - next(rivals, float("-inf")) < CLOSE
        return SearchResult("choose" if close else "answer", clauses, confidence, table)

    def _belong(self, one: Scored, other: Scored) -> bool:
        """Whether one is a table and the other what it belongs to."""
        return other.number == self._within.get(one.number) or one.number == self._within.get(other.number)

    def _with_parents(self, nearest: Sequence[Scored]) -> tuple[Scored, ...]:
        """What a table belongs to stands right before it, if not earlier."""
        found: dict[str, Scored] = {}
        for each in nearest:
            for number in (self._within.get(each.number), each.number):
                if number and number not in found:
                    found[number] = Scored(number, each.score)
        return tuple(found.values())[: len(nearest)]


def mix(shares: Sequence[float], scores: Scores) -> list[float]:
    """One score for every class."""
    learnt, alike = shares
    return [learnt * line + alike * near for line, near in zip(scores.linear, scores.nearest, strict=True)]


def evidence(mixed: Sequence[float], scores: Scores, clauses: int) -> tuple[float, ...]:
    """What speaks for and against there being an answer at all, one by one and in pairs."""
    first, second, third, *_ = *sorted(range(clauses), key=lambda at: -mixed[at])[:3], 0, 0
    silent = max(mixed[clauses:])
    near, far = max(scores.nearest[:clauses]), max(scores.nearest[clauses:])
    alone = (
        mixed[first],
        mixed[first] - mixed[second],
        mixed[first] - silent,
        mixed[third],
        mixed[clauses],
        max(mixed[clauses + 1 :]),
        scores.linear[first],
        max(scores.linear[clauses:]),
        near,
        far,
        scores.nearest[first] - far,
        scores.known,
        1.0 if scores.length <= SHORT else 0.0,
        1.0 / (1 + scores.length),
    )
    return (1.0, *alone, *(one * other for one, other in combinations_with_replacement(alone, 2)))


def confide(calibrator: Sequence[float], seen: Sequence[float]) -> float:
    """The probability that the rules answer the question."""
    weighed = sum(weight * each for weight, each in zip(calibrator, seen, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, weighed))))
