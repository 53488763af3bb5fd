"""The browser chat as a channel of the program: its messages (see bot/channels/preview.py) with pages, uploads and streams around them.

Not here: what the pages do (see routes.py).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.static_files import create_static_files_router

from bot.channels.base import Channel, ChannelKind
from bot.channels.fetching import Fetcher
from bot.channels.preview import Preview
from bot.channels.program import Program, Routes
from bot.doctor.finding import DoctorFinding
from bot.settings import Settings
from bot.web.preview.limits import BROWSERS, BROWSERS_IN_ALL, Callers
from bot.web.preview.room import Room, disks
from bot.web.preview.routes import PreviewChat, routes
from bot.web.preview.uploads import Uploads
from bot.web.preview.visitors import Visitors

STATIC = Path(__file__).parent / "static"
_FILE = re.compile(r"/preview/static/[a-z0-9.-]{1,64}")


class BrowserChat(Preview):
    """Its streams end as soon as the program is stopping."""

    def __init__(self) -> None:
        super().__init__()
        self._running: list[asyncio.Task[None]] = []

    def routes(self, program: Program) -> Routes:
        settings = program.settings
        chat = PreviewChat(
            self,
            program,
            _uploads(program),
            (STATIC / "index.html").read_bytes(),
            Visitors(program.seal, settings.base_url),
            Room(disks(settings)),
            Callers(),
        )
        files = create_static_files_router(path="/preview/static", directories=[STATIC], guards=[_plain])
        return Routes(pages=[*routes(chat), files])

    def fetcher(self, program: Program) -> Fetcher:
        return _uploads(program)

    async def open(self, program: Program) -> None:
        tidying = _uploads(program).keep_tidy()
        self._running = [asyncio.create_task(work) for work in (self._end_streams(program.stopping), tidying)]

    async def close(self) -> None:
        for task in self._running:
            task.cancel()

    async def _end_streams(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self.wake_all()


def _uploads(program: Program) -> Uploads:
    return Uploads(program.settings.var_dir, program.reads, program.seal)


def _plain(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Only names that a file of ours could have reach the file system: what it says to others is not always "not found"."""
    if not _FILE.fullmatch(connection.scope["path"]):
        raise NotFoundException


def from_settings(settings: Settings) -> Channel | None:
    return BrowserChat() if settings.serves_preview else None


def examine(settings: Settings) -> Iterator[DoctorFinding]:
    """Who can come in by it: anybody who reaches the address, without a name."""
    if not settings.serves_preview:
        said = "off" if settings.preview is False else "off, because not only this machine can reach the program"
        yield DoctorFinding("ok", "browser", f"{said}; PREVIEW=true switches it on")
    elif settings.only_here:
        yield DoctorFinding("ok", "browser", "the chat is for this machine only")
    else:
        said = (
            f"anybody who reaches {settings.base_url} can talk to the bot there and send it files, without a name: "
            f"{BROWSERS} new browsers a day from one address, {BROWSERS_IN_ALL} in all, each process by itself"
        )
        yield DoctorFinding(
            "warning", "browser", said, "It is for trying out: take PREVIEW=true away when that is done."
        )


PREVIEW = ChannelKind(from_settings, examine)
