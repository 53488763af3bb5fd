"""A card on a desk, well and badly photographed: what is told without reading a letter."""

from __future__ import annotations

from datetime import date

import pytest
from PIL import Image

from domain.papers.asked import Asked
from domain.papers.claim import PaperClaim
from domain.papers.findings import Finding
from storage.papers.checking import Checked, check
from storage.papers.fingerprint import distance, fingerprint
from storage.papers.recognising import Tesseract, languages
from tests.storage.papers import drawn

TODAY = date(2026, 1, 20)
PHOTO = drawn.on_a_desk(drawn.back())


def checked(photo: Image.Image, asked: Asked = Asked.ID_BACK, seen: tuple[int, ...] = ()) -> Checked:
    return check(drawn.jpeg(photo), (asked,), PaperClaim(), TODAY, seen)


@pytest.mark.parametrize(
    "photo",
    [
        PHOTO,
        PHOTO.rotate(90, expand=True),
        PHOTO.rotate(180),
        PHOTO.convert("L"),
        drawn.back(),
        PHOTO.point(lambda v: int(v * 0.6)),
    ],
    ids=["on a desk", "turned by 90", "upside down", "grey", "cut out", "at dusk"],
)
def test_a_good_photo_is_good(photo: Image.Image) -> None:
    assert checked(photo).verdict == "ok"


@pytest.mark.parametrize(
    ("photo", "finding"),
    [
        (drawn.blurred(PHOTO), Finding.BLURRED),
        (drawn.shaken(PHOTO), Finding.BLURRED),
        (drawn.darkened(PHOTO), Finding.DARK),
        (drawn.overexposed(PHOTO), Finding.BRIGHT),
        (drawn.under_a_lamp(PHOTO), Finding.GLARE),
        (drawn.under_a_finger(PHOTO), Finding.COVERED),
        (PHOTO.resize((360, 270)), Finding.SMALL),
        (drawn.on_a_desk(drawn.back(), width=260, at=(500, 400)), Finding.SMALL),
        (drawn.on_a_desk(drawn.back(), at=(700, 170)), Finding.CROPPED),
        (drawn.on_a_desk(drawn.back(), at=(150, 600)), Finding.CROPPED),
        (Image.new("RGB", (1240, 1754), "white"), Finding.BLANK),
        (Image.new("RGB", (1240, 1754), "black"), Finding.DARK),
    ],
    ids=[
        "blurred",
        "shaken",
        "dark",
        "overexposed",
        "glare",
        "finger",
        "thumbnail",
        "far",
        "cut",
        "cut below",
        "white",
        "black",
    ],
)
def test_a_bad_photo_is_told_with_what_is_wrong(photo: Image.Image, finding: Finding) -> None:
    result = checked(photo)
    assert result.verdict == "doubt"
    assert finding in result.findings


def test_the_side_with_the_zone_is_not_taken_for_the_front() -> None:
    assert Finding.WRONG_SIDE in checked(PHOTO, Asked.ID_FRONT).findings


def test_a_photo_is_known_again_after_a_messenger_but_a_new_photo_of_the_card_is_new() -> None:
    (first,) = checked(PHOTO).fingerprints
    assert Finding.SEEN_BEFORE in checked(PHOTO.resize((960, 720)), seen=(first,)).findings
    again = drawn.on_a_desk(drawn.back(), width=900, at=(210, 120), seed=11)
    assert Finding.SEEN_BEFORE not in checked(again, seen=(first,)).findings


def test_a_fingerprint_has_256_bits() -> None:
    assert fingerprint(PHOTO) < 2**256
    assert distance(fingerprint(PHOTO), fingerprint(PHOTO)) == 0
    assert distance(0, 2**256 - 1) == 256


@pytest.mark.skipif(
    "eng" not in languages() or "kaz" not in languages(), reason="tesseract with kaz and eng is not installed"
)
def test_the_zone_is_read_and_compared_with_the_claim() -> None:
    data = drawn.jpeg(PHOTO)
    mine = check(data, (Asked.ID_BACK,), PaperClaim(iin="860510497139"), TODAY, (), Tesseract(20))
    assert mine.verdict == "ok"
    assert (mine.fields["number"], mine.fields["expires"]) == ("000092525", "2030-10-03")


class Rightly:
    """Reads what stands there."""

    def read(self, picture: Image.Image, language: str, layout: int, signs: str = "") -> str:
        return "\n".join(drawn.ZONE)


def test_the_card_of_somebody_else_is_told() -> None:
    result = check(drawn.jpeg(PHOTO), (Asked.ID_BACK,), PaperClaim(iin="830718399194"), TODAY, (), Rightly())
    assert result.findings == (Finding.OTHER_PERSON,)


class Misreading:
    """Reads other digits each time, as tesseract does on a poor photo."""

    def __init__(self) -> None:
        self.calls = 0

    def read(self, picture: Image.Image, language: str, layout: int, signs: str = "") -> str:
        self.calls += 1
        digit = str(self.calls % 10)
        return "\n".join((drawn.ZONE[0].replace("9252", f"9{digit}52"), *drawn.ZONE[1:]))


def test_digits_that_are_read_differently_each_time_are_unreadable_and_accuse_nobody() -> None:
    result = check(drawn.jpeg(PHOTO), (Asked.ID_BACK,), PaperClaim(iin="830718399194"), TODAY, (), Misreading())
    assert result.findings == (Finding.MRZ_UNREADABLE,)
