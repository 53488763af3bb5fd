"""The organiser's folders: what they must hold, and what is said, with file and line, when they do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.promotions.catalog import CatalogError, load, load_all, load_calendar
from storage.promotions.checks.check import check, check_all
from storage.promotions.checks.letters import strangers
from storage.promotions.checks.numerals import disagreements, numbers_of, words_to_number
from storage.promotions.sheet import DataFault

ROOT = Path(__file__).resolve().parent.parent.parent.parent / "promotions"
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "january-surprise"
    shutil.copytree(ROOT / "january-surprise", copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace one text in one file of the folder."""

    def replace(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return replace


def faults_of(folder: Path) -> list[DataFault]:
    with pytest.raises(CatalogError) as caught:
        load(folder)
    return list(caught.value.faults)


def line_of(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line)


def serious(folder: Path) -> list[DataFault]:
    return [fault for fault in check(folder) if fault.serious]


def test_the_five_promotions_load() -> None:
    assert sorted(load_all(ROOT)) == ["double-chance", "ismet-app", "january-surprise", "kasipker", "seriktes"]


def test_the_five_promotions_hold_together() -> None:
    assert [str(fault) for fault in check_all(ROOT) if fault.serious] == []


def test_the_defects_of_the_originals_are_reported_as_accepted() -> None:
    accepted = [fault for fault in check(ROOT / "january-surprise") if fault.accepted]
    assert any("26 319" in fault.message for fault in accepted)


def test_every_bound_has_the_offset_of_almaty_on_its_date() -> None:
    seriktes = load(ROOT / "seriktes")
    assert seriktes.whole.starts.isoformat() == "2024-01-01T00:00:00+06:00"
    assert seriktes.whole.ends.isoformat() == "2024-12-31T23:59:59+05:00"


def test_a_word_that_changes_makes_another_version_of_the_rulebook(folder: Path, edit: Edit) -> None:
    before = load(folder).rulebook.version
    edit("rules.ru.md", "Победитель", "Победительница")
    assert load(folder).rulebook.version != before


def test_several_faults_come_out_at_once_with_their_lines(folder: Path, edit: Edit) -> None:
    edit("promotion.toml", "starts = 2026-01-11T19:00:00+05:00", "starts = 2026-01-11T19:00:00")
    edit("promotion.toml", 'kind = "goods"', 'kind = "good"')
    file = folder / "promotion.toml"
    found = {fault.line: fault.message for fault in faults_of(folder)}
    assert "offset" in found[line_of(file, "2026-01-11T19:00:00,")]
    assert "good" in found[line_of(file, '"good"')]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('zone = "Asia/Almaty"', 'zone = "Asia/Almata"', "time zone"),
        ('zone = "Asia/Almaty"', 'zone = "Asia/Almaty"\ncolour = "red"', "not known"),
        ("value_kzt = 41990", 'value_kzt = "41990"', "whole number"),
        ("quantity = 82", "quantity = -82", "negative"),
        ('kind = "ladder"', 'kind = "staircase"', "staircase"),
        ("days = 10, day_kind", 'days = 10, if_missed = "tears", day_kind', "not valid TOML"),
        ('day_kind = "calendar"', 'day_kind = "lunar"', "day_kind"),
        ('kind = "chance_earned"', 'kind = "chance_hoped_for"', "chance_hoped_for"),
        ('readings = ["carried", "lost"]', 'readings = ["carried", "lost"]\nsettled = "burnt"', "burnt"),
        ('readings = ["carried", "lost"]', 'readings = ["carried", "lost"]\nsettled = "lost"', "source"),
        ('name = { kk = "«ЯНВАРСКИЙ СЮРПРИЗ»", ru', "name = { ru", "kk"),
    ],
)
def test_a_fault_of_the_data_is_a_message_with_a_line(edit: Edit, old: str, new: str, words: str) -> None:
    folder = edit("promotion.toml", old, new)
    found = faults_of(folder)
    assert any(words in fault.message and fault.line > 0 for fault in found), found


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "rules.kk.md").unlink()
    assert any(fault.file.name == "rules.kk.md" and "missing" in fault.message for fault in faults_of(folder))


def test_a_file_that_is_not_text_is_named_with_its_line(folder: Path) -> None:
    file = folder / "clauses.toml"
    file.write_bytes(b"a = 1\nb = '\xff\xfe'\n")
    assert any(fault.file == file and fault.line == 2 for fault in faults_of(folder))


