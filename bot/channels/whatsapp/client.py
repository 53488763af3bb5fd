"""Twilio's own asynchronous HTTP client, standing on one aiohttp session: where requests go, a timeout that is obeyed, JSON sent as JSON.

Not here: what is asked of Twilio (see api.py), how a call fails (see bot/calling.py). twilio 9.13 drops the constructor's timeout
(twilio-python#925), form-encodes JSON bodies (#932) and logs every call's numbers.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode, urlsplit

from aiohttp import ClientSession
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from yarl import URL

from bot.calling import open_session, outcomes, read_answer, within

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class TwilioHttp(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Use it inside the running loop. `base` replaces scheme and host of every request; `seconds` bounds each."""

    def __init__(self, base: str | None, seconds: float) -> None:
        super().__init__(pool_connections=False)
        self.session: ClientSession | None = None
        self._base, self._within = base.rstrip("/") if base else None, within(seconds)
        self._login: dict[tuple[str, str], str] = {}

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
        """Redirects are answers like others. Raises NotSent, OutcomeUnknown, TimeoutError, ValueError."""
        sent = dict(headers or {})
        body: bytes | None = None
        if data is not None:
            as_json = sent.setdefault("Content-Type", _FORM) == _JSON
            body = (json.dumps(data) if as_json else urlencode(data)).encode()
        if auth:
            sent["Authorization"] = self._authorization(auth)
        limit = self._within if timeout is None else within(timeout)
        target = self._target(url, params)
        with outcomes():
            async with self._open().request(
                method.upper(), target, data=body, headers=sent, timeout=limit, allow_redirects=False
            ) as response:
                content = await read_answer(response)
        return Response(response.status, content.decode("utf-8", "replace"), response.headers)

    def _target(self, url: str, params: dict[str, object] | None) -> URL:
        """As it is written: neither quoted anew nor unquoted."""
        if " " in url or not url.isprintable():
            raise ValueError("a letter that may not stand in an address")
        parts = urlsplit(url)
        query = "&".join(filter(None, (parts.query, urlencode(params) if params else "")))
        path = f"{parts.path}?{query}" if query else parts.path
        return URL(f"{self._base or f'{parts.scheme}://{parts.netloc}'}{path}", encoded=True)

    def _authorization(self, auth: tuple[str, str]) -> str:
        if auth not in self._login:
            self._login[auth] = "Basic " + b64encode(":".join(auth).encode()).decode()
        return self._login[auth]

    def _open(self) -> ClientSession:
        if self.session is None:
            self.session = open_session()
        return self.session
