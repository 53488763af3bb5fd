"""Reads a folder of labelled lines: each becomes what is asked of the bot, beside its label.

Not here: what counts as right (see judging.py) and the labels' meaning (see README.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cli.asking import BatchQuestion
from domain.rulebook import Language

FILES = ("questions", "personal", "safety", "functions", "talks", "promotions", "purchases")
CHECKS = "answers_in_checks"
PERSON: Mapping[str, str] = {"ru": "оператор", "kk": "адам керек"}
TONGUE: Mapping[str, str] = {"ru": "русский", "kk": "қазақша"}

Title = Callable[[str, str, Language], str]
"""The title of a clause of a promotion: asked as a question it gets that clause, for lines that go on from an answer."""


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """`file` is the one it stands in; of a talk every turn is a line of its own, with its label."""

    file: str
    question: BatchQuestion
    label: Mapping[str, Any]
    lang: Language

    @property
    def id(self) -> str:
        return str(self.question.id)

    @property
    def kind(self) -> str:
        """The class within the file."""
        return str(self.label.get("class") or self.label.get("intent") or "")


def read_folder(folder: Path, title: Title) -> list[LabelledLine]:
    """All labelled lines of a folder; the answers in checks lie in it or beside it. Raises OSError, ValueError, KeyError."""
    lines = [line for name in FILES for row in _rows(folder / f"{name}.jsonl") for line in _lines(name, row, title)]
    checks = [path for path in (folder / f"{CHECKS}.jsonl", folder.parent / f"{CHECKS}.jsonl") if path.exists()]
    lines += [_check(row) for row in (_rows(checks[0]) if checks else ())]
    if not lines:
        raise ValueError(f"{folder} holds no labelled lines")
    return lines


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """The lines that have an id: the first line of some files only explains."""
    if file.exists():
        rows = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
        yield from (row for row in rows if "id" in row)


def _lines(name: str, row: dict[str, Any], title: Title) -> Iterator[LabelledLine]:
    lang: Language = row["lang"]
    slug: str = row.get("promotion") or row["current"]
    now = datetime.fromisoformat(row["now"]) if "now" in row else None
    before: tuple[str, ...] = ()
    begins = lang
    if name == "talks":
        texts = [str(turn["text"]) for turn in row["turns"]]
        for number, turn in enumerate(row["turns"]):
            asked = BatchQuestion(texts[number], slug, lang, f"{row['id']}/{number + 1}", now, tuple(texts[:number]))
            yield LabelledLine(name, asked, {**turn, "turn": number}, lang)
        return
    if row.get("context") == "handoff":
        before = (PERSON[lang],)
    elif "previous" in row:
        before = (title(slug, row["previous"], lang),)
    elif "previous_lang" in row:
        begins, before = row["previous_lang"], (TONGUE["ru" if row["previous_lang"] == "kk" else "kk"],)
    doing = "purchases" if name == "purchases" else None
    text = str(row.get("question") if name == "questions" else row["text"])
    yield LabelledLine(name, BatchQuestion(text, slug, begins, row["id"], now, before, doing), row, lang)


def _check(row: dict[str, Any]) -> LabelledLine:
    now = datetime.fromisoformat(row["now"]) if "now" in row else None
    before = tuple(row.get("before") or ())
    asked = BatchQuestion(row["question"], row["promotion"], row["lang"], row["id"], now, before, row["doing"])
    return LabelledLine(CHECKS, asked, row, row["lang"])
