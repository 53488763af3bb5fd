"""Which questions are asked, and how long a search for a clause takes by itself, by the number of clauses: in this process.

Leaves answering them through the whole bot, and what of that is the search, to `driver`: the bot counts it itself (`bot.metrics`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import REGISTRY

from bot.library import Promotions
from bot.settings import ROOT
from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Turn

COUNTED = "utys_search_cpu_seconds_total"
"""What the bot calls the CPU time that searching took, for Prometheus."""


class Searches:
    """Questions of one promotion, each asked in a talk of its own. `questions` are those that a person may go on asking: one that
    calls a human ends the talk."""

    def __init__(self, models: Path, promotion: str, questions: Sequence[str]) -> None:
        self._library = Promotions.load(ROOT / "promotions", models)
        self._now = datetime.now(UTC)
        self._talk = Conversation("person", "telegram", "1", "ru", True, promotion, "rules", "ask")
        self.questions = [question for question in questions if not self._waits(question)]

    def _waits(self, question: str) -> bool:
        incoming = Incoming("1", "telegram", "1", self._now, "text", question)
        turn = Turn(incoming, self._talk, self._library, self._now, "token")
        return respond(turn).conversation.handoff is not None

    def seconds(self) -> float:
        """CPU seconds for each search, over all questions three times."""
        before = _spent()
        for question in self.questions * 3:
            self._waits(question)
        return (_spent() - before) / (3 * len(self.questions))


def _spent() -> float:
    return REGISTRY.get_sample_value(COUNTED) or 0.0


def by_clauses(models: Path, questions: Callable[[str], Sequence[str]]) -> list[tuple[int, float]]:
    """Of every promotion how many clauses its rules have and CPU seconds for a search in them, the shortest rules first."""
    promotions = Promotions.load(ROOT / "promotions", models).promotions
    return sorted(
        (len(promotion.rulebook.clauses), Searches(models, slug, questions(slug)).seconds())
        for slug, promotion in promotions.items()
    )
