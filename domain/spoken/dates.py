"""Days and months in a sentence, wherever they stand: «второго февраля», «тамыздың үшінде», «14 марта», «сәуірде», «вчера».

Not here: which fact a day belongs to (see facts.py), a day that is a whole answer (see values.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from domain.search.folding import fold
from domain.spoken.counting import Number
from domain.spoken.polarity import Token, word_set

_MONTHS: Final = tuple(
    re.compile(f"(?:{pattern})$")
    for pattern in (
        r"январ\w{0,6}|янв|кантар\w{0,6}",
        r"феврал\w{0,6}|фев|акпан\w{0,6}",
        r"март(?:а|е|у|ом|овск\w*)?|науриз\w{0,6}",
        r"апрел\w{0,6}|апр|сауир\w{0,6}",
        r"ма[ияеу]|маиск\w*|мамир\w{0,6}",
        r"иун\w{0,6}|маусим\w{0,6}",
        r"иул\w{0,6}|шилде\w{0,6}",
        r"август\w{0,6}|авг|тамиз\w{0,6}",
        r"сентябр\w{0,6}|сент?|киркуие\w{0,6}",
        r"октябр\w{0,6}|окт|казан(?:да|ин|нин|ан|нан|даги|ган|и|ни|га|а)?",
        r"ноябр\w{0,6}|нояб?|караша\w{0,6}",
        r"декабр\w{0,6}|дек|желтоксан\w{0,6}",
    )
)
_OF: Final = re.compile(r"(?:дин|тин|нин)$")
"""«тамыздың үшінде»: the day follows the month only then."""
_RELATIVE: Final = {
    fold(word): away
    for away, words in ((0, "сегодня бүгін"), (-1, "вчера кеше"), (-2, "позавчера"), (1, "завтра ертең"))
    for word in words.split()
}
_LAST: Final = word_set("былтыр")
_HALF_A_YEAR: Final = timedelta(days=183)
_DAY_ENDINGS: Final = frozenset(
    ["го", "ого", "и", "инде", "инда", "нде", "нда", "синда", "синде", "си", "синен", "инан", "инен", "ында"]
)
_DOTTED = re.compile(
    r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d.]\d)|(?<!\d)((?:19|20)\d\d)-(\d{2})-(\d{2})(?!\d)"
)


class SpokenDay(NamedTuple):
    """A day (`YYYY-MM-DD`) or only its month (`YYYY-MM`), from the word `first` to the word `last`.

    `bare`: the number of a day alone («девятого»), or a day counted from today: meant as a day only beside what was done on it.
    """

    value: str
    first: int
    last: int
    bare: bool = False


def month_of_word(word: str) -> int | None:
    """1 to 12 for a folded word that is a month's name with any ending."""
    if len(word) < 3:
        return None
    return next((number for number, pattern in enumerate(_MONTHS, 1) if pattern.match(word)), None)


def days(text: str, said: Sequence[Token], counted: Sequence[Number], today: date, near: date) -> list[SpokenDay]:
    """The days and months of a text in order; one without a year is the one nearest to `near`, at most half a year after it."""
    found = [day for match in _DOTTED.finditer(text) if (day := _dotted(match, said, near))]
    taken = {n for day in found for n in range(day.first, day.last + 1)}
    starts = {number.first: number for number in counted if number.first not in taken}
    ends = {number.last: number for number in counted if number.first not in taken}
    for n, token in enumerate(said):
        if n in taken:
            continue
        month = month_of_word(token.word)
        if month is not None:
            day = _beside(said, n, month, starts, ends, near)
        elif token.word in _RELATIVE:
            day = SpokenDay((today + timedelta(days=_RELATIVE[token.word])).isoformat(), n, n, True)
        else:
            continue
        if day is not None:
            found.append(day)
            taken.update(range(day.first, day.last + 1))
    for number in counted:
        if number.first not in taken and number.ordinal and 1 <= number.value <= 31 and _is_day(said, number):
            found.append(SpokenDay(_latest(number.value, today), number.first, number.last, True))
    return sorted(found, key=lambda day: day.first)


def _beside(
    said: Sequence[Token], n: int, month: int, starts: dict[int, Number], ends: dict[int, Number], near: date
) -> SpokenDay | None:
    before, after = ends.get(n - 1), starts.get(n + 1)
    last = n
    if said[n].apart or (before is not None and not 1 <= before.value <= 31):
        before = None
    number, first = before, before.first if before else n
    if (
        number is None
        and after is not None
        and 1 <= after.value <= 31
        and (_OF.search(said[n].word) and not said[n + 1].apart)
    ):
        number, last = after, after.last
    year, last = _year(said, last, starts)
    if number is None and first > 0 and (earlier := ends.get(first - 1)) and 1990 <= earlier.value <= 2099:
        year = year or earlier.value
    year = year or (near.year - 1 if _last_year(said, first, last) else None)
    if number is None:
        return SpokenDay(f"{year or _nearest(near, month, 15).year}-{month:02d}", n, last)
    try:
        day = date(year, month, number.value) if year else _nearest(near, month, number.value)
    except ValueError:
        return None
    return SpokenDay(day.isoformat(), first, last)


def _last_year(said: Sequence[Token], first: int, last: int) -> bool:
    """«былтыр қарашада», «в ноябре прошлого года»."""
    before = [token.word for token in said[max(0, first - 3) : first]]
    after = [token.word for token in said[last + 1 : last + 3]]
    return (
        any(word in _LAST for word in before)
        or (bool(after) and after[0] in _LAST)
        or before[-2:-1] == ["откен"]
        or (len(after) == 2 and after[0].startswith("прошл") and after[1].startswith("год"))
        or any(one.startswith("прошл") and two.startswith("год") for one, two in pairwise(before))
    )


def _year(said: Sequence[Token], last: int, starts: dict[int, Number]) -> tuple[int | None, int]:
    following = starts.get(last + 1)
    if following and 1990 <= following.value <= 2099:
        return following.value, following.last
    return None, last


def _nearest(near: date, month: int, day: int) -> date:
    guess = date(near.year, month, day)
    return guess.replace(year=guess.year - 1) if guess - near > _HALF_A_YEAR else guess


def _latest(day: int, today: date) -> str:
    """The last day of that number that is not after today."""
    at = today
    while at.day != day:
        at -= timedelta(days=1)
    return at.isoformat()


def _is_day(said: Sequence[Token], number: Number) -> bool:
    """Whether an ordinal is a day of the month: «девятого», «14інде», but neither «первый раз» nor «2-й аккаунт»."""
    if number.ending:
        return number.ending in _DAY_ENDINGS
    return said[number.last].word.endswith(("ого", "его"))


def _dotted(match: re.Match[str], said: Sequence[Token], near: date) -> SpokenDay | None:
    first = bisect_left(said, match.start(), key=_start)
    last = bisect_left(said, match.end(), key=_start) - 1
    if last < first:
        return None
    try:
        if match[4]:
            day = date(int(match[4]), int(match[5]), int(match[6]))
        elif match[3]:
            day = date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[2]), int(match[1]))
        else:
            day = _nearest(near, int(match[2]), int(match[1]))
    except ValueError:
        return None
    return SpokenDay(day.isoformat(), first, last)


def _start(token: Token) -> int:
    return token.start
