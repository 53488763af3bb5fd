"""Which of many short texts say about the same: groups by their folded words, in either language.

Not here: what a text asks (see domain/search/). Pure and quadratic in the number of groups: made for some thousand texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from domain.search.folding import words

LIKE: Final = 0.5
"""Share of common word beginnings from which two texts are taken for one question."""
_STEM: Final = 5
"""Letters of a word that count: endings carry grammar and not the matter."""


def grouped(texts: Iterable[str]) -> list[list[int]]:
    """The places of the texts group by group, the largest group first; a text joins the first group whose first text it is like."""
    heads: list[tuple[frozenset[str], list[int]]] = []
    for place, text in enumerate(texts):
        stems = frozenset(word[:_STEM] for word in words(text))
        for head, members in heads:
            if _likeness(stems, head) >= LIKE:
                members.append(place)
                break
        else:
            heads.append((stems, [place]))
    return sorted((members for _, members in heads), key=lambda members: (-len(members), members[0]))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's index; of two texts without words those are alike that are both empty."""
    every = one | other
    return len(one & other) / len(every) if every else 1.0
