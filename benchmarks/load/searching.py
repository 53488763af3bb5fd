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


def search_seconds(models: Path, promotion: str, questions: Sequence[str]) -> float:
    """CPU seconds a question, after one pass to warm up."""
    library = Timed(Promotions.load(ROOT / "promotions", models))
    now = datetime.now(UTC)
    talk = Conversation("person", "telegram", "1", "ru", True, promotion, "rules", "ask")
    for _ in range(2):
        library.spent = 0.0
        for number, question in enumerate(questions):
            incoming = Incoming(str(number), "telegram", "1", now, "text", question)
            respond(Turn(incoming, talk, library, now, "token"))
    return library.spent / len(questions)
