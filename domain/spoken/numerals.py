"""Numbers of several pieces, in digits and words, with their size and what their ending says: «1 млн 400 тыс», «7-го», «он екісінде».

Not here: whether a number is a day, an hour or a sum (see days.py, hours.py, told.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple, cast

from domain.spoken.number_words import SUFFIXES
from domain.spoken.pieces import END, Pieces, TextPiece

MILLION: Final = 1_000_000
_NUMERIC: Final = frozenset({"number", "scale", "half", "half_million", "one_half", "clock_word"})
_DIGITS: Final = 15
"""Digits of a number at most; a longer one is too much for a sum, and no other number."""


class Numeral(NamedTuple):
    """A number as it was said. `sized`: with «тыс» or «млн»; `form`: day, ord, loc, abl or dat by its ending; `value` None: too long.

    `whole` is the number where it has no fraction.
    """

    value: Decimal | None
    whole: int | None
    end: int
    sized: bool = False
    tenge: bool = False
    form: str = ""
    digits: bool = False

    def could_be_day(self) -> bool:
        return not self.sized and not self.tenge and self.whole is not None and 1 <= self.whole <= 31


def piece_at(pieces: Pieces, at: int) -> TextPiece:
    try:
        return pieces[at] if at >= 0 else END
    except IndexError:
        return END


def numeral_at(pieces: Pieces, at: int) -> Numeral | None:
    """The number that begins at a place, None where there is none. Read once at each place."""
    if at not in pieces.numerals:
        pieces.numerals[at] = _read(pieces, at)
    return cast(Numeral | None, pieces.numerals[at])


def _read(pieces: Pieces, at: int) -> Numeral | None:
    piece = piece_at(pieces, at)
    if piece.kind == "word":
        return _whole(pieces, at) if piece.meaning in _NUMERIC else None
    if piece.kind == "number" and piece_at(pieces, at + 1).kind not in ("word", "mark"):
        return _alone(piece, at + 1)
    return _whole(pieces, at) if piece.kind in ("number", "date") or piece.word == "½" else None


def _alone(piece: TextPiece, end: int) -> Numeral:
    """Digits behind which nothing stands that could belong to them."""
    value = _digits(piece.word)
    whole = int(value) if value is not None else None
    return Numeral(value, whole if whole == value else None, end, digits=True)


def _whole(pieces: Pieces, at: int) -> Numeral | None:
    total = Decimal(0)
    last_size = 0
    sized = False
    form, tenge, digits, end = "", False, False, at
    while True:
        term = _term(pieces, end)
        if term is None or (last_size and not _continues(pieces, term, last_size)):
            break
        if term.value is None:
            return Numeral(None, None, term.end, digits=True)
        size, after = _size(pieces, term)
        value = term.value
        if size:
            if last_size and size >= last_size:
                break
            total += value * size
        elif last_size >= MILLION and value < 1000:
            total += value * 1000  # «миллион двести» is 1 200 000
        else:
            total += value
        first = end == at
        digits, form, end = digits or (first and term.digits), term.form if not size else _form(pieces, after), after
        last_size, sized = size or last_size, sized or bool(size) or term.sized
        if not size:
            break
    if end == at:
        return None
    end, half = _and_a_half(pieces, end, last_size)
    total += half
    end, form = _suffix(pieces, end, form)
    unit = piece_at(pieces, end)
    if unit.means("tenge") or unit.marks("₸"):
        end, tenge = end + 1, True
        end, _ = _suffix(pieces, end, "")
    whole = int(total)
    return Numeral(total, whole if whole == total else None, end, sized, tenge, form, digits)


class _Term(NamedTuple):
    value: Decimal | None
    end: int
    form: str = ""
    digits: bool = False
    sized: bool = False


def _term(pieces: Pieces, at: int) -> _Term | None:
    """A number without its size: digits, or words below a thousand; a size alone is one of it."""
    piece = piece_at(pieces, at)
    fraction = piece.kind == "date" and piece.word.count(".") == 1 and piece_at(pieces, at + 1).means("scale")
    if piece.kind == "number" or fraction:
        value = _digits(piece.word)
        end, half = at + 1, Decimal(0)
        if piece_at(pieces, end).marks("½"):
            end, half = end + 1, Decimal("0.5")
        elif (more := _half_before_size(pieces, end)) is not None:
            end, half = more, Decimal("0.5")
        return _Term(None if value is None else value + half, end, digits=True)
    if piece.marks("½") or piece.means("half") or piece.word == "пол":
        at_size = at + 1 + piece_at(pieces, at + 1).marks("-")
        if piece_at(pieces, at_size).means("scale"):
            return _Term(Decimal("0.5"), at_size)
        return None
    if piece.means("half_million"):
        return _Term(Decimal(MILLION) / 2, at + 1, sized=True)
    if piece.means("one_half"):
        return _Term(Decimal("1.5"), at + 1)
    if piece.means("scale") and len(piece.word) > 2:
        return _Term(Decimal(1), at)
    return _in_words(pieces, at)


def _in_words(pieces: Pieces, at: int) -> _Term | None:
    """Up to 999: each word must fit below the one before, but «бес жүз» multiplies."""
    value, low, form, end = 0, 1000, "", at
    while not form and piece_at(pieces, end).means("number"):
        sense = pieces[end].sense
        assert sense is not None
        said = int(sense.value)
        if said == 100 and low == 1 and 1 < value < 10:
            value, low = value * 100, 100
        elif said < low and not (said >= 10 and low == 10) and not _multiplies(pieces, end, low):
            value += said
            low = 100 if said >= 100 else 10 if said >= 20 or pieces[end].word == "он" else 1
        else:
            break
        form, end = sense.form, end + 1
    if end == at:
        return None
    half = _half_before_size(pieces, end) if not form else None
    return _Term(Decimal(value) + Decimal("0.5"), half) if half is not None else _Term(Decimal(value), end, form)


def _multiplies(pieces: Pieces, at: int, low: int) -> bool:
    """Whether a word behind hundreds begins hundreds of its own: «алты жүз алты жүзден»."""
    hundred = piece_at(pieces, at + 1).sense
    return low == 100 and hundred is not None and hundred.kind == "number" and hundred.value == 100


def _half_before_size(pieces: Pieces, at: int) -> int | None:
    """Where the size stands in «бір жарым миллион», «2 с половиной миллиона»."""
    step = at + piece_at(pieces, at).means("from")
    if piece_at(pieces, step).means("and_half") and piece_at(pieces, step + 1).means("scale"):
        return step + 1
    return None


def _and_a_half(pieces: Pieces, at: int, size: int) -> tuple[int, Decimal]:
    """«миллион с половиной»."""
    step = at + piece_at(pieces, at).means("from")
    if size and piece_at(pieces, step).means("and_half"):
        return step + 1, Decimal(size) / 2
    return at, Decimal(0)


def _continues(pieces: Pieces, term: _Term, size: int) -> bool:
    """Whether a number behind a size belongs to the same sum: «1 млн 400 тыс», «миллион двести»; «1 млн 13 января» does not."""
    following, _ = _size(pieces, term)
    if following:
        return following < size
    if term.value is None or term.form or term.value >= size:
        return False
    after = piece_at(pieces, term.end)
    if term.digits and (size < MILLION or (after.joined and after.kind == "word")):
        return False
    return (
        term.value >= 100 and term.value % 10 == 0 and not after.means("month", "hour", "times", "ticket", "currency")
    )


def _size(pieces: Pieces, term: _Term) -> tuple[int, int]:
    """The size behind a number, and where it ends: «тыс», «к», «т.р.»; 0 where there is none."""
    at = term.end + (piece_at(pieces, term.end).marks("-") and piece_at(pieces, term.end + 1).joined)
    piece = piece_at(pieces, at)
    if not piece.means("scale"):
        return 0, term.end
    assert piece.sense is not None
    end = at + 1
    if piece.word in ("т", "тис") and piece_at(pieces, end).marks(".") and piece_at(pieces, end + 1).word == "р":
        end += 2
        end += piece_at(pieces, end).marks(".")
    elif len(piece.word) <= 4 and piece_at(pieces, end).marks(".") and piece_at(pieces, end).joined:
        end += 1
    return int(piece.sense.value), end


def _form(pieces: Pieces, after: int) -> str:
    sense = piece_at(pieces, after - 1).sense
    return sense.form if sense is not None else ""


def _suffix(pieces: Pieces, at: int, form: str) -> tuple[int, str]:
    """An ending that is written behind digits, with a hyphen or without."""
    piece = piece_at(pieces, at)
    step = at + 1 if piece.kind == "mark" and piece.word in "-–'’" and piece.joined else at
    ending = piece_at(pieces, step)
    if ending.kind == "word" and ending.joined and ending.word in SUFFIXES:
        return step + 1, SUFFIXES[ending.word]
    spaced = piece.kind == "word" and not piece.joined and piece.word in ("го", "ого", "ши", "нши") and step == at
    return (at + 1, SUFFIXES.get(piece.word, "day")) if spaced else (at, form)


def _digits(word: str) -> Decimal | None:
    """«600 000», «600.000», «1,500,000.00», «1,5»; three digits behind one mark are thousands."""
    if word.isdecimal() and len(word) <= _DIGITS:
        return Decimal(int(word))
    bare = "".join(c for c in word if c.isdecimal() or c in ".,").replace(",", ".")
    whole, mark, part = bare.rpartition(".") if "." in bare else (bare, "", "")
    whole = whole.replace(".", "")
    if len(whole) > _DIGITS:
        return None
    if mark and len(part) == 3:
        return Decimal(int(whole + part))
    return Decimal(int(whole)) + (Decimal(f"0.{int(part[:9]):0{len(part[:9])}d}") if part else 0)
