"""Yes and no: computed from the side that a question takes, said only where that is sure and cannot be misread."""

from __future__ import annotations

import pytest

from storage.promotions.catalog import load_all
from tests.dialogs.talk import known
from tests.sources import ROOT


@pytest.mark.parametrize(
    ("question", "key"),
    [("копия подойдёт?", "reply.no"), ("оригинал подойдёт?", "reply.yes"), ("көшірме бола ма?", "reply.no")],
)
def test_a_question_of_yes_or_no_gets_its_word_first(question: str, key: str) -> None:
    talk = known().say(question)
    assert talk.keys[0] == key
    assert talk.phrase(key).params["say"].ru == "Нужен оригинал документа"  # type: ignore[union-attr]


@pytest.mark.parametrize("question", ["копия не подойдёт?", "көшірме болмай ма?", "нельзя копией?"])
def test_a_negated_question_gets_no_such_word_for_it_could_be_read_both_ways(question: str) -> None:
    talk = known().say(question)
    assert talk.keys[0] == "reply.stated"
    assert talk.reply.says == "no"


def test_where_the_side_is_not_sure_no_such_word_is_said() -> None:
    talk = known().say("выдают в офисе, да?")
    assert talk.keys[0] == "reply.stated"
    assert talk.reply.says is None


def test_a_question_of_who_or_when_gets_no_such_word() -> None:
    assert known().say("кто платит налог?").keys[0] == "reply.stated"


def test_a_silence_is_neither_yes_nor_no() -> None:
    talk = known().say("есть ли парковка?")
    assert talk.keys[0] == "reply.unsaid"
    assert talk.reply.says is None


WORDS = ("да", "нет", "иә", "ия", "жоқ")


def test_no_stored_sentence_begins_with_yes_or_no() -> None:
    for promotion in load_all(ROOT / "promotions").values():
        stored = [
            *((point.id, point.say) for point in promotion.points),
            *((clause.number, text) for clause in promotion.rulebook for text in (clause.answer, clause.note) if text),
        ]
        for name, text in stored:
            for words in (text.kk, text.ru):
                first = words.split()[0].rstrip(",.:;!–—").casefold()
                assert first not in WORDS, (promotion.slug, name, words)
