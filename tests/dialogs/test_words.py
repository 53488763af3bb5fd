"""A few words work at every step, in both languages, as whole messages only."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dialogs.messages import Kind
from dialogs.router import SCENES
from dialogs.words import bare, has_words, is_number
from tests.dialogs.talk import Talk, known

PLACES = [(scene.name, step) for scene in SCENES.values() for step in scene.steps]
EVERYWHERE = {
    "menu": ("меню", "мәзір", "/menu", "Меню!", "/menu@utys_bot"),
    "help": ("помощь", "көмек", "/help"),
    "promotions": ("акции", "акциялар", "/promotions"),
    "language": ("язык", "тіл", "/language"),
    "forget": ("забудь меня", "мені ұмыт", "/forget"),
}
SHOWN = {
    "menu": "start.menu",
    "help": "start.help",
    "promotions": "promotion.which",
    "language": "start.language",
    "forget": "privacy.sure",
}


@pytest.mark.parametrize(("scene", "step"), PLACES)
@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in EVERYWHERE.items() for word in words])
def test_at_every_step_the_same_words_lead_to_the_same_places(scene: str, step: str, name: str, word: str) -> None:
    talk = known()
    talk.conversation = replace(talk.conversation, scene=scene, step=step)
    assert talk.say(word).keys[0] == SHOWN[name]


@pytest.mark.parametrize(("name", "key"), SHOWN.items())
def test_buttons_lead_where_the_words_lead(name: str, key: str) -> None:
    assert known().tap(name).keys[0] == key


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everything_in_the_menu_and_in_help_is_answered(language: str) -> None:
    for way in ("menu", "help"):
        for id in known(language).tap(way).ids:  # type: ignore[arg-type]
            assert known(language).tap(id).keys != ["start.out_of_date"], id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["какие есть акции?", "человек ли отвечает мне", "где меню ресторана", "тілек", "бот жауап бере ме", ""]
)
def test_a_sentence_with_such_a_word_stays_a_sentence(text: str) -> None:
    assert SCENES.meant(text) is None


def test_every_entry_is_answered_by_its_own_scene() -> None:
    for scene in SCENES.values():
        for entry in scene.entries:
            assert entry.id in scene.plain or entry.id.partition(".")[0] in scene.options, entry.id


def test_no_two_entries_share_a_word() -> None:
    words = [bare(word) for entry in SCENES.entries for word in entry.words.split(",") if word]
    assert not [word for word in words if words.count(word) > 1]


@pytest.mark.parametrize("text", ["🙂", "...", "?!", "1", " 12. ", "№3", "", " ", "👍🏽👍"])
def test_what_holds_nothing_to_read_is_no_question(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["а", "2024", "*88#", "500 000", "ok", "ә"])
def test_what_can_be_read_is(text: str) -> None:
    assert has_words(text)


def test_a_number_that_nothing_bears_leaves_the_list_as_it_is() -> None:
    talk = known().say("правила")
    offered = talk.conversation.offered
    talk.say("77")
    assert (talk.keys, talk.ids) == (["start.no_number"], [])
    assert talk.conversation.offered == offered


@pytest.mark.parametrize(("text", "number"), [("5", True), ("№ 12", True), ("123", False), ("a1", False), ("!", False)])
def test_a_number_of_a_list_is_short(text: str, number: bool) -> None:
    assert is_number(text) is number


# what is no text


@pytest.mark.parametrize("kind", ["sticker", "voice", "location", "unsupported", "contact", "attachment"])
def test_each_kind_of_message_gets_a_sensible_word_and_a_way_on(kind: Kind) -> None:
    talk = known().hear(kind)
    assert talk.keys[0] == f"receive.{kind}"
    assert talk.ids == ["menu", "person"]


def test_a_file_sent_by_a_winner_is_refused_with_the_place_that_says_where_to_send_it() -> None:
    assert known().hear("attachment").keys == ["receive.attachment", "receive.claim"]
    assert Talk().hear("attachment").keys == ["receive.attachment"]


def test_an_edited_message_is_answered_anew() -> None:
    talk = known().say("ыыы").hear("edited", "кто платит налог?")
    assert "reply.stated" in talk.keys


@pytest.mark.parametrize("kind", ["left", "deadline"])
def test_what_nobody_said_is_not_answered(kind: Kind) -> None:
    assert known().hear(kind).said == ()
