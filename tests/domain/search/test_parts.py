"""A text of several questions is cut into them, and one question stays whole."""

from __future__ import annotations

import pytest

from domain.search.parts import MOST, asks, parts


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Кто платит налог? Когда розыгрыш?", ("Кто платит налог?", "Когда розыгрыш?")),
        ("кто может участвовать и где смотреть эфир", ("кто может участвовать", "где смотреть эфир")),
        ("где забрать приз, а кто платит налог", ("где забрать приз", "кто платит налог")),
        ("Салықты кім төлейді және ұтыс қашан болады?", ("Салықты кім төлейді", "ұтыс қашан болады?")),
        ("жүлдені қайдан аламын\nсалық бар ма", ("жүлдені қайдан аламын", "салық бар ма")),
    ],
)
def test_the_questions_of_a_text_are_found(text: str, pieces: tuple[str, ...]) -> None:
    assert parts(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "кто платит налог с приза?",
        "ИП и ТОО могут участвовать?",
        "Купил телефон и чехол. Можно участвовать?",
        "чек и гарантийный талон нужны?",
        "",
        "налог",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert parts(text) == (text,)


def test_no_more_are_answered_than_a_screen_holds() -> None:
    assert len(parts("Где приз? Кто платит? Когда эфир? Сколько стоит? Как получить приз?")) == MOST


@pytest.mark.parametrize(
    ("text", "does"), [("где приз", True), ("салық бар ма", True), ("где", False), ("мы ИП", False)]
)
def test_what_looks_like_a_question_of_its_own(text: str, does: bool) -> None:
    assert asks(text) is does
