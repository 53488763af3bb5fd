"""Checks of a promotion's words: the original against the source, the translation against the original, our own texts.

Not here: data, sums and dates (see data.py); putting all together (see check.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from domain.rulebook import LANGUAGES
from storage.promotions.checks.letters import strangers
from storage.promotions.checks.numerals import disagreements, numbers_of
from storage.promotions.rules_text import RulesText, read_rules
from storage.promotions.sheet import DataFault, TomlTable, read_text

LABEL, TITLE, ANSWER = 20, 60, 300
_YES_OR_NO: Final = re.compile(r"\W*(?:да|нет|иә|ия|жоқ)(?!\w)", re.IGNORECASE)


def check_rules(folder: Path) -> Iterator[tuple[str | None, str, DataFault]]:
    """Faults of the two rules files, each with its clause and its kind, by which an original's defect may be declared.

    The clause is None for a fault of a text of ours: that is never accepted.
    """
    texts = [text for language in LANGUAGES if (text := read_rules(folder, language, [])) is not None]
    source = read_text(folder / "source.txt", [])
    for text in texts:
        original = text.status == "original"
        for number, passage in text.passages.items():
            for digits, words in disagreements(passage.text):
                fault = DataFault(text.file, passage.line, f"clause {number}: {digits} is not «{words}»")
                yield number, "numbers", fault
            if odd := strangers(passage.text):
                fault = DataFault(
                    text.file, passage.line, f"clause {number}: letters of two alphabets in {', '.join(odd)}"
                )
                yield (number if original else None), "letters", fault
        if original and source is not None:
            yield from ((number, "source", fault) for number, fault in _missing_in_source(text, source))
    if len(texts) == len(LANGUAGES):
        yield from ((number, "translation", fault) for number, fault in _numbers_differ(*texts))


def _bare(text: str) -> str:
    """Letters and digits only, without Markdown links, for comparing wordings."""
    return re.sub(r"[\W_]+", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def _missing_in_source(text: RulesText, source: str) -> Iterator[tuple[str, DataFault]]:
    whole = _bare(source)
    for number, passage in text.passages.items():
        for line in passage.text.splitlines():
            parts = line.strip().strip("|").split("|") if line.startswith("|") else [line]
            for part in parts:
                if _bare(part) not in whole:
                    yield (
                        number,
                        DataFault(
                            text.file, passage.line, f"clause {number}: not in source.txt: «{part.strip()[:80]}»"
                        ),
                    )


def _numbers_differ(kk: RulesText, ru: RulesText) -> Iterator[tuple[str, DataFault]]:
    translation = kk if kk.status == "translation" else ru
    for number in kk.passages.keys() & ru.passages.keys():
        one, other = numbers_of(kk.passages[number].text), numbers_of(ru.passages[number].text)
        if one != other:
            odd = sorted(set(one) ^ set(other)) or "how often they stand"
            line = translation.passages[number].line
            yield number, DataFault(translation.file, line, f"clause {number}: numbers differ from the original: {odd}")


def begins_with_yes_or_no(text: str) -> bool:
    """Whether a stored text takes a side that only the question decides: yes and no are computed, never stored."""
    return _YES_OR_NO.match(text) is not None


def check_words(words: TomlTable) -> Iterator[DataFault]:
    """Faults of clauses.toml: lengths, labels that stand twice, answers and notes that begin with yes or no, letters of two alphabets."""
    file, sheet = words.sheet.file, words.sheet
    seen: dict[tuple[str, str], str] = {}
    for number, row in words.data.items():
        if not isinstance(row, dict):
            continue
        for field, limit in (("label", LABEL), ("title", TITLE), ("answer", ANSWER), ("note", 10**6)):
            texts = row.get(field, {})
            for language, text in texts.items() if isinstance(texts, dict) else ():
                line = sheet.line((number, field))
                if isinstance(text, str) and len(text) > limit:
                    yield DataFault(
                        file, line, f"clause {number}: {field} in {language} has {len(text)} characters of {limit}"
                    )
                if field in ("answer", "note") and isinstance(text, str) and begins_with_yes_or_no(text):
                    message = f"clause {number}: {field} in {language} begins with yes or no: that is computed"
                    yield DataFault(file, line, message)
                if field == "label" and (language, text) in seen:
                    yield DataFault(file, line, f"clauses {seen[language, text]} and {number} have the label «{text}»")
                elif field == "label":
                    seen[language, text] = number
    yield from check_letters(file, words.data, sheet.line)


def check_letters(file: Path, data: Any, line: Any, where: tuple[str | int, ...] = ()) -> Iterator[DataFault]:
    """Words with letters of two alphabets anywhere in a TOML table."""
    if isinstance(data, str):
        if odd := strangers(data):
            yield DataFault(file, line(where), f"letters of two alphabets in {', '.join(odd)}")
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from check_letters(file, value, line, (*where, key))


def find_defects(defects: Iterable[TomlTable]) -> dict[tuple[str, str], str]:
    """The declared defects of the original: clause and kind, with the reason why it stays."""
    return {(clause, row.text("kind")): row.text("reason") for row in defects for clause in row.texts("clauses")}
