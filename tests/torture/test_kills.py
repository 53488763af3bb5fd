"""A few kills under load; `make torture` makes twenty of them among ten thousand updates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.kills import blamed, run, unmarked


@pytest.mark.slow
async def test_killed_programs_lose_nothing_double_nothing_and_repeat_at_most_one_message_a_kill(
    tmp_path: Path, models: Path, database: str
) -> None:
    size = 2 if database.startswith("postgresql") else 1
    result = await run(tmp_path, models, database, size=size, people=60, turns=4, stops=3, seed=11, orderly=False)
    assert result.killed() == [], str(result)


@pytest.mark.slow
async def test_programs_that_are_asked_to_stop_repeat_nothing(tmp_path: Path, models: Path, database: str) -> None:
    size = 2 if database.startswith("postgresql") else 1
    result = await run(tmp_path, models, database, size=size, people=60, turns=4, stops=3, seed=11, orderly=True)
    assert result.broken(allowed=0) == [], str(result)


def test_a_mark_on_another_message_does_not_count_for_one_that_came_twice() -> None:
    received = [("a", "1"), ("a", "2"), ("b", "3")]
    assert unmarked(received, {"3", None}) == 1
    assert unmarked(received, {"2"}) == 0


def test_a_repeat_is_the_doing_of_the_stop_that_came_between_the_copies() -> None:
    stops = [10.0, 20.0, 30.0]
    assert blamed([[5.0], [9.9, 12.0], [9.8, 25.0], [19.9, 21.0, 22.0]], stops) == [2, 1, 0]
    assert blamed([[10.1, 11.0]], stops) == [1, 0, 0], "it was under way when the process was killed"
    assert blamed([[21.0, 22.0], [31.0, 32.0]], stops) == [0, 0, 0], "nothing was stopped between these"
    assert blamed([[29.9, 31.0, 32.0]], stops) == [0, 0, 1]
