"""One person's claim to one prize, as it is kept.

Not here: changing it (see acts.py); where it stands in the plan (see progress.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from domain.claims.states import OPEN, RUNNING, ClaimState
from domain.facts import When

MarkKind = Literal["claimed", "returned", "done"]
"""`claimed`: the winner says that it is done. `returned`: an agent wants it again. `done`: an agent has seen that it is."""


@dataclass(frozen=True, slots=True)
class StepMark:
    """What was last said of a step. `at` is an instant (UTC); `by` is empty for the winner."""

    kind: MarkKind
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """`promotion` is a slug, `prize` the id of one of its prizes where that is known. `rank` is 0 for a winner, 1 or 2 for a reserve.

    `draw` is the draw's period (YYYY-MM or a period's id). `events` are those that the deadlines count from, days or instants by name.
    `marks` are by step. `reminders` is False once the winner asked for none. `version` rises with every change, so that
    an act can name the one that it saw.
    """

    id: str
    promotion: str
    state: ClaimState
    opened_at: datetime
    prize: str | None = None
    rank: int = 0
    draw: str | None = None
    events: Mapping[str, When] = field(default_factory=dict)
    branches: frozenset[str] = frozenset()
    marks: Mapping[str, StepMark] = field(default_factory=dict)
    reminders: bool = True
    version: int = 0

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def running(self) -> bool:
        """Open, and of somebody who is known to have won."""
        return self.state in RUNNING
