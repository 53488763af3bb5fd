"""Reads the words of a promotion's questions, facts and criteria, and how people say them: what several share, then its own.

Not here: which of them must exist (see checks/check.py), finding them in a sentence (see domain/spoken/phrases.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from domain.rulebook import Localized
from domain.spoken.phrases import PhraseBook
from domain.wording import CriterionWords, FactWords, QuestionWords, Wording

FILE = "wording.toml"
SAID = "said.toml"
"""How people say it, beside how the bot does."""


class WordingError(ValueError):
    """A wording file that cannot be read; says where."""


def read_wording(folder: Path, common: Path) -> Wording:
    """The promotion's own words over the common ones. A missing file is an empty one. Raises WordingError."""
    questions: dict[str, QuestionWords] = {}
    facts: dict[str, FactWords] = {}
    criteria: dict[str, CriterionWords] = {}
    said: dict[str, dict[str, tuple[str, ...]]] = {}
    asks: dict[str, tuple[str, ...]] = {}
    implied: dict[str, str] = {}
    for path in (common / FILE, folder / FILE):
        data = _load(path)
        for name, row in data.get("questions", {}).items():
            questions[name] = _question(path, name, row, questions.get(name))
        for name, row in data.get("facts", {}).items():
            known = facts.get(name)
            ask = _both(path, name, row["ask"]) if "ask" in row or known is None else known.ask
            options = {value: _both(path, value, words) for value, words in row.get("options", {}).items()}
            facts[name] = FactWords(ask, {**(known.options if known else {}), **options})
        for name, row in data.get("criteria", {}).items():
            criteria[name] = _criterion(path, name, row, criteria.get(name))
    for path in (common / SAID, folder / SAID):
        data = _load(path)
        for name, values in data.get("said", {}).items():
            for value, phrases in values.items():
                before = said.setdefault(name, {}).get(value, ())
                said[name][value] = (*before, *_phrases(path, name, phrases))
        for name, phrases in data.get("asks", {}).items():
            asks[name] = (*asks.get(name, ()), *_phrases(path, name, phrases))
        implied.update(data.get("implied", {}))
    put = ((phrase, name) for name, phrases in asks.items() for phrase in phrases)
    return Wording(questions, facts, criteria, PhraseBook(_told(said, facts)), PhraseBook(put), implied)


def _told(
    said: Mapping[str, Mapping[str, tuple[str, ...]]], facts: Mapping[str, FactWords]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every phrase of a fact with its value; where none is listed for a value, the words on its button are."""
    for name, values in said.items():
        for value, phrases in values.items():
            yield from ((phrase, (name, value)) for phrase in phrases)
    for name, words in facts.items():
        for value, label in words.options.items():
            if value not in said.get(name, {}) and value != "none":
                yield from ((text, (name, value)) for text in map(_plain, (label.kk, label.ru)) if text)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words))


def _question(path: Path, name: str, row: Mapping[str, Any], known: QuestionWords | None) -> QuestionWords:
    """What a promotion says anew of a question stands over the common words; the rest of them stays."""
    label = _both(path, name, row.get("label")) if "label" in row or known is None else known.label
    title = _both(path, name, row.get("title")) if "title" in row or known is None else known.title
    yes = _both(path, name, row["yes"]) if "yes" in row else known.yes if known else None
    no = _both(path, name, row["no"]) if "no" in row else known.no if known else None
    return QuestionWords(label, title, yes, no)


def _criterion(path: Path, name: str, row: Any, known: CriterionWords | None) -> CriterionWords:
    named = _both(path, name, row) if known is None or "kk" in row else known.name
    do = _both(path, name, row["do"]) if "do" in row else known.do if known else None
    lost = _both(path, name, row["lost"]) if "lost" in row else known.lost if known else None
    return CriterionWords(named, do, lost)


def _phrases(path: Path, name: str, phrases: Any) -> tuple[str, ...]:
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in phrases):
        raise WordingError(f"{path}: «{name}» needs a list of phrases")
    return tuple(phrases)


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
