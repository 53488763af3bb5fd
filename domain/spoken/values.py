"""Days, months, times and sums as people write them in Kazakh and Russian: «12 наурыз», «вчера», «600 тыс», «1,5 млн».

Leaves what they mean to whoever asked. Nothing is guessed: what cannot be read is a Fault with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Literal

from rapidfuzz.fuzz import ratio

from domain.spoken.words import MONTH_NAMES, MONTH_STEMS, ONES, RELATIVE, SCALES, TENGE

Reason = Literal["unclear", "no_such_day", "no_such_time", "negative", "other_currency", "too_much", "future", "refund"]

LARGEST_KZT: Final = 100_000_000_000


@dataclass(frozen=True, slots=True)
class SpokenFault:
    """Why a text could not be read; `text` is the part that is meant."""

    reason: Reason
    text: str


_WORD: Final = r"[^\W\d_]+"
_ALIKE: Final = 75.0
"""How alike a mistyped month must be to its name; shorter words than four letters are never guessed."""
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_FULL = re.compile(r"(?<![\d.,/-])(\d{1,2})(?:\s*[-–,]\s*|\s+)(\d{1,2})(?:\s*[-–,]\s*|\s+)((?:19|20)\d\d)(?!\d)")
_DOTTED = re.compile(
    r"(?<![\d.,/])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?:\s*(?:г(?:ода?)?\.?|ж(?:ыл\w*)?\.?)(?!\w))?(?![\d/]|[.,]\d)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY_MONTH = re.compile(
    rf"(?:{_YEAR}\s*(?:жыл\w*|ж\.?|года?|г\.?)?\s*)?(?<!\d)(?P<day>\d{{1,2}})(?:-?(?:го|е|ші|і))?\s*[-–]?\s*(?P<month>{_WORD})"
    rf"(?:\s*,?\s*(?P<year2>(?:19|20)\d\d)(?!\d)(?:\s*(?:года?|г|жыл\w*|ж)\b\.?)?)?",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(
    rf"(?:{_YEAR}\s*жыл\w*\s+)?(?P<month>{_WORD}[дтн][ыі]ң)\s+(?P<day>\d{{1,2}})\s*-?\s*с?[ыі]\w*", re.IGNORECASE
)
"""«Қаңтардың 12-сінде»."""
_TIME = re.compile(r"(?<![\d:.])(?:в\s+|сағат\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])", re.IGNORECASE)
_FOREIGN = re.compile(r"[$€£¥₽]|\b(?:usd|eur|rub|руб\w*|доллар\w*|евро|сом\b|юан\w*|dollar\w*)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<sign>[-−–](?=\d))?(?P<number>\d+(?:[ \u00a0\u202f'’]\d{3})*(?:[.,]\d{3}(?=[.,]\d))*(?:[.,]\d+)?)\s*(?P<unit>₸|[^\W\d_]+)?\.?",
    re.IGNORECASE,
)


_WHEN = ("қашан", "кашан")
"""«Қашан» (when) is one letter from «қазан» (October)."""


def month_named(word: str) -> int | None:
    """1 to 12 for the beginning of a month's name in either language, else None."""
    lower = word.casefold()
    for number, stems in enumerate(MONTH_STEMS, 1):
        if any(lower.startswith(stem) for stem in stems):
            return number
    if len(lower) < 4 or lower.startswith(_WHEN):
        return None
    best = max(MONTH_NAMES, key=lambda name: ratio(lower, name))
    return MONTH_NAMES[best] if ratio(lower, best) >= _ALIKE else None


@dataclass(frozen=True, slots=True)
class SpokenValue:
    """A day that stands in a text, and the text around it."""

    day: date
    rest: str


def find_day(text: str, today: date, near: date | None = None) -> SpokenValue | SpokenFault | None:
    """The first day in a text, None if there is none. «Вчера» counts from `today`.

    A day without a year is the one nearest to `near` (by default today), at most half a year after it.
    """
    about = near or today
    if match := _ISO.search(text):
        return _found(text, match, int(match[1]), int(match[2]), int(match[3]), about)
    if (match := _OF_MONTH.search(text)) and (month := month_named(match["month"])):
        return _found(text, match, int(match["year"]) if match["year"] else None, month, int(match["day"]), about)
    for match in _DAY_MONTH.finditer(text):
        if month := month_named(match["month"]):
            year = match["year"] or match["year2"]
            return _found(text, match, int(year) if year else None, month, int(match["day"]), about)
    if match := _DOTTED.search(text):
        year = int(match[3]) if match[3] else None
        return _found(
            text, match, 2000 + year if year is not None and year < 100 else year, int(match[2]), int(match[1]), about
        )
    if match := _FULL.search(text):
        return _found(text, match, int(match[3]), int(match[2]), int(match[1]), about)
    for match in re.finditer(_WORD, text):
        if (away := RELATIVE.get(match[0].casefold())) is not None:
            return SpokenValue(today + timedelta(days=away), _without(text, match))
    return None


def read_day(text: str, today: date, near: date | None = None) -> date | SpokenFault:
    """The day that a text names."""
    found = find_day(text, today, near)
    if found is None:
        return SpokenFault("unclear", text)
    return found if isinstance(found, SpokenFault) else found.day


