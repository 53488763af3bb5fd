"""Peer (w): a WhatsApp echo on aiohttp with Twilio's own SDK: its signature check, its async client. It stores nothing.

Arguments: port, address of the Twilio API, account, token, sender.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

# The package carries no types.
Client: Any = import_module("twilio.rest").Client
HttpClient: Any = import_module("twilio.http.async_http_client").AsyncTwilioHttpClient
Validator: Any = import_module("twilio.request_validator").RequestValidator


def main() -> None:
    port, api, account, token, sender = sys.argv[1:]
    public = f"http://127.0.0.1:{port}"

    class Local(HttpClient):  # type: ignore[misc]
        """The SDK's client, led to the fake."""

        async def request(self, method: str, url: str, **more: Any) -> Any:
            return await super().request(method, api + urlsplit(url).path, **more)

    validator = Validator(token)
    clients: list[Any] = []

    async def hook(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if not validator.validate(public + request.path, form, request.headers.get("X-Twilio-Signature", "")):
            return web.Response(status=403)
        if not clients:
            clients.append(Client(account, token, http_client=Local(pool_connections=True)))
        await clients[0].messages.create_async(to=form["From"], from_=sender, body=form["Body"])
        return web.Response(text="<Response/>", content_type="text/xml")

    app = web.Application()
    app.router.add_post("/whatsapp/webhook", hook)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None, access_log=None)


if __name__ == "__main__":
    main()
