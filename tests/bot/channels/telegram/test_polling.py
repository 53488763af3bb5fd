"""Long polling: without a public address updates are fetched, and confirmed only when they are durable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.posting import heard, numbered, settled
from tests.fakes.faults import Fault
from tests.fakes.server import Call
from tests.storage.store import away, back
from tests.waiting import until
from tests.world import World


@pytest.fixture
async def polling(tmp_path: Path, models: Path) -> AsyncIterator[World]:
    async with World(tmp_path, models, public_url=None) as world:
        yield world


def polls(world: World) -> list[Call]:
    return world.telegram.calls_to("getUpdates")


async def confirmed(world: World, number: int) -> None:
    """The program asked for what comes after that update: Telegram may forget it."""
    await world.telegram.wait_for(lambda: any(call.params.get("offset", 0) > number for call in polls(world)))


async def test_updates_are_fetched_where_no_webhook_can_reach_us(polling: World) -> None:
    person = polling.telegram.person()
    await polling.telegram.push(person.text("/menu"))
    assert len(await heard(polling, person.id)) == 1
    assert polling.telegram.calls_to("setWebhook") == []


async def test_a_webhook_that_was_set_before_is_taken_away_without_losing_what_waits(polling: World) -> None:
    (call,) = await polling.telegram.wait_for(lambda: polling.telegram.calls_to("deleteWebhook"))
    assert not call.params.get("drop_pending_updates")


async def test_an_update_is_confirmed_only_when_it_is_durable(polling: World) -> None:
    person = polling.telegram.person()
    await polling.telegram.wait_for(lambda: polls(polling))
    away(polling.app.engine)
    number = await polling.telegram.push(person.text("/menu"))
    await polling.telegram.wait_for(lambda: any(call.result for call in polls(polling)))
    await until(lambda: polling.app.writer.failing)
    assert [update["update_id"] for update in polling.telegram.pending] == [number]
    back(polling.app.engine)
    assert len(await heard(polling, person.id)) == 1
    await confirmed(polling, number)
    assert polling.telegram.pending == []


async def test_what_was_fetched_and_kept_but_not_confirmed_is_recognised_after_a_restart(polling: World) -> None:
    person = polling.telegram.person()
    number = await polling.telegram.push(person.text("/menu"))
    await heard(polling, person.id)
    await polling.stop()
    await polling.telegram.push(numbered(person.text("/menu"), number))
    await polling.start()
    await confirmed(polling, number)
    await settled(polling)
    assert len(polling.telegram.messages(person.id)) == 1


async def test_updates_that_came_while_we_were_down_are_answered_at_start(polling: World) -> None:
    person = polling.telegram.person()
    await polling.stop()
    await polling.telegram.push(person.text("/ru"), person.text("/help"))
    await polling.start()
    assert len(await heard(polling, person.id, 2)) == 2


async def test_a_number_that_jumps_down_is_still_answered(polling: World) -> None:
    person = polling.telegram.person()
    await polling.telegram.push(person.text("/ru"))
    await heard(polling, person.id)
    await polling.telegram.push(numbered(person.text("/help"), 5))
    assert len(await heard(polling, person.id, 2)) == 2


async def test_a_tap_that_was_fetched_loses_its_spinner(polling: World) -> None:
    person = polling.telegram.person()
    await polling.telegram.push(person.text("/menu"))
    await heard(polling, person.id)
    await polling.telegram.push(person.press(polling.telegram.last(person.id), "Русский"))
    await polling.telegram.wait_for(lambda: polling.telegram.calls_to("answerCallbackQuery"))
    assert len(await heard(polling, person.id, 2)) == 2


@pytest.mark.parametrize(
    "fault", [Fault.server_error(), Fault.reset(), Fault.lost_answer(), Fault.rate_limited(1)], ids=lambda f: f.name
)
async def test_a_telegram_that_stumbles_is_asked_again(polling: World, fault: Fault) -> None:
    person = polling.telegram.person()
    await polling.telegram.wait_for(lambda: polls(polling))
    polling.telegram.script.queue("getUpdates", fault)
    await polling.telegram.push(person.text("/ru"), person.text("/help"))
    await polling.telegram.wait_for(lambda: len(polling.telegram.messages(person.id)) == 2, timeout=15)


async def test_another_program_that_polls_with_our_token_does_not_end_us(polling: World) -> None:
    person = polling.telegram.person()
    await polling.telegram.wait_for(lambda: polls(polling))
    other = await polling.http.post(
        f"{polling.telegram.base_url}/bot{polling.telegram.token}/getUpdates", json={"timeout": 0}
    )
    assert other.status == 200
    await polling.telegram.wait_for(lambda: any(call.status == 409 for call in polls(polling)))
    await polling.telegram.push(person.text("/menu"))
    await polling.telegram.wait_for(lambda: polling.telegram.messages(person.id), timeout=15)


async def test_an_update_that_cannot_be_read_does_not_deafen_us(polling: World) -> None:
    person = polling.telegram.person()
    broken: dict[str, Any] = person.text("hi")
    broken["message"]["chat"] = {**broken["message"]["chat"], "type": 7}
    surrogate = person.text("сәлем \ud83d")
    await polling.telegram.push(broken, surrogate, person.text("/menu"))
    assert len(await heard(polling, person.id, 2)) == 2


async def test_a_telegram_that_cannot_be_reached_at_start_is_waited_for(tmp_path: Path, models: Path) -> None:
    async with World(tmp_path, models, public_url=None) as world:
        await world.stop()
        calls = len(world.telegram.calls)
        world.telegram.script.always("*", Fault.reset())
        async with asyncio.timeout(15):
            await world.start()
        await world.telegram.wait_for(lambda: len(world.telegram.calls) > calls)
        async with world.http.get(f"{world.base_url}/healthz") as health:
            assert health.status == 200
        world.telegram.script.clear()
        person = world.telegram.person()
        await world.telegram.push(person.text("/menu"))
        await world.telegram.wait_for(lambda: world.telegram.messages(person.id), timeout=15)
