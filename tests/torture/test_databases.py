"""Databases that fail for a moment under load; `make torture` makes it worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.databases import locked, run, unwritable

pytestmark = pytest.mark.slow


async def test_while_another_program_holds_the_database_health_is_red_and_nothing_acknowledged_is_lost(
    tmp_path: Path, models: Path
) -> None:
    fault = locked(tmp_path / "utys.db", 6)
    outcome = await run(tmp_path, models, f"sqlite:///{tmp_path}/utys.db", fault, faults=1, people=20, turns=4)
    assert outcome.broken(red=1) == [], str(outcome)


async def test_while_no_file_can_be_written_not_even_the_log_health_is_red_and_nothing_acknowledged_is_lost(
    tmp_path: Path, models: Path
) -> None:
    outcome = await run(tmp_path, models, f"sqlite:///{tmp_path}/utys.db", unwritable, faults=2, people=20, turns=4)
    assert outcome.broken(red=2) == [], str(outcome)
