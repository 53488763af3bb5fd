"""What is known of a person, as typed in a chat, imported, or written in a case table, read by plain rules.

Not here: what follows from a fact (see the criteria).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

When = date | datetime
"""A moment, or a bare local date where the hour is not known."""

_UNKNOWN = (None, "unknown")
_NOISE = re.compile(r"[\s\-–—_.«»\"'“”]+")


class FactError(ValueError):
    """A fact that cannot be read as what it should be."""

    def __init__(self, name: str, value: object) -> None:
        self.name = name
        self.value = value
        super().__init__(f"{name}: {value!r}")


def key(word: object) -> str:
    """A word for comparison: letter case, spaces, hyphens, dots, quotation marks, ё and a Latin ə make no difference."""
    if isinstance(word, bool):
        return "yes" if word else "no"
    return _NOISE.sub("", str(word).casefold()).replace("ё", "е").replace("ə", "ә")


def read_when(value: object, zone: ZoneInfo) -> When:
    """A moment with an offset, or a bare local date. A time without an offset is taken in `zone`.

    Raises ValueError for anything that is not an ISO 8601 date or date and time.
    """
    if isinstance(value, str):
        text = value.strip()
        value = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    if isinstance(value, datetime):
        # Fractions of a second are cut off (S-14).
        moment = value.replace(microsecond=0)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    if isinstance(value, date):
        return value
    raise ValueError(f"neither a date nor a moment: {value!r}")


def day_of(when: When, zone: ZoneInfo) -> date:
    """The calendar day of a moment in `zone`; a bare date is that date."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one person by name. `zone` reads times without an offset; `aliases` maps other spellings of a value.

    A fact that is absent was not mentioned; one that is None or «unknown» was asked and is not known.
    """

    values: Mapping[str, Any]
    zone: ZoneInfo
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def given(self, name: str) -> bool:
        return name in self.values

    def known(self, name: str) -> bool:
        return self.values.get(name) not in _UNKNOWN

    def word(self, name: str) -> str | None:
        """The value as a word for comparison, its aliases resolved."""
        if not self.known(name):
            return None
        word = key(self.values[name])
        return self.aliases.get(name, {}).get(word, word)

    def flag(self, name: str) -> bool | None:
        """Yes or no, or None if it is not known."""
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        if isinstance(value, bool):
            return value
        word = key(value)
        if word in ("yes", "true", "1", "да", "иә"):
            return True
        if word in ("no", "false", "0", "нет", "жоқ"):
            return False
        raise FactError(name, value)

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        try:
            if isinstance(value, bool) or value is None:
                raise ValueError
            return float(value)
        except (TypeError, ValueError):
            raise FactError(name, value) from None

    def when(self, name: str) -> When | None:
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        try:
            return read_when(value, self.zone)
        except ValueError:
            raise FactError(name, value) from None

    def items(self, name: str) -> tuple[str, ...] | None:
        """A list of words for comparison."""
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, (list, tuple)):
            raise FactError(name, value)
        names = self.aliases.get(name, {})
        return tuple(names.get(key(item), key(item)) for item in value)

    def rows(self, name: str) -> tuple[Mapping[str, Any], ...] | None:
        """A list of tables, such as purchases."""
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        if not isinstance(value, (list, tuple)) or any(not isinstance(row, Mapping) for row in value):
            raise FactError(name, value)
        return tuple(value)

    def month(self, name: str) -> str | None:
        """A month as YYYY-MM; a date is taken for its month."""
        value = self.values.get(name)
        if value in _UNKNOWN:
            return None
        if isinstance(value, date):
            return month_of(value)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", value.strip()):
            return value.strip()[:7]
        raise FactError(name, value)
