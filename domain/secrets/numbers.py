"""Numbers as codes are written, «482913», «482-913», «48 29 13», and whether one is a code beside the word that speaks of codes.

Not here: which words speak of codes (see cues.py), and which numbers stand beside them (see codes.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from domain.secrets.cues import NEAR, REACH, Cue
from domain.secrets.signs import MASK, NOTHING, WORD, before, behind
from domain.secrets.words import BACK, FILLING, NEGATED, NUMBER_OF, SECRET, SHORT_WAY, UNITS

_D: Final = rf"\d{NOTHING}*"
_GROUPED: Final = (
    rf"(?:{_D}){{3}}[ -](?:{_D}){{3}}|(?:{_D}){{2}}(?:[ -](?:{_D}){{2}}){{1,3}}"
    rf"|(?:{_D}){{4}}[ -](?:{_D}){{4}}|\d(?:[ -]\d){{3,7}}"
)
PART = re.compile(
    rf"(?P<mask>{MASK})|(?P<number>(?:{_GROUPED})(?![ -]?\d)|(?:{_D}){{1,19}})|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])"
)
_LAST = re.compile(rf"(?<!\d)((?:{_D}){{4,8}}) ?$")
_UNIT = re.compile(r"\s?(?:([₸%])|([^\W\d_]+))")
_ENDING = re.compile(r"-?(?:ке|ге|қа|ға|ден|дан|тен|тан|нен|нан|да|де|та|те|му)(?![^\W\d_])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY: Final = ("₸", "тг", "тенге", "теңге", "tg", "kzt")


class CodeNumber(NamedTuple):
    start: int
    end: int
    digits: str
    grouped: bool


def number_of(part: re.Match[str], begun: int) -> CodeNumber:
    text = part["number"].rstrip(NOTHING)
    digits = "".join(filter(str.isdigit, text))
    return CodeNumber(begun + part.start(), begun + part.start() + len(text), digits, " " in text or "-" in text)


def last_number(before_cue: str, begun: int) -> CodeNumber | None:
    """The number at the very end of what stands before a word."""
    found = _LAST.search(before_cue)
    if found is None:
        return None
    return CodeNumber(begun + found.start(1), begun + found.end(1), found[1].replace(NOTHING, ""), False)


def is_code(
    plain: str, number: CodeNumber, cue: Cue, words: Sequence[str], marks: str, *, sent: bool, ahead: bool
) -> bool:
    """Whether a number beside such a word is what must not be kept. `words` stand between the two."""
    digits, size = number.digits, len(number.digits)
    beside = all(word in FILLING for word in words)
    if size > 10 or size < 3 or plain[max(0, number.start - 1) : number.start] in ("*", "#"):
        return False
    if size == 3 and not _is_short_code(plain, number, cue, words, beside=beside):
        return False
    if NUMBER_OF.any(words) or NEGATED.any(words) or "0" in words:
        return False
    if words and words[-1] in ("номер", "нөмір", "нөмірі", "нөміріне") and marks not in (":", "-", "="):
        return False
    prepared = (
        [*WORD.findall(before(plain, number.start, 10))[-1:]] if plain[number.start - 1 : number.start] == " " else []
    )
    if size <= 4 and prepared and prepared[0] in SHORT_WAY and not (ahead and not words):
        return False
    if (sent and size < 6) or _ENDING.match(plain, number.end):
        return False
    if size == 4 and _YEAR.fullmatch(digits) and not (cue.kind == "check" or (cue.kind == "code" and not words)):
        return False
    if not beside and digits.endswith("00") and cue.kind != "check":
        return False
    if _is_counted(plain, number, beside=beside and ahead):
        return False
    if cue.kind == "came":
        after = WORD.findall(behind(plain, number.end, NEAR))[:2]
        return (
            beside and 4 <= size <= 8 and not number.grouped and not digits.endswith("00") and not NUMBER_OF.any(after)
        )
    if cue.kind == "message" and not ahead:
        return (
            beside or SECRET.any(words) or all(word in SHORT_WAY or word in FILLING or word in SECRET for word in words)
        )
    return True


def _is_short_code(plain: str, number: CodeNumber, cue: Cue, words: Sequence[str], *, beside: bool) -> bool:
    """Three digits are a code beside «код», «CVV», «PIN», or where the back of a card is told of."""
    if cue.kind in ("code", "check") and (beside or (cue.kind == "check" and len(words) <= 4)):
        return True
    near = BACK.any(words) or (cue.kind == "digits" and BACK.any(WORD.findall(before(plain, cue.start, REACH))))
    return near and cue.kind in ("code", "digits", "check")


def _is_counted(plain: str, number: CodeNumber, *, beside: bool) -> bool:
    """Whether what stands behind a number makes it a sum, a count or a year; right beside a word for a code a sum of odd digits is none."""
    unit = _UNIT.match(plain, number.end)
    if unit is None:
        return False
    word = unit[1] or unit[2]
    if word in ("год", "года", "жыл", "жылы", "г", "ж", "смс", "код", "сообщение"):
        return word not in ("смс", "код", "сообщение") and _YEAR.fullmatch(number.digits) is not None
    if word not in _MONEY and word not in UNITS:
        return False
    odd = beside and len(number.digits) >= 5 and not number.digits.endswith("00") and not number.grouped
    return not (odd and word in _MONEY)
