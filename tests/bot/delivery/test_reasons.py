"""Why a message did not arrive is said in words, in both languages, and what cannot arrive is not tried again."""

from __future__ import annotations

import pytest

from bot.channels.whatsapp.api import judge
from bot.delivery.reasons import reason
from bot.loading import load_phrases
from domain.rulebook import LANGUAGES

PHRASES = load_phrases()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("400/21610", "отписал"),
        ("status 21610", "отписал"),
        ("status 63024", "WhatsApp"),
        ("400/63024", "WhatsApp"),
        ("status 63016", "24"),
        ("blocked", "заблокировал"),
        ("status 63999", "63999"),
    ],
)
def test_a_failure_is_said_in_words(error: str, words: str) -> None:
    assert words in PHRASES.text(reason(error), "ru")
    assert all(PHRASES.text(reason(error), language) for language in LANGUAGES)


@pytest.mark.parametrize("code", [21610, 63024, 63003, 63033, 21211])
def test_who_cannot_or_will_not_be_reached_is_not_tried_again(code: int) -> None:
    assert judge(400, {"code": code}).outcome == "gone"
