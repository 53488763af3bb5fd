"""Numbers, dates, amounts and addresses of a rules text: candidates for promotion.toml, each with the words it stands in.

Not here: choosing among them (see the person who fills the skeleton in). Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain.rulebook import Language

Topic = Literal["dates", "prizes", "deadlines", "percent", "site", "phone", "email", "address", "age"]

_MONTHS = (
    ("январ", "қаңтар"),
    ("феврал", "ақпан"),
    ("март", "наурыз"),
    ("апрел", "сәуір"),
    ("ма[йяе]", "мамыр"),
    ("июн", "маусым"),
    ("июл", "шілде"),
    ("август", "тамыз"),
    ("сентябр", "қыркүйе"),
    ("октябр", "қазан"),
    ("ноябр", "қараша"),
    ("декабр", "желтоқсан"),
)
_MONTH = "|".join(f"{name}[а-яәғқңөұүһіəi]*" for names in _MONTHS for name in names).replace("сәуір", "с[әəa]у[іi]р")
_DAY = re.compile(
    rf"\b\d{{1,2}}\.\d{{2}}\.\d{{4}}(?!\d)|\b\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?"
    rf"|\b\d{{4}}\s*жыл\w*\s+(?:\d{{1,2}}\s+)?(?:{_MONTH})|\b(?:{_MONTH})\s+\d{{4}}|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?\b")
_MONEY = re.compile(
    r"(?<![\d.,])(?P<amount>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)(?:\s*\([^)]{3,120}\))?\s*(?:тенге|теңге|тг\b|₸|kzt)",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"(?<![\d.,+-])(?<!\d[ \u00a0])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d-]|[ \u00a0-]\d{2}\b)|\b\d+\s*(?:шт\b|штук|дана\b|зачислени)",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b\d+(?:\s*\([^)]{2,40}\))?(?:-?[а-я]{0,3})?\s*(?:рабоч\w*|календарн\w*|жұмыс|күнтізбелік|банковск\w*)?\s*"
    r"(?:дн\w+|день|суток|недел\w+|месяц\w*|час\w*|күн\w*|апта\w*|ай\b|сағат\w*)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:%|процент\w*|пайыз\w*)", re.IGNORECASE)
_AGE = re.compile(r"\b\d{2}\s*(?:\([^)]{3,30}\)\s*)?(?:лет\b|жас\w*)|(?:восемнадцат|он сегіз)\w*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(
    r"(?<![@\w])(?:https?://)?(?:[a-z0-9-]+\.)+(?:kz|com|ru|org|net|app|me|io)\b(?:/[\w./?=&%-]*)?", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\d*.])(?:\+7|8)[ \u00a0(-]{0,2}\d{3}[ \u00a0)-]{0,2}\d{2,3}(?:[ \u00a0-]?\d{2}){1,3}(?![\d*])|(?<!\d)\*\d{2,4}(?:\*\d+)?#"
)
_TOWN = r"\b(?:г|город|қ|қаласы)\b\.?\s*[А-ЯӘҒҚҢӨҰҮҺІ]\w+|[А-ЯӘҒҚҢӨҰҮҺІ]\w+ қаласы"
_STREET = r"\b(?:ул|улица|пр|пр-т|проспект|мкр|бульвар)\b|көшесі|даңғылы"
_ADDRESS = re.compile(
    rf"(?:{_TOWN})[^;\n]{{0,40}}?(?:{_STREET})[^;\n]{{0,40}}?\d+(?:\s*,?\s*(?:корпус|офис|оф\.|кв\.|каб\w*)\s*\d+)?"
    rf"|(?:{_TOWN})\s*,\s*[А-ЯӘҒҚҢӨҰҮҺІ][\w ]{{2,30}},\s*(?:д\.|дом|үй)?\s*\d+"
)
_FINDERS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("phone", _PHONE),
    ("email", _EMAIL),
    ("site", _SITE),
    ("address", _ADDRESS),
    ("prizes", _MONEY),
    ("prizes", _PIECES),
    ("deadlines", _TERM),
    ("percent", _PERCENT),
    ("age", _AGE),
)
"""In this order: what one has found is no candidate for the next."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that looks like a value. `value` is it alone, `words` the sentence it stands in."""

    topic: Topic
    clause: str
    value: str
    words: str


def find_facts(clause: str, text: str) -> Iterator[Fact]:
    """The candidates of one clause, each value once; dates of one sentence together, for they are often the two ends of a period."""
    seen: set[tuple[Topic, str]] = set()
    for line in text.split("\n"):
        if days := _DAY.findall(line):
            clocks = _CLOCK.findall(line)
            yield Fact("dates", clause, " … ".join([*days, *clocks]), _around(line, line.find(days[0])))
        taken: list[range] = []
        for topic, pattern in _FINDERS:
            for found in pattern.finditer(line):
                if any(found.start() < each.stop and each.start < found.end() for each in taken):
                    continue
                taken.append(range(*found.span()))
                value = _digits(found) or found[0].strip(" ,;.")
                if (topic, value.lower()) not in seen:
                    seen.add((topic, value.lower()))
                    yield Fact(topic, clause, value, _around(line, found.start()))


def _digits(found: re.Match[str]) -> str:
    """An amount of money in digits alone."""
    return f"{re.sub(r'[^0-9]', '', found['amount'])} ₸" if "amount" in found.re.groupindex else ""


def _around(line: str, at: int) -> str:
    """The sentence around a place, short enough for a comment."""
    start = max(0, at - 60)
    piece = line[start : at + 100]
    return f"{'…' if start else ''}{piece.strip()}{'…' if at + 100 < len(line) else ''}"


def tell_language(text: str) -> Language | None:
    """Kazakh by the letters that Russian lacks, else Russian by its letters; None where neither says anything."""
    letters = re.findall(r"[а-яёәғқңөұүһіə]", text.lower())
    if len(letters) < 20:
        return None
    own = sum(letter in "әғқңөұүһіə" for letter in letters)
    return "kk" if own > 0.04 * len(letters) else "ru"
