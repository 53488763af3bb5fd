"""Telegram's webhook: who is let in, and what comes of each kind of update."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.tables import inbox
from tests.bot.posting import SECRET, TELEGRAM, heard, numbered, post, secret, settled, update
from tests.fakes.telegram_people import Person
from tests.world import World


async def events(world: World) -> int:
    return await world.app.writer.call(
        lambda connection: int(connection.execute(select(func.count()).select_from(inbox)).scalar_one())
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: None,
        lambda secret: "",
        lambda secret: secret[:-1],
        lambda secret: secret + "0",
        lambda secret: secret.upper() if secret != secret.upper() else secret.lower(),
        lambda secret: secret[::-1],
        lambda secret: "құпия-сөз",
        lambda secret: f"Bearer {secret}",
    ],
    ids=["missing", "empty", "shorter", "longer", "other case", "backwards", "not ascii", "with a scheme"],
)
async def test_without_the_right_secret_nothing_is_let_in_and_nothing_kept(
    world: World, change: Callable[[str], str | None]
) -> None:
    given = change(await secret(world))
    headers = {} if given is None else {SECRET: given}
    status, body = await post(world, TELEGRAM, numbered(world.telegram.person().text("/menu"), 1), headers)
    assert (status, body) == (403, "")
    assert await events(world) == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nonsense", b"[]", b'"text"', b"null", b'{"update_id": "x"}', b'{"message": {}}', b"\xff\xfe"]
)
async def test_what_is_no_update_is_refused(world: World, body: bytes) -> None:
    assert (await update(world, body))[0] == 400
    assert await events(world) == 0


async def test_a_body_too_long_to_be_an_update_is_refused(world: World) -> None:
    status, _ = await update(world, b'{"update_id": 1, "x": "' + b"a" * 1_100_000 + b'"}')
    assert status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_the_webhook_is_posted_to_and_nothing_else(world: World, method: str) -> None:
    assert (await update(world, b"", method))[0] == 405


@pytest.mark.parametrize("depth", [50, 5000, 200_000])
async def test_nesting_without_end_brings_nothing_down(world: World, depth: int) -> None:
    body = b'{"update_id": 1, "poll": ' + b"[" * depth + b"]" * depth + b"}"
    assert (await update(world, body))[0] in (200, 400)
    assert (await update(world, b'{"update_id": 2}'))[0] == 200


@pytest.mark.parametrize(
    "content",
    [
        {"poll": {"id": "1"}},
        {"message": {"message_id": "not a number", "date": 1, "chat": {"id": 5, "type": "private"}, "text": "hi"}},
        {"callback_query": {"id": "1", "from": None}},
        {"something_new_of_next_year": {"a": [1, 2]}},
    ],
)
async def test_an_update_that_we_do_not_understand_is_taken_and_holds_nothing_up(world: World, content: Any) -> None:
    assert (await update(world, numbered(content, 1)))[0] == 200
    assert await events(world) == 0


async def test_groups_channels_and_other_bots_are_not_answered(world: World) -> None:
    person = world.telegram.person()
    group = person.in_group(-1001234567890)
    await update(world, numbered(group.text("/menu"), 1))
    await update(world, numbered({"channel_post": group.text("hi")["message"]}, 2))
    robot = person.text("/menu")
    robot["message"]["from"]["is_bot"] = True
    await update(world, numbered(robot, 3))
    await settled(world)
    assert await events(world) == 0
    assert world.telegram.calls_to("sendMessage") == []


async def test_a_tap_is_acknowledged_in_the_answer_to_the_webhook(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id)
    tap = person.press(world.telegram.last(person.id), "Русский")
    status, body = await update(world, numbered(tap, 9))
    assert status == 200
    assert json.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": tap["callback_query"]["id"]}


@pytest.mark.parametrize(
    "data", ["", "menu", "promotion.none", "forget.yes", "x" * 64, "language.xx", "құпия", "a.b.c.d"]
)
async def test_a_tap_on_a_button_that_nobody_offered_is_answered_politely(world: World, data: str) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id)
    await world.telegram.push(person.press(world.telegram.last(person.id), data=data))
    assert len(await heard(world, person.id, 2)) >= 2


KINDS: dict[str, Callable[[Person], Any]] = {
    "sticker": lambda p: p.sticker(),
    "voice": lambda p: p.voice(),
    "own contact": lambda p: p.contact(),
    "contact of somebody else": lambda p: p.contact(own=False),
    "location": lambda p: p.location(),
    "photo with a caption": lambda p: p.photo(caption="бұл менің чегім"),
    "document": lambda p: p.document(size=30_000_000),
    "poll": lambda p: p.message(poll={"id": "1", "question": "?", "options": []}),
    "dice": lambda p: p.message(dice={"emoji": "🎲", "value": 3}),
    "10 000 characters": lambda p: p.text("сұрақ " * 1666),
    "only emoji": lambda p: p.text("🎁🎉❤️"),
    "only spaces": lambda p: p.text("   \n\t "),
    "nul and bidi": lambda p: p.text("сәлем\x00 \u202eабв\u202c \u2066x\u2069 \ufeff"),
    "html": lambda p: p.text("<b>&amp;<script>alert(1)</script>"),
    "zalgo": lambda p: p.text("a" + "\u0301" * 500),
    "deep link with nonsense": lambda p: p.start("../../etc/passwd"),
    "edited": lambda p: p.edited(p.text("сәлем"), "қашан аяқталады?"),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_message_gets_a_sensible_answer(world: World, kind: str) -> None:
    person = world.telegram.person()
    await world.telegram.push(KINDS[kind](person))
    for text in await heard(world, person.id):
        assert text.strip()
    assert {delivery.status for delivery in world.telegram.deliveries} == {200}
    await world.telegram.push(person.text("/menu"))
    assert len(await heard(world, person.id, 2)) >= 2


async def test_an_album_is_answered_with_one_word_for_all_its_pictures(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/ru"))
    await heard(world, person.id)
    await world.telegram.push(*person.album(b"1", b"2", b"3", caption="чек"))
    await world.telegram.wait_for(lambda: len(world.telegram.deliveries) == 4)
    assert len(await heard(world, person.id, 2)) == 2


@pytest.mark.parametrize(
    "escaped",
    [b"\\ud800 alone", b"half \\udc00", b"\\ud83d\\ude00 \\ud83d", b"\xed\xa0\x80 raw", b"\xff\xfe", b"\\u0000\\u202e"],
)
async def test_half_of_a_surrogate_pair_is_read_as_a_hole_and_answered(world: World, escaped: bytes) -> None:
    person = world.telegram.person()
    body = json.dumps(numbered(person.text("MARK сәлем"), 77), ensure_ascii=False).encode().replace(b"MARK", escaped)
    assert (await update(world, body))[0] == 200
    assert len(await heard(world, person.id)) == 1


async def test_who_blocks_the_bot_and_comes_back_is_answered_again(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id)
    await world.telegram.push(person.kicked())
    await world.telegram.push(person.unblocked(), person.text("/menu"))
    assert len(await heard(world, person.id, 2)) == 2


async def test_updates_of_many_people_at_once_do_not_get_in_each_others_way(world: World) -> None:
    people = [world.telegram.person() for _ in range(20)]
    await asyncio.gather(*[world.telegram.push(person.text("/menu"), person.text("/help")) for person in people])
    for person in people:
        assert len(await heard(world, person.id, 2)) == 2


async def test_commands_and_descriptions_are_registered_in_both_languages(world: World) -> None:
    await world.telegram.wait_for(lambda: len(world.telegram.calls_to("setMyShortDescription")) == 3)
    registered = {
        call.params.get("language_code"): call.params["commands"] for call in world.telegram.calls_to("setMyCommands")
    }
    assert set(registered) == {None, "ru", "kk"}
    assert registered["kk"] != registered["ru"] == registered[None]
    calls = len(world.telegram.calls)
    await world.restart()
    await world.telegram.wait_for(lambda: len(world.telegram.calls_to("getMyShortDescription")) == 6)
    again = [call.method for call in world.telegram.calls[calls:] if call.method.startswith("setMy")]
    assert again == [], "what is the same is not sent again"
