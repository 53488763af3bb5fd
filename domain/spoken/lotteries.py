"""Which lottery a text names: one of the listed, however it is spelled, or another one by the name that was said.

Not here: which lotteries count (see domain.ladder).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from domain.search.folding import fold
from domain.spoken.numerals import piece_at
from domain.spoken.pieces import Pieces

_ALIKE: Final = 84.0
_LONGEST_ENDING: Final = 5
_JOINED: Final = 3
"""Words at most that one name is written in."""
_OTHERS: Final = tuple(
    map(fold, ("столото", "моментал", "мгновен", "моменттік", "жедел", "скретч", "спортлото", "ставк", "букмекер"))
)
_ANOTHER: Final = ("друг", "басқа", "баска")


class Named(NamedTuple):
    """A lottery in a text; `listed` None: another one, said in these pieces."""

    listed: str | None
    end: int


class Lotteries:
    """The listed lotteries by their folded spellings."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        folded = {fold(word.lower()): name for word, name in spellings.items()}
        self._spellings = dict(sorted(folded.items(), key=lambda each: -len(each[0])))
        self._letters = frozenset(word[0] for word in self._spellings if word)
        self._alike = lru_cache(maxsize=1024)(self._find_alike)

    def at(self, pieces: Pieces, at: int) -> Named | None:
        piece = pieces[at]
        if piece.kind != "word":
            return self._by_numbers(pieces, at)
        if piece.word[:1] in self._letters and (found := self._spelled(pieces, at)):
            return found
        return self._another(pieces, at)

    def alike(self, pieces: Pieces, at: int) -> Named | None:
        """A misspelled name, for a word that means nothing else."""
        said, end = "", at
        for _ in range(2):
            piece = piece_at(pieces, end)
            if piece.kind != "word" or piece.sense is not None:
                break
            said, end = said + piece.word, end + 1
            if len(said) >= 4 and (name := self._alike(said)):
                return Named(name, end)
        return None

    def _find_alike(self, word: str) -> str | None:
        for spelling, name in self._spellings.items():
            if len(word) + 3 >= len(spelling) and ratio(word[: len(spelling)], spelling, score_cutoff=_ALIKE):
                return name
        return None

    def _spelled(self, pieces: Pieces, at: int) -> Named | None:
        said = ""
        ends: list[tuple[str, int, int]] = []
        step = at
        while len(ends) < _JOINED:
            piece = piece_at(pieces, step)
            if piece.kind == "word":
                ends.append((said + piece.word, step + 1, len(said)))
                said += piece.word
            elif not (piece.marks("-+") and piece.joined):
                break
            elif piece.word == "+":
                ends.append((said + "+", step + 1, len(said)))
            step += 1
        for whole, end, needed in reversed(ends):
            for spelling, name in self._spellings.items():
                if (
                    needed < len(spelling)
                    and whole.startswith(spelling)
                    and len(whole) - len(spelling) <= _LONGEST_ENDING
                ):
                    return Named(name, end)
        return None

    def _another(self, pieces: Pieces, at: int) -> Named | None:
        piece, after = pieces[at], piece_at(pieces, at + 1)
        if piece.word in ("твоя", "твою") and after.word.startswith(("удач",)):
            last = piece_at(pieces, at + 2)
            return Named(None, at + 2 + (last.kind == "number" and last.word == "3"))
        if piece.word.startswith(_ANOTHER) and after.word.startswith("лотере"):
            return Named(None, at + 2)
        return Named(None, at + 1 + after.word.startswith("лотере")) if piece.word.startswith(_OTHERS) else None

    def _by_numbers(self, pieces: Pieces, at: int) -> Named | None:
        """«5 из 36», «6/49»."""
        piece = pieces[at]
        if piece.kind == "date" and "/" in piece.word:
            picked, _, of = piece.word.partition("/")
            return Named(None, at + 1) if picked in "567" and of in ("36", "35", "45", "49") else None
        of_these = piece_at(pieces, at + 2)
        if piece.word in ("5", "6", "7") and piece_at(pieces, at + 1).word == "из" and of_these.kind == "number":
            return Named(None, at + 3)
        return None
