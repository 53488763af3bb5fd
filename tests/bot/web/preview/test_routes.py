"""The browser chat over HTTP: whose talk it is, what is refused, and what the page may do."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, select

from bot.channels.preview import Preview
from bot.web.preview.visitors import COOKIE
from storage.aad import aad_of_payload
from storage.keys.owners import key_of_talk
from storage.tables import conversations, outbox
from storage.talks.history import history, last_numbers
from tests.bot.browser import Browser, words
from tests.waiting import until
from tests.world import World

T = TypeVar("T")


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with Browser(world) as running:
        await running.session()
        yield running


async def test_a_session_is_a_cookie_that_no_script_and_no_other_site_can_use(world: World) -> None:
    async with Browser(world) as browser:
        answer = await browser.session()
        assert answer.status == 204
        cookie = answer.cookies[COOKIE]
        assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"]) == (True, "strict", "/")
        assert not cookie["secure"], "on plain loopback a secure cookie would not come back"
        assert len(cookie.value.partition(".")[0]) == 43


async def test_behind_https_the_cookie_is_for_https_only(tmp_path: Any, models: Any) -> None:
    async with (
        World(
            tmp_path,
            models,
            public_url="https://bot.example.kz",
            telegram_bot_token=None,
            twilio_account_sid=None,
            twilio_auth_token=None,
            twilio_whatsapp_from=None,
        ) as world,
        Browser(world) as browser,
    ):
        answer = await browser.session()
        assert answer.cookies.keys() == {f"__Host-{COOKIE}"}
        assert answer.cookies[f"__Host-{COOKIE}"]["secure"]
        assert answer.cookies[f"__Host-{COOKIE}"]["path"] == "/"
        assert not answer.cookies[f"__Host-{COOKIE}"]["domain"]


async def test_a_session_is_kept(browser: Browser) -> None:
    before = browser.name
    await browser.session()
    assert browser.name == before


async def test_a_question_is_answered_and_the_talk_told_from_both_sides(browser: Browser) -> None:
    assert await browser.say("/ru") == 200
    assert await browser.say("/help") == 200
    told = await browser.history()
    assert [message["from"] for message in told] == ["person", "bot", "person", "bot"]
    assert told == sorted(told, key=lambda message: message["seq"])
    assert all(words(message) for message in told)


async def test_what_was_said_is_streamed_and_after_a_reload_only_what_is_new(browser: Browser) -> None:
    streaming = asyncio.create_task(browser.streamed(2))
    await browser.say("/ru")
    first = await streaming
    assert [message["from"] for message in first] == ["person", "bot"]
    await browser.say("/help")
    later = await browser.streamed(2, after=first[-1]["seq"])
    assert [message["seq"] for message in later] == [m["seq"] for m in (await browser.history())[2:]]


def preview(world: World) -> Preview:
    channel = world.app.channels["preview"]
    assert isinstance(channel, Preview)
    return channel


async def test_what_another_process_says_comes_out_of_an_open_stream(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.preview.streams.POLL_INTERVAL_S", 0.05)
    await browser.say("/ru")
    last = (await browser.history())[-1]["seq"]
    streaming = asyncio.create_task(browser.streamed(1, after=last))
    await until(lambda: preview(world).watched)
    (address,) = preview(world).watched
    key, seal = world.app.intake.key("preview", address), world.app.seal

    def say(connection: Connection) -> None:
        (row,) = connection.execute(select(outbox).where(outbox.c.conversation == key, outbox.c.seq == last)).mappings()
        sealer = key_of_talk(connection, seal, key)
        payload = sealer.open(row["payload"], aad_of_payload(key, last))
        said = {**row, "seq": last + 1, "payload": sealer.seal(payload, aad_of_payload(key, last + 1))}
        connection.execute(outbox.insert(), said)
        connection.execute(conversations.update().where(conversations.c.key == key).values(seq=last + 1))

    await world.app.writer.call(say)
    assert [message["seq"] for message in await streaming] == [last + 1]


async def test_an_open_stream_in_which_nothing_happens_reads_no_history(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.preview.streams.POLL_INTERVAL_S", 0.02)
    asked: Counter[str] = Counter()

    def counted(question: Callable[..., T]) -> Callable[..., T]:
        def ask(*arguments: Any) -> T:
            asked[question.__name__] += 1
            return question(*arguments)

        return ask

    for question in (history, last_numbers):
        monkeypatch.setattr(f"bot.web.preview.routes.{question.__name__}", counted(question))
    await browser.say("/ru")
    streaming = asyncio.create_task(browser.streamed(3))
    await until(lambda: asked["last_numbers"] > 3)
    before = asked["history"]
    await until(lambda: asked["last_numbers"] > 13)
    assert asked["history"] == before
    await browser.say("/help")
    assert len(await streaming) == 3
    await until(lambda: not preview(world).watched)
    asked.clear()
    await asyncio.gather(*[browser.history() for _ in range(10)])
    assert asked["last_numbers"] <= 1, "nobody looks where no stream is open"


async def test_a_talk_survives_a_restart(browser: Browser, world: World) -> None:
    await browser.say("/ru")
    before = await browser.history()
    await world.restart()
    assert await browser.history() == before


async def test_each_profile_is_a_talk_of_its_own(browser: Browser) -> None:
    await browser.say("/ru")
    await browser.say("/kk", profile="whatsapp")
    assert len(await browser.history("telegram")) == 2
    assert len(await browser.history("whatsapp")) == 2


async def test_another_browser_sees_nothing(browser: Browser, world: World) -> None:
    await browser.say("менің құпиям")
    async with Browser(world) as other:
        await other.session()
        assert await other.history() == []


async def test_what_leads_to_the_person_does_not_go_out(browser: Browser, world: World) -> None:
    await browser.say("/ru")
    async with browser.http.get(f"{browser.url}/preview/history?profile=telegram") as answer:
        assert browser.name not in await answer.text()


async def test_without_a_session_nothing_is_taken_or_told(world: World) -> None:
    async with Browser(world) as stranger:
        assert await stranger.say("hi") == 403
        assert (await stranger.get("profile=telegram"))[0] == 403
        async with stranger.http.get(f"{stranger.url}/preview/stream?profile=telegram") as answer:
            assert answer.status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_speak_in_a_persons_name(browser: Browser, site: str) -> None:
    event = {"id": "12345678", "profile": "telegram", "kind": "text", "text": "/forget"}
    assert await browser.post(event, **{"Sec-Fetch-Site": site}) == 403
    assert await browser.history() == []


async def test_an_event_that_is_posted_again_has_no_second_effect(browser: Browser) -> None:
    statuses = await asyncio.gather(*[browser.say("/ru", id="the-same-event") for _ in range(5)])
    assert statuses == [200] * 5
    assert len(await browser.history()) == 2


async def test_the_same_id_from_two_browsers_is_two_events(browser: Browser, world: World) -> None:
    async with Browser(world) as other:
        await other.session()
        await browser.say("/ru", id="the-same-event")
        await other.say("/ru", id="the-same-event")
        assert len(await other.history()) == 2


async def test_who_is_too_fast_is_told_so_and_others_are_not(browser: Browser, world: World) -> None:
    statuses = [await browser.say("?", id=f"event-number-{n}") for n in range(30)]
    assert statuses[:20] == [200] * 20
    assert 429 in statuses[20:]
    async with Browser(world) as other:
        await other.session()
        assert await other.say("/ru") == 200


BAD: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"{",
    "not an object": [1],
    "no id": {"profile": "telegram", "kind": "text"},
    "short id": {"id": "1", "profile": "telegram", "kind": "text"},
    "odd id": {"id": "../../etc/passwd", "profile": "telegram", "kind": "text"},
    "unknown profile": {"id": "12345678", "profile": "sms", "kind": "text"},
    "unknown kind": {"id": "12345678", "profile": "telegram", "kind": "deadline"},
    "text that is none": {"id": "12345678", "profile": "telegram", "kind": "text", "text": 7},
    "half a pair": b'{"id":"12345678","profile":"telegram","kind":"text","text":"\\ud800"}',
    "no UTF-8": b'{"id":"12345678","profile":"telegram","kind":"text","text":"\xff"}',
    "nested without end": b'{"id":"12345678","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a size beyond all files": {
        "id": "12345678",
        "profile": "telegram",
        "kind": "attachment",
        "attachment": {"size": "big"},
    },
}


@pytest.mark.parametrize("name", BAD)
async def test_what_is_no_event_is_refused(browser: Browser, name: str) -> None:
    assert await browser.post(BAD[name]) == 400
    assert await browser.history() == []


async def test_a_body_beyond_all_measure_is_refused(browser: Browser) -> None:
    assert await browser.post(b'{"text":"' + b"a" * 1_100_000 + b'"}') in (400, 413)


ODD: dict[str, dict[str, Any]] = {
    "an empty text": {"text": ""},
    "controls and bidi": {"text": "a\x00\u202eб\u2066"},
    "forty thousand characters": {"text": "ұзақ " * 8000},
    "a button that nobody offered": {"kind": "option", "option": "no.such.button" * 20},
    "no button at all": {"kind": "option"},
    "a start link": {"kind": "start", "text": "seriktes"},
    "a file": {"kind": "attachment", "attachment": {"name": "../../чек.png", "type": "image/png", "size": -5}},
    "a huge file": {"kind": "attachment", "attachment": {"name": "a" * 5000, "type": "x" * 5000, "size": 10**17}},
    "an attachment without a file": {"kind": "attachment"},
}


@pytest.mark.parametrize("name", ODD)
async def test_every_kind_of_event_gets_a_sensible_answer(browser: Browser, name: str) -> None:
    event = {"id": "12345678", "profile": "telegram", "kind": "text", "text": "", **ODD[name]}
    assert await browser.post(event) == 200
    answers = [message for message in await browser.history() if message["from"] == "bot"]
    assert answers
    assert all(words(message).strip() for message in answers)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("profile=sms", 400),
        ("", 400),
        ("profile=telegram&after=x", 400),
        ("profile=telegram&after=-5", 200),
        ("profile=telegram&after=999999999999999999999999999999", 200),
        ("profile=telegram&after=" + "9" * 6000, 400),
    ],
)
async def test_odd_questions_for_the_history_bring_nothing_down(browser: Browser, query: str, status: int) -> None:
    assert (await browser.get(query))[0] == status


async def test_forget_me_leaves_only_the_farewell_in_the_browser(browser: Browser) -> None:
    await browser.say("/ru")
    await browser.say("/forget")
    event = {"id": "87654321", "profile": "telegram", "kind": "option", "option": "forget.yes"}
    assert await browser.post(event) == 200
    told = await browser.history()
    assert [message["from"] for message in told] == ["bot"]
