"""A clock that jumps under a few people; `make torture` has many of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clock import Clock
from tests.torture.clocks import run

pytestmark = pytest.mark.slow


async def test_a_clock_that_jumps_two_hours_loses_nothing_and_keeps_nobody_waiting(
    tmp_path: Path, models: Path, database: str, clock: Clock
) -> None:
    size = 2 if database.startswith("postgresql") else 1
    outcome = await run(tmp_path, models, database, clock, size=size, people=20)
    assert outcome.broken() == [], str(outcome)
