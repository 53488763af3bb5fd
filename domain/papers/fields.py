"""Fields in the text of a paper: IINs, dates, names beside their labels, accounts, and who gives a power of attorney to whom."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from domain.participants import has_check_digit

_TWELVE = re.compile(r"(?<![\dA-Za-z])(?:\d[ ]?){11}\d(?![\dA-Za-z])")
_DATE = re.compile(r"(?<!\d)(\d{2})[.,](\d{2})[.,]((?:19|20)\d{2})(?!\d)")
_MOMENT = re.compile(r"(?<!\d)(\d{2})[.,](\d{2})[.,](20\d{2})[ ,]*\s*(\d{1,2})[:.](\d{2})(?!\d)")
_ACCOUNT = re.compile(r"(?<![A-Za-zА-Яа-я])[I1l|]D[ :№]*(\d{6,10})(?!\d)|(?<!\d)(\d{8})(?!\d)")
_NAME_LINE = re.compile(r"^[^а-яәғқңөұүһі\d]*?([А-ЯӘҒҚҢӨҰҮҺІЁ][А-ЯӘҒҚҢӨҰҮҺІЁ-]{1,30})(?:\s+[А-ЯӘҒҚҢӨҰҮҺІЁ]{1,2})?\W*$")
_LABELS: Final = {"surname": ("фамили", "тегі"), "given": ("имя", "аты/", "аты /"), "father": ("отчеств", "әкесін")}


def iins(text: str) -> list[str]:
    """All numbers of twelve digits, in order, each once."""
    found = (re.sub(r"\D", "", match[0]) for match in _TWELVE.finditer(text))
    return list(dict.fromkeys(number for number in found if len(number) == 12))


def best_iin(text: str) -> str:
    """The first IIN whose check digit is right, else the first number that has a birthday's shape, else ""."""
    numbers = iins(text)
    right = [number for number in numbers if has_check_digit(number)]
    return (right or numbers or [""])[0]


def dates(text: str) -> list[date]:
    days = []
    for match in _DATE.finditer(text):
        try:
            days.append(date(int(match[3]), int(match[2]), int(match[1])))
        except ValueError:
            continue
    return days


def moments(text: str) -> list[datetime]:
    """Days with an hour, as they are written, without a zone."""
    found = []
    for match in _MOMENT.finditer(text):
        day, month, year, hour, minute = (int(part) for part in match.groups())
        try:
            found.append(datetime(year, month, day, hour, minute))  # noqa: DTZ001 - as the screen shows it
        except ValueError:
            continue
    return found


def account(text: str) -> str:
    """Digits of the account of a player: after ID, else a number of eight digits by itself, else ""."""
    found = [match[1] or match[2] for match in _ACCOUNT.finditer(text)]
    named = [match[1] for match in _ACCOUNT.finditer(text) if match[1]]
    return (named or found or [""])[0]


def names(text: str) -> dict[str, str]:
    """Surname, given name and father's name of a card's front: the line after each label."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        low = line.lower()
        for field, labels in (
            ("father", _LABELS["father"]),
            ("surname", _LABELS["surname"]),
            ("given", _LABELS["given"]),
        ):
            if field not in found and any(label in low for label in labels):
                for after in lines[at + 1 : at + 3]:
                    match = _NAME_LINE.match(after)
                    if match:
                        found[field] = match[1].capitalize()
                        break
                break
    return found


def until(text: str) -> date | None:
    """The day up to which a power of attorney holds."""
    flat = re.sub(r"\s+", " ", text)
    match = re.search(
        r"(?:действительна|действует|сроком)\D{0,20}(?:до|по)\s+(\d{2}[.,]\d{2}[.,]\d{4})", flat, re.IGNORECASE
    )
    match = match or re.search(r"(\d{2}[.,]\d{2}[.,]\d{4})\s*(?:ж\.?\s*)?(?:дейін|күніне дейін)", flat, re.IGNORECASE)
    if match:
        days = dates(match[1])
        return days[0] if days else None
    return None
