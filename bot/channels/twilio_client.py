"""Twilio's HTTP client with three mends: where requests go, a timeout that is obeyed, and JSON that is sent as JSON.

Leaves what is asked of Twilio to `whatsapp`. twilio 9.13 drops the constructor's timeout (twilio-python#925) and form-encodes JSON
bodies (#932).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import aiohttp
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

_FORM = "application/x-www-form-urlencoded"


class TwilioHttp(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Create it inside the running loop. `base` replaces scheme and host of every request; `seconds` bounds each."""

    def __init__(self, base: str | None, seconds: float) -> None:
        super().__init__(pool_connections=True)
        self._base = urlsplit(base) if base else None
        self._seconds = seconds

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
        if self._base is not None:
            parts = urlsplit(url)
            path = self._base.path.rstrip("/") + parts.path
            url = urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, parts.fragment))
        as_json = (headers or {}).get("Content-Type") == "application/json"
        sent = {name: value for name, value in (headers or {}).items() if name != "Content-Type" or as_json}
        if data and not as_json:
            sent["Content-Type"] = _FORM  # encoded here: aiohttp's FormData costs as much as the rest of the call
        if auth:
            sent["Authorization"] = aiohttp.encode_basic_auth(*auth)
        session = self.session
        assert session is not None
        async with session.request(
            method.upper(),
            url,
            params=params,
            data=urlencode(data).encode() if data and not as_json else None,
            json=data if as_json else None,
            headers=sent,
            timeout=aiohttp.ClientTimeout(total=timeout or self._seconds),
            allow_redirects=allow_redirects,
        ) as response:
            return Response(response.status, await response.text(), response.headers)
