"""What one connection may ask, over real sockets: heads, bodies, silence, and very many at once."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections.abc import AsyncIterator, Iterator
from itertools import repeat
from pathlib import Path

import aiohttp
import pytest

from bot.web.connections import CONNECTIONS, FIELDS, HEAD, UNREAD
from tests.bot.browser import Browser
from tests.bot.program import Program
from tests.hostile.connecting import idle, pour
from tests.hostile.forged import STATUS, TELEGRAM, WHATSAPP
from tests.world import World

LINE = b"GET /readyz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n"
IN_FLIGHT = 8_000_000
"""Bytes that the buffers of a connection on loopback can hold between two programs."""


def port_of(world: World) -> int:
    return int(world.base_url.rpartition(":")[2])


def padded(size: int) -> bytes:
    """A head of so many bytes."""
    return LINE + b"X-Pad: " + b"a" * (size - len(LINE) - len(b"X-Pad: \r\n\r\n")) + b"\r\n\r\n"


def fields(count: int) -> bytes:
    return LINE + b"".join(b"X-%d: a\r\n" % number for number in range(count - 2)) + b"\r\n"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        *((padded(HEAD - 200), 200), (padded(HEAD + 200), 431), (padded(40 * HEAD), 431)),
        *((fields(FIELDS), 200), (fields(FIELDS + 1), 431), (fields(20 * FIELDS), 431)),
    ],
    ids=["31 KiB", "33 KiB", "1 MiB", "100 fields", "101 fields", "2000 fields"],
)
async def test_a_head_has_a_bound(world: World, head: bytes, status: int) -> None:
    assert (await pour(port_of(world), [head])).status in (status, 0 if len(head) > 2 * HEAD else status)
    small = [head[start : start + 1000] for start in range(0, len(head), 1000)]
    assert (await pour(port_of(world), small)).status in (status, 0 if status == 431 else status)


async def test_a_head_without_an_end_is_not_listened_to(world: World) -> None:
    for endless in (b"a" * 65_536, b"X-Many: of these\r\n" * 4000):
        ended = await pour(port_of(world), [LINE + b"X-Pad: ", *repeat(endless, 1000)])
        assert ended.status in (431, 0)
        assert ended.taken < IN_FLIGHT
    async with world.http.get(f"{world.base_url}/readyz") as answer:
        assert answer.status == 200


async def test_a_large_body_that_follows_its_head_at_once_is_none_of_it(world: World) -> None:
    body = b"x" * 300_000
    head = b"POST /preview/events HTTP/1.1\r\nHost: bot\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert (await pour(port_of(world), [head + body[:100_000], body[100_000:]])).status == 403


def body_of(path: str, said: bytes = b"") -> bytes:
    return b"POST %s HTTP/1.1\r\nHost: bot\r\nContent-Length: 900000\r\n%s\r\n" % (path.encode(), said)


SIGNED = b"X-Twilio-Signature: %s=\r\n" % (b"a" * 27)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (body_of(TELEGRAM), 403),
        (body_of(TELEGRAM, b"X-Telegram-Bot-Api-Secret-Token: wrong\r\n"), 403),
        (body_of(WHATSAPP), 403),
        (body_of(STATUS, b"X-Twilio-Signature: none\r\n"), 403),
        (body_of(WHATSAPP, SIGNED), 413),
        (body_of("/preview/events"), 403),
        (body_of("/preview/files/12345678?profile=telegram"), 403),
        (body_of(TELEGRAM).replace(b"POST", b"PUT"), 405),
        (body_of("/nothing"), 404),
    ],
    ids=["Telegram", "wrong secret", "WhatsApp", "status", "too long", "event", "file", "method", "no path"],
)
async def test_nothing_of_a_body_is_read_before_it_is_known_whose_call_it_is(
    world: World, head: bytes, status: int
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(world))
    writer.write(head[:-2] + b"Expect: 100-continue\r\n\r\n")  # who is asked for a body is told 100 first
    assert (await reader.readline()).split()[1] == str(status).encode()
    writer.close()
    ended = await pour(port_of(world), [head, *repeat(b"x" * 65_536, 1000)])
    assert ended.status in (status, 0)
    assert ended.taken < IN_FLIGHT + UNREAD


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for eight seconds is waited for half of one. That it is ten at most `make hostile` looks at."""
    for name in ("HEAD_TIMEOUT_S", "BODY_TIMEOUT_S"):
        monkeypatch.setattr(f"bot.web.connections.{name}", 0.5)


@pytest.mark.usefixtures("hurried")
async def test_who_says_nothing_or_little_is_not_waited_for(world: World) -> None:
    secret = world.app.seal.digest("telegram webhook secret").hex().encode()
    known = body_of(TELEGRAM, b"X-Telegram-Bot-Api-Secret-Token: %s\r\n" % secret)
    calls: tuple[tuple[list[bytes], int], ...] = (
        ([], 0),
        ([b"\r\n"], 0),
        ([LINE], 408),
        ([known], 408),
        ([known, b"x" * 300_000], 408),
        ([body_of(WHATSAPP, SIGNED).replace(b"900000", b"900")], 408),
        ([body_of("/nothing"), b"x"], 404),
    )
    ended = await asyncio.gather(*(pour(port_of(world), said) for said, _ in calls))
    assert [each.status for each in ended] == [status for _, status in calls]
    drops = [LINE, *(b"X-%d: a\r\n" % number for number in range(90))]
    assert (await pour(port_of(world), drops, pause_s=0.1)).taken < sum(map(len, drops))


async def slowly() -> AsyncIterator[bytes]:
    for _ in range(6):
        yield b"day;sum"
        await asyncio.sleep(0.3)


@pytest.mark.usefixtures("hurried")
async def test_a_slow_file_is_waited_for_longer_and_a_stream_for_ever(world: World) -> None:
    async with Browser(world) as browser:
        await browser.session()
        async with browser.http.get(f"{world.base_url}/preview/stream?profile=telegram") as stream:
            url = f"{world.base_url}/preview/files/12345678?profile=telegram"
            async with browser.http.post(url, data=slowly()) as answer:
                assert answer.status == 204
            await browser.say("/ru")
            assert await stream.content.readline()


@contextlib.contextmanager
def descriptors(count: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, count), hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
async def test_of_very_many_connections_none_keeps_others_out(tmp_path: Path, models: Path) -> None:
    with descriptors(3 * CONNECTIONS):
        async with (
            Program(tmp_path, models) as program,
            idle(program.port, 2 * CONNECTIONS),
            aiohttp.ClientSession() as http,
        ):
            for _ in range(5):
                async with http.get(f"{program.base_url}/readyz") as answer:
                    assert answer.status == 200
            person = program.telegram.person()
            await program.telegram.push(person.text("/menu"))
            await program.telegram.wait_for(lambda: program.telegram.messages(person.id))
