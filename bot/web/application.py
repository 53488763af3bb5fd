"""The HTTP application: health, and the routes that the channels bring.

Not here: what a webhook or a page does (see the channels, and preview/); metrics, which have a port of their own (see bot/metrics.py).
Webhooks stand before Litestar as plain ASGI: they are the hot path, and they answer only after the
event is durable. Everything else is Litestar's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec
import structlog
from litestar import Litestar, MediaType, Response, get

from bot.channels.program import BODY, Routes, WebAnswer, WebHeaders, Webhook
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000"}
"""Where people reach us by https only."""


class Web:
    """The outermost ASGI callable: the channels' webhooks by themselves, everything else to Litestar."""

    def __init__(self, app: Litestar, webhooks: Mapping[str, Webhook], headers: Mapping[str, str]) -> None:
        self._app, self.webhooks = app, webhooks
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if webhook := self.webhooks.get(scope["path"]):
                return await _answer(webhook, scope, receive, send)
            send = _hardened(send, self._headers)
        await self._app(scope, receive, send)  # type: ignore[arg-type]

    @property
    def pages(self) -> set[str]:
        """The paths of all else, with what is variable in braces."""
        return {route.path for route in self._app.routes}


async def _answer(webhook: Webhook, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Nothing of the body is read before the method and the secret are right."""
    headers = dict(scope["headers"])
    if scope["method"] != "POST":
        answer = WebAnswer(405)
    elif refused := webhook.refuse(headers):
        answer = WebAnswer(refused)
    elif (content := await _read(receive, headers, webhook.most)) is None:
        answer = WebAnswer(413)
    else:
        try:
            answer = await webhook.answer(headers, content)
        except StorageDown:
            answer = WebAnswer(503)  # nothing was kept: the provider is asked to come again
        except (msgspec.DecodeError, ValueError, RecursionError):
            answer = WebAnswer(400)
    length = str(len(answer.body)).encode()
    await send(
        {
            "type": "http.response.start",
            "status": answer.status,
            "headers": [(b"content-type", answer.media_type), (b"content-length", length)],
        }
    )
    await send({"type": "http.response.body", "body": answer.body})


async def _read(receive: Receive, headers: WebHeaders, most: int) -> bytes | None:
    """The whole body; None if it is longer, or did not come to its end."""
    told = headers.get(b"content-length", b"0")
    if len(told) > 12 or int(told) > most:
        return None
    message = await receive()
    body: bytes = message.get("body", b"")
    if message["type"] == "http.request" and not message["more_body"]:
        return body if len(body) <= most else None
    parts, size = [body], len(body)
    while message["type"] == "http.request" and message["more_body"]:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
    return b"".join(parts) if message["type"] == "http.request" else None


class Health:
    """What /healthz and /readyz tell: the first that the program works, the second that it takes events now."""

    def __init__(
        self,
        failing: Callable[[], str | None],
        damaged: Callable[[], bool],
        ready: Callable[[], bool],
        others: Callable[[], dict[str, Any]],
    ) -> None:
        """`damaged`: a page of the database cannot be read, and all others are served. `others` says how many processes there are and
        what this one does for all."""
        self.failing, self.damaged, self.ready, self.others = failing, damaged, ready, others


def application(health: Health, routes: Sequence[Routes], *, secure: bool) -> Web:
    """`routes` are those of the channels; `secure`: we are known by an https address."""

    @get("/healthz", media_type=MediaType.JSON, sync_to_thread=False)
    def healthz() -> Response[dict[str, Any]]:
        reason = health.failing()
        if reason:
            return Response({"status": "failing", "database": reason, **health.others()}, status_code=503)
        return Response({"status": "damaged" if health.damaged() else "ok", **health.others()})

    @get("/readyz", media_type=MediaType.JSON, sync_to_thread=False)
    def readyz() -> Response[dict[str, str]]:
        ready = health.ready() and health.failing() is None
        return Response({"status": "ready" if ready else "not ready"}, status_code=200 if ready else 503)

    web = Litestar(
        [healthz, readyz, *(page for each in routes for page in each.pages)],
        openapi_config=None,
        request_max_body_size=BODY,
        logging_config=None,
    )
    webhooks = {path: webhook for each in routes for path, webhook in each.webhooks.items()}
    return Web(web, webhooks, {**HEADERS, **SECURE} if secure else HEADERS)


def _hardened(send: Send, headers: Sequence[tuple[bytes, bytes]]) -> Send:
    """Every response to a browser carries the headers: a page, a file, and an error that no handler made."""

    async def harden(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", ())}
            more = [header for header in headers if header[0] not in given]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return harden
