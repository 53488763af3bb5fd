"""The image's steps done once, and the whole deployment for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import fresh_postgres
from tests.deploy.image import Image, build
from tests.deploy.proxy import program
from tests.deploy.running import Deployment


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return build(tmp_path_factory.mktemp("image"))


@pytest.fixture
async def deployment(tmp_path: Path, image: Image) -> AsyncIterator[Deployment]:
    if program() is None:
        pytest.skip("no HAProxy: install Debian's package or name one in HAPROXY")
    with fresh_postgres() as url:
        async with Deployment(tmp_path, image, url) as running:
            yield running
