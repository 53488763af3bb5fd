"""HTTP for the browser chat: a cookie that names the browser, events in, history and a stream out.

Not here: what is said (see the dialogs); what is durable (see the intake); who a browser is (see visitors.py).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import time
from typing import Any, Literal

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from bot.channels.preview import NAME, PROFILES, Preview
from bot.channels.program import Program
from bot.text.typed import TEXT
from bot.waiting import waited
from bot.web.connections import FILES
from bot.web.preview.limits import Callers
from bot.web.preview.room import Room
from bot.web.preview.streams import Streams
from bot.web.preview.uploads import Uploads
from bot.web.preview.visitors import Visitors, source
from dialogs.messages import Attachment, Incoming
from dialogs.purchases import FILE
from storage.talks.history import Said, history, last_numbers
from storage.turns.types import StorageDown

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_LAST = 2**53
KEEPALIVE_S = 15.0
RETRY_DELAY_S = 3.0
"""Seconds after which a history that could not be read is asked for again."""


class SentFile(msgspec.Struct):
    name: str = ""
    type: str = "application/octet-stream"
    size: int = 0


class Event(msgspec.Struct):
    """What the page posts; see docs/architecture.md."""

    id: str
    profile: Literal["telegram", "whatsapp"]
    kind: Literal["text", "option", "start", "attachment"]
    text: str = ""
    option: str | None = None
    attachment: SentFile | None = None


@dataclass
class PreviewChat:
    """What the routes need."""

    channel: Preview
    program: Program
    uploads: Uploads
    index: bytes
    visitors: Visitors
    room: Room
    callers: Callers
    streams: Streams = field(init=False)

    def __post_init__(self) -> None:
        self.streams = Streams(self.channel, self._numbers)

    async def said(self, address: str, after: int) -> list[Said]:
        key, after = self.program.key(NAME, address), min(max(after, 0), _LAST)
        return await self.program.reads(lambda connection: history(connection, self.program.seal, key, after))

    async def _numbers(self, addresses: Sequence[str]) -> dict[str, int]:
        keys = {self.program.key(NAME, address): address for address in addresses}
        found = await self.program.reads(lambda connection: last_numbers(connection, tuple(keys)))
        return {keys[key]: number for key, number in found.items()}


def routes(chat: PreviewChat) -> list[Any]:
    @get("/", media_type=MediaType.HTML, sync_to_thread=False)
    def page() -> Response[bytes]:
        return Response(chat.index, media_type="text/html; charset=utf-8")

    @post("/preview/session", status_code=204, sync_to_thread=False)
    def session(request: Request[Any, Any, Any]) -> Response[None]:
        """Gives a browser its token, or a fresh one in the place of that which it has."""
        if not chat.visitors.at_home(request.headers):
            raise HTTPException(status_code=403, detail="another site")
        now = time()
        browser = chat.visitors.known(request.cookies, now)
        if browser is None:
            _check_room(chat)
            if not chat.callers.session(_caller(request)):
                raise HTTPException(status_code=429, detail="too many today")
        return Response(None, status_code=204, cookies=[chat.visitors.give(now, browser)])

    @post("/preview/events", status_code=200)
    async def event(request: Request[Any, Any, Any]) -> dict[str, int]:
        browser = _browser(chat, request)
        try:
            posted = msgspec.json.decode(await request.body(), type=Event)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise HTTPException(status_code=400, detail="not an event") from error
        if not chat.callers.event(browser, _caller(request)):
            raise HTTPException(status_code=429, detail="too fast")
        if not _ID.fullmatch(posted.id):
            raise HTTPException(status_code=400, detail="id")
        _check_room(chat)
        address = f"{posted.profile}:{browser}"
        incoming = _incoming(posted, address)
        try:
            if incoming.attachments:
                await chat.uploads.claim(incoming.id)
            await chat.program.accept(incoming)
            await chat.uploads.settle(chat.program.key(NAME, address))
        except StorageDown as error:
            raise HTTPException(status_code=503, detail="try again") from error
        chat.channel.wake(address)
        return {"seq": 0}

    @post(f"{FILES}{{id:str}}", status_code=204, request_max_body_size=FILE)
    async def upload(request: Request[Any, Any, Any], id: FromPath[str], profile: FromQuery[str]) -> None:
        """The bytes of a file, before the event of the same id that brings it."""
        address, caller = _address(chat, request, profile), _caller(request)
        if not _ID.fullmatch(id):
            raise HTTPException(status_code=400, detail="id")
        _check_room(chat)
        if not chat.callers.event(address, caller):
            raise HTTPException(status_code=429, detail="too fast")
        content = await request.body()
        try:
            key = chat.program.key(NAME, address)
            if not await chat.uploads.keep(f"{address}/{id}", key, caller, content):
                raise HTTPException(status_code=429, detail="too many files")
        except StorageDown as error:
            raise HTTPException(status_code=503, detail="try again") from error

    @get("/preview/history")
    async def talk(
        request: Request[Any, Any, Any], profile: FromQuery[str], after: FromQuery[int] = 0
    ) -> dict[str, Any]:
        address = _address(chat, request, profile)
        if not chat.callers.look(_caller(request)):
            raise HTTPException(status_code=429, detail="too fast")
        try:
            return {"messages": _shown(await chat.said(address, after))}
        except StorageDown as error:
            raise HTTPException(status_code=503, detail="try again") from error

    @get("/preview/stream")
    async def stream(
        request: Request[Any, Any, Any], profile: FromQuery[str], after: FromQuery[int] = 0
    ) -> ServerSentEvent:
        address, caller = _address(chat, request, profile), _caller(request)
        if not chat.callers.look(caller):
            raise HTTPException(status_code=429, detail="too fast")
        return ServerSentEvent(_follow(chat, address, after, caller))

    return [page, session, event, upload, talk, stream]


async def _follow(chat: PreviewChat, address: str, after: int, caller: str) -> AsyncIterator[ServerSentEventMessage]:
    chat.callers.opened(caller)
    moved = chat.streams.open(address)
    unread = True
    try:
        while not chat.program.stopping.is_set():
            if moved.is_set() or unread:
                moved.clear()
                try:
                    said, unread = await chat.said(address, after), False
                except StorageDown:
                    said, unread = [], True
                for shown in _shown(said):
                    after = int(shown["seq"])
                    data = msgspec.json.encode(shown).decode()
                    yield ServerSentEventMessage(data=data, event="message", id=str(after))
            if not await waited(moved, RETRY_DELAY_S if unread else KEEPALIVE_S):
                yield ServerSentEventMessage(comment="still here")
    finally:
        chat.streams.close(address, moved)
        chat.callers.closed(caller)


def _caller(request: Request[Any, Any, Any]) -> str:
    """The network address that called; behind a proxy it is the proxy's, unless TRUSTED_PROXIES names it."""
    return source(request.client.host) if request.client is not None else ""


