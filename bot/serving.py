"""Serves the program over HTTP until it is asked to stop, and lets it stop in good order.

Not here: what is served (see app.py).
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import uvicorn

from bot.app import App
from bot.loading import Cannot
from bot.metrics import told_on
from bot.settings import Settings
from bot.web.connections import BoundedHttp, BoundedServer, connections_allowed
from storage.database import check_writable
from storage.turns.types import StorageDown


async def serve(settings: Settings, announce: Callable[[int], None] = lambda port: None) -> None:
    """Runs until SIGTERM or SIGINT; `announce` hears the port once it is open. Raises Cannot, Unusable, BadSetting."""
    app = App(settings)
    check_writable(app.engine)
    config = uvicorn.Config(
        app.web(),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=10,
        http=BoundedHttp,
        ws="none",
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=settings.trusted_proxies,
    )
    server = _Server(config, app, announce)
    try:
        await app.start()
    except StorageDown as error:
        raise Cannot(f"the database failed while the bot started ({error}); `utys doctor` looks at it") from error
    try:
        with _told(settings):
            await server.serve()
    finally:
        await app.stop()


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    """What is counted is told on its own port meanwhile. Raises Cannot."""
    with ExitStack() as telling:
        try:
            telling.enter_context(told_on(settings.metrics_host, settings.metrics_port))
        except OSError as error:
            where = f"{settings.metrics_host}:{settings.metrics_port}"
            raise Cannot(f"METRICS_PORT: {where} cannot be listened on: {error.strerror}") from error
        yield


class _Server(BoundedServer):
    """uvicorn that tells the app first when it is asked to stop, so that open streams end by themselves."""

    def __init__(self, config: uvicorn.Config, app: App, announce: Callable[[int], None]) -> None:
        super().__init__(config, connections_allowed())
        self._app, self._announce = app, announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce(self.servers[0].sockets[0].getsockname()[1])

    def handle_exit(self, sig: int, frame: Any) -> None:
        wait = self._app.settings.drain_seconds
        if self._app.ready and wait:  # a balancer is to see first that it is not ready; a second signal does not wait
            self._app.ready = False
            loop = asyncio.get_event_loop()
            loop.call_soon_threadsafe(loop.call_later, wait, self.handle_exit, sig, frame)
            return
        self._app.ready = False
        asyncio.get_event_loop().call_soon_threadsafe(self._app.stopping.set)
        # not uvicorn's own way: it raises the signal anew when it is done, and the app would be killed before it has stopped
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
