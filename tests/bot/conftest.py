"""Fixtures for the running program: several processes of it on one new PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bot.fleet import Fleet, Start
from tests.databases import fresh_postgres


@pytest.fixture
def start(tmp_path: Path, models: Path) -> Start:
    @asynccontextmanager
    async def fleet(size: int = 2, *, polling: bool = False, **changes: str) -> AsyncIterator[Fleet]:
        with fresh_postgres() as url:
            async with Fleet(tmp_path, models, url, size, polling=polling, **changes) as running:
                yield running

    return fleet
