"""The hour as people say it: «18:45те», «в 10 утра», «кешкі жетіден бес минут өткенде», «до 19:00», «в обед».

Not here: the clock's words themselves (see clock_words.py), whether the hour matters (see domain.purchases).
"""

from __future__ import annotations

from datetime import time
from typing import Final, NamedTuple

from domain.purchases import Hours
from domain.spoken.clock_words import Face, NoFace, face_at
from domain.spoken.fault import SpokenFault
from domain.spoken.number_words import SUFFIXES
from domain.spoken.numerals import piece_at
from domain.spoken.pieces import Pieces

_DAY_ENDS: Final = time(23, 59, 59)
_PARTS: Final = {
    "morning": Hours(time(5), time(11, 59, 59)),
    "noon": Hours(time(12), time(14, 59, 59)),
    "day": Hours(time(12), time(17, 59, 59)),
    "evening": Hours(time(17), _DAY_ENDS),
}
"""What a part of the day leaves sure; a night may be that before or that after."""
_AFTER_NOON: Final = Hours(time(13), time(17, 59, 59))
_BEFORE_NOON: Final = Hours(time(), time(13, 59, 59))
_LATE: Final = Hours(time(20), _DAY_ENDS)
_SOON: Final = frozenset(
    (
        "около",
        "примерно",
        "шамамен",
        "жуик",
        "приблизительно",
        "шамасинда",
        "к",
        "карай",
        "таман",
        "где",
        "почти",
        "между",
    )
)
_BEFORE_ONLY: Final = ("к", "где", "между")
_BEHIND: Final = ("деин", "шеин", "кеин", "сон")
_AROUND: Final = (
    "алетинде",
    "мезгилинде",
    "уакитинда",
    "кезинде",
    "карсанда",
    "перерив",
    "аска",
    "араси",
    "арасинда",
    "аралигинда",
)


_LONGEST_FACE: Final = 24
"""Pieces that an hour with its minutes is said in at most."""


class Clock(NamedTuple):
    """An hour that a text names, or a span that a vague one leaves, and where it ends. Neither: it says nothing for sure."""

    end: int
    at: time | None = None
    hours: Hours | None = None


def clock_at(pieces: Pieces, at: int) -> Clock | SpokenFault | None:
    """The hour that begins at a place, None where there is none."""
    relation, begin = _relation(pieces, at)
    part, step = _part(pieces, begin)
    if part:
        inner, after = _relation(pieces, step + piece_at(pieces, step).marks(","))
        face = face_at(pieces, after, said=True)
        if not isinstance(face, Face) or (not inner and not face.exact and _means_other(pieces, face)):
            return _of_part(pieces, begin, step, relation, part)
        relation = inner if inner != "at" else relation
    else:
        face = face_at(pieces, begin, said=bool(relation))
        if isinstance(face, NoFace):
            return SpokenFault("no_such_time", face.text)
        if face is None:
            face = _only_by_part(pieces, begin)
        if face is None:
            return None
    end = face.end
    if not part:
        part, end = _part_behind(pieces, face.end, said=bool(relation))
        if not part and not face.exact and _means_other(pieces, face):
            return None
    relation, end = _relation_behind(pieces, end, relation)
    return _placed(face, part, relation, end)


def _only_by_part(pieces: Pieces, begin: int) -> Face | None:
    """«7 вечера»: a number that only what stands behind it makes an hour."""
    if not pieces.day_part_within(begin, _LONGEST_FACE):
        return None
    face = face_at(pieces, begin, said=True)
    if not isinstance(face, Face) or face.exact:
        return None
    part, _ = _part_behind(pieces, face.end, said=False)
    return face if part else None


def _placed(face: Face, part: str, relation: str, end: int) -> Clock:
    """The hour in its half of the day; «в 7» may be either and says nothing for sure."""
    if not (part or face.exact):
        return Clock(end)
    try:
        moment = _turned(time(face.hour % 24, face.minute, face.second), part)
    except ValueError:
        return Clock(end)
    if face.vague:
        return Clock(end, hours=Hours(moment, moment.replace(minute=59, second=59)))
    match relation:
        case "to":
            return Clock(end, hours=Hours(time(), _second_before(moment)))
        case "after":
            return Clock(end, hours=Hours(moment, _DAY_ENDS))
        case "soon":
            return Clock(end)
    return Clock(end, moment)


