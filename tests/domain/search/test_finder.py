"""What a person notices of the answer model, on the promotions in this tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.search.finder import SHOWN, SURE_SIDE, Finder, SearchResult
from storage.answers.files import model_path, read_model

Ask = Callable[..., SearchResult]


@pytest.fixture(scope="session")
def ask(models: Path) -> Ask:
    finders: dict[str, Finder] = {}

    def find(slug: str, question: str, *drawn: Any) -> SearchResult:
        if slug not in finders:
            finders[slug] = Finder(read_model(model_path(models, slug)))
        return finders[slug].find(question, *drawn)

    return find


def first(finding: SearchResult) -> str:
    assert finding.answered, finding
    return finding.hits[0].number


@pytest.mark.parametrize(
    "question",
    [
        "Кто платит налог с приза?",
        "Жүлденің салығын кім төлейді?",
        "жулденин салыгын ким толейди",
        "zhuldenin salygyn kim toleidi",
        "kto platit nalog s priza",
        "кто плотит нолог за прис",
        "приз үшін налогты кім төлейді",
    ],
)
def test_one_question_finds_one_clause_however_it_is_typed(ask: Ask, question: str) -> None:
    assert first(ask("seriktes", question)) == "14"


@pytest.mark.parametrize(
    ("slug", "question", "clause"),
    [
        ("kasipker", "можно вместо сертификата деньгами?", "13"),
        ("ismet-app", "сколько чеков надо пробить", "4.2"),
        ("double-chance", "қай күні жеңімпаз анықталады, эфир қашан", "5.1"),
        ("january-surprise", "сколько стоит второй шанс, на какую сумму покупать", "3.2"),
    ],
)
def test_each_promotion_answers_from_its_own_rules(ask: Ask, slug: str, question: str, clause: str) -> None:
    assert first(ask(slug, question)) == clause


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("позовите живого человека", "person"),
        ("операторға қосыңызшы", "person"),
        ("operatorga qosynyz", "person"),
        ("какая завтра погода", "offtopic"),
        ("анекдот айтшы", "offtopic"),
        ("ты тупой бот", "abuse"),
        ("сен роботсың ба", "smalltalk"),
    ],
)
def test_what_is_no_question_about_the_rules_is_told_apart(ask: Ask, said: str, kind: str) -> None:
    for slug in ("seriktes", "double-chance"):
        assert ask(slug, said).kind == kind


def test_a_silence_of_the_rules_is_known_with_the_clause_that_comes_closest(ask: Ask) -> None:
    finding = ask("seriktes", "какая гарантия на ноутбук, если сломается")
    assert finding.kind == "rules_silent"
    assert (finding.hits[0].point, finding.hits[0].silent) == ("warranty", True)


@pytest.mark.parametrize("question", ["фывапр олдж йцукен"])
def test_what_was_not_found_is_no_silence(ask: Ask, question: str) -> None:
    assert ask("seriktes", question).kind in ("unsure", "offtopic", "smalltalk")


@pytest.mark.parametrize(
    ("slug", "question", "sure"),
    [
        ("ismet-app", "ИП могут участвовать?", 1),
        ("ismet-app", "чек другого ОФД подойдёт?", -1),
        ("seriktes", "налог платит победитель?", -1),
    ],
)
def test_the_side_that_a_question_takes_is_computed(ask: Ask, slug: str, question: str, sure: int) -> None:
    finding = ask(slug, question)
    assert finding.yes_no
    assert finding.side * sure >= SURE_SIDE, finding


def test_a_question_of_who_is_no_question_of_yes_or_no(ask: Ask) -> None:
    assert not ask("seriktes", "кто платит налог с приза").yes_no


@pytest.mark.parametrize("said", ["", "   ", "???", "🙂🙂🙂", "​"])
def test_a_text_without_words_gets_no_clause(ask: Ask, said: str) -> None:
    assert not ask("kasipker", said).answered


def test_ten_thousand_characters_are_read_in_a_moment(ask: Ask) -> None:
    assert len(ask("january-surprise", "когда розыгрыш " * 700).hits) == SHOWN


@pytest.mark.parametrize("slug", ["seriktes", "kasipker"])
def test_a_table_answers_together_with_the_clause_it_belongs_to(ask: Ask, slug: str) -> None:
    whole = [hit for hit in ask(slug, "кесте").hits if "table 1" in hit.clauses]
    assert whole
    assert all(len(hit.clauses) >= 2 for hit in whole), whole


def test_the_hits_of_a_finding_are_ranked_and_differ(ask: Ask) -> None:
    hits = ask("double-chance", "билет қанша тұрады").hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.point, hit.clauses) for hit in hits}) == SHOWN


def test_what_the_talk_was_just_about_draws_a_question_to_itself(ask: Ask) -> None:
    towns = "а в Актобе?"
    plain, drawn = ask("seriktes", towns), ask("seriktes", towns, {"info"}, 3.0)
    assert plain.hits[0].number == "3"
    assert drawn.hits[0].number == "info"
    assert ask("seriktes", towns, {"info"}, 0.0) == plain
