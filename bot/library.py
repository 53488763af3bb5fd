"""The promotions with their answer models: what dialogs may look things up in.

Not here: reading files (see the storage); finding a clause (see domain/search/).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import thread_time

from rapidfuzz.fuzz import ratio

from bot.metrics import SEARCH_SECONDS
from domain.calendar import Calendar
from domain.promotion import Promotion
from domain.rulebook import Language
from domain.search.finder import Finder, SearchResult
from domain.search.folding import LONGEST, words
from domain.search.language import Detector
from domain.search.model import Model
from domain.search.naming import name_promotion, without_name
from domain.search.turning import CALLED, MEANT, NOTHING, is_turning, pull, vocabulary
from domain.search.wishes import Wish, WishModel
from domain.spoken.cleaning import other_keyboard
from storage.answers.files import ModelError
from storage.answers.opening import open_detector, open_model, open_wishes
from storage.promotions.catalog import CatalogError, load_calendar, load_each

GIBBERISH, WORDS = 0.25, 0.6
"""The share of words that anybody knows: up to this in a text of the wrong layout, from this in the right one."""
WISHES_KEPT = 1
"""Texts that are kept, with their wish: what a text needs is asked right before it is answered, and no older text stays in memory."""
CLEARLY = 0.2
"""How much surer an answer of another promotion must be, where only one mark speaks for that."""
WORDS_READ = 100
"""Words of a text that are searched: sentences of `LONGEST` characters have fewer, only rows of numbers and single letters have more."""
_WORD = re.compile(r"\d+|[^\W\d_]+")
_FILLERS = frozenset(words("про о об на к в акции акция акциясы акциясына"))


def fits(model: Model, promotion: Promotion) -> bool:
    """Whether everything that the model may answer with is there."""
    points = {f"#{point.id}" for point in promotion.points}
    named = model.classes[: len(model.classes) - model.silences]
    return all(name in points or name in promotion.rulebook for name in named)


def own_model(models: Path, promotion: Promotion) -> Model:
    """Raises ModelError where it is missing, damaged or made from other rules."""
    model = open_model(models, promotion.slug)
    if not fits(model, promotion):
        raise ModelError(
            f"the answer model of {promotion.slug} is older than its rules; make it with `utys promotions publish`"
        )
    return model


class Promotions:
    """Fulfils `dialogs.turn.Library`."""

    def __init__(
        self,
        promotions: Mapping[str, Promotion],
        finders: Mapping[str, Finder],
        detector: Detector,
        wishes: WishModel,
        left_out: Mapping[str, str],
        calendar: Calendar,
    ) -> None:
        """`left_out` says of each promotion that is not served why, in one sentence, by slug."""
        self.left_out, self.calendar = left_out, calendar
        self._promotions, self._finders, self._detector, self._wishes = promotions, finders, detector, wishes
        self._wish = lru_cache(maxsize=WISHES_KEPT)(wishes.read)
        self._vocabularies = {slug: vocabulary(promotion) for slug, promotion in promotions.items()}

    @classmethod
    def load(cls, promotions: Path, models: Path) -> Promotions:
        """A promotion that is faulty, or whose own model is, is left out; the others are served. Raises ModelError where a model is
        missing that all of them need."""
        loaded, faulty = load_each(promotions)
        left_out = {slug: f"{error.faults[0]} (see `utys promotions check`)" for slug, error in faulty.items()}
        finders = {}
        for slug, promotion in loaded.items():
            try:
                finders[slug] = Finder(own_model(models, promotion))
            except ModelError as error:
                left_out[slug] = str(error)
        served = {slug: promotion for slug, promotion in loaded.items() if slug in finders}
        calendar = _calendar(promotions)
        return cls(served, finders, open_detector(models), open_wishes(models), left_out, calendar)

    @property
    def promotions(self) -> Mapping[str, Promotion]:
        return self._promotions

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        with _counted():
            return self._finders[slug].find(without_name(_looked_at(question), self._promotions[slug]), near, pull)

    def language(self, text: str, *, surely: bool = False) -> Language | None:
        with _counted():
            return self._detector.detect(_looked_at(text), surely=surely)

    def named(self, text: str, current: str | None = None) -> str | None:
        """The promotion that a text means; with a current one another only where its name or a mark of its own says so,
        and more so than the current one's."""
        text = _looked_at(text)
        with _counted():
            if current is None:
                return name_promotion(text, self._promotions.values())
            here = self._vocabularies[current]
            pulls = {slug: pull(text, each, here) for slug, each in self._promotions.items() if slug != current}
            slug = max(pulls, key=lambda slug: pulls[slug], default=current)
            if pulls.get(slug, 0.0) < CALLED or pulls[slug] <= pull(text, self._promotions[current], NOTHING):
                return None
            return slug if pulls[slug] >= MEANT or self._fits_better(text, slug, current) else None

    def _fits_better(self, text: str, slug: str, current: str) -> bool:
        """Whether a question that bears one mark of another promotion is answered there, and less surely here."""
        here, there = (self._finders[each].find(text) for each in (current, slug))
        sure = {"answer", "choose"}
        return there.kind in sure and (here.kind not in sure or there.confidence > here.confidence + CLEARLY)

    def only_names(self, text: str, slug: str) -> bool:
        """Whether a text says nothing but the name of that promotion."""
        promotion = self._promotions[slug]
        with _counted():
            said = " ".join(word for word in words(_looked_at(text)) if not (word in _FILLERS or is_turning(word)))
            names = {*promotion.names, promotion.name.kk, promotion.name.ru, promotion.label.kk, promotion.label.ru}
            return any(ratio(said, " ".join(words(name))) >= 88 for name in names)

    def talk(self, text: str) -> str | None:
        """What a text is that all promotions agree is no question about rules (greeting, thanks, abuse, ...), else None."""
        text = _looked_at(text)
        with _counted():
            kinds = {finder.find(text).kind for finder in self._finders.values()}
        return kinds.pop() if len(kinds) == 1 and not kinds & {"answer", "choose", "unsure", "rules_silent"} else None

    def wish(self, text: str) -> Wish | None:
        with _counted():
            return self._wish(_looked_at(text))

    def reading(self, text: str) -> str:
        """The text, or what the same keys write in the other keyboard layout where only that is made of words."""
        with _counted():
            other = other_keyboard(text)
            if other is None or self._wishes.known(text) > GIBBERISH or self._wishes.known(other) < WORDS:
                return text
            return other


def _calendar(promotions: Path) -> Calendar:
    """With the operator's overrides; where these cannot be read (`utys promotions check` says why), without them."""
    try:
        return load_calendar(promotions)
    except CatalogError:
        return Calendar()


@lru_cache(maxsize=WISHES_KEPT)
def _looked_at(text: str) -> str:
    """As much of a text as is searched: a sign may stand for a whole sentence («ﷺ»), and is counted as that; and no more words than a
    sentence of that length has, for what one costs is counted in words."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    more = next(islice(_WORD.finditer(text), WORDS_READ, None), None)
    return text if more is None else text[: more.start()]


@contextmanager
def _counted() -> Iterator[None]:
    """Its CPU time, on whatever thread it runs, counts as searching."""
    started = thread_time()
    try:
        yield
    finally:
        SEARCH_SECONDS.inc(thread_time() - started)
