"""A text cut into pieces: words, numbers, days and clocks in digits, marks and line ends; linear, and bounded.

Not here: what a word means (see senses.py), what pieces mean together (see numerals.py, days.py, hours.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from domain.search.folding import fold
from domain.spoken.senses import UNFOLDED, Sense, sense_of

PIECES: Final = 1_280
"""Pieces that are read of one text: three hundred purchases of a day and a sum, or 250 with a lottery."""
_LONGEST_WORD: Final = 24
PieceKind = Literal["word", "number", "date", "clock", "row", "mark", "line"]

_PIECE = re.compile(
    r"""(?P<line>\n\s*)
    |(?P<date>(?<![\d.,/:])(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}
        |\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?
        |\d{1,2}[-\ ,]\d{1,2}[-\ ,](?:19|20)\d\d)(?![\d/]|[.,]\d))
    |(?P<clock>(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?(?![:\d]))
    |(?P<row>[№\#]\s*\d{1,3}(?!\d))
    |(?P<number>\d{1,3}(?:[ \u00a0\u202f'’]\d{3}(?!\d)){2,}(?:[.,]\d{1,9}(?!\d))?
        |\d{1,3}[ \u00a0\u202f'’]\d{3}(?!\d)(?:[.,]\d{1,9}(?!\d))?(?!\s*(?:тыс|тыщ|мың|мын|млн|милл?ион|tys|myn|mln|[кk]\b))
        |\d+(?:[.,]\d{3}(?=[.,]\d))*(?:[.,]\d+)?)
    |(?P<word>[^\W\d_]+)
    |(?P<mark>[^\s\w]|_)""",
    re.VERBOSE,
)
_BULLET = re.compile(r"\s*(?:[•*·]\s*|[-–—]\s+|\d{1,3}(?:\)\s+|\.\s+(?=\d{1,2}[./-]\d)))")


class TextPiece(NamedTuple):
    """One piece. `word` is folded, digits stand as written; `joined`: no space before it; `sense` of a word, if it has one here."""

    kind: PieceKind
    word: str
    start: int
    end: int
    joined: bool = False
    sense: Sense | None = None

    def means(self, *kinds: str) -> bool:
        return self.sense is not None and self.sense.kind in kinds

    def marks(self, marks: str) -> bool:
        return self.kind == "mark" and self.word in marks


END: Final = TextPiece("line", "", 0, 0)
"""What stands behind the last piece."""


class Pieces(list[TextPiece]):
    """The pieces of a text, with what was found out about them: a number is read once for the day, the hour and the sum that it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.numerals: dict[int, object] = {}
        self.stopped = 0


def cut(text: str) -> Pieces:
    """The pieces of a text; numbers of lines («1)», «•») are left out. `stopped` is where reading ended."""
    found = Pieces()
    at = 0
    fresh = True
    while at < len(text) and len(found) < PIECES:
        if fresh and (bullet := _BULLET.match(text, at)):
            at = bullet.end()
        fresh = False
        match = _PIECE.search(text, at)
        if match is None:
            at = len(text)
            break
        kind = match.lastgroup
        start, end = match.span()
        joined = start == at and bool(found) and found[-1].end == start and found[-1].kind != "line"
        if kind == "word":
            word = _folded(match[0])
            found.append(TextPiece("word", word, start, end, joined, sense_of(word)))
        else:
            found.append(TextPiece(kind, match[0] if kind != "line" else "\n", start, end, joined))  # type: ignore[arg-type]
            fresh = kind == "line"
        at = end
    found.stopped = at
    return found


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    lower = word.lower()
    return lower if lower in UNFOLDED else fold(lower)


def _folded(word: str) -> str:
    return _fold(word[:_LONGEST_WORD])
