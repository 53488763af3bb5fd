"""Numbers by which a person is known to a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.participants import check_digit, fits_mask, is_bin, is_iin, numbers_behind, phone

MASK = "7 747 9** *3 83"


@pytest.mark.parametrize(
    "number",
    ["+7 747 912 53 83", "8 747 912 53 83", "87479125383", "747 912 53 83", "8 (747) 912-53-83", "7-747-912-53-83",
     "8 10 7 747 912 53 83", "007 747 912 53 83"],
)  # fmt: skip
def test_a_number_in_any_common_spelling_fits_its_mask(number: str) -> None:
    assert phone(number) == "77479125383"
    assert fits_mask(MASK, number)


@pytest.mark.parametrize(
    "mask", ["7 747 9** *3 83", "+7 747 9** *3 83", "8 747 9***383", "747 9** *3 83", r"7 747 9\*\* \*3 83"]
)
def test_a_mask_in_any_spelling_is_the_same_mask(mask: str) -> None:
    assert fits_mask(mask, "8 747 900 03 83")


@pytest.mark.parametrize("number", ["8 747 912 53 84", "8 747 812 53 83", "747 912 53 8", "", "не скажу"])
def test_another_number_does_not_fit(number: str) -> None:
    assert not fits_mask(MASK, number)


def test_a_mask_that_hides_three_digits_fits_a_thousand_numbers() -> None:
    assert numbers_behind(MASK) == 1000


@given(st.from_regex(r"7[0-9]{10}", fullmatch=True), st.sets(st.integers(1, 10)))
def test_a_number_fits_every_mask_made_of_it(number: str, hidden: set[int]) -> None:
    assert fits_mask("".join("*" if n in hidden else digit for n, digit in enumerate(number)), number)


def _with_digit(eleven: str) -> str | None:
    digit = check_digit(eleven)
    return None if digit is None else f"{eleven}{digit}"


def test_an_iin_has_a_birth_date_and_a_right_check_digit() -> None:
    number = _with_digit("90051530012")
    assert number is not None
    assert is_iin(number)
    assert not is_iin(number[:11] + str((int(number[11]) + 1) % 10))
    for wrong in ("90133130012", "90023030012", "90051570012"):
        assert not is_iin(_with_digit(wrong) or "")


def test_the_second_weights_decide_where_the_first_leave_ten() -> None:
    # 1·9 + 2·0 + … = 87 + …: a sum with the rest 10 by the first weights.
    tens = [f"9001013{n:04d}" for n in range(2000) if _first_rest(f"9001013{n:04d}") == 10]
    assert tens
    for eleven in tens[:50]:
        second = sum(int(d) * w for d, w in zip(eleven, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), strict=True)) % 11
        assert check_digit(eleven) == (None if second == 10 else second)


def _first_rest(eleven: str) -> int:
    return sum(int(digit) * weight for weight, digit in enumerate(eleven, start=1)) % 11


def test_a_bin_tells_a_kind_of_business() -> None:
    number = _with_digit("94024000035")
    assert number is not None
    assert is_bin(number)
    assert not is_iin(number)
    assert not is_bin(_with_digit("94021900035") or "")


@pytest.mark.parametrize("nonsense", ["", "12345", "abcdefghijkl", "1234567890123", "９４０２４００００３５０"])
def test_what_is_not_twelve_digits_is_no_number_at_all(nonsense: str) -> None:
    assert not is_iin(nonsense)
    assert not is_bin(nonsense)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_of_a_bin_is_noticed(number: str, place: int, step: int) -> None:
    if not is_bin(number):
        return
    mistyped = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_bin(mistyped)
