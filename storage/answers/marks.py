"""The marks of many texts as one table of numbers, and how alike the texts are.

Not here: what the texts stand for (see training.py); finding marks (see domain/search/features.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.search.features import Features
from domain.search.model import OCCURRENCES

Floats = NDArray[np.float64]
Narrow = NDArray[np.float32]
Whole = NDArray[np.int64]

FREQUENT = 256
"""Marks of more texts than this are multiplied as a block, seldom ones pair by pair."""
PAIRS = 1 << 21
"""How many pairs of entries are taken at once, to spare memory."""


@dataclass(frozen=True)
class Shown:
    """One text: its marks, how much each counts, and its kind; and how many words it has."""

    marks: Whole
    times: Narrow
    group: Whole
    length: int

    @staticmethod
    def of(found: Features) -> Shown:
        marks = [mark for group in found.groups for mark in group]
        times = [OCCURRENCES[min(count, 63)] for group in found.groups for count in group.values()]
        kinds = np.repeat(np.arange(len(found.groups)), [len(group) for group in found.groups])
        return Shown(np.array(marks, dtype=np.int64), np.array(times, dtype=np.float32), kinds, len(found.words))


@dataclass(frozen=True)
class MarkTable:
    """The marks in rising order and how rare each is; then, text after text, the column and value of each of its marks."""

    marks: Whole
    rarity: Narrow
    held_by: Whole
    height: int
    row: Whole
    column: Whole
    group: Whole
    value: Narrow

    @staticmethod
    def of(texts: Sequence[Shown], weights: Sequence[float]) -> MarkTable:
        marks, column = np.unique(np.concatenate([text.marks for text in texts]), return_inverse=True)
        held_by = np.bincount(column, minlength=len(marks))
        rarity = (np.log((1 + len(texts)) / (1 + held_by)) + 1).astype(np.float32)
        row = np.repeat(np.arange(len(texts)), [len(text.marks) for text in texts])
        group = np.concatenate([text.group for text in texts])
        value = np.concatenate([text.times for text in texts]) * rarity[column]
        return MarkTable(marks, rarity, held_by, len(texts), row, column, group, _scaled(value, row, group, weights))

    @property
    def rarity_of_unknown(self) -> float:
        return float(np.log(1 + self.height) + 1)

    def known(self) -> Floats:
        """The share of each text's word beginnings that another text has too."""
        here = self.group == 1
        square = self.value[here].astype(np.float64) ** 2
        shared = square * (self.held_by[self.column[here]] > 1)
        return _sums(shared, self.row[here], self.height) / np.maximum(_sums(square, self.row[here], self.height), 1e-9)

    def shared(self) -> NDArray[np.bool_]:
        """The marks worth keeping: those of several texts, and the beginnings of all words. A piece that one text has says little."""
        words = np.zeros(len(self.marks), dtype=np.bool_)
        words[self.column[self.group == 1]] = True
        return words | (self.held_by > 1)

    def alike(self) -> Narrow:
        """How alike every two texts are."""
        often = self.held_by > FREQUENT
        place = np.where(often, np.cumsum(often) - 1, -1)[self.column]
        here = place >= 0
        block = np.zeros((self.height, int(often.sum())), dtype=np.float32)
        block[self.row[here], place[here]] = self.value[here]
        found = block @ block.T
        seldom = np.flatnonzero(place < 0)
        seldom = seldom[np.argsort(self.column[seldom], kind="stable")]
        shared = self.held_by[self.column[seldom]] > 1
        single, seldom = seldom[~shared], seldom[shared]
        found.flat[:: self.height + 1] += _sums(
            self.value[single].astype(np.float64) ** 2, self.row[single], self.height
        )
        _, starts, sizes = np.unique(self.column[seldom], return_index=True, return_counts=True)
        for size in np.unique(sizes):
            for some in np.array_split(starts[sizes == size], 1 + int(size * size * (sizes == size).sum()) // PAIRS):
                entries = seldom[some[:, None] + np.arange(size)]
                row, value = self.row[entries], self.value[entries]
                cells = row[:, :, None] * self.height + row[:, None, :]
                np.add.at(found.reshape(-1), cells.ravel(), (value[:, :, None] * value[:, None, :]).ravel())
        return found

    def weights(self, dual: Narrow) -> Narrow:
        """What every mark speaks for, given what every text speaks for."""
        order = np.argsort(self.column, kind="stable")
        starts = np.concatenate([[0], np.cumsum(self.held_by)[:-1]])
        value, row = self.value[order], self.row[order]
        found = np.empty((len(self.marks), dual.shape[1]), dtype=np.float32)
        for at in range(dual.shape[1]):
            found[:, at] = np.add.reduceat(value * np.ascontiguousarray(dual[:, at])[row], starts)
        return found

    def judge(self, texts: Sequence[Shown], weights: Narrow, kinds: Sequence[float]) -> Floats:
        """What other texts speak for by the weights of this table's marks."""
        marks = np.concatenate([text.marks for text in texts])
        row = np.repeat(np.arange(len(texts)), [len(text.marks) for text in texts])
        group = np.concatenate([text.group for text in texts])
        column = np.minimum(np.searchsorted(self.marks, marks), len(self.marks) - 1)
        hit = self.marks[column] == marks
        rarity = np.where(hit, self.rarity[column], np.float32(self.rarity_of_unknown))
        value = _scaled(np.concatenate([text.times for text in texts]) * rarity, row, group, kinds)
        found = np.zeros((len(texts), weights.shape[1]))
        for at in range(weights.shape[1]):
            found[:, at] = _sums(value[hit] * weights[column[hit], at], row[hit], len(texts))
        return found


def _scaled(value: Narrow, row: Whole, group: Whole, weights: Sequence[float]) -> Narrow:
    """Every kind of mark of every text scaled to its kind's weight."""
    cell = row * len(weights) + group
    length = np.sqrt(_sums(value.astype(np.float64) ** 2, cell, int(cell.max()) + 1))
    return np.asarray(value * np.array(weights)[group] / length[cell], dtype=np.float32)


def _sums(value: NDArray[np.floating], place: Whole, length: int) -> Floats:
    return np.asarray(np.bincount(place, weights=value, minlength=length), dtype=np.float64)
