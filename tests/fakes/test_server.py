"""Tests of faults and of waiting, on FakeTelegram; what Telegram itself checks is tested next door."""

import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.faults import Fault, Script
from tests.fakes.telegram import FakeTelegram
from tests.fakes.thread import InThread
from tests.fakes.twilio import ACCOUNT, TOKEN

pytestmark = pytest.mark.asyncio


async def send(tg: FakeTelegram, text: str = "Сәлем", chat_id: int = 5) -> tuple[int, dict[str, object]]:
    url = f"{tg.base_url}/bot{tg.token}/sendMessage"
    async with aiohttp.ClientSession() as http, http.post(url, json={"chat_id": chat_id, "text": text}) as answer:
        return answer.status, await answer.json()


async def test_a_queued_429_strikes_once_and_says_how_long_to_wait() -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.rate_limited(retry_after=7))
        status, body = await send(tg)
        assert (status, body["parameters"]) == (429, {"retry_after": 7})
        assert (await send(tg))[0] == 200
        assert [call.done for call in tg.calls] == [False, True]
        assert len(tg.messages(5)) == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.server_error(), 500),
        (Fault.server_error(502), 502),
        (Fault.blocked(), 403),
        (Fault.chat_not_found(), 400),
        (Fault.migrated(-1009), 400),
        (Fault.refused(413, "Request Entity Too Large"), 413),
    ],
)
async def test_a_refusal_is_answered_in_telegrams_shape(fault: Fault, status: int) -> None:
    async with FakeTelegram() as tg:
        tg.script.always("send*", fault)
        for _ in range(2):
            answered, body = await send(tg)
            assert (answered, body["ok"], body["error_code"]) == (status, False, status)
        tg.script.clear()
        assert (await send(tg))[0] == 200
        assert not tg.violations


async def test_a_reset_drops_the_connection_before_the_work() -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.reset())
        with pytest.raises(aiohttp.ClientConnectionError):
            await send(tg)
        assert tg.messages(5) == []
        assert tg.calls[0].status is None


async def test_a_lost_answer_drops_the_connection_after_the_work() -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.lost_answer())
        with pytest.raises(aiohttp.ClientConnectionError):
            await send(tg)
        assert [message.text for message in tg.messages(5)] == ["Сәлем"]
        assert (tg.calls[0].done, tg.calls[0].status) == (True, None)


async def test_a_late_error_is_answered_after_the_work() -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.late_error(504))
        status, body = await send(tg)
        assert (status, body["ok"]) == (504, False)
        assert [message.text for message in tg.messages(5)] == ["Сәлем"]
        assert (tg.calls[0].done, tg.calls[0].status) == (True, 504)


@pytest.mark.parametrize("after_work", [False, True])
async def test_a_hanging_call_goes_on_when_released(after_work: bool) -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.hang(after_work))
        waiting = asyncio.create_task(send(tg))
        await tg.wait_for(lambda: tg.hanging == 1)
        assert len(tg.messages(5)) == int(after_work)
        tg.release()
        assert (await waiting)[0] == 200
        assert len(tg.messages(5)) == 1


async def test_a_caller_that_gave_up_gets_no_work_done() -> None:
    async with FakeTelegram() as tg:
        tg.script.queue("sendMessage", Fault.hang())
        waiting = asyncio.create_task(send(tg))
        await tg.wait_for(lambda: tg.hanging == 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert (await send(tg, "келесі"))[0] == 200
        tg.release()
        await tg.wait_for(lambda: tg.hanging == 0)
        assert [message.text for message in tg.messages(5)] == ["келесі"]


async def test_closing_drops_what_hangs() -> None:
    tg = await FakeTelegram().start()
    tg.script.queue("sendMessage", Fault.hang())
    waiting = asyncio.create_task(send(tg))
    await tg.wait_for(lambda: tg.hanging == 1)
    await tg.close()
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting


async def test_a_fault_can_be_kept_to_one_chat() -> None:
    async with FakeTelegram() as tg:
        tg.script.always("sendMessage", Fault.blocked(), when=lambda params: params["chat_id"] == 6)
        assert [(await send(tg, chat_id=chat))[0] for chat in (5, 6, 5)] == [200, 403, 200]


async def test_random_faults_repeat_with_the_seed() -> None:
    def draw(seed: int) -> list[bool]:
        script = Script(seed)
        script.rate("send*", Fault.server_error(), 0.3)
        return [script.take("sendMessage", {}) is not None for _ in range(200)]

    assert draw(1) == draw(1) != draw(2)
    assert 30 < sum(draw(1)) < 90


async def test_waiting_in_vain_tells_what_was_seen() -> None:
    async with FakeTelegram() as tg:
        await send(tg)
        with pytest.raises(TimeoutError, match="sendMessage 200"):
            await tg.wait_for(lambda: False, timeout=0.01)


async def test_a_fake_runs_beside_in_a_thread() -> None:
    with InThread(FakeTelegram) as tg:
        assert (await send(tg.fake))[0] == 200
        assert tg.wait_for(lambda: tg.fake.messages(5))[0].text == "Сәлем"
        assert tg.call(tg.fake.push(tg.fake.person().text("иә"))) == 100_000


@pytest.mark.parametrize("provider", ["telegram", "twilio"])
async def test_a_fake_runs_as_a_process_and_is_steered_from_outside(provider: str) -> None:
    command = [sys.executable, "-m", "tests.fakes", provider]
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(*command, cwd=root, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    base = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession(base) as http:
        path = "/bot4242:fake-telegram-token/getMe" if provider == "telegram" else "/v1/Content"
        target = "getMe" if provider == "telegram" else "GET /v1/*"
        login = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}
        await http.post("/_fake/fault", json={"target": target, "fault": "rate_limited", "args": {"retry_after": 3}})
        assert [(await http.get(path, headers=login)).status for _ in range(2)] == [429, 200]
        calls = await (await http.post("/_fake/calls", json={"since": 1})).json()
        assert [(call["status"], call["done"]) for call in calls] == [(200, True)]
        assert await (await http.post("/_fake/violations")).json() == []
        assert (await http.post("/_fake/dance")).status == 404
    process.terminate()
    assert await process.wait() == 0
