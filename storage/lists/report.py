"""Writes the rows that were refused, repeated or remarked on into a CSV file that a spreadsheet opens without running anything.

Not here: what is wrong with them (see the readers). The file holds the rows as the organiser sent them, so only its owner may read it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from storage.lists.kinds.records import Remark

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""With one of these a spreadsheet takes a cell for a formula."""


def write_report(path: Path, headers: Sequence[str], groups: Iterable[tuple[str, Sequence[Remark]]]) -> int:
    """Says how many rows it wrote. Raises OSError."""
    written = 0
    path.unlink(missing_ok=True)  # an older report may have been readable by others
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(["row", "what", "why", *map(defuse, headers)])
        remarks = [(remark.row, what, remark) for what, group in groups for remark in group]
        for row, what, remark in sorted(remarks, key=lambda entry: entry[:2]):
            writer.writerow([row, what, defuse(remark.reason), *map(defuse, remark.cells)])
            written += 1
    return written


def defuse(text: str) -> str:
    """The same text, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" \u00a0'\"").startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text
