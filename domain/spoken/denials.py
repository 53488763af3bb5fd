"""Whether a day, a sum, a lottery or bonus money is said not to be so: «не вчера», «500 емес», «бонуссыз», «бонусы не использовал».

Not here: the rule of negation itself (see polarity.py).
"""

from __future__ import annotations

from typing import Final

from domain.spoken.numerals import piece_at
from domain.spoken.pieces import Pieces
from domain.spoken.polarity import Token, denied

_WINDOW: Final = 6
"""Words on either side of «бонус» in which its denial may stand."""


def value_denied(pieces: Pieces, at: int, end: int) -> bool:
    """By «не» right before, also before a preposition, or «емес» right behind."""
    before = piece_at(pieces, at - 1)
    if before.means("at", "from", "upto"):
        before = piece_at(pieces, at - 2)
    return (before.word == "не" and before.kind == "word") or piece_at(pieces, end).word == "емес"


def bonus_denied(pieces: Pieces, at: int) -> bool:
    """By the one rule of negation, over the words around; behind the word any verb may be denied: «бонусы не тратила»."""
    if piece_at(pieces, at + 1).word == "не":
        return True
    said: list[Token] = []
    place = 0
    for n in range(max(0, at - _WINDOW), min(len(pieces), at + _WINDOW + 1)):
        piece = pieces[n]
        if n == at:
            place = len(said)
        if piece.kind in ("word", "number"):
            before = piece_at(pieces, n - 1)
            apart = n > 0 and (before.kind == "line" or before.marks(",;.!?:()—"))
            said.append(Token(piece.word, piece.start, piece.end, apart))
    return denied(said, place)
