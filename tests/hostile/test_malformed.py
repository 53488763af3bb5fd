"""Calls with the right secret and the wrong content: what was made by hand, and some hundred mutations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.running import shown, spoil
from tests.world import World

pytestmark = pytest.mark.slow


async def test_malformed_calls_are_borne_and_whoever_wrote_something_is_answered(
    tmp_path: Path, models: Path, database: str
) -> None:
    async with World(tmp_path, models, database) as world:
        result = await spoil(world, 300, seed=1)
    assert result.made >= 600
    assert result.let_in == [], shown(result.let_in)
