"""Where files of browsers wait: so many places a talk and an address, on the disk, and not for long."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from storage.files.upload_folder import PLACES, UNCLAIMED_S
from tests.bot.browser import Browser
from tests.bot.tables import SECRET, announce, upload, waiting
from tests.waiting import until
from tests.world import World


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with Browser(world) as running:
        await running.session()
        yield running


async def test_a_talk_has_so_many_places_for_files_and_an_address_too_and_a_file_that_is_read_makes_room(
    browser: Browser, world: World
) -> None:
    statuses = await asyncio.gather(*(upload(browser, f"file-nr-{n}", b"x") for n in range(10)))
    assert sorted(statuses) == [204] * PLACES + [429] * (10 - PLACES)
    async with Browser(world) as other:
        await other.session()
        assert await upload(other, "file-nr-1", b"x") == 429, "it is the same address"
    assert await upload(browser, "file-nr-1", b"x", profile="whatsapp") == 429
    for number in range(10):
        await announce(browser, f"file-nr-{number}", "list.csv", "text/csv", 1)
    assert waiting(world) == [], "a talk that asked for none keeps none"
    assert await upload(browser, "file-nr-11", b"x") == 204


async def test_a_file_that_no_event_claims_goes_after_a_minute_and_lies_in_no_table(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.preview.uploads.TIDY_INTERVAL_S", 0.02)
    await world.restart()
    assert await upload(browser, "11111111", SECRET.encode()) == 204
    assert await upload(browser, "22222222", SECRET.encode()) == 204
    old, young = waiting(world)
    assert old.stat().st_mode & 0o777 == 0o600
    assert SECRET.encode() not in old.read_bytes()
    then = old.stat().st_mtime - UNCLAIMED_S - 1
    os.utime(old, (then, then))
    await until(lambda: waiting(world) == [young])
