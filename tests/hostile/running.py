"""Puts calls on the running program and looks at what came of each: answers, rows, and what anybody was told.

Leaves making the calls to `forged` and `malformed`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlencode

import aiohttp
from aiohttp import web
from sqlalchemy import Table, func, select

from storage.reading import counts
from storage.tables import audit, conversations, inbox, outbox, questions
from tests.bot.posting import secret, settled
from tests.fakes.telegram_chats import SentMessage
from tests.fakes.telegram_people import Person
from tests.fakes.twilio_people import Form
from tests.hostile.browsing import TYPED, Visitor
from tests.hostile.calls import Call, perform
from tests.hostile.forged import FORM, JSON, SECRET, SIGNATURE, TELEGRAM, WHATSAPP, Forger
from tests.hostile.malformed import Spoiler
from tests.world import ACCOUNT, AUTH, TOKEN, World

TABLES: tuple[Table, ...] = (inbox, outbox, conversations, audit, questions)
AT_ONCE = 8
VISITS = 200
"""Mutated events of browsers: more at once is refused to one address as too fast (`bot.preview.callers`)."""
BORNE = (200, 204, 400, 403, 404, 405, 413)
"""How a malformed call may be answered."""


@dataclass
class Result:
    """`let_in` are calls that were answered with success or left a row behind."""

    made: int = 0
    let_in: list[str] = field(default_factory=list)


async def rows(world: World) -> list[int]:
    def count(connection: Any) -> list[int]:
        return [int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in TABLES]

    return await world.app.writer.call(count)


async def perform_all(url: str, calls: Sequence[Call]) -> list[tuple[Call, int, bytes]]:
    """Some at once, in order."""
    done = []
    for start in range(0, len(calls), AT_ONCE):
        part = calls[start : start + AT_ONCE]
        answers = await asyncio.gather(*(perform(url, call) for call in part))
        done += [(call, status, body) for call, (status, body) in zip(part, answers, strict=True)]
    return done


async def forge(world: World, count: int, seed: int) -> Result:
    """So many forged calls, half of them each provider's."""
    forger = Forger(seed, world.base_url, await secret(world), TOKEN, ACCOUNT, AUTH)
    calls = forger.telegram(updates(world), count // 2) + forger.twilio(forms(world), count - count // 2)
    before = await rows(world)
    done = await perform_all(world.base_url, calls)
    let_in = [f"{call.name}: {status}" for call, status, _ in done if 200 <= status < 300]
    if await rows(world) != before:
        let_in.append("rows were written")
    return Result(len(done), let_in)


async def genuine(world: World, url: str, count: int) -> tuple[int, int]:
    """So many genuine calls, half of them each provider's, posted to that address, a tenth of them twice: how many were accepted, and
    how many events they made."""
    (before, *_), right = await rows(world), (SECRET, (await secret(world)).encode())
    half = count // 2
    calls = [
        Call("genuine", TELEGRAM, (*JSON, right), json.dumps(update).encode())
        for update in islice(updates(world), half)
    ]
    for form in islice(forms(world), count - half):
        signature = world.twilio.webhooks.sign(world.base_url + WHATSAPP, form).encode()
        calls.append(Call("genuine", WHATSAPP, (*FORM, (SIGNATURE, signature)), urlencode(form).encode()))
    accepted = [status for _, status, _ in await perform_all(url, calls)].count(200)
    assert {status for _, status, _ in await perform_all(url, calls[::10])} == {200}, (
        "a replay is accepted, without effect"
    )
    after, *_ = await rows(world)
    return accepted, after - before


async def spoil(world: World, count: int, seed: int) -> Result:
    """The malformed calls that were made by hand, then so many mutated ones; `let_in` are those that were not borne as they must be."""
    spoiler = Spoiler(seed, world.base_url, await secret(world), AUTH)
    visitor, browsing = Visitor(seed), min(count // 5, VISITS)
    calls = list(spoiler.made_by_hand(updates(world, strangers=True), forms(world, strangers=True)))
    calls += [*visitor.made_by_hand(), *visitor.mutated(browsing)]
    calls += spoiler.mutated(various_updates(world, await _menu(world)), various_forms(world), count - browsing)
    done = await perform_all(world.base_url, calls)
    wrong = [f"{call.name}: {status}" for call, status, body in done if status not in BORNE or b"Traceback" in body]
    await settled(world)
    wrong += [
        f"{call.name}: no answer" for call, status, _ in done if status == 200 and not await _answered(world, call)
    ]
    failed = await world.app.writer.call(lambda connection: counts(connection)["parked"])
    wrong += [f"{failed} events parked"] if failed else []
    async with world.http.get(f"{world.base_url}/healthz") as answer:
        wrong += [] if answer.status == 200 else ["not healthy afterwards"]
    return Result(len(done), wrong)


async def _menu(world: World) -> tuple[Person, SentMessage]:
    """Somebody with a message with buttons before them."""
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    return person, (await world.telegram.wait_for(lambda: world.telegram.messages(person.id)))[0]


async def _answered(world: World, call: Call) -> bool:
    """Whether whoever sent a text got something back; of other calls nothing is asked."""
    if call.name.startswith("Telegram, text"):
        return bool(world.telegram.messages(json.loads(call.body)["message"]["chat"]["id"]))
    if call.name.startswith("Twilio, text"):
        return bool(world.twilio.messages(parse_qs(call.body.decode())["From"][0]))
    if call.name.startswith(TYPED):
        look = Call(call.name, "/preview/history?profile=telegram", call.headers[:1], b"", method="GET")
        status, body = await perform(world.base_url, look)
        return status == 200 and any(said["from"] == "bot" for said in json.loads(body)["messages"])
    return True


@contextlib.asynccontextmanager
async def proxy(port: int, target: str) -> AsyncIterator[str]:
    """A reverse proxy on that port that calls the program by another name and adds what proxies add."""
    async with aiohttp.ClientSession(auto_decompress=False) as session:

        async def forward(request: web.Request) -> web.Response:
            kept = {name: text for name, text in request.headers.items() if name.lower() not in ("host", "connection")}
            headers = kept | {"Host": "utys.internal:8080", "X-Forwarded-Host": request.host}
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": str(request.remote)}
            url, body = target + request.raw_path, await request.read()
            async with session.request(request.method, url, headers=headers, data=body) as answer:
                return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", forward)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()


_numbers = iter(range(700_000_000, 800_000_000))


def updates(world: World, *, strangers: bool = False) -> Iterator[dict[str, Any]]:
    """Of one person, or each of somebody else."""
    person = world.telegram.person()
    while True:
        yield {"update_id": next(_numbers), **deepcopy(person.text(f"/menu {secrets.token_hex(3)}"))}
        person = world.telegram.person() if strangers else person


def forms(world: World, *, strangers: bool = False) -> Iterator[Form]:
    person = world.twilio.person()
    while True:
        world.twilio.resources.last_inbound[person.address] = world.twilio.now()
        yield person.text(f"мәзір {secrets.token_hex(3)}")
        person = world.twilio.person(f"+7{next(_numbers)}") if strangers else person


def various_updates(world: World, before: tuple[Person, SentMessage]) -> Iterator[dict[str, Any]]:
    """Every kind of update that is asked for, in turn."""
    (presser, message), person, gone = before, world.telegram.person(), world.telegram.person()
    makers: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: person.text(f"/menu {secrets.token_hex(3)}"),
        lambda: presser.press(message, data="menu"),
        lambda: person.start("seriktes"),
        lambda: person.edited(person.text("сәлем"), "сәлем!"),
        person.sticker,
        person.voice,
        person.contact,
        person.location,
        lambda: person.photo(caption="чек"),
        lambda: person.document(b"%PDF-1.4", "чек.pdf", "application/pdf"),
        gone.kicked,
    )
    while True:
        for make in makers:
            yield {"update_id": next(_numbers), **deepcopy(make())}


def various_forms(world: World) -> Iterator[Form]:
    person = world.twilio.person()
    makers: tuple[Callable[[], Form], ...] = (
        lambda: person.text(f"мәзір {secrets.token_hex(3)}"),
        person.photo,
        person.document,
        person.voice,
        person.sticker,
        person.contact,
        person.location,
        lambda: person.text("Мәзір") | {"ButtonPayload": "menu", "ButtonText": "Мәзір"},
    )
    while True:
        world.twilio.resources.last_inbound[person.address] = world.twilio.now()
        for make in makers:
            yield make()


def shown(problems: Sequence[str]) -> str:
    return "; ".join(problems[:10]) + (f" and {len(problems) - 10} more" if len(problems) > 10 else "")
