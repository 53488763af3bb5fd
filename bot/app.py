"""The composition root: the one module that names concrete classes and says which of them meet.

Not here: what they do. `App` starts in the order in which things are needed and stops in the reverse.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
from typing import Any

import structlog
from sqlalchemy import Engine

from bot.channels.base import Channel, ChannelKind
from bot.channels.program import UNLIMITED, Duty, Program
from bot.channels.telegram.setup import TELEGRAM
from bot.channels.whatsapp.setup import WHATSAPP
from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates
from bot.files.jobs import file_jobs
from bot.keys import seal_of
from bot.library import Promotions
from bot.loading import check_zone_data, load_library, load_phrases
from bot.running.chores import Chores
from bot.running.deciding import Dialogs
from bot.running.duties import Duties
from bot.running.failed_events import Failed
from bot.running.intake import Intake, utc_now
from bot.running.processes import Processes
from bot.running.timers import Timers
from bot.settings import Settings
from bot.web.application import Health, Web, application
from bot.web.preview.channel import PREVIEW
from dialogs.conversation import Conversation
from domain.pace import Pace
from storage.backups.confirmation import refuse_unconfirmed
from storage.database import connect, prepare
from storage.reads import Reads
from storage.talks.history import talk
from storage.turns.writer import Writer

log = structlog.get_logger(__name__)

CHANNELS: tuple[ChannelKind, ...] = (TELEGRAM, WHATSAPP, PREVIEW)


class App:
    """One process of the running program. `alone` is the only channel then, of a terminal, and nothing is done for others. `pauses` is a
    factor on the pauses before something is tried again. A `library` that is given spares loading it."""

    def __init__(
        self,
        settings: Settings,
        alone: Channel | None = None,
        *,
        pauses: float = 1.0,
        library: Promotions | None = None,
    ) -> None:
        check_zone_data()
        self.settings = settings
        self.process = secrets.randbits(62)
        self.seal = seal_of(settings)
        self.engine: Engine = connect(settings.database)
        prepare(self.engine, self.seal)
        if alone is None:
            refuse_unconfirmed(self.engine)
        self.library = library or load_library(settings)
        for slug, why in self.library.left_out.items():
            log.error("promotion_left_out", promotion=slug, reason=why)
        self.phrases = load_phrases()
        self.stopping = asyncio.Event()
        configured = [kind.from_settings(settings) for kind in CHANNELS] if alone is None else [alone]
        self.channels = {channel.name: channel for channel in configured if channel is not None}
        rates = {name: Rates.of(channel.rate) for name, channel in self.channels.items()}
        flood_limit = Pace(round(60_000 / settings.person_rate), max(10, round(1.5 * settings.person_rate)))
        self.dialogs = Dialogs(self.library, self.phrases, self.channels, rates, flood_limit)
        self.reads = Reads(settings.database)
        self.writer = Writer(self.engine, self.seal, self.dialogs, self.process)
        self.intake = Intake(self.writer, self.seal, utc_now)
        self.program = Program(
            self.intake.accept,
            self.intake.key,
            self.writer,
            self.reads,
            self.seal,
            self.phrases,
            settings,
            self.stopping,
            pauses,
        )
        found = {name: channel.fetcher(self.program) for name, channel in self.channels.items()}
        fetchers = {name: fetcher for name, fetcher in found.items() if fetcher is not None}
        files = file_jobs(fetchers, self.library, self._talk, self.intake.accept)
        rates |= {name: Rates.of(UNLIMITED) for name in files}
        self.outbox = Outbox({**self.channels, **files}, self.writer, rates, pauses=pauses)
        shared = self.engine.dialect.name == "postgresql"
        self.failed = Failed(self.writer, self.intake, self.seal, tuple(self.channels), shared=shared)
        asked = {name: channel.duty(self.program) for name, channel in self.channels.items()}
        duties = {name: duty for name, duty in asked.items() if duty is not None}
        if alone is None:
            duties["chores"] = Duty("", Chores(self.writer, self.failed, self.seal).run)
            timers = Timers(self.writer, self.reads, self.seal, self.intake.accept, tuple(self.channels), utc_now)
            duties["timers"] = Duty("", timers.run)
        self.duties = Duties(duties)
        self.processes = Processes(
            self.engine, self.writer, self.outbox, self.seal, self.process, rates, self.duties, self._on_notice
        )
        self.ready = False

    def _on_notice(self, word: str) -> None:
        """What another process, or a command, told everybody."""
        if word == "look":
            self.failed.look()
        elif word == "gap":
            for channel in self.channels.values():
                channel.look_back()

    async def _talk(self, channel: str, address: str) -> Conversation | None:
        key = self.intake.key(channel, address)
        return await self.reads(lambda connection: talk(connection, self.seal, key))

    # life

    async def start(self) -> None:
        """Raises Cannot."""
        self.writer.start(asyncio.get_running_loop(), self.processes)
        for channel in self.channels.values():
            await channel.open(self.program)
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
        await self.reads.close()
        self.engine.dispose()

    def web(self) -> Web:
        def others() -> dict[str, Any]:
            left_out = {"promotions_left_out": sorted(self.library.left_out)} if self.library.left_out else {}
            return {"processes": self.processes.count, "duties": sorted(self.duties.held), **left_out}

        health = Health(lambda: self.writer.failing, lambda: self.writer.damaged, lambda: self.ready, others)
        routes = [channel.routes(self.program) for channel in self.channels.values()]
        return application(health, routes, secure=self.settings.base_url.startswith("https://"))