def _browser(chat: PreviewChat, request: Request[Any, Any, Any]) -> str:
    browser = chat.visitors.known(request.cookies, time())
    if browser is None or not chat.visitors.at_home(request.headers):
        raise HTTPException(status_code=403, detail="no session")
    return browser


def _address(chat: PreviewChat, request: Request[Any, Any, Any], profile: str) -> str:
    if profile not in PROFILES:
        raise HTTPException(status_code=400, detail="profile")
    return f"{profile}:{_browser(chat, request)}"


def _check_room(chat: PreviewChat) -> None:
    """What is for trying out is the first to stop where the disk gets full."""
    if not chat.room.left:
        raise HTTPException(status_code=503, detail="no room", headers={"Retry-After": "60"})


def _incoming(posted: Event, address: str) -> Incoming:
    attachments: tuple[Attachment, ...] = ()
    if posted.kind == "attachment" and posted.attachment is not None:
        file = posted.attachment
        attachments = (Attachment(f"{address}/{posted.id}", file.type[:100], file.name[:200], max(0, file.size)),)
    return Incoming(
        id=f"{address}/{posted.id}",
        channel=NAME,
        address=address,
        at=datetime.now(UTC),
        kind=posted.kind,
        text=posted.text.encode("utf-8", "replace").decode()[:TEXT],
        option=(posted.option or "")[:64] if posted.kind == "option" else None,
        attachments=attachments,
    )


def _shown(said: list[Said]) -> list[dict[str, Any]]:
    """Entries as the page draws them. A tap is shown by the label of the button that was tapped."""
    labels: dict[str, str] = {}
    shown: list[dict[str, Any]] = []
    for entry in said:
        at = datetime.fromtimestamp(entry.at / 1000, UTC).isoformat().replace("+00:00", "Z")
        if entry.payload is not None:
            payload = msgspec.json.decode(entry.payload)
            labels.update({option["id"]: option["label"] for option in payload.get("options", ())})
            payload.pop("to", None)
            shown.append({"seq": entry.seq, "from": "bot", "at": at, **payload})
        elif entry.incoming is not None and entry.incoming.kind not in ("start", "table"):
            shown.append({"seq": entry.seq, "from": "person", "at": at, **_person(entry.incoming, labels)})
    return shown


def _person(incoming: Incoming, labels: dict[str, str]) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": incoming.id.rpartition("/")[2], "kind": incoming.kind, "text": incoming.text}
    if incoming.kind == "option":
        drawn["option_label"] = labels.get(incoming.option or "", incoming.text or "•")
    if incoming.attachments:
        file = incoming.attachments[0]
        drawn["attachment"] = {"name": file.name, "type": file.media_type, "size": file.size}
    return drawn
