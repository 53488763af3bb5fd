"""Edits and events that nobody typed: an edit replaces what its message told, the rest is silent, and a reply stays in its topic."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.updates import read
from dialogs.messages import Incoming
from tests.bot.posting import heard, settled
from tests.fakes.telegram_people import Person
from tests.world import World

NOW = datetime(2026, 1, 15, 7, tzinfo=UTC)
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -1007, "type": "supergroup"}
USER = {"id": 7, "is_bot": False, "first_name": "A"}


def understood(chat: dict[str, Any] = PRIVATE, kind: str = "message", **content: Any) -> Incoming | None:
    message = {"message_id": 5, "date": 1, "chat": chat, "from": USER, **content}
    return read(json.dumps({"update_id": 1, kind: message}).encode(), NOW).incoming


def tapped(**about: Any) -> Incoming | None:
    query = {"id": "1", "from": USER, "data": "menu", "chat_instance": "1", **about}
    return read(json.dumps({"update_id": 1, "callback_query": query}).encode(), NOW).incoming


@pytest.mark.parametrize(
    "kind",
    [
        *("pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set"),
        *("web_app_data", "users_shared", "chat_shared", "proximity_alert_triggered", "forum_topic_created"),
        *("forum_topic_edited", "forum_topic_closed", "video_chat_started", "boost_added", "successful_payment"),
        *("connected_website", "passport_data", "gift", "new_chat_title", "a_kind_of_tomorrow"),
    ],
)
def test_a_service_message_is_nobodys_word(kind: str) -> None:
    assert understood(**{kind: {"message_id": 1}}) is None


@pytest.mark.parametrize("kind", ["poll", "dice", "story", "checklist", "paid_media", "game"])
def test_what_a_person_sends_and_we_cannot_read_is_answered(kind: str) -> None:
    incoming = understood(**{kind: {"id": "1"}})
    assert incoming is not None
    assert incoming.kind == "unsupported"


def test_a_live_location_is_answered_when_it_is_shared_and_not_when_it_moves() -> None:
    place = {"latitude": 43.2, "longitude": 76.9, "live_period": 900}
    assert understood(location=place) is not None
    assert understood(kind="edited_message", location=place) is None


@pytest.mark.parametrize(
    "content", [{"photo": [{"file_id": "a"}]}, {"document": {"file_id": "a"}, "caption": "другая подпись"}]
)
def test_an_edited_caption_of_a_file_is_no_question(content: dict[str, Any]) -> None:
    assert understood(kind="edited_message", **content) is None


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("content", [{"text": "меню"}, {"pinned_message": {}}, {"left_chat_member": USER}])
def test_nothing_of_a_group_reaches_the_private_talk(kind: str, content: dict[str, Any]) -> None:
    assert understood(GROUP, kind, **content) is None


def test_a_tap_counts_in_the_private_talk_only_where_it_was_made() -> None:
    message = {"message_id": 5, "date": 0}
    assert tapped(message={**message, "chat": PRIVATE}) is not None
    assert tapped(message={**message, "chat": GROUP}) is None
    assert tapped(inline_message_id="x") is None


def test_a_message_is_known_by_its_id_and_its_topic() -> None:
    incoming = understood(text="сәлем", message_thread_id=9, is_topic_message=True)
    assert incoming is not None
    assert (incoming.message, incoming.thread) == ("5", 9)
    reply = understood(text="сәлем", message_thread_id=9)  # a thread of replies is no topic
    assert reply is not None
    assert reply.thread is None


async def talk(world: World) -> Person:
    """A person who writes purchases down."""
    person = world.telegram.person()
    await world.telegram.push(person.start("january-surprise"))
    await heard(world, person.id)
    await world.telegram.push(person.text("/ru"), person.text("мои шансы"))
    await heard(world, person.id, 3)
    return person


async def test_an_edited_purchase_is_one_purchase(world: World) -> None:
    person = await talk(world)
    first = person.text("06.01.2026 15:00 600 тыс кено")
    await world.telegram.push(first, person.text("07.01.2026 15:00 500 тыс кено"))
    await heard(world, person.id, 5)
    await world.telegram.push(person.edited(first, "06.01.2026 15:00 700 тыс кено"))
    said = (await heard(world, person.id, 6))[-1].replace("\u00a0", " ")
    assert "700 000" in said
    assert "500 000" in said
    assert "600 000" not in said


async def test_an_edit_that_changes_nothing_is_silent(world: World) -> None:
    person = await talk(world)
    question = person.text("когда подведут итоги?")
    await world.telegram.push(question)
    before = len(await heard(world, person.id, 4))
    await world.telegram.push(person.edited(question, "когда подведут  итоги?"), person.message(pinned_message={}))
    await settled(world)
    await world.telegram.push(person.text("меню"))
    assert len(await heard(world, person.id, before + 1)) == before + 1


async def test_the_keyboard_that_shares_a_phone_goes_with_the_first_answer_after_it(world: World) -> None:
    person = await talk(world)
    await world.telegram.push(person.text("есть ли я в списке"))
    await heard(world, person.id, 4)
    await world.telegram.push(person.contact(own=False))
    await heard(world, person.id, 5)
    assert "keyboard" in (world.telegram.messages(person.id)[-1].markup or {})
    await world.telegram.push(person.text("меню"))
    await heard(world, person.id, 7)
    closed, menu = world.telegram.messages(person.id)[-2:]
    assert closed.markup == {"remove_keyboard": True}
    assert "inline_keyboard" in (menu.markup or {})
    await world.telegram.push(person.text("меню"))
    await heard(world, person.id, 8)
    assert "remove_keyboard" not in (world.telegram.messages(person.id)[-1].markup or {})


async def test_a_reply_goes_to_the_topic_that_was_written_in(world: World) -> None:
    person = world.telegram.person()
    world.telegram.chats.add_topic(person.id, "Вопросы", 9)
    person.thread_id = 9
    await world.telegram.push(person.text("/ru"))
    await heard(world, person.id)
    person.thread_id = None
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id, 2)
    assert [message.thread_id for message in world.telegram.messages(person.id)] == [9, None]
