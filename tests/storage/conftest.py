"""Fixtures of the storage tests: a running store on each kind of database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.storage.store import Store


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with Store(database) as running:
        yield running
