"""What a person notices of the answer model, on the promotions in this tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.search.finder import Finder, SearchResult
from storage.answers.files import model_path, read_model

Ask = Callable[[str, str], SearchResult]


@pytest.fixture(scope="session")
def ask(models: Path) -> Ask:
    finders: dict[str, Finder] = {}

    def find(slug: str, question: str) -> SearchResult:
        if slug not in finders:
            finders[slug] = Finder(read_model(model_path(models, slug)))
        return finders[slug].find(question)

    return find


def first(finding: SearchResult) -> str:
    assert finding.answered, finding
    return finding.clauses[0].number


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
        ("спасибо большое", "thanks"),
        ("көп рахмет", "thanks"),
        ("здравствуйте", "greeting"),
        ("сәлеметсіз бе", "greeting"),
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


def test_what_the_rules_leave_open_is_refused_with_the_nearest_clauses(ask: Ask) -> None:
    finding = ask("seriktes", "какая гарантия на ноутбук, если сломается")
    assert finding.kind == "rules_silent"
    assert len(finding.clauses) == 3


@pytest.mark.parametrize("said", ["", "   ", "???", "🙂🙂🙂", "​"])
def test_a_text_without_words_gets_no_clause(ask: Ask, said: str) -> None:
    assert not ask("kasipker", said).answered


def test_ten_thousand_characters_are_read_in_a_moment(ask: Ask) -> None:
    assert len(ask("january-surprise", "когда розыгрыш " * 700).clauses) == 3


@pytest.mark.parametrize(("slug", "around"), [("seriktes", "7"), ("kasipker", "5")])
def test_a_table_answers_together_with_the_clause_it_belongs_to(ask: Ask, slug: str, around: str) -> None:
    finding = ask(slug, "кесте")
    assert finding.kind == "answer"
    assert finding.best == "table 1"
    assert [clause.number for clause in finding.clauses[:2]] == [around, "table 1"]


def test_the_clauses_of_a_finding_are_ranked_and_differ(ask: Ask) -> None:
    clauses = ask("double-chance", "билет қанша тұрады").clauses
    assert [clause.score for clause in clauses] == sorted((clause.score for clause in clauses), reverse=True)
    assert len({clause.number for clause in clauses}) == 3
