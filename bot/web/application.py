"""The HTTP application: webhooks, health, metrics, and the browser chat.

Leaves deciding to the intake. Webhooks stand before Litestar as plain ASGI: they are the hot path, and they answer only after the
event is durable. Everything else is Litestar's.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import structlog
from litestar import Litestar, MediaType, Response, get
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.static_files import create_static_files_router
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from yarl import URL

from bot.channels.hooks import TelegramHook, TwilioHook
from bot.metrics import REFUSED_CALLS
from bot.web.preview.routes import routes as preview_routes
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]

BODY = 1_000_000
"""Bytes of a webhook body at most."""
FIELDS = 200
"""Fields of a form at most; Twilio sends about twenty, and five for each file."""
STATIC = Path(__file__).parent / "preview" / "static"
_FILE = re.compile(r"/preview/static/[a-z0-9.-]{1,64}")
_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_BARE = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class Web:
    """The outermost ASGI callable: the webhooks by themselves, everything else to Litestar."""

    def __init__(self, app: Asgi, telegram: TelegramHook | None, whatsapp: TwilioHook | None) -> None:
        self._app, self._telegram, self._whatsapp = app, telegram, whatsapp

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            match scope["path"]:
                case "/telegram/webhook":
                    return await self._hook(scope, receive, send, self._from_telegram)
                case "/whatsapp/webhook" | "/whatsapp/status":
                    return await self._hook(scope, receive, send, self._from_twilio)
            send = _hardened(send)
        await self._app(scope, receive, send)

    async def _hook(self, scope: dict[str, Any], receive: Receive, send: Send, handle: Any) -> None:
        headers = dict(scope["headers"])
        status, body, kind = 405, b"", b"text/plain"
        if scope["method"] == "POST":
            content = await _read(receive)
            if content is None:
                status = 413
            else:
                try:
                    status, body, kind = await handle(scope["path"], headers, content)
                except StorageDown:
                    status = 503  # nothing was kept: the provider is asked to come again
                except (msgspec.DecodeError, ValueError, RecursionError):
                    status = 400
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(b"content-type", kind), (b"content-length", str(len(body)).encode())],
            }
        )
        await send({"type": "http.response.body", "body": body})

    async def _from_telegram(self, _: str, headers: dict[bytes, bytes], content: bytes) -> tuple[int, bytes, bytes]:
        if self._telegram is None:
            return 404, b"", b"text/plain"
        if failure := self._telegram.admit(headers):
            REFUSED_CALLS.labels("telegram").inc()
            return failure.status, b"", b"text/plain"
        return 200, await self._telegram.webhook(content), b"application/json"

    async def _from_twilio(self, path: str, headers: dict[bytes, bytes], content: bytes) -> tuple[int, bytes, bytes]:
        if self._whatsapp is None:
            return 404, b"", b"text/plain"
        if content.count(b"&") >= FIELDS:
            raise ValueError("more fields than a form of Twilio's has")
        # in C, where urllib's way costs the double
        pairs = URL.build(query_string=content.decode("utf-8"), encoded=True).query
        form = dict(pairs)
        signature = headers.get(b"x-twilio-signature", b"").decode("latin-1")
        # a field that stands twice is nothing that Twilio sends, and would be a way to sign one value and say another
        failure = None if len(form) == len(pairs) else "repeated field"
        if failure or self._whatsapp.admit(path, form, signature):
            REFUSED_CALLS.labels("whatsapp").inc()
            return 403, b"", b"text/plain"
        if path == "/whatsapp/status":
            await self._whatsapp.status(form)
            return 204, b"", b"text/plain"
        await self._whatsapp.webhook(form)
        return 200, _TWIML, b"text/xml"


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None if it is too long."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body if len(body) <= BODY else None
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY:
            return None
    return b"".join(parts)


class Health:
    """What /healthz and /readyz tell: the first that the program works, the second that it takes events now."""

    def __init__(
        self, failing: Callable[[], str | None], ready: Callable[[], bool], others: Callable[[], dict[str, Any]]
    ) -> None:
        """`others` says how many processes there are and what this one does for all."""
        self.failing, self.ready, self.others = failing, ready, others


def application(health: Health, *, preview: Any | None) -> Litestar:
    @get("/healthz", media_type=MediaType.JSON, sync_to_thread=False)
    def healthz() -> Response[dict[str, Any]]:
        reason = health.failing()
        if reason:
            return Response({"status": "failing", "database": reason, **health.others()}, status_code=503)
        return Response({"status": "ok", **health.others()})

    @get("/readyz", media_type=MediaType.JSON, sync_to_thread=False)
    def readyz() -> Response[dict[str, str]]:
        ready = health.ready() and health.failing() is None
        return Response({"status": "ready" if ready else "not ready"}, status_code=200 if ready else 503)

    @get("/metrics", sync_to_thread=False)
    def metrics() -> Response[bytes]:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    handlers: list[Any] = [healthz, readyz, metrics]
    if preview is not None:
        handlers += preview_routes(preview)
        handlers.append(create_static_files_router(path="/preview/static", directories=[STATIC], guards=[_plain]))
    return Litestar(
        handlers,
        openapi_config=None,
        request_max_body_size=BODY,
        logging_config=None,
    )


def _plain(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Only names that a file of ours could have reach the file system: what it says to others is not always "not found"."""
    if not _FILE.fullmatch(connection.scope["path"]):
        raise NotFoundException


def _hardened(send: Send) -> Send:
    """Every response to a browser carries the headers: a page, a file, and an error that no handler made."""

    async def harden(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", ())}
            more = [header for header in _BARE if header[0] not in given]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return harden
