"""A rules document as it was read: blocks, source text, notes.

Not here: reading it (see reading.py, word.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


class DocumentRefused(Exception):
    """The document cannot be made into a promotion; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the document. `gap`: an empty line stands before it. A table is one block of Markdown."""

    text: str
    kind: Literal["line", "heading", "table"] = "line"
    gap: bool = False


@dataclass(frozen=True, slots=True)
class RulesDocument:
    """What was read. `source` is the text as received, for source.txt; `notes` say what could not be read."""

    blocks: tuple[Block, ...]
    source: str
    notes: tuple[str, ...] = field(default=())
