"""Who may talk in the browser: whose token is ours, which page may call, and what stops first where the disk gets full."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.channels.preview import NAME
from bot.web.preview.limits import BROWSERS
from bot.web.preview.visitors import COOKIE, IDLE_DAYS, Visitors, source
from storage.sealing import Seal
from storage.tables import conversations
from storage.talks.purging import sweep_talks
from tests.bot.browser import Browser, words
from tests.bot.tables import upload
from tests.world import World


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with Browser(world) as running:
        await running.session()
        yield running


def never_given(world: World, browser: Browser) -> list[str]:
    """Tokens that are not ours, or no longer good."""
    name, given, signature = browser.token.split(".")
    ours, month_ago = Visitors(world.app.seal, world.base_url), time.time() - IDLE_DAYS * 86_400 - 1
    stranger = Visitors(Seal(b"x" * 32), world.base_url).token(time.time())
    return [
        *("x", "a" * 43, "a" * 44, "../" + "a" * 40, "a" * 43 + "\u00e9", stranger),
        *(
            f"{'a' * 43}.{given}.{signature}",
            f"{name}.{int(given, 16) + 1:08x}.{signature}",
            f"{name}.{given}.{'a' * 22}",
        ),
        *(f"{name}.{given}", f"{name}.{given}.{signature}x", ours.token(month_ago)),
    ]


async def test_an_invented_token_is_replaced(browser: Browser, world: World) -> None:
    for invented in never_given(world, browser):
        async with Browser(world, invented) as other:
            answer = await other.session()
            assert answer.cookies[COOKIE].value.partition(".")[0] not in ("", invented.partition(".")[0])


async def test_a_token_that_was_never_given_or_is_too_old_opens_nothing(browser: Browser, world: World) -> None:
    for invented in never_given(world, browser):
        async with Browser(world, invented) as other:
            assert await other.say("/ru") == 403
            assert (await other.get("profile=telegram"))[0] == 403
            assert await upload(other, "12345678", b"x") == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1"])
async def test_a_page_that_stands_elsewhere_cannot_either(world: World, browser: Browser, origin: str) -> None:
    """Also where a browser does not say how far away it is."""
    async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={browser.token}", "Origin": origin}) as http:
        for path in ("/preview/events", "/preview/session", "/preview/files/12345678?profile=telegram"):
            async with http.post(world.base_url + path, json={}) as answer:
                assert answer.status == 403
    assert await browser.post({"id": "12345678", "profile": "telegram", "kind": "text"}, Origin=world.base_url) == 200


def test_an_ipv6_network_is_one_address() -> None:
    assert source("2001:db8:1:2:3:4:5:6") == source("2001:db8:1:2::1") != source("2001:db8:1:3::1")
    assert source("::ffff:203.0.113.7") == source("203.0.113.7") == "203.0.113.7"
    assert source("a socket") == "a socket"


async def test_an_address_has_so_many_new_talks_a_day_and_those_it_has_go_on(browser: Browser, world: World) -> None:
    statuses = []
    for _ in range(BROWSERS + 5):
        async with Browser(world) as another:
            statuses.append((await another.session()).status)
    assert statuses == [204] * (BROWSERS - 1) + [429] * 6
    assert await browser.say("/ru") == 200


async def test_the_chat_stops_first_where_the_disk_gets_full(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.preview.room.LOOK_INTERVAL_S", 0.0)
    await browser.say("/ru")
    full = shutil.disk_usage("/")._replace(total=1000, free=49)
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    assert await browser.say("/help") == 503
    assert await upload(browser, "12345678", b"x") == 503
    async with Browser(world) as other:
        assert (await other.session()).status == 503
    assert len(await browser.history()) == 2, "what was said can still be read"
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await world.telegram.wait_for(lambda: world.telegram.messages(person.id))


async def test_the_button_that_sends_a_number_says_what_it_would_do_elsewhere(browser: Browser) -> None:
    await browser.say("/ru")
    await browser.say("january surprise")
    event = {"id": "12345678", "profile": "telegram", "kind": "option", "option": "listed"}
    assert await browser.post(event) == 200
    (button,) = (await browser.history())[-1]["options"]
    assert button["label"] == "Отправить мой номер"
    assert await browser.post({**event, "id": "12345679", "option": button["id"], "text": button["label"]}) == 200
    assert "его присылает сам telegram" in words((await browser.history())[-1]).lower()


async def test_a_talk_in_which_nobody_said_anything_for_a_month_is_forgotten_and_only_in_the_browser(
    browser: Browser, world: World
) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await world.telegram.wait_for(lambda: world.telegram.messages(person.id))
    await browser.say("/ru")
    await browser.say("/kk", profile="whatsapp")
    key = world.app.intake.key(NAME, f"whatsapp:{browser.name}")
    old = update(conversations).where(conversations.c.key != key).values(updated_at=1)
    await world.app.writer.call(lambda connection: connection.execute(old))
    assert await world.app.writer.call(partial(sweep_talks, seal=world.app.seal, channel=NAME, before=2)) is None
    assert await browser.history() == []
    assert len(await browser.history("whatsapp")) == 2
    rows = select(conversations.c.channel).order_by(conversations.c.channel)
    kept = await world.app.writer.call(lambda connection: list(connection.execute(rows).scalars()))
    assert kept == ["preview", "telegram"]
