"""The library as one turn asks it: the same question is looked up once, because a search is the dearest thing of a turn.

Not here: the looking up (see bot/library.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dialogs.once import Once
from dialogs.turn import Library
from domain.calendar import Calendar
from domain.promotion import Promotion
from domain.rulebook import Language
from domain.search.finder import SearchResult
from domain.search.wishes import Wish


class Lookups:
    """Fulfils `dialogs.turn.Library`."""

    def __init__(self, library: Library, once: Once) -> None:
        self._library, self._once = library, once

    @property
    def promotions(self) -> Mapping[str, Promotion]:
        return self._library.promotions

    @property
    def calendar(self) -> Calendar:
        return self._library.calendar

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        key = ("find", slug, question, tuple(near), pull)
        return self._once(key, lambda: self._library.find(slug, question, near, pull))

    def language(self, text: str, *, surely: bool = False) -> Language | None:
        return self._once(("language", text, surely), lambda: self._library.language(text, surely=surely))

    def named(self, text: str, current: str | None = None) -> str | None:
        return self._once(("named", text, current), lambda: self._library.named(text, current))

    def only_names(self, text: str, slug: str) -> bool:
        return self._once(("only names", text, slug), lambda: self._library.only_names(text, slug))

    def talk(self, text: str) -> str | None:
        return self._once(("talk", text), lambda: self._library.talk(text))

    def wish(self, text: str) -> Wish | None:
        return self._once(("wish", text), lambda: self._library.wish(text))

    def reading(self, text: str) -> str:
        return self._once(("reading", text), lambda: self._library.reading(text))
