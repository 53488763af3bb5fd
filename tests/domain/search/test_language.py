"""The language of a question is told in whatever letters it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.search.language import Detector
from storage.answers.files import LANGUAGE, model_path, read_detector


@pytest.fixture(scope="session")
def detector(models: Path) -> Detector:
    return read_detector(model_path(models, LANGUAGE))


@pytest.mark.parametrize(
    "said",
    [
        "Ұтыс ойыны қашан өтеді?",
        "утыс ойыны кашан болады",
        "utys oiyny qashan bolady",
        "utys qai kuni",
        "журе береме акция",
        "рақмет",
        "иә",
        "жоқ",
    ],
)
def test_kazakh_is_told(detector: Detector, said: str) -> None:
    assert detector.detect(said) == "kk"


@pytest.mark.parametrize(
    "said", ["Когда розыгрыш?", "скока призов", "kogda rozygrysh", "gde poluchit priz", "спасибо", "нет"]
)
def test_russian_is_told(detector: Detector, said: str) -> None:
    assert detector.detect(said) == "ru"


@pytest.mark.parametrize("said", ["", "12345", "???", "🙂", "+77011234567"])
def test_a_text_without_words_has_no_language(detector: Detector, said: str) -> None:
    assert detector.detect(said) is None


@pytest.mark.parametrize(
    "said",
    ["true", "null", "1e309", "../../../../etc/passwd", "xxx", "ұұұ", "<a href='x'>", "'; DROP TABLE x; --"],
)
def test_scraps_are_surely_in_no_language(detector: Detector, said: str) -> None:
    assert detector.detect(said, surely=True) is None


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Ұтыс ойыны қашан өтеді?", "kk"),
        ("utys qai kuni", "kk"),
        ("рақмет", "kk"),
        ("Когда розыгрыш?", "ru"),
        ("gde poluchit priz", "ru"),
        ("а когда приз то будет", "ru"),
    ],
)
def test_questions_are_surely_in_their_language(detector: Detector, said: str, language: str) -> None:
    assert detector.detect(said, surely=True) == language
