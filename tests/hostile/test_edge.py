"""What the proxy of deploy/ lets nobody see, say or hold, over real sockets and TLS."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.proxy import program
from tests.hostile.edge import Edge
from tests.hostile.edging import LOOKS

pytestmark = pytest.mark.slow


async def test_the_edge_shows_no_inside_sends_nobody_away_and_is_held_by_nobody(tmp_path: Path, models: Path) -> None:
    if program() is None:
        pytest.skip("no HAProxy: install Debian's package or name one in HAPROXY")
    async with Edge(tmp_path, models) as edge:
        for look in LOOKS:
            assert await look(edge) == []
