"""The promotions that can be asked: recognised by name in any spelling, each with its own model."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from bot.channels.telegram import shape as telegram
from bot.library import Promotions
from domain.rulebook import LANGUAGES
from domain.search.naming import without_name
from storage.answers.files import ModelError
from tests.sources import ROOT

SLUGS = {"seriktes", "kasipker", "ismet-app", "double-chance", "january-surprise"}


@pytest.fixture(scope="module")
def library(models: Path) -> Promotions:
    return Promotions.load(ROOT / "promotions", models)


def test_the_first_five_promotions_are_there(library: Promotions) -> None:
    assert library.promotions.keys() >= SLUGS


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        *(("SERIKTES", "seriktes"), ("сериктес", "seriktes"), ("Серіктес акциясы туралы", "seriktes")),
        *(("Kasipker", "kasipker"), ("кәсіпкер акциясы", "kasipker"), ("про касипкер расскажите", "kasipker")),
        *(("твоя удача", "double-chance"), ("tvoya udacha", "double-chance"), ("двойной шанс", "double-chance")),
        *(("январский сюрприз", "january-surprise"), ("январский сюрприс", "january-surprise")),
        *(("приложение Ismet.kz", "ismet-app"), ("исмет", "ismet-app")),
        *(("кто платит налог", None), ("қашан басталады?", None)),
    ],
)
def test_a_promotion_is_recognised_by_any_of_its_names(library: Promotions, text: str, slug: str | None) -> None:
    assert library.named(text) == slug


def test_an_ordinary_word_changes_no_promotion_in_the_middle_of_a_talk(library: Promotions) -> None:
    """«Январь» and «кәсіпкер» are names and ordinary words."""
    assert library.named("можно купить билет в январе?", "double-chance") is None
    assert library.named("мен жеке кәсіпкермін, қатыса аламын ба?", "seriktes") is None
    assert library.named("а в акции кәсіпкер?", "seriktes") == "kasipker"


@pytest.mark.parametrize(
    ("text", "only"),
    [("SERIKTES", True), ("про акцию сериктес", True), ("seriktes туралы", True), ("налог в сериктес", False)],
)
def test_a_bare_name_is_told_from_a_question(library: Promotions, text: str, only: bool) -> None:
    assert library.only_names(text, "seriktes") is only


@pytest.mark.parametrize(
    ("named", "bare"),
    [
        ("Серіктес акциясында жүлдені қалай алуға болады?", "жүлдені қалай алуға болады?"),
        ("по акции SERIKTES: кто платит налог", "по кто платит налог"),
        ("как получить приз в SERIKTES?", "как получить приз в"),
        ("кто платит налог?", "кто платит налог?"),
        ("SERIKTES", "SERIKTES"),
        ("SERIKTES налог", "SERIKTES налог"),
    ],
)
def test_the_name_of_the_promotion_is_left_out_of_the_question(library: Promotions, named: str, bare: str) -> None:
    assert without_name(named, library.promotions["seriktes"]) == bare


@pytest.mark.parametrize(
    "question", ["жүлдені қалай алуға болады?", "кто платит налог?", "кто может участвовать", "салықты кім төлейді"]
)
def test_naming_the_promotion_does_not_change_the_answer(library: Promotions, question: str) -> None:
    plain = library.find("seriktes", question)
    for name in ("SERIKTES акциясында", "в акции Сериктес", "Seriktes,"):
        assert library.find("seriktes", f"{name} {question}").hits[0].number == plain.hits[0].number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("кто платит налог?", "ru"), ("kto platit nalog", "ru"), ("скоко стоит", "ru")),
        *(
            ("салықты кім төлейді?", "kk"),
            ("салыкты ким толейди", "kk"),
            ("salyqty kim toleidi", "kk"),
            ("рахмет", "kk"),
        ),
        *(("2024", None), ("👍", None), ("", None)),
    ],
)
def test_the_language_is_heard_in_any_letters(library: Promotions, text: str, language: str | None) -> None:
    assert library.language(text) == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("какая завтра погода", "offtopic"), ("анекдот айтшы", "offtopic")),
        *(("кто платит налог?", None), ("жүлдені қашан береді?", None)),
    ],
)
def test_small_talk_is_told_from_a_question_before_a_promotion_is_known(
    library: Promotions, text: str, kind: str | None
) -> None:
    assert library.talk(text) == kind


@pytest.mark.parametrize("slug", sorted(SLUGS))
@pytest.mark.parametrize("question", ["", "?", "🎁", "ы" * 5000, "\x00", "1", "кто платит налог? " * 300])
def test_whatever_is_asked_there_is_a_finding(library: Promotions, slug: str, question: str) -> None:
    finding = library.find(slug, question)
    rulebook = library.promotions[slug].rulebook
    assert all(number in rulebook for number in finding.clauses)
    assert 0 <= finding.confidence <= 1


def test_every_clause_can_be_shown_in_both_languages(library: Promotions) -> None:
    for promotion in library.promotions.values():
        for clause in promotion.rulebook:
            assert all(clause.text.get(language) and clause.answer.get(language) for language in LANGUAGES)


def test_a_promotion_without_its_model_is_not_served(models: Path, tmp_path: Path) -> None:
    for file in models.glob("*.model"):
        if file.stem != "kasipker":
            shutil.copy(file, tmp_path)
    served = Promotions.load(ROOT / "promotions", tmp_path)
    assert served.promotions.keys() == SLUGS - {"kasipker"}
    assert "no model here" in served.left_out["kasipker"]


@pytest.mark.parametrize("left", [0, 10, 500, 200_000])
@pytest.mark.parametrize("name", ["kasipker", "language", "wishes"])
def test_a_model_that_was_cut_says_so(models: Path, tmp_path: Path, name: str, left: int) -> None:
    for file in models.glob("*.model"):
        shutil.copy(file, tmp_path)
    file = tmp_path / f"{name}.model"
    assert file.stat().st_size > left
    os.truncate(file, left)
    reasons = "no model here|not a model|cut short"
    if name == "kasipker":
        served = Promotions.load(ROOT / "promotions", tmp_path)
        assert (served.promotions.keys(), served.left_out.keys()) == (SLUGS - {name}, {name})
        assert re.search(reasons, served.left_out[name])
    else:
        with pytest.raises(ModelError, match=reasons):
            Promotions.load(ROOT / "promotions", tmp_path)


def test_a_model_of_other_rules_is_not_served(models: Path, tmp_path: Path) -> None:
    for file in models.glob("*.model"):
        shutil.copy(file, tmp_path)
    shutil.copy(models / "double-chance.model", tmp_path / "kasipker.model")
    served = Promotions.load(ROOT / "promotions", tmp_path)
    assert "older than its rules" in served.left_out["kasipker"]
    assert "kasipker" not in served.promotions


@pytest.mark.parametrize(
    ("text", "current", "slug"),
    [
        *(
            ("kto platit nalog v seriktes?", "kasipker", "seriktes"),
            ("а по касипкер кто платит?", "seriktes", "kasipker"),
        ),
        *(
            ("айфонды касипкерде қалай аламын?", "seriktes", "kasipker"),
            ("men kasipkermin, qatysa alam ba?", "seriktes", None),
        ),
        *(
            ("как подписаться на *88*5#?", "seriktes", "double-chance"),
            ("а макбук когда дадут?", "kasipker", "seriktes"),
        ),
    ],
)
def test_in_the_middle_of_a_talk_another_promotion_is_meant_by_its_name_or_its_marks(
    library: Promotions, text: str, current: str, slug: str | None
) -> None:
    assert library.named(text, current) == slug


def test_every_button_of_every_clause_fits_the_channel_that_allows_least(library: Promotions) -> None:
    for slug, promotion in library.promotions.items():
        longest = f"vote.down.{slug}.{len(promotion.rulebook.clauses)}"
        assert longest.isascii()
        assert len(longest) <= telegram.LIMITS.option_bytes
