"""Calls over kept connections, against servers that behave well and badly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.http import Broken, Unreachable, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Counts connections and keeps what was asked; `speak` answers one request."""

    def __init__(self, speak: Speak) -> None:
        self.connections, self.asked, self._speak = 0, list[bytes](), speak
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    (int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), 0
                )
                self.asked.append(head + await reader.readexactly(length))
                await self._speak(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(speak: Speak) -> AsyncIterator[tuple[Server, Wire]]:
    server = Server(speak)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    wire = Wire(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/base/", 5.0)
    try:
        yield server, wire
    finally:
        await wire.close()
        listening.close()


def saying(answer: bytes, *, hang_up: bool = False) -> Speak:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        if hang_up:
            writer.close()

    return speak


async def test_calls_one_after_another_share_a_connection() -> None:
    async with serving(saying(OK)) as (server, wire):
        for _ in range(3):
            answer = await wire.ask("POST", "/path", b"body", {"X-One": "1"})
        assert (answer.status, answer.body) == (200, b"ok")
        assert server.connections == 1
        assert server.asked[0].startswith(b"POST /base/path HTTP/1.1\r\nHost: 127.0.0.1:")
        assert server.asked[0].endswith(b"X-One: 1\r\nContent-Length: 4\r\n\r\nbody")


async def test_calls_at_the_same_moment_do_not_wait_for_each_other() -> None:
    together = asyncio.Barrier(5)

    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await together.wait()
        writer.write(OK)

    async with serving(speak) as (_, wire):
        answers = await asyncio.gather(*(wire.ask("GET", "/") for _ in range(5)))
        assert [answer.body for answer in answers] == [b"ok"] * 5


async def test_a_chunked_answer_and_one_that_ends_with_the_connection_are_read_whole() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    async with serving(saying(chunked)) as (_, wire):
        assert (await wire.ask("GET", "/")).body == b"abcde"
    until_the_end = b"HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nabc"
    async with serving(saying(until_the_end, hang_up=True)) as (_, wire):
        answer = await wire.ask("GET", "/")
        assert (answer.body, answer.headers) == (b"abc", {"x-a": "b"})


async def test_an_interim_answer_is_not_taken_for_the_answer() -> None:
    async with serving(saying(b"HTTP/1.1 100 Continue\r\n\r\n" + OK)) as (_, wire):
        assert (await wire.ask("POST", "/", b"x")).status == 200


async def test_nobody_there_means_surely_not_sent() -> None:
    async with serving(saying(OK)) as (_, wire):
        pass
    with pytest.raises(Unreachable):
        await wire.ask("POST", "/", b"x")


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\nConte"]
)
async def test_a_connection_that_ends_too_early_means_unknown(answer: bytes) -> None:
    async with serving(saying(answer, hang_up=True)) as (_, wire):
        with pytest.raises(Broken):
            await wire.ask("POST", "/", b"x")


async def test_what_is_no_http_means_unknown() -> None:
    async with serving(saying(b"SSH-2.0-OpenSSH\r\n")) as (_, wire):
        with pytest.raises(Broken):
            await wire.ask("POST", "/", b"x")


async def test_an_answer_that_does_not_come_is_given_up_and_its_connection_is_not_used_again() -> None:
    async def never(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(server.asked) > 1:
            writer.write(OK)

    async with serving(never) as (server, wire):
        with pytest.raises(TimeoutError):
            await wire.ask("POST", "/", b"x", seconds=0.05)
        assert (await wire.ask("POST", "/", b"x")).status == 200
        assert server.connections == 2


async def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again() -> None:
    async with serving(
        saying(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", hang_up=True)
    ) as (
        server,
        wire,
    ):
        assert (await wire.ask("GET", "/")).body == b"ok"
        assert (await wire.ask("GET", "/")).body == b"ok"
        assert server.connections == 2


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX: y", "/a\nb"])
async def test_a_path_cannot_smuggle_a_second_request(path: str) -> None:
    async with serving(saying(OK)) as (server, wire):
        with pytest.raises(ValueError, match="line break"):
            await wire.ask("GET", path)
        with pytest.raises(ValueError, match="line break"):
            await wire.ask("GET", "/", headers={"X": path.replace(" ", "\n")})
        assert server.asked == []
