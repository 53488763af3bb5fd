"""Reads the words of a promotion's questions, facts and criteria: what several share from promotions/common, then its own.

Leaves which of them must exist to `catalog_check`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.rulebook import Localized
from domain.wording import FactWords, QuestionWords, Wording

FILE = "wording.toml"


class WordingError(ValueError):
    """A wording file that cannot be read; says where."""


def read_wording(folder: Path, common: Path) -> Wording:
    """The promotion's own words over the common ones. A missing file is an empty one. Raises WordingError."""
    questions: dict[str, QuestionWords] = {}
    facts: dict[str, FactWords] = {}
    criteria: dict[str, Localized] = {}
    for path in (common / FILE, folder / FILE):
        data = _load(path)
        for name, row in data.get("questions", {}).items():
            questions[name] = QuestionWords(_both(path, name, row.get("label")), _both(path, name, row.get("title")))
        for name, row in data.get("facts", {}).items():
            known = facts.get(name)
            ask = _both(path, name, row["ask"]) if "ask" in row or known is None else known.ask
            options = {value: _both(path, value, words) for value, words in row.get("options", {}).items()}
            facts[name] = FactWords(ask, {**(known.options if known else {}), **options})
        for name, row in data.get("criteria", {}).items():
            criteria[name] = _both(path, name, row)
    return Wording(questions, facts, criteria)


def _load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(f"{path}: {error}") from error


def _both(path: Path, name: str, row: Any) -> Localized:
    if not isinstance(row, Mapping) or not row.get("kk") or not row.get("ru"):
        raise WordingError(f"{path}: «{name}» needs words in kk and ru")
    return Localized(str(row["kk"]), str(row["ru"]))
