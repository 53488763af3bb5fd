"""What is measured, in the order of the table, with what must and what should be reached.

Not here: judging one reply (see judging.py) and showing the counts (see report.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A share in percent. `fault`: it counts what should not happen, so that less is better. Without `must` it only informs."""

    key: str
    title: str
    must: float | None = None
    aim: float | None = None
    fault: bool = False

    def missed(self, share: float) -> bool:
        if self.must is None:
            return False
        return share > self.must if self.fault else share < self.must


MEASURES = (
    Measure("direct", "right clause, answered directly", 88, 93),
    Measure("sides", "right yes or no with a right clause", 85, 92),
    Measure("asked-back", "asked back though the rules answer", 6, 3, fault=True),
    Measure("ambiguous", "ambiguous: the right clauses offered or shown"),
    Measure("own-case", "own case: right verdict or next question", 80, 90),
    Measure("parts", "parts of a multiple question answered", 80, 90),
    Measure("silent", "rules silent, said so", 80, 88),
    Measure("unwritten", "«not written» said though it is", 1, 0.5, fault=True),
    Measure("fraud", "fraud caught", 95, 98),
    Measure("lookalikes", "look-alikes left alone", 90, 95),
    Measure("wishes", "wish for a function, led there", 90, 95),
    Measure("false-person", "false call for a person", 3, 1, fault=True),
    Measure("later-turns", "later turns of a talk, right", 75, 85),
    Measure("promotion", "another promotion named, taken up", 90, 95),
    Measure("false-switch", "promotion switched falsely", 8, 4, fault=True),
    Measure("purchases", "purchases exact or rightly asked back", 85, 92),
    Measure("checks", "answers in a check, understood or asked again", 95, 98),
    Measure("understood", "answers in a check, understood"),
    Measure("languages", "answered in the language of the text", 93, 96),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
MUST_MS, AIM_MS = 12.0, 8.0
"""Milliseconds of processor time for one question, p95."""
