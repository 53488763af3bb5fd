"""Numbers on papers: each check digit, and what it says of a birthday, a sex, a bank."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.papers import iban, iin, mrz
from domain.participants import check_digit, has_check_digit

BANKS = frozenset({"601", "722", "856"})


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("830718399194", date(1983, 7, 18), "M"),
        ("610618497620", date(1961, 6, 18), "F"),
        ("060312597944", date(2006, 3, 12), "M"),
        ("020512699401", date(2002, 5, 12), "F"),
    ],
)
def test_an_iin_says_a_birthday_and_a_sex(number: str, born: date, sex: str) -> None:
    assert has_check_digit(number)
    assert iin.birthday(number) == born
    assert iin.sex(number) == sex


@given(st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_of_an_iin_is_noticed(place: int, by: int) -> None:
    """By either row of weights: a remainder of 10 with the first hides at most what the second finds."""
    right = "830718399194"
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert not has_check_digit(wrong) or check_digit(wrong[:11]) == int(wrong[11])
    assert not has_check_digit(right[:11] + str((int(right[11]) + by) % 10))


@pytest.mark.parametrize("text", ["", "83071839919", "8307183991944", "83071839919x", "８３０７１８３９９１９４"])
def test_what_is_not_twelve_digits_is_no_iin(text: str) -> None:
    assert not has_check_digit(text)


def test_a_day_that_the_calendar_lacks_is_no_birthday() -> None:
    assert iin.birthday("830231399194") is None


CARD = "IDKAZ0000925255860510497139<<<\n8605102F3010035KAZ<<<<<<<<<<<7\nABDIRAKHMANOVA<<KARLYGASH<<<<<"
PASSPORT = "P<KAZSHAKARIMOV<<GALYMZHAN<<<<<<<<<<<<<<<<<<\nN000057289KAZ6205265M3111242620526397567<<08"
TODAY = date(2026, 1, 20)


def test_the_zone_of_a_card_is_read() -> None:
    zone = mrz.find_zone([CARD], TODAY)
    assert zone is not None
    assert (zone.number, zone.iin, zone.birth, zone.expires, zone.sex) == (
        "000092525",
        "860510497139",
        date(1986, 5, 10),
        date(2030, 10, 3),
        "F",
    )
    assert (zone.surname, zone.given, zone.wrong) == ("ABDIRAKHMANOVA", "KARLYGASH", frozenset())


def test_the_zone_of_a_passport_is_read() -> None:
    zone = mrz.find_zone([PASSPORT], TODAY)
    assert zone is not None
    assert zone.is_passport
    assert (zone.number, zone.iin, zone.expires, zone.wrong) == (
        "N00005728",
        "620526397567",
        date(2031, 11, 24),
        frozenset(),
    )


@pytest.mark.parametrize(
    "misread",
    [
        CARD.replace("IDKAZ0000925255", "IDKAZO0OO925255"),  # letters for digits
        CARD.replace("KAZ<<<<<<<<<<<7", "KAZ<<<K<K<<<<K<<7"),  # too many fillers, some as K
        CARD.replace("KAZ<<<<<<<<<<<7", "KAZ<<<<<<<<7"),  # too few
        CARD.lower().replace("<<<\n", "<< <\n"),
        "SPECIMEN\n\n" + CARD + "\nxx",
    ],
)
def test_signs_that_look_alike_do_not_make_a_zone_wrong(misread: str) -> None:
    zone = mrz.find_zone([misread], TODAY)
    assert zone is not None
    assert not zone.wrong
    assert zone.number == "000092525"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("0000925255", "0000925265", "number"), ("8605102F", "8605112F", "birth"), ("3010035", "3010045", "expires")],
)
def test_a_wrong_digit_is_named_by_its_field(old: str, new: str, field: str) -> None:
    zone = mrz.find_zone([CARD.replace(old, new)], TODAY)
    assert zone is not None
    assert field in zone.wrong


def test_of_several_readings_the_one_without_faults_counts() -> None:
    zone = mrz.find_zone([CARD.replace("3010035", "3010045"), CARD], TODAY)
    assert zone is not None
    assert not zone.wrong


@given(st.text("IDKAZ0123456789<MF\n ", max_size=200))
def test_no_text_breaks_the_reading_of_a_zone(text: str) -> None:
    mrz.find_zone([text, "IDKAZ" + text, "P<KAZ" + text], TODAY)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("IBAN: KZ39 6010 6809 7210 5557", None),
        ("Шот: KZ396010680972105557 KZT", None),
        ("IBAN: KZ11 6010 8394 4202 1297", "iban_check"),
        ("IBAN: KZ39 6010 6809 7210 555", "iban_check"),
        ("IBAN: DE89 3704 0044 0532 0130 00", "iban_country"),
        ("IBAN: 4000 0031 2168 7608", "card_number"),
        ("Справка выдана для предъявления", "iban_missing"),
    ],
)
def test_an_account_is_judged_by_its_digits(text: str, fault: str | None) -> None:
    assert iban.find_account(text, BANKS, read=False).fault == fault


def test_a_bank_that_is_not_in_the_register_is_told() -> None:
    assert iban.find_account("KZ396010680972105557", frozenset({"722"}), read=False).fault == "iban_bank"


def test_letters_that_were_read_for_digits_are_no_fault() -> None:
    assert iban.find_account("IBAN: KZ39 6O1O 68O9 721O 5557", BANKS, read=True).fault is None
