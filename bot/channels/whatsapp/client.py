"""Twilio's HTTP client over our own connections: where requests go, a timeout that is obeyed, and JSON that is sent as JSON.

Leaves what is asked of Twilio to `whatsapp` and the connections to `wire`. twilio 9.13 drops the constructor's timeout
(twilio-python#925) and form-encodes JSON bodies (#932).
"""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from bot.channels.http import Wire

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class TwilioHttp(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Use it inside the running loop. `base` replaces scheme and host of every request; `seconds` bounds each."""

    def __init__(self, base: str | None, seconds: float) -> None:
        super().__init__(pool_connections=False)
        self._base, self._seconds = base, seconds
        self._wires: dict[str, Wire] = {}

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: Any = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the parent's signature
        allow_redirects: bool = False,
    ) -> Response:
        """Redirects are answers like others. Raises Unreachable, Broken, TimeoutError, ValueError."""
        parts = urlsplit(url)
        query = "&".join(filter(None, (parts.query, urlencode(params) if params else "")))
        sent = dict(headers or {})
        body: bytes | None = None
        if data is not None:
            as_json = sent.setdefault("Content-Type", _FORM) == _JSON
            body = (json.dumps(data) if as_json else urlencode(data)).encode()
        if auth:
            sent["Authorization"] = f"Basic {base64.b64encode(':'.join(auth).encode()).decode()}"
        wire = self._wire(self._base or f"{parts.scheme}://{parts.netloc}")
        answer = await wire.ask(method.upper(), f"{parts.path}?{query}" if query else parts.path, body, sent, timeout)
        return Response(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)

    async def close(self) -> None:
        for wire in self._wires.values():
            await wire.close()

    def _wire(self, base: str) -> Wire:
        wire = self._wires.get(base)
        if wire is None:
            wire = self._wires[base] = Wire(base, self._seconds)
        return wire
