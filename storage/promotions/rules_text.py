"""One language of the rules as a Markdown file with a front matter, cut into clauses with their lines.

Not here: joining the two languages (see catalog.py); comparing them (see storage/promotions/checks/check.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.rulebook import Language
from storage.promotions.sheet import DataFault, read_text


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one clause in one language and the line of its heading."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class RulesText:
    """One language of the rules; `body` is the whole file, for the version of the rulebook."""

    file: Path
    language: Language
    title: str
    status: Literal["original", "translation"]
    passages: dict[str, Passage]
    body: str


def read_rules(folder: Path, language: Language, faults: list[DataFault]) -> RulesText | None:
    """The rules of `folder` in one language, or None with faults if the file is missing or has no front matter."""
    file = folder / f"rules.{language}.md"
    body = read_text(file, faults)
    if body is None:
        return None
    lines = body.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        faults.append(DataFault(file, 1, "the file should begin with a front matter between two lines «---»"))
        return None
    end = next(number for number, line in enumerate(lines) if number and line.strip() == "---")
    front = {
        key.strip(): value.split(" #")[0].strip() for key, _, value in (line.partition(":") for line in lines[1:end])
    }
    if not front.get("title"):
        faults.append(DataFault(file, 1, "the front matter has no title"))
    if front.get("language") != language:
        faults.append(DataFault(file, 1, f"the front matter should say «language: {language}»"))
    status = front.get("status", "")
    if status not in ("original", "translation"):
        faults.append(DataFault(file, 1, "«status» should be original or translation"))
    kind: Literal["original", "translation"] = "original" if status == "original" else "translation"
    passages = _passages(file, lines, end + 1, faults)
    return RulesText(file, language, front.get("title") or "?", kind, passages, body)


def _passages(file: Path, lines: list[str], start: int, faults: list[DataFault]) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    heads = [number for number in range(start, len(lines)) if lines[number].startswith("## ")]
    if not heads:
        faults.append(DataFault(file, start + 1, "no clause: each begins with a line «## label»"))
    for number in range(start, heads[0] if heads else start):
        if lines[number].strip():
            faults.append(DataFault(file, number + 1, "text before the first clause"))
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=True):
        label = lines[head][3:].strip()
        text = "\n".join(lines[head + 1 : following]).strip()
        if label in passages:
            faults.append(DataFault(file, head + 1, f"clause {label} stands twice"))
        if not text:
            faults.append(DataFault(file, head + 1, f"clause {label} has no text"))
        passages[label] = Passage(text or "?", head + 1)
    return passages
