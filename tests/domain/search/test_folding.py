"""Spellings that a reader takes for one word fold to one."""

from __future__ import annotations

import pytest

from domain.search.folding import words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Қашан", "кашан", "qashan", "kashan", "qaшан"),
        ("жеңімпаз", "женимпаз", "zhenimpaz", "jeńimpaz", "жеңiмпаз"),
        ("шаңырақ", "şañyraq", "shanyrak"),
        ("акция", "акцыя", "aktsiya", "akciya"),
        ("ұтсам", "утсам", "utsam"),
        ("победителю", "pobeditelyu"),
        ("ТОО", "ТOO", "too"),
        ("əкім", "әкім"),
    ],
)
def test_spellings_of_one_word_meet(spellings: tuple[str, ...]) -> None:
    assert len({tuple(words(spelling)) for spelling in spellings}) == 1


def test_numbers_keep_their_value_and_codes_their_signs() -> None:
    assert words("600 000 тенге") == words("600000 тенге") == words("600 000 тенге")
    assert words("наберите *88*5#") == ["наберите", "*88*5#"]
    assert words("2200") == ["2200"]


def test_different_words_stay_different() -> None:
    assert words("приз") != words("акт")
    assert words("15") != words("155")
