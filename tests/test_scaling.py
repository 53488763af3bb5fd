"""docs/scaling.md is what the simulation says of what docs/benchmarks.md says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.night import Night, enough, simulate
from benchmarks.scaling import DOCUMENT, document, measured


@pytest.mark.slow
def test_the_document_is_made_by_the_present_code_from_the_present_figures() -> None:
    assert DOCUMENT.read_text("utf-8") == document(measured())


def test_more_senders_never_make_anybody_wait_longer() -> None:
    night = Night(people=200_000)
    few, more = simulate(night, 2, 2, 1), simulate(night, 2, 4, 2)
    assert more.waits["Telegram"] <= few.waits["Telegram"]
    assert more.waits["WhatsApp"] <= few.waits["WhatsApp"]


def test_what_is_called_enough_answers_ninety_nine_of_a_hundred_within_ten_seconds() -> None:
    night = Night(people=300_000)
    found = simulate(night, *enough(night))
    assert max(waits[2] for waits in found.waits.values()) <= 10
    assert simulate(replace(night, people=3_000_000), *enough(night)).waits["Telegram"][2] > 10
