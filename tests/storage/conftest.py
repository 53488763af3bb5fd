"""Fixtures of the storage tests: a running store on each kind of database, and PostgreSQL alone for what only several processes have."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Engine

from storage.database import connect, prepare
from storage.sealing import Seal
from tests.databases import fresh_postgres
from tests.storage.store import KEY, Store


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database) as running:
        yield running


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Of an empty PostgreSQL with the tables of today."""
    with fresh_postgres() as url:
        engine = connect(url)
        prepare(engine, Seal(KEY))
        yield engine
        engine.dispose()
