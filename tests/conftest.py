"""What holds for every test: answer models made once, a database of each kind, the running world.

Not here: which tests are slow (each says so by its mark), and which tier runs them (see the Makefile).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# before tests import aiogram themselves: with it here, types are built when they are used, as in the running bot
import bot.channels.telegram.bot_api  # noqa: F401
from storage.answers.training import publish
from tests.clock import Clock, libfaketime
from tests.databases import fresh_postgres
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("utys", deadline=None)  # how long an example takes says more of the machine than of the code
settings.load_profile("utys")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Of `-n auto` two on each core, for tests of the running program wait half of their time; of `-n logical` one."""
    return (os.cpu_count() or 1) * (2 if config.getoption("numprocesses") == "auto" else 1)


@pytest.fixture(scope="session")
def models() -> Path:
    """The answer models of the promotions in this tree; made anew only if something they are made from has changed."""
    folder = ROOT / "var" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "models.lock").open("w") as lock:  # of several workers of pytest-xdist one makes them
        fcntl.flock(lock, fcntl.LOCK_EX)
        publish(ROOT / "promotions", folder)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind: what is tested with it holds on both."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'utys.db'}"
    else:
        with fresh_postgres() as url:
            yield url


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """A clock that can be set, for a program that the test starts."""
    if libfaketime() is None:
        pytest.skip("no libfaketime: install Debian's package or name the library in LIBFAKETIME")
    return Clock(tmp_path)


@pytest.fixture
async def world(tmp_path: Path, models: Path) -> AsyncIterator[World]:
    async with World(tmp_path, models) as running:
        yield running
