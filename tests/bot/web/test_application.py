"""The HTTP application: health, metrics, headers, and what is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest

from tests.bot.browser import Browser
from tests.bot.posting import heard
from tests.world import World

ALONE: dict[str, Any] = dict.fromkeys(
    ["telegram_bot_token", "twilio_account_sid", "twilio_auth_token", "twilio_whatsapp_from", "public_url"]
)


async def get(world: World, path: str, method: str = "GET") -> tuple[int, str]:
    async with world.http.request(method, world.base_url + path) as answer:
        return answer.status, await answer.text()


async def test_a_program_that_works_says_so(world: World) -> None:
    assert await get(world, "/healthz") == (
        200,
        '{"status":"ok","processes":1,"duties":["chores","telegram","timers","whatsapp"]}',
    )
    assert await get(world, "/readyz") == (200, '{"status":"ready"}')


async def test_a_program_that_is_stopping_takes_no_new_people(world: World) -> None:
    world.app.ready = False
    assert (await get(world, "/readyz"))[0] == 503
    assert (await get(world, "/healthz"))[0] == 200


async def test_what_happens_is_counted_without_naming_anybody(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id)
    metrics = generate_latest().decode()
    assert 'utys_events_total{channel="telegram",result="done"}' in metrics
    assert 'utys_deliveries_total{channel="telegram",outcome="sent"}' in metrics
    assert str(person.id) not in metrics


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/preview/static/chat.js", 200),
        ("GET", "/preview/static/chat.css", 200),
        ("GET", "/preview/static/../../settings.py", 404),
        ("GET", "/preview/static/%2e%2e/routes.py", 404),
        ("GET", "/preview/static/none.js", 404),
        ("GET", "/preview/history?profile=telegram", 403),
        ("GET", "/preview/stream?profile=telegram", 403),
        ("POST", "/preview/session", 204),
        ("POST", "/preview/events", 403),
        ("GET", "/preview/events", 405),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 404),
        ("GET", "/nothing", 404),
        ("GET", "/schema", 404),
        ("DELETE", "/", 405),
    ],
)
async def test_every_response_to_a_browser_carries_the_headers(
    world: World, method: str, path: str, status: int
) -> None:
    async with world.http.request(method, world.base_url + path) as answer:
        assert answer.status == status
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
        assert "Strict-Transport-Security" not in answer.headers, "plain http on loopback"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers.getall("Cache-Control") == ["no-store"]
        assert "Traceback" not in await answer.text(errors="replace")


async def test_the_page_runs_no_script_and_no_style_that_its_own_policy_forbids(world: World) -> None:
    _, page = await get(world, "/")
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick=" not in page


async def test_a_stream_carries_the_headers_too(world: World) -> None:
    async with Browser(world) as browser:
        await browser.session()
        async with browser.http.get(f"{world.base_url}/preview/stream?profile=telegram") as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_channel_that_is_not_configured_is_not_there(tmp_path: Path, models: Path) -> None:
    async with World(tmp_path, models, **ALONE) as world:
        for path in ("/telegram/webhook", "/whatsapp/webhook", "/whatsapp/status"):
            assert (await get(world, path, "POST"))[0] == 404
        assert (await get(world, "/"))[0] == 200
        assert world.telegram.calls == world.twilio.calls == []


async def test_the_browser_chat_can_be_switched_off(tmp_path: Path, models: Path) -> None:
    async with World(tmp_path, models, preview=False) as world:
        assert (await get(world, "/"))[0] == 404
        assert (await get(world, "/preview/session", "POST"))[0] == 404
        assert (await get(world, "/healthz"))[0] == 200
