"""Checks of a promotion's words: the original against the source, the translation against the original, our own texts.

Leaves data, sums and dates to `check_data`, and putting all together to `catalog_check`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from domain.rulebook import LANGUAGES
from storage.promotions.checks.letters import strangers
from storage.promotions.checks.numerals import disagreements, numbers_of
from storage.promotions.rules_text import RulesText, read_rules
from storage.promotions.samples import cited, silence_named
from storage.promotions.sheet import DataFault, TomlTable, read_text

LABEL, TITLE, ANSWER = 20, 60, 300
SAMPLES_WANTED: Final = 8


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


def check_words(words: TomlTable) -> Iterator[DataFault]:
    """Faults of clauses.toml: lengths, labels that stand twice, letters of two alphabets."""
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


def check_samples(folder: Path, clauses: Collection[str]) -> Iterator[DataFault]:
    """Faults of the sample questions: a clause that does not exist, a question under two, too few for a clause."""
    for language in LANGUAGES:
        file = folder / f"samples.{language}.txt"
        text = read_text(file, []) if file.exists() else None
        if text is None:
            yield DataFault(file, 0, "the file is missing: people's questions will not be recognised", warning=True)
            continue
        seen: dict[str, tuple[str, int]] = {}
        counts = dict.fromkeys(clauses, 0)
        named: str | None = None
        for number, raw in enumerate(text.splitlines(), start=1):
            line = raw.strip()
            if not line or line == "#" or line.startswith("# "):
                continue
            if line.startswith("@"):
                named = line[1:].strip()
                if silence_named(named) is None and not cited(named, clauses):
                    yield DataFault(file, number, f"no such clause: {named}")
                continue
            if named is None:
                yield DataFault(file, number, "a question before the first @")
                continue
            question = " ".join(re.findall(r"\w+", line.casefold()))
            if question in seen and seen[question][0] != named:
                other, at = seen[question]
                yield DataFault(file, number, f"«{line}» stands under {named} and, in line {at}, under {other}")
            seen.setdefault(question, (named, number))
            for clause in cited(named, clauses)[:1]:
                counts[clause] += 1
            if odd := strangers(line):
                yield DataFault(file, number, f"letters of two alphabets in {', '.join(odd)}")
        for clause, count in counts.items():
            if count < SAMPLES_WANTED:
                yield DataFault(
                    file, 0, f"clause {clause} has {count} questions, {SAMPLES_WANTED} are wanted", warning=True
                )


def find_defects(defects: Iterable[TomlTable]) -> dict[tuple[str, str], str]:
    """The declared defects of the original: clause and kind, with the reason why it stays."""
    return {(clause, row.text("kind")): row.text("reason") for row in defects for clause in row.texts("clauses")}