def read_month(text: str, today: date) -> str | SpokenFault:
    """`YYYY-MM` for «март», «наурыз 2024», «03.2024»; a month without a year is the latest one that has begun."""
    if match := re.search(r"(?<!\d)(\d{1,2})[./-]((?:19|20)\d\d)(?!\d)", text) or re.search(
        r"()((?:19|20)\d\d)-(\d{2})(?!\d)", text
    ):
        number = int(match[1] or match[3])
        return f"{match[2]}-{number:02d}" if 1 <= number <= 12 else SpokenFault("unclear", text)
    for word in re.finditer(_WORD, text):
        if month := month_named(word[0]):
            given = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
            year = int(given[1]) if given else today.year - (month > today.month)
            return f"{year}-{month:02d}"
    return SpokenFault("unclear", text)


def find_time(text: str) -> tuple[time | SpokenFault, str] | None:
    """The first time of day (HH:MM or HH:MM:SS) and the text without it."""
    match = _TIME.search(text)
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)), _without(text, match)
    except ValueError:
        return SpokenFault("no_such_time", match[0].strip()), _without(text, match)


def read_number(text: str) -> int | SpokenFault:
    """A whole number that is not below zero, alone or among words: «мне 17», «17 жас», up to twenty also in words."""
    numbers = re.findall(r"[-−–]?\s?\d+(?:[.,]\d+)?", text)
    if not numbers and (said := _number_in_words(text)) is not None:
        return said
    if len(numbers) != 1:
        return SpokenFault("unclear", text)
    bare = re.sub(r"\D", "", numbers[0])
    if len(bare) > 12:
        return SpokenFault("too_much", text)
    if re.match(r"\s*[-−–]", numbers[0]):
        return SpokenFault("negative", text)
    return int(bare) if bare == numbers[0].strip() else SpokenFault("unclear", text)


def _number_in_words(text: str) -> int | None:
    """The one number up to twenty that stands in words: «три», «на пятый день», «он жеті»."""
    words = [word.casefold().replace("ё", "е") for word in re.findall(_WORD, text)]
    found = [ONES[word] for word in words if word in ONES]
    if len(found) == 2 and found[0] == 10 and found[1] < 10 and "он" in words:
        return 10 + found[1]
    return found[0] if len(found) == 1 else None


def read_amount(text: str) -> int | SpokenFault:
    """Whole tenge for «600 тыс», «1,5 млн», «600 000 тг», «600000». Raises nothing: what is no sum is a Fault."""
    if foreign := _FOREIGN.search(text):
        return SpokenFault("other_currency", foreign[0])
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return SpokenFault("unclear", text)
    total = 0
    for match in matches:
        if match["sign"]:
            return SpokenFault("negative", match[0].strip())
        amount = _scaled(match["number"], (match["unit"] or "").casefold())
        if amount is None:
            return SpokenFault("unclear", match[0].strip())
        # «1 млн 500 тыс» is one sum; two sums of one size, or a number of something else, are not
        if total and (total % 1_000_000 or amount < 1_000):
            return SpokenFault("unclear", text)
        total += amount
    return total if 0 < total <= LARGEST_KZT else SpokenFault("too_much" if total else "unclear", text)


def is_unit(word: str) -> bool:
    """Whether a word only says how much or in what: «тыс», «миллион», «теңгеге»."""
    unit = word.casefold()
    return unit in TENGE or _scale(unit) is not None


def _scale(unit: str) -> int | None:
    return next(
        (
            size
            for size, words in SCALES.items()
            if unit in words or (len(unit) > 3 and unit.startswith(tuple(word for word in words if len(word) > 2)))
        ),
        None,
    )


def _scaled(number: str, unit: str) -> int | None:
    scale = _scale(unit) or 1
    bare = re.sub(r"[ \u00a0\u202f'’]", "", number)
    if scale == 1 and unit and unit not in TENGE:
        return None
    whole, mark, part = bare.replace(",", ".").rpartition(".") if re.search(r"[.,]", bare) else (bare, "", "")
    whole = whole.replace(".", "")
    if not mark:
        return int(whole) * scale
    if scale == 1:
        # «600.000» and «600,000» are thousands, «450 000,50» has tiyn, which no rule counts; «600,50» may mean either
        if len(part) == 3:
            return int(whole + part)
        return int(whole) if len(part) <= 2 and (not int(part) or int(whole) >= 1_000) else None
    shifted = int(whole + part) * scale
    return shifted // 10 ** len(part) if not shifted % 10 ** len(part) else None


def _found(
    text: str, match: re.Match[str], year: int | None, month: int, day: int, near: date
) -> SpokenValue | SpokenFault:
    try:
        if year is not None:
            return SpokenValue(date(year, month, day), _without(text, match))
        guess = date(near.year, month, day) if (month, day) != (2, 29) else _leap_day(near)
    except ValueError:
        return SpokenFault("no_such_day", match[0].strip())
    # «31 декабря» said in January is last year's; half a year ahead is nobody's plan
    if guess - near > timedelta(days=183):
        guess = guess.replace(year=guess.year - 1) if (month, day) != (2, 29) else guess
    return SpokenValue(guess, _without(text, match))


def _leap_day(near: date) -> date:
    year = near.year
    while not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        year -= 1
    return date(year, 2, 29)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
