"""The image's steps done once, and the whole deployment for a test."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from tests.databases import fresh_postgres
from tests.deploy.image import Image, build
from tests.deploy.proxy import program
from tests.deploy.running import Deployment


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Image:
    """Workers of pytest-xdist share one: it takes a minute."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "image"
    kept = folder.with_suffix(".pickle")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder.mkdir()
            kept.write_bytes(pickle.dumps(build(folder, models)))
        return cast(Image, pickle.loads(kept.read_bytes()))


@pytest.fixture
async def deployment(tmp_path: Path, image: Image) -> AsyncIterator[Deployment]:
    if program() is None:
        pytest.skip("no HAProxy: install Debian's package or name one in HAPROXY")
    with fresh_postgres() as url:
        async with Deployment(tmp_path, image, url) as running:
            yield running
