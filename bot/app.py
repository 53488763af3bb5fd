"""The composition root: the one module that names concrete classes and says which of them meet.

Leaves what they do to themselves. `App` starts in the order in which things are needed and stops in the reverse.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
import signal
import socket
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog
import uvicorn
from sqlalchemy import Engine

from bot.channels.base import Channel
from bot.channels.hooks import BadToken, TelegramHook, TwilioHook
from bot.channels.preview import Preview
from bot.channels.twilio_events import Status
from bot.intake import Dialogs, Intake, utc_now
from bot.loading import Cannot, check_zone_data, load_library, load_phrases
from bot.outbox import Outbox
from bot.preview.routes import PreviewChat
from bot.processes import Processes
from bot.rates import Rates
from bot.settings import BadSetting, Settings
from bot.web import STATIC, Health, Web, application
from dialogs.messages import say
from domain.rulebook import LANGUAGES
from storage.database import connect, prepare
from storage.reading import find_content, keep_content, move_delivery, purge, unfinished
from storage.sealing import Seal
from storage.turns import StorageDown
from storage.writer import Writer

log = structlog.get_logger(__name__)

KEEP_DAYS = 90
STATUS_EARLY = (0.05, 0.5, 2.0, 0.0)
"""Seconds between looks for the message that a status is about."""
COMMANDS = ("menu", "promotions", "rules", "check", "chances", "language", "person", "help", "forget")
MANY = Rates(1e6, 1e6, 1e6, 1e6)
"""For channels of our own there is nobody to spare."""


class App:
    """One process of the running program."""

    def __init__(self, settings: Settings, *, extra: Mapping[str, Channel] | None = None, web: bool = True) -> None:
        check_zone_data()
        self.settings = settings
        self.process = secrets.randbits(62)
        self.seal = Seal(settings.key())
        self.engine: Engine = connect(settings.database)
        prepare(self.engine, self.seal)
        self.library = load_library(settings)
        self.phrases = load_phrases()
        self.stopping = asyncio.Event()
        self.telegram = self._telegram() if web else None
        self.whatsapp = self._whatsapp() if web else None
        self.preview = Preview() if web and settings.preview else None
        own = [channel for channel in (self.telegram, self.whatsapp, self.preview) if channel is not None]
        self.channels: dict[str, Channel] = {channel.name: channel for channel in own} | dict(extra or {})
        self.dialogs = Dialogs(self.library, self.phrases, self.channels)
        self.writer = Writer(self.engine, self.seal, self.dialogs, self.process)
        self.outbox = Outbox(self.channels, self.writer, self._rates())
        self.intake = Intake(self.writer, self.outbox, self.seal, utc_now)
        self.processes = Processes(
            self.writer, self.outbox, self.seal, self.process, tuple(self.channels), shared=self.shared
        )
        self.ready = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return self.engine.dialect.name == "postgresql"

    def _telegram(self) -> TelegramHook | None:
        settings = self.settings
        if not settings.telegram_bot_token:
            return None
        # without a secret of the operator's one is derived from the key: the same after every restart, known to nobody
        secret = settings.telegram_webhook_secret or self.seal.digest("telegram webhook secret").hex()
        from bot.channels.telegram import Telegram

        try:
            return Telegram(settings.telegram_bot_token, settings.telegram_api_url, secret, settings.public_url)
        except BadToken as error:
            raise Cannot(str(error)) from error

    def _whatsapp(self) -> TwilioHook | None:
        settings = self.settings
        if not (settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_whatsapp_from):
            return None
        from bot.channels.whatsapp import WhatsApp

        return WhatsApp(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            settings.twilio_whatsapp_from,
            settings.base_url,
            settings.twilio_api_url,
            settings.twilio_templates,
            self,
            self.on_status,
        )

    def _rates(self) -> dict[str, Rates]:
        settings = self.settings
        rates = dict.fromkeys(self.channels, MANY)
        rates["telegram"] = Rates(settings.telegram_rate, settings.telegram_rate, settings.telegram_chat_rate, 20)
        rates["whatsapp"] = Rates(settings.twilio_rate, settings.twilio_rate, settings.twilio_chat_rate, 10)
        return rates

    # what WhatsApp asks of the storage

    async def find(self, digest: bytes) -> str | None:
        return await self.writer.call(lambda connection: find_content(connection, digest))

    async def keep(self, digest: bytes, sid: str) -> None:
        await self.writer.call(lambda connection: keep_content(connection, digest, sid))

    async def on_status(self, status: Status) -> None:
        error = f"status {status.error}" if status.error else None
        for wait in STATUS_EARLY:  # a status may overtake the answer to the call that it is about
            if await self.writer.call(lambda connection: move_delivery(connection, status.sid, status.rank, error)):
                break
            await asyncio.sleep(wait)
        if status.failed:
            log.warning("message_failed", channel="whatsapp", code=status.error)

    # life

    async def start(self) -> None:
        """Raises Cannot."""
        self.writer.start()
        await self.processes.start()
        for arrival in await self.writer.call(lambda connection: unfinished(connection, self.seal)):
            if arrival.incoming.channel in self.channels:
                self.intake.retry(arrival)
        for channel in self.channels.values():
            try:
                await channel.open(self.intake.accept)
            except BadToken as error:
                raise Cannot(str(error)) from error
        if self.telegram is not None:
            self._tasks.append(asyncio.create_task(self._introduce(self.telegram)))
        self._tasks.append(asyncio.create_task(self._housekeep()))
        gc.collect()
        gc.freeze()  # what is loaded now stays: full collections no longer walk over it
        gc.set_threshold(
            10_000, 20, 20
        )  # a turn makes many small objects and no cycles: 700 would look some times a turn
        self.ready = True

    async def stop(self) -> None:
        """Nothing new is taken; what is on its way is finished; what is left waits in the database."""
        self.ready = False
        self.stopping.set()
        for task in self._tasks:
            task.cancel()
        await self.intake.stop()
        if self.telegram is not None:
            await self.telegram.stop_polling()
        await self.outbox.stop()
        await self.processes.stop()
        await self.writer.stop()
        for channel in self.channels.values():
            await channel.close()
        self.engine.dispose()

    async def _introduce(self, telegram: TelegramHook) -> None:
        def words(key: str) -> dict[Any, str]:
            return {language: self.phrases.text(say(key), language) for language in LANGUAGES}

        commands = {
            language: {name: self.phrases.text(say(f"command.{name}"), language) for name in COMMANDS}
            for language in LANGUAGES
        }
        await telegram.introduce(commands, words("about.full"), words("about.short"))

    async def _housekeep(self) -> None:
        """Finished events and sent messages go after 90 days, a little at a time."""
        while True:
            now = int(time.time() * 1000)
            old = partial(purge, before=now - KEEP_DAYS * 86_400_000, farewells=now - 3_600_000)
            try:
                while await self.writer.call(old):  # noqa: ASYNC110 - between batches other work goes first
                    await asyncio.sleep(0.1)
            except StorageDown:
                log.warning("purge_postponed")
            await asyncio.sleep(3600)

    def web(self) -> Web:
        health = Health(lambda: self.writer.failing, lambda: self.ready)
        preview = None
        if self.preview is not None:
            index = STATIC / "index.html"
            preview = PreviewChat(
                self.preview,
                self.intake,
                self.writer,
                self.seal,
                index.read_bytes(),
                secure=self.settings.base_url.startswith("https://"),
                stopping=self.stopping,
                rates={},
            )
        return Web(application(health, preview=preview), self.telegram, self.whatsapp)


async def serve(settings: Settings, announce: Callable[[int], None] = lambda port: None) -> None:
    """Runs until SIGTERM or SIGINT; `announce` hears the port once it is open. Raises Cannot, Unusable, BadSetting."""
    app = App(settings)
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
        h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,
    )
    server = _Server(config, app, announce)
    await app.start()
    try:
        await server.serve()
    finally:
        await app.stop()


class _Server(uvicorn.Server):
    """uvicorn that tells the app first when it is asked to stop, so that open streams end by themselves."""

    def __init__(self, config: uvicorn.Config, app: App, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._app, self._announce = app, announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce(self.servers[0].sockets[0].getsockname()[1])

    def handle_exit(self, sig: int, frame: Any) -> None:
        self._app.ready = False
        self._app.stopping.set()
        if self._app.preview is not None:
            asyncio.get_event_loop().call_soon_threadsafe(lambda: asyncio.ensure_future(_wake(self._app)))
        # not uvicorn's own way: it raises the signal anew when it is done, and the app would be killed before it has stopped
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


async def _wake(app: App) -> None:
    if app.preview is not None:
        await app.preview.close()


__all__ = ["App", "BadSetting", "Cannot", "load_library", "load_phrases", "serve"]
