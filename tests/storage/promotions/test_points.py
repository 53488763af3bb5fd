"""points.toml and the sample questions under `@ #id`: what they must hold, and what is said with file and line when they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.points import Point
from domain.rulebook import Localized
from storage.promotions.points import read_points
from storage.promotions.samples import Sample, SampleError, read_samples
from storage.promotions.sheet import DataFault

GOOD = """
[[point]]
id = "tax"
clauses = ["3", "4"]
say = { ru = "Налог платит победитель.", kk = "Салықты жеңімпаз төлейді." }
about = { ru = "кто платит налог", kk = "салықты кім төлейді" }
deadline = "pay"

[[point]]
id = "odds"
clauses = []
say = { ru = "В правилах не указаны шансы.", kk = "Ережеде мүмкіндік көрсетілмеген." }
about = { ru = "шансы", kk = "мүмкіндік" }
silent = true

[safety]
told = "tax"
costs = "tax"
receive = "tax"
"""


def read(folder: Path, text: str) -> tuple[tuple[Point, ...], list[DataFault]]:
    (folder / "points.toml").write_text(text, "utf-8")
    faults: list[DataFault] = []
    points, _ = read_points(folder, faults)
    return points, faults


def test_points_are_read_with_the_points_of_a_warning(tmp_path: Path) -> None:
    (tax, odds), faults = read(tmp_path, GOOD)
    assert faults == []
    assert (tax.clauses, tax.silent, tax.deadline) == (("3", "4"), False, "pay")
    assert (odds.clauses, odds.silent) == ((), True)
    _, safety = read_points(tmp_path, [])
    assert safety is not None
    assert (safety.told, safety.costs, safety.receive) == ("tax", "tax", "tax")


def test_a_promotion_may_have_no_points(tmp_path: Path) -> None:
    faults: list[DataFault] = []
    assert read_points(tmp_path, faults) == ((), None)
    assert faults == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('id = "odds"', 'id = "tax"', 10, "stands twice"),
        ('about = { ru = "шансы", kk = "мүмкіндік" }', 'about = { ru = "шансы" }', 13, "kk"),
        ('deadline = "pay"', 'deadline = "pay"\ncolour = "red"', 8, "not known"),
        ("silent = true", 'silent = "yes"', 14, "true or false"),
        ('receive = "tax"', 'receive = "nothing"', 19, "no such point: nothing"),
        ('say = { ru = "Налог платит победитель.", kk = "Салықты жеңімпаз төлейді." }\n', "", 2, "say"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    _, faults = read(tmp_path, GOOD.replace(old, new, 1))
    assert [(fault.line, words in fault.message) for fault in faults] == [(line, True)], faults


# their questions

WORDS = Localized("сөз", "слово")
POINTS = (Point("copy", ("5",), WORDS, WORDS), Point("odds", ("7",), WORDS, WORDS, silent=True))


def samples(folder: Path, text: str) -> list[Sample]:
    (folder / "samples.ru.txt").write_text(text, "utf-8")
    return read_samples(folder, ("1", "5", "7", "7 table 1"), POINTS)


def test_samples_name_clauses_whose_numbers_hold_spaces(tmp_path: Path) -> None:
    first, second, third = samples(tmp_path, "# note\n@ 7 table 1\nсколько призов\n@ none\nкакой цвет\n@ thanks\nспс\n")
    assert first.clauses == ("7 table 1",)
    assert (second.silence, second.clauses) == ("rules_silent", ())
    assert third.silence == "thanks"


def test_questions_of_a_point_carry_its_clauses_and_their_side(tmp_path: Path) -> None:
    given = samples(
        tmp_path, "@ #copy\n+ нужен оригинал?\n- копия подойдёт?\n! раз копию взяли, я выиграл?\nчто нужно\n"
    )
    assert {(sample.point, sample.clauses, sample.silence) for sample in given} == {("copy", ("5",), None)}
    assert [(sample.side, sample.text) for sample in given] == [
        ("yes", "нужен оригинал?"),
        ("no", "копия подойдёт?"),
        ("premise", "раз копию взяли, я выиграл?"),
        (None, "что нужно"),
    ]


def test_questions_of_a_silent_point_are_of_a_silence(tmp_path: Path) -> None:
    (sample,) = samples(tmp_path, "@ #odds\nкакие шансы\n")
    assert (sample.point, sample.silence) == ("odds", "rules_silent")


def test_a_sign_belongs_to_questions_of_points_alone(tmp_path: Path) -> None:
    (sample,) = samples(tmp_path, "@ 1\n- копия подойдёт?\n")
    assert (sample.side, sample.text) == (None, "- копия подойдёт?")


def test_a_dash_within_a_word_is_no_sign(tmp_path: Path) -> None:
    (sample,) = samples(tmp_path, "@ #copy\n-30 процентов\n")
    assert (sample.side, sample.text) == (None, "-30 процентов")


@pytest.mark.parametrize("text", ["@ 99\nвопрос\n", "вопрос\n", "@ #nothing\nвопрос\n"])
def test_a_faulty_sample_file_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SampleError, match=r"samples\.ru\.txt:1"):
        samples(tmp_path, text)
