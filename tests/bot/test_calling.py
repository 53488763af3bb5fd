"""Calls over kept connections, against servers that behave well and badly: Twilio's client, which asks for anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from twilio.http.response import Response

from bot.calling import NotSent, OutcomeUnknown
from bot.channels.whatsapp.client import TwilioHttp

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


class Client:
    """Asks paths of one host by Twilio's client."""

    def __init__(self, base: str) -> None:
        self._http = TwilioHttp(base, 5.0)

    async def ask(self, method: str, path: str, data: Any = None, **more: Any) -> Response:
        return await self._http.request(method, f"https://api.twilio.com{path}", data=data, **more)

    async def close(self) -> None:
        await self._http.close()


@asynccontextmanager
async def serving(speak: Speak) -> AsyncIterator[tuple[Server, Client]]:
    server = Server(speak)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    client = Client(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/base/")
    try:
        yield server, client
    finally:
        await client.close()
        listening.close()


def saying(answer: bytes, *, hang_up: bool = False) -> Speak:
    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        if hang_up:
            writer.close()

    return speak


async def test_calls_one_after_another_share_a_connection() -> None:
    async with serving(saying(OK)) as (server, client):
        for _ in range(3):
            answer = await client.ask("POST", "/path", {"one": "a b"}, headers={"X-One": "1"})
        assert (answer.status_code, answer.text) == (200, "ok")
        assert server.connections == 1
        assert server.asked[0].startswith(b"POST /base/path HTTP/1.1\r\nHost: 127.0.0.1:")
        assert b"X-One: 1\r\n" in server.asked[0]
        assert server.asked[0].endswith(b"\r\n\r\none=a+b")


async def test_calls_at_the_same_moment_do_not_wait_for_each_other() -> None:
    together = asyncio.Barrier(5)

    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await together.wait()
        writer.write(OK)

    async with serving(speak) as (_, client):
        answers = await asyncio.gather(*(client.ask("GET", "/") for _ in range(5)))
        assert [answer.text for answer in answers] == ["ok"] * 5


async def test_a_chunked_answer_and_one_that_ends_with_the_connection_are_read_whole() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    async with serving(saying(chunked)) as (_, client):
        assert (await client.ask("GET", "/")).text == "abcde"
    until_the_end = b"HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nabc"
    async with serving(saying(until_the_end, hang_up=True)) as (_, client):
        answer = await client.ask("GET", "/")
        assert (answer.text, answer.headers["x-a"]) == ("abc", "b")


async def test_an_interim_answer_is_not_taken_for_the_answer() -> None:
    async with serving(saying(b"HTTP/1.1 100 Continue\r\n\r\n" + OK)) as (_, client):
        assert (await client.ask("POST", "/", {"x": 1})).status_code == 200


async def test_nobody_there_means_surely_not_sent() -> None:
    async with serving(saying(OK)) as (_, client):
        pass
    with pytest.raises(NotSent):
        await client.ask("POST", "/", {"x": 1})


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\nConte"]
)
async def test_a_connection_that_ends_too_early_means_unknown(answer: bytes) -> None:
    async with serving(saying(answer, hang_up=True)) as (_, client):
        with pytest.raises(OutcomeUnknown):
            await client.ask("POST", "/", {"x": 1})


async def test_what_is_no_http_means_unknown() -> None:
    async with serving(saying(b"SSH-2.0-OpenSSH\r\n")) as (_, client):
        with pytest.raises(OutcomeUnknown):
            await client.ask("POST", "/", {"x": 1})


async def test_an_answer_that_does_not_come_is_given_up_and_its_connection_is_not_used_again() -> None:
    async def never(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(server.asked) > 1:
            writer.write(OK)

    async with serving(never) as (server, client):
        with pytest.raises(TimeoutError):
            await client.ask("POST", "/", {"x": 1}, timeout=0.05)
        assert (await client.ask("POST", "/", {"x": 1})).status_code == 200
        assert server.connections == 2


async def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again() -> None:
    async with serving(
        saying(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", hang_up=True)
    ) as (
        server,
        client,
    ):
        assert (await client.ask("GET", "/")).text == "ok"
        assert (await client.ask("GET", "/")).text == "ok"
        assert server.connections == 2


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX: y", "/a\nb"])
async def test_a_path_cannot_smuggle_a_second_request(path: str) -> None:
    async with serving(saying(OK)) as (server, client):
        with pytest.raises(ValueError, match="letter"):
            await client.ask("GET", path)
        with pytest.raises(ValueError, match="control character"):
            await client.ask("GET", "/", headers={"X": path.replace(" ", "\n")})
        assert server.asked == []
