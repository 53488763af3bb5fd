"""The verdict over a flood: it must say what is wrong, and nothing where nothing is."""

from __future__ import annotations

import json

import pytest

from benchmarks.flood import SLOWER, count_notices, judge
from benchmarks.load.driver import Sample


def sample(p99: float, failed: int = 0) -> Sample:
    """A hundred people, one of whom waited so long (s)."""
    return Sample(answered=100, failed=failed, waits=[0.005] * 99 + [p99])


def test_a_flood_that_nobody_else_notices_and_that_is_told_so_once_is_as_it_must_be() -> None:
    assert judge([sample(0.02)] * 3, [sample(0.02 * (SLOWER - 0.1))] * 3, [1, 1, 1]) == []


def test_one_turn_in_which_the_machine_stood_still_decides_nothing() -> None:
    assert judge([sample(0.02)] * 3, [sample(0.02), sample(2.0), sample(0.02)], [1, 1, 1]) == []


@pytest.mark.parametrize(
    ("quiet", "flooded", "notices", "said"),
    [
        (sample(0.02), sample(0.02), [1, 2], "told so once"),
        (sample(0.02), sample(0.02), [0, 0], "told so once"),
        (sample(0.02), sample(0.02 * (SLOWER + 0.1)), [1], "p99"),
        (sample(0.02), sample(0.02, failed=1), [1], "not answered"),
        (sample(0.02), Sample(), [1], "p99"),
    ],
)
def test_whatever_is_otherwise_is_told(quiet: Sample, flooded: Sample, notices: list[int], said: str) -> None:
    (wrong,) = judge([quiet] * 3, [flooded] * 3, notices)
    assert said in wrong


def test_a_notice_in_both_languages_is_one_and_an_answer_is_none() -> None:
    kazakh, russian = "Хабарлама бірден тым көп келді. Күтіңіз", "Сообщений слишком много сразу. Подождите"
    texts = ["сәлем", kazakh, russian, f"{kazakh}\n\n{russian}"]
    assert count_notices([json.dumps({"chat_id": 1, "text": text}).encode() for text in texts]) == 3
