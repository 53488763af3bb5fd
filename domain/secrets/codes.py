"""Codes of messages and of cards: found by a word on either side of a number within its sentence.

Not here: which words (see cues.py, words.py), whether a number is one (see numbers.py), card numbers (see cards.py), passwords with letters
(see passwords.py). Every place is looked at from at most two words, so that the work grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.search.folding import fold
from domain.secrets.cues import NEAR, REACH, STRONG, Cue, is_of_something_else, is_sent
from domain.secrets.numbers import PART, is_code, last_number, number_of
from domain.secrets.signs import MASK, WORD, Stretch, Taken, before, behind
from domain.secrets.words import BACK, FILLING, GO_ON, LAST, NEGATED, SECRET, UNITS
from domain.spoken.number_words import NUMBER_WORDS

_COUNTED = re.compile(
    r"(?<![^\W\d_])(?:один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|ноль|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|нөл"
    r"|(?:[^\W\d_]{2,9}(?:дцать|десят)|сорок|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан))(?![^\W\d_])"
)
_LIVE = re.compile(rf"\d|{MASK[0]}")
_BESIDE = re.compile(r"[ :=-]{1,4}(\d{4,8})(?!\d|[.,:/-]\d| ?(?:₸|%|[^\W\d_]))")
_PATIENCE = 64
"""Words for codes with numbers near them that are looked at in one text; beyond these only a number right behind one is hidden."""


def find_codes(plain: str, cues: Sequence[Cue], known: Taken) -> Iterator[Stretch]:
    """The places of codes; what is known already is left alone."""
    if not _LIVE.search(plain) and not _COUNTED.search(plain):
        return
    strong = [cue for cue in cues if cue.kind in STRONG]
    counted = _COUNTED.search(plain) is not None
    near, least, seen, nth = -REACH, 0, 0, 0
    for cue in cues:
        first = cue.kind in STRONG
        nth += first
        most = strong[nth].start if first and nth < len(strong) else len(plain)
        ahead = min(most, cue.end + REACH)
        live = counted or _LIVE.search(plain, max(least if first else 0, cue.start - REACH), ahead) is not None
        seen += live
        if seen > _PATIENCE:
            beside = _BESIDE.match(plain, cue.end) if first else None
            if beside and not known.holds(*beside.span(1)):
                yield Stretch(*beside.span(1))
        elif not first:
            yield from _weak(plain, cue, known, near) if live else ()
            near = cue.end if cue.kind == "came" else near
        elif live and not (cue.kind == "code" and is_of_something_else(plain, cue)):
            sent = cue.kind == "message" and is_sent(plain, cue)
            yield from _ahead(plain, cue, most, known, sent=sent)
            yield from _back(plain, cue, least, known, sent=sent)
        if first:
            near = least = cue.end


def _ahead(plain: str, cue: Cue, most: int, known: Taken, *, sent: bool) -> Iterator[Stretch]:
    """Codes behind a word."""
    window = behind(plain, cue.end, min(REACH, most - cue.end))
    if "\n" in window and window.partition("\n")[0].strip(" :=-."):
        window = window.partition("\n")[0]
    words: list[str] = []
    marks = ""
    counted: list[Stretch] = []
    after_number = False
    for part in PART.finditer(window):
        if part["word"]:
            if fold(part[0]) in NUMBER_WORDS:
                counted.append(Stretch(cue.end + part.start(), cue.end + part.end()))
                continue
            yield from _in_words(counted, part[0], cue)
            counted = []
            words.append(part[0])
            if after_number and part[0] not in GO_ON:
                return
        elif part["mask"]:
            words, marks, after_number = [], "", True
        elif part["number"]:
            number = number_of(part, cue.end)
            if known.holds(number.start, number.end):
                continue
            hidden = is_code(plain, number, cue, words, marks, sent=sent, ahead=True)
            if hidden:
                yield Stretch(number.start, number.end)
            words, marks, after_number = ([], "", True) if hidden else ([*words, "0"], marks, True)
        else:
            marks = part[0]
    yield from _in_words(counted, "", cue)


def _in_words(counted: Sequence[Stretch], following: str, cue: Cue) -> Iterator[Stretch]:
    """«код четыре восемь два девять»: digits said one by one or in pairs; a sum is none."""
    if len(counted) >= 3 and not (following and following in UNITS) and cue.kind in STRONG:
        yield Stretch(counted[0].start, counted[-1].end)


def _back(plain: str, cue: Cue, least: int, known: Taken, *, sent: bool) -> Iterator[Stretch]:
    """The code before a word: «482913 - код подтверждения»."""
    window = before(plain, cue.start, min(REACH, cue.start - least))
    window = window.rpartition("\n")[2]
    begun = cue.start - len(window)
    parts = list(PART.finditer(window))
    words: list[str] = []
    comma = False
    for part in reversed(parts):
        if part["word"]:
            words.insert(0, part[0])
            if len(words) > 5 or (part[0] in ("и", "а", "но", "және", "бірақ") or part[0] in NEGATED):
                return
        elif part["mask"]:
            return
        elif part["number"]:
            number = number_of(part, begun)
            if known.holds(number.start, number.end) or (
                comma and not all(word in FILLING or word in SECRET for word in words)
            ):
                return
            if (
                part.start()
                and window[part.start() - 1] in "-–"
                and part.start() > 1
                and window[part.start() - 2].isdigit()
            ):
                return
            if is_code(plain, number, cue, words, "", sent=sent, ahead=False):
                yield Stretch(number.start, number.end)
            return
        elif part[0] == ",":
            comma = True


def _weak(plain: str, cue: Cue, known: Taken, near: int) -> Iterator[Stretch]:
    """«мне пришло 482913», «вот он: 482913», «три цифры сзади 123»: right beside the number, or where it is told of what."""
    if cue.kind == "digits":
        context = WORD.findall(before(plain, cue.start, REACH)) + WORD.findall(
            re.split(r"\d", behind(plain, cue.end, REACH))[0]
        )
        told = cue.start - near <= REACH or BACK.any(context) or SECRET.any(context)
        if not told or LAST.any(context):
            return
    window = behind(plain, cue.end, NEAR + (NEAR if cue.kind == "digits" else 0))
    words: list[str] = []
    for part in PART.finditer(window):
        if part["word"]:
            words.append(part[0])
        elif part["number"]:
            number = number_of(part, cue.end)
            if not known.holds(number.start, number.end) and is_code(
                plain, number, cue, words, "", sent=False, ahead=True
            ):
                yield Stretch(number.start, number.end)
            break
        elif part["mask"] or part[0] in "?!":
            break
    if cue.kind == "came":
        back = before(plain, cue.start, NEAR)
        last = last_number(back, cue.start - len(back))
        if last is None or known.holds(last.start, last.end):
            return
        if is_code(plain, last, cue, [], "", sent=False, ahead=False):
            yield Stretch(last.start, last.end)
