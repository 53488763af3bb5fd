"""Puts calls on the running program and looks at what came of each: answers, rows, and what anybody was told.

Leaves making the calls to `forged` and `malformed`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from sqlalchemy import Table, func, select

from bot.channels.whatsapp.events import read_form
from bot.web.preview.visitors import Visitors
from storage.tables import audit, conversations, inbox, outbox, questions
from storage.talks.deliveries import counts
from tests.bot.posting import secret, settled
from tests.fakes.twilio_people import Form
from tests.hostile.borders import moved
from tests.hostile.browsing import EVENTS, Visitor
from tests.hostile.calls import Call, perform
from tests.hostile.forged import FORM, JSON, SECRET, SIGNATURE, STATUS, TELEGRAM, WHATSAPP, Forger
from tests.hostile.languages import told, wrong_with
from tests.hostile.malformed import Spoiler
from tests.hostile.people import (
    forms,
    updates,
    various_forms,
    various_statuses,
    various_updates,
    with_buttons,
    with_choices,
)
from tests.world import ACCOUNT, AUTH, TOKEN, World

TABLES: tuple[Table, ...] = (inbox, outbox, conversations, audit, questions)
AT_ONCE = 8
VISITS = 200
"""Mutated events of browsers: more at once is refused to one address as too fast (`bot.web.preview.limits`)."""
BORNE = (200, 204, 400, 403, 404, 405, 413)
"""How a malformed call may be answered."""


@dataclass
class Result:
    """`let_in` are calls that were answered with success or left a row behind."""

    made: int = 0
    let_in: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Genuine:
    """How many calls of which kind were made, which were refused, how many events they should and did leave behind."""

    made: Counter[str]
    refused: list[str]
    events: int
    kept: int

    @property
    def wrong(self) -> list[str]:
        return [*self.refused, *([f"{self.kept} events of {self.events} kept"] if self.kept != self.events else [])]


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


async def genuine(world: World, url: str, count: int) -> Genuine:
    """So many genuine calls of every kind, half of them each provider's, posted to that address, a tenth of them twice."""
    world.twilio.inbound_url = world.base_url + WHATSAPP
    tapper, picker = await with_buttons(world), await with_choices(world)
    await settled(world)
    (before, *_), right = await rows(world), (SECRET, (await secret(world)).encode())
    calls = [
        Call(_kind(update), TELEGRAM, (*JSON, right), json.dumps(update).encode())
        for update in islice(various_updates(world, tapper), count // 2)
    ]
    told = islice(various_statuses(picker[1]), count // 10)
    calls += [_signed(world, STATUS, form, f"status {form['MessageStatus']}") for form in told]
    messages = islice(various_forms(world, picker), count - len(calls))
    calls += [_signed(world, WHATSAPP, form, _kind_of(form)) for form in messages]
    refused = [
        f"{call.name}: {status}" for call, status, _ in await perform_all(url, calls) if status not in (200, 204)
    ]
    again = await perform_all(url, calls[::10])
    refused += [f"{call.name} again: {status}" for call, status, _ in again if status not in (200, 204)]
    after, *_ = await rows(world)
    events = sum(call.path != STATUS for call in calls)
    return Genuine(Counter(call.name for call in calls), refused, events, after - before)


async def replay(world: World, count: int, *, unheard: bool = False) -> Result:
    """So many of the ways to move a border of genuine calls, each signed as its genuine one was. `unheard`: that one never reached us.
    `let_in` are calls with another effect than the genuine one's."""
    captured = list(islice(various_forms(world, await with_choices(world)), 9))
    if not unheard:
        for form in captured:
            await world.twilio.receive(form)
    await settled(world)
    calls = [(form, other) for form in captured for other in moved(form)]
    calls = calls[:: max(1, len(calls) // count)]
    arrivals = [
        replace(
            _signed(world, WHATSAPP, form, f"{_kind_of(form)} as {_told(form, other)}"), body=urlencode(other).encode()
        )
        for form, other in calls
    ]
    heard = await rows(world)
    let_in = []
    for call, (form, other) in zip(arrivals, calls, strict=True):
        status, _ = await perform(world.base_url, call)
        if status not in (200, 400, 403) or (unheard and status == 200 and _other_effect(form, other)):
            let_in.append(f"{call.name}: {status}")
    await settled(world)
    if not unheard and await rows(world) != heard:
        let_in.append("rows were written")
    return Result(len(calls), let_in)


def _other_effect(form: Form, other: Form) -> bool:
    """Whether a call says something else than the genuine one, or in another's name. Less is borne: a text cut by a name that nobody knows,
    a number or a file that is not told."""
    genuine, posted = read_form(form), read_form(other)
    same = (posted.sid, posted.sender, posted.button) == (genuine.sid, genuine.sender, genuine.button)
    refs = "\n".join(file.ref for file in genuine.media)
    less = posted.phone in (None, genuine.phone) and all(file.ref in refs for file in posted.media)
    return not (same and less and genuine.body.startswith(posted.body))


def _told(form: Form, other: Form) -> str:
    return str({name: value[:20] for name, value in other.items() if form.get(name) != value})[:120]


def _signed(world: World, path: str, form: Form, name: str) -> Call:
    signature = world.twilio.webhooks.sign(world.base_url + path, form).encode()
    return Call(name, path, (*FORM, (SIGNATURE, signature)), urlencode(form).encode())


def _kind(update: Mapping[str, Any]) -> str:
    """What a genuine update is, in Telegram's words."""
    (kind,) = set(update) - {"update_id"}
    about = ("text", "photo", "document", "contact", "voice", "sticker", "location")
    return next((f"{kind}, {name}" for name in about if name in update[kind]), kind)


def _kind_of(form: Form) -> str:
    pressed = next((name for name in ("ListId", "ButtonPayload") if name in form), None)
    return f"WhatsApp, {pressed or form['MessageType']}"


async def spoil(world: World, count: int, seed: int) -> Result:
    """The malformed calls that were made by hand, then so many mutated ones; `let_in` are those that were not borne as they must be."""
    spoiler = Spoiler(seed, world.base_url, await secret(world), AUTH)
    visitor, browsing = Visitor(seed, Visitors(world.app.seal, world.base_url)), min(count // 5, VISITS)
    strangers = updates(world, strangers=True), forms(world, strangers=True)
    choices, calls = map(list, zip(*spoiler.said(*strangers), *visitor.said(), strict=True))
    assert {status for _, status, _ in await perform_all(world.base_url, choices)} == {200}
    await settled(world)
    before = [len(await told(world, call)) for call in calls]
    calls += [*spoiler.made_by_hand(*strangers), *visitor.made_by_hand(), *visitor.mutated(browsing)]
    mixed = various_updates(world, await with_buttons(world)), various_forms(world, await with_choices(world))
    calls += spoiler.mutated(*mixed, count - browsing)
    done = await perform_all(world.base_url, calls)
    wrong = [f"{call.name}: {status}" for call, status, body in done if status not in BORNE or b"Traceback" in body]
    await settled(world)
    for (call, status, _), number in zip(done, before, strict=False):  # those who chose a language stand first
        marked = call.path == EVENTS and status == 400  # the page itself says, in its language, that it was not sent
        failing = "" if marked else wrong_with((await told(world, call))[number:], call.answer)
        wrong += [f"{call.name} ({status}): {failing}"] if failing else []
    failed = await world.app.writer.call(lambda connection: counts(connection)["parked"])
    wrong += [f"{failed} events parked"] if failed else []
    async with world.http.get(f"{world.base_url}/healthz") as answer:
        wrong += [] if answer.status == 200 else ["not healthy afterwards"]
    return Result(len(choices) + len(done), wrong)


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


def shown(problems: Sequence[str]) -> str:
    return "; ".join(problems[:10]) + (f" and {len(problems) - 10} more" if len(problems) > 10 else "")