def _relation(pieces: Pieces, at: int) -> tuple[str, int]:
    """What stands before an hour: «до», «после», «около», «в»."""
    relation, step = "", at
    while step < at + 3:
        piece = piece_at(pieces, step)
        if piece.kind != "word":
            break
        if piece.word in _SOON:
            relation = "soon"
        elif piece.word == "до":
            relation = "to"
        elif piece.word in ("после", "позже"):
            relation = "after"
        elif piece.word == "в" or (piece.means("hour") and piece.word.startswith("саг")):
            relation = relation or "at"
        else:
            break
        step += 1
    return relation, step


def _relation_behind(pieces: Pieces, end: int, relation: str) -> tuple[str, int]:
    """«19:00-ге дейін», «19:00-ден кейін», «жеті шамасында»."""
    piece = piece_at(pieces, end)
    if piece.kind == "word" and piece.word in SUFFIXES and piece_at(pieces, end + 1).word in _BEHIND:
        end, piece = end + 1, piece_at(pieces, end + 1)
    if piece.means("to") and piece.word != "до":
        return "to", end + 1
    if piece.word in ("кеин", "сон"):
        return "after", end + 1
    if piece.word in _SOON and piece.word not in _BEFORE_ONLY:
        return "soon", end + 1
    # «6 мен 7 арасында» may be either side of a bound in between
    other = face_at(pieces, end + 1, said=True) if piece.word in ("мен", "бен", "пен", "и", "-") else None
    if isinstance(other, Face) and (relation == "soon" or piece_at(pieces, other.end).word in _AROUND):
        return "soon", other.end + (piece_at(pieces, other.end).word in _AROUND)
    return relation, end


def _part(pieces: Pieces, at: int) -> tuple[str, int]:
    piece = piece_at(pieces, at)
    return (str(piece.sense.value), at + 1) if piece.means("part") and piece.sense is not None else ("", at)


def _part_behind(pieces: Pieces, at: int, *, said: bool) -> tuple[str, int]:
    """«утра», «вечера», and after a word of time «дня»: «три дня» are days."""
    part, end = _part(pieces, at)
    return ("day", at + 1) if not part and said and piece_at(pieces, at).word == "дня" else (part, end)


def _of_part(pieces: Pieces, begin: int, end: int, relation: str, part: str) -> Clock:
    """A part of the day without an hour; «до вечера» says nothing for sure."""
    while piece_at(pieces, end).word in _AROUND:
        end += 1
    relation, end = _relation_behind(pieces, end, relation)
    hours = _PARTS.get(part)
    if relation == "after":
        return Clock(end, hours=_AFTER_NOON if part == "noon" else None)
    if relation == "to":
        return Clock(end, hours=_BEFORE_NOON if part == "noon" else None)
    if part == "evening" and piece_at(pieces, begin - 1).word in ("поздно", "поздним", "кеш"):
        return Clock(end, hours=_LATE)
    return Clock(end, hours=hours if relation != "soon" else None)


def _means_other(pieces: Pieces, face: Face) -> bool:
    """Whether what follows a number makes it no hour."""
    after = piece_at(pieces, face.end)
    if face.minute or face.vague:
        return False
    return after.means("month", "scale", "tenge", "ticket", "times", "day_word", "week") or (
        after.kind == "number" and not piece_at(pieces, face.end - 1).means("hour", "number")
    )


def _turned(moment: time, part: str) -> time:
    """«7 вечера» is 19:00."""
    late = (
        part in ("evening", "day") or (part == "noon" and moment.hour < 5) or (part == "night" and 8 < moment.hour < 12)
    )
    if late and moment.hour < 12:
        return moment.replace(hour=moment.hour + 12)
    return moment.replace(hour=0) if part == "night" and moment.hour == 12 else moment


def _second_before(moment: time) -> time:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second - 1
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds > 0 else time()
