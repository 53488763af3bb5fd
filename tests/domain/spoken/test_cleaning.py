"""What people's keyboards and phones add to a text is taken away once, and nothing that they wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spoken.cleaning import clean, other_keyboard


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("вы\u00adиг\u200bрыш", "выигрыш"),
        ("\ufeffменю", "меню"),
        ("за\u0301мок", "замок"),
        ("и\u0306од", "йод"),
        ("е\u0308лка", "ёлка"),
        ("1\ufe0f\u20e3 4\u20e3", "1 4"),
        ("500\u00a0000\u202f₸", "500 000 ₸"),
        ("a\t b  c ", "a b c"),
        ("одна\r\nдве\u2028три", "одна\nдве\nтри"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("\u202eтекст\u202c", "текст"),
        ("", ""),
    ],
)
def test_a_text_is_cleaned(text: str, meant: str) -> None:
    assert clean(text) == meant


@given(st.text())
def test_cleaning_once_is_enough(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text", ["ережелер қандай?", "кто платит налог", "әғқңөұүһі", "Ёй", "*88*5#", "5 000,50 ₸", "👍🏽"]
)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rjulf hjpsuhsi", "когда розыгрыш"),
        ("GHFDBKF", "правила"),
        ("ьутг", "menu"),
        ("меню menu", None),
        ("123", None),
    ],
)
def test_the_other_keyboard_is_one_more_reading(text: str, meant: str | None) -> None:
    assert other_keyboard(text) == meant
