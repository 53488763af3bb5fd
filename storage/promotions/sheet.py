"""A TOML file read field by field, where every fault is kept with its line instead of raised.

Not here: the meaning of the fields (see catalog.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.rulebook import Language, Localized

Where = tuple[str | int, ...]

_KEY = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEYS = re.compile(rf"{_KEY}(?:\s*\.\s*{_KEY})*")
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_KEYS.pattern})\s*\]\]?")
_ENTRY = re.compile(rf"^\s*({_KEYS.pattern})\s*=\s*(.*)$")
_PLACEHOLDER = "?"


@dataclass(frozen=True, slots=True, order=True)
class DataFault:
    """One thing wrong in an organiser's file. `line` counts from 1; 0 means the file as a whole."""

    file: Path
    line: int
    message: str
    accepted: str | None = None
    """Why this fault of the original stays as it is; None for one that must be mended."""
    warning: bool = False
    """Worth knowing, but no reason to refuse the folder."""

    @property
    def serious(self) -> bool:
        return not self.warning and self.accepted is None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        kind = "warning: " if self.warning else ""
        return f"{place}: {kind}{self.message}" + (f" (accepted: {self.accepted})" if self.accepted else "")


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip("\"'") for key in re.findall(_KEY, text))


def locate(text: str) -> dict[Where, int]:
    """The line on which each table, entry and array item of a TOML text begins."""
    lines: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    prefix: Where = ()
    array: Where | None = None
    in_string = False
    for number, line in enumerate(text.splitlines(), start=1):
        if in_string:
            in_string = line.count('"""') % 2 == 0
            continue
        if array is not None:
            stripped = line.strip()
            if stripped.startswith("]"):
                array = None
            elif stripped and not stripped.startswith("#"):
                index = counts.get(array, 0)
                counts[array] = index + 1
                lines[(*array, index)] = number
            continue
        if header := _HEADER.match(line):
            prefix = _keys(header[2])
            if header[1] == "[[":
                index = counts.get(prefix, 0)
                counts[prefix] = index + 1
                prefix = (*prefix, index)
            lines.setdefault(prefix, number)
        elif entry := _ENTRY.match(line):
            where = (*prefix, *_keys(entry[1]))
            lines[where] = number
            value = entry[2].split("#")[0].strip() if entry[2].startswith("[") else entry[2]
            if value == "[":
                array = where
            in_string = value.count('"""') % 2 == 1
    return lines


@dataclass(slots=True)
class TomlFile:
    """One TOML file: its path, its lines, and the faults found in it so far."""

    file: Path
    lines: Mapping[Where, int]
    faults: list[DataFault]

    def fault(self, where: Where, message: str) -> None:
        self.faults.append(DataFault(self.file, self.line(where), message))

    def line(self, where: Where) -> int:
        """The line of the nearest place that encloses `where`."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1


@dataclass(slots=True)
class TomlTable:
    """A table of a sheet. Each reader returns a usable value even on a fault, so that all faults come out at once."""

    sheet: TomlFile
    data: Mapping[str, Any]
    where: Where = ()
    _known: set[str] = field(default_factory=set)

    def fault(self, key: str, message: str) -> None:
        self.sheet.fault((*self.where, key), message)

    def has(self, key: str) -> bool:
        return key in self.data

    def raw(
        self, key: str, kind: type | tuple[type, ...], what: str, default: Any = None, required: bool = True
    ) -> Any:
        self._known.add(key)
        if key not in self.data:
            if required:
                self.fault(key, f"«{key}» is missing: {what}")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            self.fault(key, f"«{key}» should be {what}, not {value!r}")
            return default
        return value

    def text(self, key: str) -> str:
        value: str = self.raw(key, str, "a text", _PLACEHOLDER)
        if not value.strip():
            self.fault(key, f"«{key}» is empty")
        return value

    def maybe_text(self, key: str) -> str | None:
        value: str | None = self.raw(key, str, "a text", required=False)
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        if default is not None and key not in self.data:
            return default
        value = self.text(key)
        if value not in allowed and value != _PLACEHOLDER:
            self.fault(key, f"«{key}» is {value!r}; it may be {', '.join(allowed)}")
        return value if value in allowed else allowed[0]

    def number(self, key: str) -> int:
        value: int = self.raw(key, int, "a whole number", 0)
        if value < 0:
            self.fault(key, f"«{key}» is negative")
        return value

    def maybe_number(self, key: str) -> int | None:
        return self.number(key) if key in self.data else None

    def day(self, key: str) -> date:
        value: date = self.raw(key, date, "a date like 2024-02-20", date(2000, 1, 1))
        if isinstance(value, datetime):
            self.fault(key, f"«{key}» should be a date without a time")
            return value.date()
        return value

    def moment(self, key: str) -> datetime:
        """A moment with its offset from UTC."""
        fallback = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
        value: datetime = self.raw(key, datetime, "a moment like 2024-01-01T00:00:00+06:00", fallback)
        if value.tzinfo is None:
            self.fault(key, f"«{key}» needs an offset, like +05:00")
            return fallback
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values: list[Any] = self.raw(key, list, "a list of texts", [], required=False)
        if any(not isinstance(value, str) for value in values):
            self.fault(key, f"«{key}» should hold texts only")
        return tuple(value for value in values if isinstance(value, str))

    def localized(self, key: str, original: Language | None = None) -> Localized:
        """A text in both languages; anything beside `kk`, `ru` and `clause` is a fault."""
        value: Mapping[str, Any] = self.raw(key, dict, "{ kk = …, ru = … }", {})
        words = {language: value.get(language) for language in ("kk", "ru")}
        for language, word in words.items():
            if key in self.data and (not isinstance(word, str) or not word.strip()):
                self.sheet.fault((*self.where, key, language), f"«{key}» has no {language} text")
        kk, ru = (word if isinstance(word, str) and word.strip() else _PLACEHOLDER for word in words.values())
        return Localized(kk, ru, original)

    def table(self, key: str) -> TomlTable:
        return TomlTable(self.sheet, self.raw(key, dict, "a table", {}, required=False), (*self.where, key))

    def tables(self, key: str) -> list[TomlTable]:
        rows: list[Any] = self.raw(key, list, "a list of tables", [], required=False)
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                self.sheet.fault((*self.where, key, index), f"«{key}» should hold tables only")
        return [
            TomlTable(self.sheet, row, (*self.where, key, i)) for i, row in enumerate(rows) if isinstance(row, dict)
        ]

    def close(self, *also: str) -> None:
        """Report every key that nothing read: a mistyped key must not pass in silence."""
        for key in self.data:
            if key not in self._known and key not in also:
                self.fault(key, f"«{key}» is not known here")


def read_text(file: Path, faults: list[DataFault]) -> str | None:
    """The text of a file (UTF-8), or None with a fault."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        faults.append(DataFault(file, 0, "the file is missing"))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(DataFault(file, line, "not UTF-8 text"))
    except OSError as error:
        faults.append(DataFault(file, 0, f"cannot be read: {error.strerror}"))
    return None


def read_sheet(file: Path, faults: list[DataFault]) -> TomlTable:
    """The root table of a TOML file; empty, with a fault, if it cannot be read."""
    text = read_text(file, faults)
    data: dict[str, Any] = {}
    if text is not None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+)", str(error))
            line = int(found[1]) if found else len(text.splitlines())
            faults.append(DataFault(file, line, f"not valid TOML: {error}"))
    return TomlTable(TomlFile(file, locate(text or ""), faults), data)