def test_a_clause_without_its_translation_is_named(edit: Edit) -> None:
    folder = edit("rules.kk.md", "## 3.14\n", "## 3.99\n")
    messages = [fault.message for fault in faults_of(folder)]
    assert any("3.14" in message for message in messages)
    assert any("3.99" in message for message in messages)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("promotion.toml", 'clause = "1.4"', 'clause = "1.44"', "1.44"),
        ("promotion.toml", "quantity = 82", "quantity = 81", "the prizes make"),
        ("promotion.toml", "amount_kzt = 63533810", "amount_kzt = 63533811", "the fund is"),
        ("promotion.toml", 'open = ["O-12"]', 'open = ["O-99"]', "O-99"),
        ("promotion.toml", "2026-01-18T19:00:00+05:00", "2026-01-18T19:00:01+05:00", "does not follow"),
        ("rules.ru.md", "82 шт", "83 шт", "not in source.txt"),
        ("rules.kk.md", "82 дана", "83 дана", "numbers differ"),
        ("rules.ru.md", "1 500 000 (один миллион пятьсот тысяч)", "1 500 000 (один миллион шестьсот тысяч)", "is not"),
        ("cases/tax.yaml", "'7.2'", "'7.22'", "7.22"),
        ("clauses.toml", 'see = ["', 'see = ["9.9", "', "9.9"),
        ("samples.ru.txt", "@ none", "@ 1.55", "1.55"),
        ("samples.ru.txt", "@ #", "@ #no-such-", "no-such-"),
        ("samples.ru.txt", "@ none\n", "@ none\n+ слоны придут?\n", "a sign stands before a question of a point"),
        ("points.toml", 'clauses = ["', 'clauses = ["9.9", "', "no such clause: 9.9"),
        ("points.toml", "\nabout =", '\ncheck = "luck"\nabout =', "no such question of [eligibility]: luck"),
        ("points.toml", "\nabout =", '\nperiod = "winter"\nabout =', "no such period: winter"),
        ("points.toml", "\nabout =", '\ndeadline = "some_day"\nabout =', "no such deadline: some_day"),
        ("points.toml", "\nabout =", "\ndraw = true\nabout =", "has no draws"),
        ("points.toml", 'say = { ru = "', 'say = { ru = "Да, ', "begins with yes or no"),
        ("points.toml", 'kk = "', 'kk = "Жоқ: ', "begins with yes or no"),
        ("points.toml", 'say = { ru = "', f'say = {{ ru = "{"слово " * 40}', "characters of 230"),
        ("points.toml", 'about = { ru = "', f'about = {{ ru = "{"слово " * 11}', "characters of 60"),
        ("points.toml", 'id = "', 'id = "Big ', "small Latin letters"),
        ("clauses.toml", 'answer = { ru = "', 'answer = { ru = "Нет. ', "begins with yes or no"),
    ],
)
def test_what_does_not_fit_is_said_with_file_and_line(edit: Edit, file: str, old: str, new: str, words: str) -> None:
    folder = edit(file, old, new)
    found = serious(folder)
    assert any(words in fault.message and fault.line > 0 and fault.file == folder / file for fault in found), found


def test_few_questions_of_a_point_and_no_warning_of_fraud_are_warned_of(folder: Path) -> None:
    file = folder / "points.toml"
    text = file.read_text("utf-8")
    point = 'say = { ru = "В правилах не указано, любит ли он слонов.", kk = "Ережеде піл туралы көрсетілмеген." }'
    about = 'about = { ru = "слоны", kk = "пілдер" }'
    whole = f'[[point]]\nid = "elephants"\nclauses = []\nsilent = true\n{point}\n{about}\n'
    file.write_text(text[: text.index("[safety]")] + whole, "utf-8")
    warned = [fault.message for fault in check(folder) if fault.warning]
    assert warned.count("point elephants has 0 questions, 8 are wanted") == 2
    assert any("[safety]" in message for message in warned)


def test_a_defect_that_is_not_there_any_more_is_a_fault(edit: Edit) -> None:
    folder = edit("promotion.toml", 'clauses = ["3.7"]\nkind = "numbers"', 'clauses = ["3.7", "3.8"]\nkind = "numbers"')
    assert any("3.8" in fault.message for fault in serious(folder))


def test_the_same_question_under_two_clauses_is_a_fault(folder: Path) -> None:
    with (folder / "samples.ru.txt").open("a", encoding="utf-8") as file:
        file.write("\n@ 1.2\nуникальный вопрос о слонах\n@ 1.5\nУникальный вопрос о слонах?\n")
    assert any("слонах" in fault.message for fault in serious(folder))


def test_the_operator_calendar_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "calendar.toml"
    file.write_text('version = "3"\n[[days]]\ndate = 2026-03-09\nworking = false\nwhy = "moved"\n', "utf-8")
    calendar = load_calendar(tmp_path)
    assert calendar.version == "3"
    assert not any(calendar.overrides.values())
    file.write_text('version = "3"\n[[days]]\ndate = "9 March"\nworking = false\nwhy = "moved"\n', "utf-8")
    with pytest.raises(CatalogError) as caught:
        load_calendar(tmp_path)
    assert caught.value.faults[0].line == 3


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("шестьдесят три миллиона пятьсот тридцать три тысячи восемьсот десять", 63533810),
        ("двадцать шесть тысяч триста девяноста", 26390),
        ("пятисот", 500),
        ("одной тысячи", 1000),
        ("трёх", 3),
        ("тридцати", 30),
        ("алпыс үш миллион бес жүз отыз үш мың сегіз жүз он", 63533810),
        ("он төрт", 14),
        ("бір мың тоғыз жүз", 1900),
        ("далее – Организатор", None),
        ("шестикратных размеров", None),
    ],
)
def test_numbers_in_words_are_read(words: str, number: int | None) -> None:
    assert words_to_number(words) == number


def test_digits_and_their_words_are_compared() -> None:
    assert disagreements("в течение 10 (десяти) дней") == []
    assert disagreements("в течение 10 (пяти) дней") == [("10", "пяти")]


def test_numbers_are_found_with_their_thousands() -> None:
    assert numbers_of("1 500 000 тенге за 3 дня, 05.01.2026") == [1, 3, 5, 2026, 1500000]


def test_letters_of_another_alphabet_are_found_and_foreign_words_are_not() -> None:
    assert strangers("жəне Phonе сенiмхат") == ["жəне", "Phonе", "сенiмхат"]
    assert strangers("iPhone-ды Ismet.kz порталы, e-касса, WhatsApp") == []
