"""A few people out of reach among a few who are not; `make torture` has many of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.statuses import run

pytestmark = pytest.mark.slow


async def test_who_cannot_be_reached_costs_nobody_anything_and_statuses_never_go_back(
    tmp_path: Path, models: Path, database: str
) -> None:
    size = 2 if database.startswith("postgresql") else 1
    outcome = await run(tmp_path, models, database, size=size, people=12, turns=4, each=2, seed=3)
    assert outcome.broken() == [], str(outcome)
