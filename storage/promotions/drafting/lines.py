"""What a single line of a rules document is: loud, an item, a row of a table without borders, the rest of the line before.

Not here: the order of the lines (see clauses.py).
"""

from __future__ import annotations

import re

_BULLET = re.compile(r"([•·▪●◦*–—-]|[oо](?=\s{2}))\s+")
_ITEM = re.compile(r"(?:[a-zа-яәғқңөұүһі]\)|\d{1,2}\))\s*\S", re.IGNORECASE)
_ROW = re.compile(r"\d{1,3}\s+\S.*\d$")
_TOTAL = re.compile(r"(?:итого|всего|барлығы|жиыны)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…»”\")]$")


def plain(text: str) -> str:
    """A line without Markdown: bold, escapes, links."""
    text = re.sub(r"\[([^\]]*)\]\((?:[^)]*)\)", r"\1", text)
    text = re.sub(r"<(https?://[^>]+)>", r"\1", text)
    text = re.sub(r"(?<!\\)\*\*|(?<!\\)__", "", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|~-])", r"\1", text).strip()


def is_loud(text: str) -> bool:
    """Capitals throughout: a heading, whatever it looks like otherwise."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.9 * len(letters) and len(text) < 160


def goes_on(before: str, text: str, *, gap: bool, width: int | None) -> bool:
    """Whether a line only continues the one before: lines of a width are broken by it, not by sense."""
    if not before or re.search(r"[:;]$", before) or _BULLET.match(text) or _ITEM.match(text):
        return False
    long = width is not None and len(before) >= 0.75 * width
    if _ENDS.search(before) and not (long and not gap):
        return False
    return text[:1].islower() or long or (not gap and width is not None)


def add_line(lines: list[str], text: str, fresh: bool) -> None:
    """Adds a line of the document: as a line of its own, as an item of a list, or as the rest of the line before."""
    if bullet := _BULLET.match(text):
        mark = "-" if bullet[1] in "-–—*" else "•"
        lines.append(f"{mark} {text[bullet.end() :]}")
    elif fresh or not lines or not lines[-1]:
        lines.append(text)
    else:
        before = lines[-1]
        glued = re.search(r"\w-$", before) and text[:1].isalpha()
        lines[-1] = f"{before}{'' if glued else ' '}{text}"


def find_rows(lines: list[str]) -> set[str]:
    """Lines of a table that lost its borders: at least three in a row, counted, each ending in a number."""
    found: set[str] = set()
    run: list[int] = []
    for at, line in enumerate([*lines, ""]):
        if _ROW.match(line) and int(line.split()[0]) == len(run) + 1:
            run.append(at)
            continue
        if len(run) >= 3:
            head = next(
                (back for back in range(run[0], max(-1, run[0] - 8), -1) if lines[back].startswith("№ ")), run[0]
            )
            found.update(lines[head:at])
            if _TOTAL.match(line):
                found.add(line)
        run = []
    return found
