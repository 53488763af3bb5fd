"""Floods, as the program meets them: one person's, and one machine's."""

from __future__ import annotations

import asyncio
import secrets
import time
from pathlib import Path

import aiohttp
import pytest

from bot.web.preview.limits import BROWSERS, BROWSERS_IN_ALL, KNOWN, READS, STREAMS, STREAMS_IN_ALL, Callers
from bot.web.preview.visitors import Visitors
from tests.bot.browser import Browser
from tests.bot.posting import heard, numbered, update
from tests.bot.program import Program
from tests.world import World


async def test_one_person_floods_and_another_is_answered_as_ever(tmp_path: Path, models: Path) -> None:
    async with World(tmp_path, models, person_rate=20) as world:
        chatter, quiet = world.telegram.person(), world.telegram.person()
        await asyncio.gather(*(update(world, numbered(chatter.text("сәлем"), number)) for number in range(1, 121)))
        await update(world, numbered(quiet.text("/menu"), 1000))
        assert await heard(world, quiet.chat_id)
        said = await heard(world, chatter.chat_id)
        (notice,) = [text for text in said if "бірден тым көп" in text]
        assert "слишком много сразу" in notice, "whose language is not known is told in both"
        assert len(said) <= 31


async def test_a_new_browser_for_every_call_does_not_get_round_the_bound_of_the_address(world: World) -> None:
    statuses = []
    async with Browser(world) as known:
        await known.session()
        for _ in range(BROWSERS + 10):
            async with Browser(world) as browser:
                statuses.append((await browser.session()).status)
        assert statuses == [204] * (BROWSERS - 1) + [429] * 11
        assert (await known.session()).status == 204, "who has a browser already goes on"
        assert await known.say("/ru") == 200


def test_what_is_remembered_of_callers_is_bounded() -> None:
    callers = Callers()
    assert all(callers.event(str(number), str(number)) for number in range(KNOWN * 2))
    assert len(callers._buckets) == KNOWN
    given = [callers.session(str(number)) for number in range(BROWSERS_IN_ALL + 10)]
    assert given == [True] * BROWSERS_IN_ALL + [False] * 10
    assert len(callers._new) <= BROWSERS_IN_ALL + 10


async def test_a_new_browser_for_every_look_does_not_get_round_the_bound_of_the_address(world: World) -> None:
    given = Visitors(world.app.seal, world.base_url)

    async def look() -> int:
        made_up = {
            "Cookie": f"{given.cookie}={given.token(time.time())}",
            "X-Forwarded-For": f"10.0.0.{secrets.randbelow(255)}",
        }
        async with world.http.get(f"{world.base_url}/preview/history?profile=telegram", headers=made_up) as answer:
            return answer.status

    # many at once: how fast they are does not matter
    statuses = await asyncio.gather(*(look() for _ in range(3 * int(READS[1]))))
    assert statuses.count(200) >= READS[1]
    assert set(statuses) == {200, 429}, "an address that is only said in a header is nobody's"
    person = world.telegram.person()
    await update(world, numbered(person.text("/menu"), 1))
    assert await heard(world, person.chat_id), "others do not notice"


def test_so_many_streams_of_an_address_and_no_more_and_one_that_ended_makes_room() -> None:
    callers = Callers()
    for _ in range(STREAMS):
        assert callers.look("a")
        callers.opened("a")
    assert not callers.look("a")
    assert callers.look("b")
    callers.closed("a")
    assert callers.look("a")
    for number in range(STREAMS_IN_ALL - STREAMS + 1):
        callers.opened(f"another {number}")
    assert not callers.look("b"), "each holds a connection, and others need some"


@pytest.mark.parametrize(("trusted", "statuses"), [("", {204, 429}), ("127.0.0.1", {204})])
async def test_the_address_that_a_proxy_tells_counts_only_where_the_proxy_is_trusted(
    tmp_path: Path, models: Path, trusted: str, statuses: set[int]
) -> None:
    async with Program(tmp_path, models, TRUSTED_PROXIES=trusted) as program, aiohttp.ClientSession() as http:
        given = set()
        for number in range(BROWSERS + 10):
            behind = {"X-Forwarded-For": f"203.0.113.{number}"}
            async with http.post(f"{program.base_url}/preview/session", headers=behind) as answer:
                given.add(answer.status)
    assert given == statuses
