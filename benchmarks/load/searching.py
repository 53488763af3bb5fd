"""How long the search for a clause takes by itself: the library's share of answering the same questions, in this process.

Leaves answering them through the whole bot to `rounds`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.library import Promotions
from bot.settings import ROOT
from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Turn
from domain.promotion import Promotion
from domain.rulebook import Language
from domain.search import Finding

T = TypeVar("T")


class Timed:
    """A library (`dialogs.turn.Library`) that knows how much CPU time was spent in it."""

    def __init__(self, library: Promotions) -> None:
        self._library, self.spent = library, 0.0

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.thread_time()
        try:
            return work()
        finally:
            self.spent += time.thread_time() - started

    @property
    def promotions(self) -> Mapping[str, Promotion]:
        return self._library.promotions

    def find(self, slug: str, question: str) -> Finding:
        return self._timed(lambda: self._library.find(slug, question))

    def language(self, text: str) -> Language | None:
        return self._timed(lambda: self._library.language(text))

    def named(self, text: str, *, plainly: bool = False) -> str | None:
        return self._timed(lambda: self._library.named(text, plainly=plainly))

    def only_names(self, text: str, slug: str) -> bool:
        return self._timed(lambda: self._library.only_names(text, slug))

    def talk(self, text: str) -> str | None:
        return self._timed(lambda: self._library.talk(text))


class Searches:
    """Questions of one promotion, each asked in a talk of its own. `questions` are those that a person may go on asking: one that
    calls a human ends the talk."""

    def __init__(self, models: Path, promotion: str, questions: Sequence[str]) -> None:
        self._library = Timed(Promotions.load(ROOT / "promotions", models))
        self._now = datetime.now(UTC)
        self._talk = Conversation("person", "telegram", "1", "ru", True, promotion, "rules", "ask")
        self.questions = [question for question in questions if not self._waits(question)]

    def _waits(self, question: str) -> bool:
        incoming = Incoming("1", "telegram", "1", self._now, "text", question)
        turn = Turn(incoming, self._talk, self._library, self._now, "token")
        return respond(turn).conversation.handoff is not None

    def seconds(self) -> float:
        """CPU seconds for each search, over all questions three times."""
        self._library.spent = 0.0
        for question in self.questions * 3:
            self._waits(question)
        return self._library.spent / (3 * len(self.questions))


def by_clauses(models: Path, questions: Callable[[str], Sequence[str]]) -> list[tuple[int, float]]:
    """Of every promotion how many clauses its rules have and CPU seconds for a search in them, the shortest rules first."""
    promotions = Promotions.load(ROOT / "promotions", models).promotions
    return sorted(
        (len(promotion.rulebook.clauses), Searches(models, slug, questions(slug)).seconds())
        for slug, promotion in promotions.items()
    )
