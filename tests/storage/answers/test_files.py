"""Models are made once, come out the same, and say what is wrong with their files."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from domain.rulebook import Clause, Localized, Rulebook
from domain.search.features import lexicon
from domain.search.finder import SILENCES, Finder
from storage.answers.files import (
    ModelError,
    model_path,
    read_detector,
    read_model,
    read_version,
    write_detector,
    write_model,
)
from storage.answers.language import learn_language
from storage.answers.lessons import Recipe, School
from storage.answers.training import Learnt, calibrate, learn_all
from storage.promotions.samples import Sample, SampleError, read_samples

WORDS = Localized(kk="сөз", ru="слово")


def clause(number: str, kk: str, ru: str) -> Clause:
    text = Localized(kk=kk, ru=ru, original="ru")
    return Clause(number, text, "other", label=text, title=text, answer=text)


def book(*clauses: Clause) -> Rulebook:
    return Rulebook(WORDS, clauses, "1")


def samples(number: str, *texts: str) -> list[Sample]:
    return [Sample(text, "ru", (number,)) for text in texts]


TAX = ("кто платит налог", "налог с приза", "надо ли платить подоходный налог", "сколько процентов налог")
DRAW = ("когда розыгрыш", "дата розыгрыша", "какого числа разыграют приз", "во сколько розыгрыш")
BOOKS = {
    "rich": book(
        clause("1", "Ұтыс 20 мамырда.", "Розыгрыш 20 мая."), clause("2", "Салық.", "Налог платит победитель.")
    ),
    "poor": book(clause("7", "Салық.", "Налог платит организатор."), clause("8", "Ұтыс айда.", "Розыгрыш в июне.")),
}
OWN = {
    "rich": samples("1", *DRAW) + samples("2", *TAX) + [Sample("какая гарантия", "ru", (), "rules_silent")],
    "poor": samples("7", "налог кто платит", "нужно платить налог?") + samples("8", "розыгрыш когда", "какая дата"),
}
COMMON = [Sample("спасибо", "ru", (), "thanks"), Sample("какая погода", "ru", (), "offtopic")]


def made() -> dict[str, Learnt]:
    return learn_all(BOOKS, OWN, COMMON, School("налог|налог салық\n"), Recipe(), "1")


def test_a_small_promotion_learns_from_a_few_questions(tmp_path: Path) -> None:
    learnt = made()
    calibrator, threshold = calibrate(learnt, Recipe())
    assert 0 <= threshold <= 1
    path = model_path(tmp_path, "rich")
    write_model(path, replace(learnt["rich"].model, calibrator=calibrator, threshold=threshold))
    model = read_model(path)
    assert model.classes == ("1", "2", *SILENCES)
    shown = Finder(model).find("с приза берут налог?")
    assert shown.clauses[0].number == "2"


def test_a_promotion_borrows_the_questions_of_a_clause_that_means_the_same() -> None:
    lessons = made()["poor"].course.lessons
    assert {lesson.text: lesson.classes for lesson in lessons}["налог с приза"] == (0,)


def test_equal_samples_make_equal_bytes(tmp_path: Path) -> None:
    for name in ("once", "twice"):
        write_model(model_path(tmp_path, name), made()["rich"].model)
        write_detector(
            model_path(tmp_path, f"{name}-language"), learn_language([("сәлем", "kk"), ("привет", "ru")]), "1"
        )
    for kind in ("", "-language"):
        once, twice = (model_path(tmp_path, f"{name}{kind}").read_bytes() for name in ("once", "twice"))
        assert once == twice


def test_a_model_is_read_in_a_moment(models: Path) -> None:
    begun = time.perf_counter()
    Finder(read_model(model_path(models, "double-chance")))
    assert time.perf_counter() - begun < 0.05


def test_a_missing_a_foreign_and_a_torn_file_are_named_and_the_remedy_said(tmp_path: Path, models: Path) -> None:
    missing, foreign, torn = (model_path(tmp_path, name) for name in ("missing", "foreign", "torn"))
    foreign.write_bytes(b"something else entirely, and long enough")
    torn.write_bytes(model_path(models, "kasipker").read_bytes()[:-64])
    for path in (missing, foreign, torn):
        with pytest.raises(ModelError, match=rf"{path.stem}.*utys promotions publish"):
            read_model(path)
    assert read_version(missing) is None
    assert read_version(foreign) is None
    with pytest.raises(ModelError):
        read_detector(foreign)


def test_samples_name_clauses_whose_numbers_hold_spaces(tmp_path: Path) -> None:
    (tmp_path / "samples.ru.txt").write_text("# note\n@ 7 table 1\nсколько призов\n@ none\nкакой цвет\n@ thanks\nспс\n")
    first, second, third = read_samples(tmp_path, ("7", "table 1", "table"))
    assert first.clauses == ("7", "table 1")
    assert (second.silence, second.clauses) == ("rules_silent", ())
    assert third.silence == "thanks"


@pytest.mark.parametrize("text", ["@ 99\nвопрос\n", "вопрос\n"])
def test_a_faulty_sample_file_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "samples.kk.txt").write_text(text)
    with pytest.raises(SampleError, match=r"samples\.kk\.txt:1"):
        read_samples(tmp_path, ("1",))


def test_a_lexicon_knows_stems_whole_words_and_phrases() -> None:
    words = lexicon("tax|налог =ндс\npay|за_чей_счет\n")
    assert words.concepts(["налогти"]) == ["tax"]
    assert words.concepts(["ндс"]) == ["tax"]
    assert words.concepts(["ндсник"]) == []
    assert words.concepts(["за", "чеи", "счет"]) == ["pay"]
    assert words.concepts(["чеи", "счет"]) == []
