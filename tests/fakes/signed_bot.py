"""A bot at the other end of FakeTwilio, for tests of the fake itself: it checks signatures and keeps forms.

The real bot is tested against the fake elsewhere; nothing outside this folder needs this one.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from tests.fakes.server import FakeServer
from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio

# The package carries no types.
Client: Any = import_module("twilio.rest").Client
HttpClient: Any = import_module("twilio.http.async_http_client").AsyncTwilioHttpClient
TwilioRestException: Any = import_module("twilio.base.exceptions").TwilioRestException
Validator: Any = import_module("twilio.request_validator").RequestValidator

PUBLIC = "https://bot.example/twilio"


class Bot(FakeServer):
    """A bot that checks signatures over its public URL and keeps the forms."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/twilio/{what}", self._hook)

    async def _hook(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        signature = request.headers["X-Twilio-Signature"]
        if not Validator(TOKEN).validate(f"{PUBLIC}/{request.match_info['what']}", form, signature):
            return web.Response(status=403)
        self.got.append(form)
        self.headers.append(dict(request.headers))
        await self.notify()
        return web.Response(status=self.status)


@asynccontextmanager
async def talking(**more: Any) -> AsyncIterator[tuple[FakeTwilio, Any, Bot]]:
    urls = {"inbound_url": f"{PUBLIC}/in", "status_url": f"{PUBLIC}/status"} | more
    async with Bot() as bot, FakeTwilio(routes={"https://bot.example": bot.base_url}, **urls) as tw:

        class Local(HttpClient):  # type: ignore[misc]
            async def request(self, method: str, url: str, **kwargs: Any) -> Any:
                parts = urlsplit(url)
                here = f"{tw.base_url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
                return await super().request(method, here, **kwargs)

        async with Local() as http:
            yield tw, Client(ACCOUNT, TOKEN, http_client=http), bot
