"""Finds clauses of different promotions that answer the same questions, and lends their samples to each other.

Leaves learning to `training`; it is what makes a promotion with few samples of its own answer well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from domain.search.folding import words
from storage.answers.marks import Floats
from storage.promotions.samples import Sample

MOST, MOST_BACK = 0.5, 0.4
"""The share of a clause's samples that another promotion must give to one clause of its own, and that one must give back."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one promotion's model takes another promotion's sample for: its best clause, and whether any clause at all."""

    source: str
    sample: Sample
    clause: str
    score: float
    silent: bool


def guesses(source: str, samples: Sequence[Sample], judged: Floats, clauses: Sequence[str]) -> list[Guess]:
    """The guesses of a model whose classes begin with `clauses`."""
    best = judged[:, : len(clauses)].argmax(axis=1)
    score = judged[:, : len(clauses)].max(axis=1)
    silent = judged[:, len(clauses) :].max(axis=1) > score
    return [
        Guess(source, sample, clauses[int(best[at])], float(score[at]), bool(silent[at]))
        for at, sample in enumerate(samples)
    ]


def links(guessed: Mapping[str, Sequence[Guess]]) -> dict[tuple[str, str, str], str]:
    """(borrower, lender, the lender's clause) -> the borrower's clause, where each takes the other's questions for its own."""
    taken: dict[tuple[str, str, str], Counter[str | None]] = {}
    for borrower, each in guessed.items():
        for guess in each:
            if guess.sample.clauses:
                key = (borrower, guess.source, guess.sample.clauses[0])
                taken.setdefault(key, Counter())[None if guess.silent else guess.clause] += 1
    found = {}
    for (borrower, lender, clause), counted in taken.items():
        own, count = max(counted.items(), key=lambda item: (item[1], str(item[0])))
        if own is None or count < MOST * counted.total():
            continue
        back = taken.get((lender, borrower, own), Counter())
        if back and back[clause] == max(back.values()) and back[clause] >= MOST_BACK * back.total():
            found[borrower, lender, clause] = own
    return found


def shared_samples(
    borrower: str,
    own: Sequence[Sample],
    guessed: Sequence[Guess],
    linked: Mapping[tuple[str, str, str], str],
    most: int,
    most_silent: int,
) -> list[Sample]:
    """The samples that others lend: up to so many a clause with its own, evenly chosen; the hardest of those nobody answers."""
    known = {tuple(words(sample.text)) for sample in own}
    answers: dict[str, list[Sample]] = {}
    silent: list[tuple[float, Sample]] = []
    for guess in guessed:
        spelled = tuple(words(guess.sample.text))
        if spelled in known:
            continue
        if guess.sample.clauses:
            mine = linked.get((borrower, guess.source, guess.sample.clauses[0]))
            if mine and mine == guess.clause:
                answers.setdefault(mine, []).append(Sample(guess.sample.text, guess.sample.language, (mine,)))
                known.add(spelled)
        elif guess.silent and guess.sample.silence == "rules_silent":
            silent.append((guess.score, guess.sample))
            known.add(spelled)
    has = Counter(clause for sample in own for clause in sample.clauses[:1])
    lent = [
        sample
        for clause, each in sorted(answers.items())
        for sample in sorted(each, key=_evenly)[: max(0, most - has[clause])]
    ]
    hardest = sorted(silent, key=lambda pair: (-round(pair[0], 6), pair[1].text))
    return lent + [sample for _, sample in hardest[:most_silent]]


def _evenly(sample: Sample) -> tuple[int, str]:
    return crc32(sample.text.encode()), sample.text
