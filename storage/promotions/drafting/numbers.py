"""The number at the beginning of a line of rules, and whether it can be the next one: a date or a year is no clause.

Not here: what stands under a number (see clauses.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

Number = tuple[int, ...]

_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})(?P<end>\.\)|[.)]|(?=\s)|$)\s*(?P<rest>.*)", re.DOTALL)
_ARTICLE = re.compile(
    r"(?P<word>§|статья|бап|пункт|тармақ|article)\s*(?P<number>\d{1,3})\b[.):]?\s*(?P<rest>.*)"
    r"|(?P<number2>\d{1,3})-(?P<word2>бап|тармақ)\b[.):]?\s*(?P<rest2>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHAPTER = re.compile(
    r"(?:(?:глава|раздел|часть|приложение|тарау|бөлім|қосымша)\s*№?\s*[\dIVX]+|\d+-(?:тарау|бөлім|қосымша)|[IVX]{1,5}\.)(?=[\s.:)]|$)",
    re.IGNORECASE,
)
SKIPPED = 3
"""A number may jump over so many before it is taken for something else."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number: its parts, how one writes it, and the text behind it."""

    number: Number
    label: str
    text: str
    bracket: bool = False


def read_number(line: str) -> Numbered | None:
    """«1.», «1.1», «1.1.», «1)», «§ 5», «Статья 5», «5-бап»; not «10 дней», not «01.05.2025»."""
    if article := _ARTICLE.match(line):
        digits = article["number"] or article["number2"]
        word = (article["word"] or article["word2"]).lower()
        label = f"{digits}-{word}" if article["number2"] else f"{word} {digits}"
        return Numbered((int(digits),), label, (article["rest"] or article["rest2"] or "").strip())
    found = _DOTTED.match(line)
    if not found or re.match(r"\d{1,2}\.\d{1,2}\.\d{2,4}\b", line) or re.match(r"0\d|\d+\.0\d", found["number"]):
        return None
    parts = tuple(map(int, found["number"].split(".")))
    if len(parts) == 1 and not found["end"]:
        return None
    if found["rest"][:1].isdigit() and not re.search(r"\s", line[: found.start("rest")]):
        return None
    return Numbered(parts, found["number"], found["rest"].strip(), bracket=found["end"] == ")" and len(parts) == 1)


def is_chapter(line: str) -> bool:
    """«Глава 2», «Раздел IV», «3-тарау», «II.»: a heading whose number nobody cites."""
    return bool(_CHAPTER.match(line)) and len(line) < 160


def uses_brackets(lines: Iterable[str]) -> bool:
    """Whether «1)» numbers the clauses themselves: so only where nothing else does."""
    numbers = [number for line in lines if (number := read_number(line))]
    return bool(numbers) and all(number.bracket for number in numbers)


@dataclass
class Sequence:
    """The numbers so far."""

    last: Number = ()
    seen: set[Number] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)

    def take(self, number: Number) -> bool:
        """Whether it can come now; then it is the last one."""
        if not self._follows(number):
            return False
        self.last = number
        self.seen.add(number)
        return True

    def restarts(self, number: Number) -> bool:
        """Whether the counting begins anew with it."""
        return number in ((1,), (1, 1)) and number in self.seen

    def restart(self) -> None:
        self.last = ()
        self.seen.clear()

    def _follows(self, number: Number) -> bool:
        if number in self.seen:
            return False
        if not self.last:
            return number[0] <= SKIPPED and all(part <= SKIPPED for part in number[1:])
        depth = 0
        while depth < min(len(number), len(self.last)) and number[depth] == self.last[depth]:
            depth += 1
        if depth == len(number):
            return False
        before = self.last[depth] if depth < len(self.last) else 0
        jump = number[depth] - before
        if not 1 <= jump <= SKIPPED or any(part > 2 for part in number[depth + 1 :]):
            return False
        if jump > 1:
            missing = (*number[:depth], before + 1)
            self.skipped.append(".".join(map(str, missing)))
        return True
