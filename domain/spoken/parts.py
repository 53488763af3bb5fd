"""The parts of a text between its stops: commas, «и», ends of sentences and lines.

Not here: what the parts say (see told.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.spoken.mentions import Mention

CLOSING: Final = ("\n", ".")
"""Stops that end a sentence or a line."""


@dataclass(slots=True)
class Part:
    """What stands between two stops."""

    before: str
    line: int
    mentions: list[Mention]
    kinds: set[str] = field(default_factory=set)
    paid: bool = False

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.kinds.add(mention.kind)
        self.paid = self.paid or (mention.kind in ("sum", "same") and not mention.denied)


def parts_of(mentions: Sequence[Mention]) -> list[Part]:
    parts = [Part("\n", 0, [])]
    for each in mentions:
        if each.kind != "stop":
            parts[-1].add(each)
            continue
        stop = str(each.value)
        last = parts[-1]
        line = last.line + (stop == "\n")
        if last.mentions:
            parts.append(Part(stop, line, []))
        else:
            last.line = line
            last.before = stop if stop in CLOSING or last.before not in CLOSING else last.before
    return [part for part in parts if part.mentions]
