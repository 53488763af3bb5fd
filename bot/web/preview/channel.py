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
from bot.web.preview.limits import Callers
from bot.web.preview.routes import PreviewChat, routes
from bot.web.preview.uploads import Uploads

STATIC = Path(__file__).parent / "static"
_FILE = re.compile(r"/preview/static/[a-z0-9.-]{1,64}")


class BrowserChat(Preview):
    """Its streams end as soon as the program is stopping."""

    def __init__(self) -> None:
        super().__init__()
        self._ending: asyncio.Task[None] | None = None

    def routes(self, program: Program) -> Routes:
        chat = PreviewChat(
            self,
            program,
            Uploads(program.writer, program.reads, program.seal),
            (STATIC / "index.html").read_bytes(),
            secure=program.settings.base_url.startswith("https://"),
            callers=Callers(),
        )
        files = create_static_files_router(path="/preview/static", directories=[STATIC], guards=[_plain])
        return Routes(pages=[*routes(chat), files])

    def fetcher(self, program: Program) -> Fetcher:
        return Uploads(program.writer, program.reads, program.seal)

    async def open(self, program: Program) -> None:
        self._ending = asyncio.create_task(self._end_streams(program.stopping))

    async def close(self) -> None:
        if self._ending is not None:
            self._ending.cancel()

    async def _end_streams(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self.wake_all()


def _plain(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Only names that a file of ours could have reach the file system: what it says to others is not always "not found"."""
    if not _FILE.fullmatch(connection.scope["path"]):
        raise NotFoundException


def from_settings(settings: Settings) -> Channel | None:
    return BrowserChat() if settings.preview else None


def examine(settings: Settings) -> Iterator[DoctorFinding]:
    """Nothing but this program is needed for it."""
    return iter(())


PREVIEW = ChannelKind(from_settings, examine)
