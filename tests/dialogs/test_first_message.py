"""Before a language is known, what holds no words is answered in both languages with the choice between them."""

from __future__ import annotations

import pytest

from dialogs.messages import Attachment, Kind, SharedContact
from tests.dialogs.talk import Talk

PHOTO = (Attachment("1", "image/jpeg"),)


@pytest.mark.parametrize("hint", [None, "ru", "kk", "en"])
@pytest.mark.parametrize("kind", ["attachment", "sticker", "voice", "location", "unsupported", "contact"])
def test_a_first_message_without_words_is_answered_in_both_languages(kind: Kind, hint: str | None) -> None:
    more = {"attachment": {"attachments": PHOTO}, "contact": {"contact": SharedContact("77010000001", True)}}.get(
        kind, {}
    )
    talk = Talk().hear(kind, language_hint=hint, **more)
    assert all(outgoing.both for outgoing in talk.said)
    assert talk.ids == ["language.kk", "language.ru"]


def test_a_person_asked_for_at_first_is_called_and_told_so_in_both_languages() -> None:
    talk = Talk().say("оператор")
    assert talk.keys == ["support.called"]
    assert talk.said[0].both
    assert talk.conversation.handoff is not None
    assert talk.tap("language.ru").keys == ["support.called"]


def test_where_hint_and_word_agree_one_language_is_enough() -> None:
    talk = Talk().hear("text", "оператор", language_hint="ru")
    assert (talk.said[0].both, talk.language) == (False, "ru")


def test_once_a_language_is_chosen_a_picture_is_answered_in_it() -> None:
    talk = Talk().hear("sticker").tap("language.ru").hear("attachment", attachments=PHOTO)
    assert (talk.said[0].both, talk.language) == (False, "ru")
