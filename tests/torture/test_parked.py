"""Poisoned questions among a few people; `make torture` has many of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.parked import run

pytestmark = pytest.mark.slow


async def test_a_question_that_cannot_be_kept_is_parked_while_its_chat_goes_on_and_is_answered_when_replayed(
    tmp_path: Path, models: Path, database: str
) -> None:
    size = 2 if database.startswith("postgresql") else 1
    outcome = await run(tmp_path, models, database, size=size, people=6, poisoned=2)
    assert outcome.broken() == [], str(outcome)
