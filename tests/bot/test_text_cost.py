"""What a text costs a turn is bounded and grows as the text at most, counted in calls: a busy machine changes no count.

Not here: milliseconds (see benchmarks/texts.py), the readers one by one (see tests/domain/spoken/test_cost.py).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.texts import NOW, long, talks
from bot.library import Promotions
from bot.text.typed import TEXT, clean, meant
from dialogs.messages import Incoming
from dialogs.router import needs, respond
from dialogs.turn import Outcome, Turn
from domain.search.finder import SearchResult
from tests.sources import ROOT

MOST = 150_000
"""Calls of a turn at most; the dearest text takes 110 000, and took 1.5 million before its readers were bounded."""
GROWTH = 2.2
SHAPES = (
    "4 ",
    "жүз ",
    "серіктес ",
    "12.01 600 тыс кено\n",
    "не ",
    "кто платит налог? ",
    " ".join(map(str, range(4000, 7000))),
)


@pytest.fixture(scope="module")
def library(models: Path) -> Promotions:
    return Promotions.load(ROOT / "promotions", models)


def turn(library: Promotions, place: str, text: str) -> Outcome:
    talk = talks()[place]
    incoming = meant(clean(Incoming("1", "test", "address", NOW, "text", text)), talk)
    needs(incoming, talk, library)
    return respond(Turn(incoming, talk, library, NOW, "token"))


def calls(work: Callable[[], object]) -> int:
    counted = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: repr(shape[:20]))
@pytest.mark.parametrize("place", talks())
def test_twice_the_text_takes_at_most_twice_the_calls_and_never_more_than_a_bound(
    library: Promotions, place: str, shape: str
) -> None:
    turn(library, place, long(shape))  # what is kept from text to text is there
    part = calls(lambda: turn(library, place, long(shape, TEXT // 2)))
    whole = calls(lambda: turn(library, place, long(shape)))
    assert whole <= MOST
    assert whole <= GROWTH * part


@pytest.mark.parametrize("place", talks())
def test_the_same_question_is_searched_once_a_turn(
    library: Promotions, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[tuple[str, str, frozenset[str], float]] = Counter()
    find = library.find

    def counted(slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        asked[slug, question, frozenset(near), pull] += 1
        return find(slug, question, near, pull)

    monkeypatch.setattr(library, "find", counted)
    turn(library, place, "кто платит налог и когда розыгрыш?")
    assert set(asked.values()) <= {1}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_who_writes_a_very_long_question_hears_that_not_all_of_it_was_read(library: Promotions, language: str) -> None:
    sentence = {"ru": "Кто платит налог с приза? ", "kk": "Жүлденің салығын кім төлейді? "}[language]
    assert _keys(turn(library, "rules", sentence))[0] != "length.question"
    outcome = turn(library, "rules", long(sentence))
    assert outcome.conversation.speaks == language
    assert _keys(outcome)[0] == "length.question"


def test_who_answers_a_check_at_great_length_hears_that_only_the_beginning_was_read(library: Promotions) -> None:
    assert _keys(turn(library, "a check", long("мне двадцать лет и я живу в Алматы ")))[0] == "length.check"


def _keys(outcome: Outcome) -> list[str]:
    return [part.key for outgoing in outcome.says for part in outgoing.parts]
