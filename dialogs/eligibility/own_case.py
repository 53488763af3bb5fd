"""The person's own case in a free question, and the button that leads into the check of it.

Not here: judging (see domain/eligibility.py).
"""

from __future__ import annotations

from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion


def own_case(turn: Turn, promotion: Promotion, text: str) -> Outcome | None:
    """The verdict on the facts that a question tells of the person, or the one question that is missing; None where it tells none."""
    return None
