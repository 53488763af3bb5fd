"""A text cut into pieces: words, numbers, days and clocks in digits, marks and line ends; linear, and bounded.

Not here: what a word means (see senses.py), what pieces mean together (see numerals.py, days.py, hours.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from domain.search.folding import fold
from domain.spoken.senses import UNFOLDED, Sense, sense_of

PIECES: Final = 512
"""Pieces that are read of one text: 170 purchases of a day and a sum, or 100 with a lottery. What is longer is asked for again."""
_LONGEST_WORD: Final = 24
_LONGEST_PART: Final = 64
"""Pieces within which the last line or part of a long text is looked for."""
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
    """One piece. `word` is folded, digits stand as written; `joined`: no space before it; `sense` of a word, if it has one here.

    `meaning` is the kind of its sense.
    """

    kind: PieceKind
    word: str
    start: int
    end: int
    joined: bool = False
    sense: Sense | None = None

    meaning: str = ""

    def means(self, *kinds: str) -> bool:
        return self.meaning in kinds

    def marks(self, marks: str) -> bool:
        return self.kind == "mark" and self.word in marks


END: Final = TextPiece("line", "", 0, 0)
"""What stands behind the last piece."""


class Pieces(list[TextPiece]):
    """The pieces of a text, with what was found out about them: a number is read once for the day, the hour and the sum that it may be.

    `day_parts` is where «утра», «кешке» and other parts of the day stand, in order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numerals: dict[int, object] = {}
        self.minutes: dict[int, tuple[int, int]] = {}
        self.day_parts: list[int] = []
        self.stopped = 0

    def day_part_within(self, at: int, reach: int) -> bool:
        """Whether a part of the day is named at a place or not further than `reach` pieces behind it."""
        found = bisect_left(self.day_parts, at)
        return found < len(self.day_parts) and self.day_parts[found] <= at + reach


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
            sense = sense_of(word)
            meaning = sense.kind if sense is not None else ""
            if meaning == "part":
                found.day_parts.append(len(found))
            found.append(TextPiece("word", word, start, end, joined, sense, meaning))
        else:
            found.append(TextPiece(kind, match[0] if kind != "line" else "\n", start, end, joined))  # type: ignore[arg-type]
            fresh = kind == "line"
        at = end
    found.stopped = at if not text[at:].strip() else _last_stop(found, at)
    del found[bisect_left(found, found.stopped, key=_start) :]
    return found


def _last_stop(found: Sequence[TextPiece], at: int) -> int:
    """Where a text that is too long is left off: before the line or the part that would be cut, since half a sum is another one."""
    near = range(len(found) - 1, max(0, len(found) - _LONGEST_PART), -1)
    line = next((n for n in near if found[n].kind == "line"), None)
    stop = line if line is not None else next((n for n in near if found[n].marks(",;.")), None)
    return found[stop].start if stop is not None else at


def _start(piece: TextPiece) -> int:
    return piece.start


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    lower = word.lower()
    return lower if lower in UNFOLDED else fold(lower)


def _folded(word: str) -> str:
    return _fold(word[:_LONGEST_WORD])
