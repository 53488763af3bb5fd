"""Floods, as the program meets them: one person's, and one machine's."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from bot.preview.callers import KNOWN, SESSIONS, Callers
from bot.preview.routes import COOKIE
from tests.bot.browser import Browser
from tests.bot.posting import heard, numbered, update
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
    for _ in range(int(SESSIONS[1]) + 20):
        async with Browser(world) as browser:
            statuses.append((await browser.session()).status)
    assert statuses[: int(SESSIONS[1])] == [204] * int(SESSIONS[1])
    assert 429 in statuses
    known = {"Cookie": f"{COOKIE}={secrets.token_urlsafe(32)}"}
    async with world.http.post(f"{world.base_url}/preview/session", headers=known) as answer:
        assert answer.status == 204, "who has a browser already goes on"


def test_what_is_remembered_of_callers_is_bounded() -> None:
    callers = Callers()
    assert all(callers.session(str(number)) for number in range(KNOWN * 2))
    assert len(callers._buckets) == KNOWN
