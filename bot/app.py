"""The composition root: the one module that names concrete classes and says which of them meet.

Leaves what they do to themselves. `App` starts in the order in which things are needed and stops in the reverse.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy import Engine

from bot.channels.base import Channel
from bot.channels.fetching import Fetcher
from bot.channels.hooks import BadToken, TelegramHook, TwilioHook
from bot.channels.preview import Preview
from bot.channels.whatsapp.events import Status
from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates, pace
from bot.files.jobs import file_jobs
from bot.loading import Cannot, check_zone_data, load_library, load_phrases
from bot.running.deciding import Dialogs
from bot.running.duties import Duties, Work
from bot.running.failed_events import Failed
from bot.running.intake import Intake, utc_now
from bot.running.processes import Processes
from bot.settings import BadSetting, Settings
from bot.web.application import STATIC, Health, Web, application
from bot.web.preview.limits import Callers
from bot.web.preview.routes import PreviewChat
from bot.web.preview.uploads import Uploads
from dialogs.conversation import Conversation
from dialogs.messages import Incoming, say
from dialogs.router import SCENES
from domain.pace import FREE, Pace
from domain.rulebook import LANGUAGES
from storage.backups.confirmation import refuse_unconfirmed
from storage.database import connect, prepare
from storage.files.uploads import purge_uploads
from storage.sealing import Seal
from storage.talks.deliveries import find_content, keep_content, known_to_be_sent, move_delivery
from storage.talks.history import talk
from storage.talks.purging import sweep_events, sweep_messages
from storage.turns.types import StorageDown
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

KEEP_DAYS = 90
STATUS_RETRIES_S = (0.05, 0.5, 2.0, 0.0)
"""Seconds between looks for the message that a status is about."""
T = TypeVar("T")


class App:
    """One process of the running program."""

    def __init__(self, settings: Settings, *, extra: Mapping[str, Channel] | None = None, web: bool = True) -> None:
        check_zone_data()
        self.settings = settings
        self.process = secrets.randbits(62)
        self.seal = Seal(settings.key())
        self.engine: Engine = connect(settings.database)
        prepare(self.engine, self.seal)
        if web:
            refuse_unconfirmed(self.engine)
        self.library = load_library(settings)
        self.phrases = load_phrases()
        self.stopping = asyncio.Event()
        self.telegram = self._telegram() if web else None
        self.whatsapp = self._whatsapp() if web else None
        self.preview = Preview() if web and settings.preview else None
        own = [channel for channel in (self.telegram, self.whatsapp, self.preview) if channel is not None]
        self.channels: dict[str, Channel] = {channel.name: channel for channel in own} | dict(extra or {})
        rates = self._rates()
        self.dialogs = Dialogs(
            self.library,
            self.phrases,
            self.channels,
            rates,
            Pace(round(60_000 / settings.person_rate), max(10, round(1.5 * settings.person_rate))),
        )
        self.writer = Writer(self.engine, self.seal, self.dialogs, self.process)
        self.uploads = Uploads(self.writer, self.seal)
        files = file_jobs(self._fetchers(), self.library, self._talk, self._accept)
        rates |= {name: _free() for name in files}
        self.outbox = Outbox({**self.channels, **files}, self.writer, rates)
        self.intake = Intake(self.writer, self.seal, utc_now)
        self.failed = Failed(self.writer, self.intake, self.seal, tuple(self.channels), shared=self.shared)
        work, scope = self._duties(web=web)
        self.duties = Duties(work)
        self.processes = Processes(
            self.engine, self.writer, self.outbox, self.seal, self.process, rates, self.duties, scope, self._on_notice
        )
        self.ready = False

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
        from bot.channels.telegram.channel import Telegram

        try:
            return Telegram(settings.telegram_bot_token, settings.telegram_api_url, secret, settings.public_url)
        except BadToken as error:
            raise Cannot(str(error)) from error

    def _whatsapp(self) -> TwilioHook | None:
        settings = self.settings
        if not (settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_whatsapp_from):
            return None
        from bot.channels.whatsapp.channel import WhatsApp

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
        rates = {name: _free() for name in self.channels}
        if self.telegram is not None:
            chat, group = pace(settings.telegram_chat_rate, 20), pace(min(settings.telegram_chat_rate, 1 / 3), 20)
            rates["telegram"] = Rates(settings.telegram_rate, settings.telegram_rate, chat, group)
        if self.whatsapp is not None:
            chat = pace(settings.twilio_chat_rate, 10)
            rates["whatsapp"] = Rates(settings.twilio_rate, settings.twilio_rate, chat, asks=True)
        return rates

    def _duties(self, *, web: bool) -> tuple[dict[str, Work], dict[str, str]]:
        """What one process of all does, and which bot each is about."""
        work: dict[str, Work] = {}
        scope: dict[str, str] = {}
        if self.telegram is not None:
            work["telegram"] = partial(self._serve_telegram, self.telegram)
            scope["telegram"] = str(self.settings.telegram_bot_token).partition(":")[0]
        if self.whatsapp is not None:
            work["whatsapp"], scope["whatsapp"] = self.whatsapp.keep_up, str(self.settings.twilio_account_sid)
        if web:
            work["chores"], scope["chores"] = self._do_chores, ""
        return work, scope

    def _on_notice(self, word: str) -> None:
        """What another process, or a command, told everybody."""
        if word == "look":
            self.failed.look()
        elif word == "gap" and self.whatsapp is not None:
            self.whatsapp.look_back()

    # what fetching files asks of the rest

    def _fetchers(self) -> dict[str, Fetcher]:
        """Who can fetch what people sent, by channel."""
        found: dict[str, Fetcher | None] = {"telegram": self.telegram, "whatsapp": self.whatsapp}
        found["preview"] = self.uploads if self.preview is not None else None
        return {name: fetcher for name, fetcher in found.items() if fetcher is not None}

    async def _talk(self, channel: str, address: str) -> Conversation | None:
        key = self.intake.key(channel, address)
        return await self.writer.call(lambda connection: talk(connection, self.seal, key))

    async def _accept(self, incoming: Incoming) -> bool:
        return await self.intake.accept(incoming)

    # what WhatsApp asks of the storage
    async def find(self, digest: bytes) -> str | None:
        return await self.writer.call(lambda connection: find_content(connection, digest))

    async def keep(self, digest: bytes, sid: str) -> str:
        return await self.writer.call(lambda connection: keep_content(connection, digest, sid))

    async def known(self, sids: Sequence[str]) -> set[str]:
        return await self.writer.call(lambda connection: known_to_be_sent(connection, sids))

    async def arrived(self, sids: Sequence[str]) -> set[str]:
        return await self.intake.arrived("whatsapp", sids)

    async def on_status(self, status: Status) -> None:
        error = f"status {status.error}" if status.error else None
        for wait in STATUS_RETRIES_S:  # a status may overtake the answer to the call that it is about
            if await self.writer.call(lambda connection: move_delivery(connection, status.sid, status.rank, error)):
                break
            await asyncio.sleep(wait)
        if status.failed:
            log.warning("message_failed", channel="whatsapp", code=status.error)

    # life

    async def start(self) -> None:
        """Raises Cannot."""
        self.writer.start(asyncio.get_running_loop(), self.processes)
        for channel in self.channels.values():
            try:
                await channel.open(self.intake.accept)
            except BadToken as error:
                raise Cannot(str(error)) from error
        await self.processes.start()
        gc.collect()
        gc.freeze()  # what is loaded now stays: full collections no longer walk over it
        gc.set_threshold(10_000, 20, 20)  # a turn makes many small objects, no cycles: 700 would look some times a turn
        self.ready = True

    async def stop(self) -> None:
        """Nothing new is taken; what is on its way is finished; what is left is given back, to other processes or the next start."""
        self.ready = False
        self.stopping.set()
        await self.intake.stop()
        await self.processes.yield_duties()
        await self.outbox.stop()
        await self.processes.stop()
        await self.writer.stop()
        for channel in self.channels.values():
            await channel.close()
        self.engine.dispose()

    async def _serve_telegram(self, telegram: TelegramHook) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(telegram.connect())
            together.create_task(self._introduce(telegram))

    async def _do_chores(self) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(self._housekeep())
            together.create_task(self.failed.keep_trying())

    async def _introduce(self, telegram: TelegramHook) -> None:
        def words(key: str) -> dict[Any, str]:
            return {language: self.phrases.text(say(key), language) for language in LANGUAGES}

        commands = {
            language: {name: self.phrases.text(say(f"command.{name}"), language) for name in SCENES.commands}
            for language in LANGUAGES
        }
        await telegram.introduce(commands, words("about.full"), words("about.short"))

    async def _housekeep(self) -> None:
        """Finished events and sent messages go after 90 days, a little at a time."""
        while True:
            now = int(time.time() * 1000)
            before = now - KEEP_DAYS * 86_400_000
            try:
                await self.writer.call(partial(purge_uploads, before=now - 3_600_000))
                await self._walk(partial(sweep_events, before=before), b"")
                await self._walk(partial(sweep_messages, before=before, farewells=now - 3_600_000), None)
            except StorageDown:
                log.warning("purge_postponed")
            await asyncio.sleep(3600)

    async def _walk(self, sweep: Callable[..., T | None], start: T | None) -> None:
        """Slowly: a million rows take some minutes, and two hundredths of a core."""
        place = await self.writer.call(partial(sweep, after=start))
        while place is not None:
            await asyncio.sleep(0.25)
            place = await self.writer.call(partial(sweep, after=place))

    def web(self) -> Web:
        def others() -> dict[str, Any]:
            return {"processes": self.processes.count, "duties": sorted(self.duties.held)}

        health = Health(lambda: self.writer.failing, lambda: self.ready, others)
        preview = None
        if self.preview is not None:
            index = STATIC / "index.html"
            preview = PreviewChat(
                self.preview,
                self.intake,
                self.uploads,
                self.writer,
                self.seal,
                index.read_bytes(),
                secure=self.settings.base_url.startswith("https://"),
                stopping=self.stopping,
                callers=Callers(),
            )
        return Web(application(health, preview=preview), self.telegram, self.whatsapp)


def _free() -> Rates:
    """For channels of our own: there is nobody to spare."""
    return Rates(1e6, 1e6, FREE)


__all__ = ["App", "BadSetting", "Cannot", "load_library", "load_phrases"]
