"""What a text costs grows as the text does, and is bounded, whatever it is made of: readers run in the loop and on the one writer thread.

Not here: how many milliseconds that is (see benchmarks/texts.py). Seconds say how busy a machine is; growth, and a loop that is measured
beside each reading, do not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import thread_time
from zoneinfo import ZoneInfo

import pytest

from benchmarks.texts import SHAPES, long, reference
from dialogs.masking import mask_person, mask_secrets
from domain.ladder import LadderRule
from domain.spoken.cleaning import clean
from domain.spoken.purchases import may_hold_sums, read_lines
from domain.spoken.values import find_day, read_amount
from tests.domain.given import JANUARY

LENGTH, PART = 12_000, 3_000
MOST = 8.0
"""Four times the text may cost four times as much, and a little more; the square of that would be sixteen."""
SMALL = 0.2
"""What costs less than this part of a reference loop is not compared: the clock says little of it."""
ATTEMPTS = 6
TODAY = date(2026, 1, 20)
ZONE = ZoneInfo("Asia/Almaty")
RULE = JANUARY.rules["chances"]
assert isinstance(RULE, LadderRule)
LOTTERIES = RULE.lotteries
READERS: dict[str, tuple[Callable[[str], object], float]] = {
    "purchases": (lambda text: read_lines(text, LOTTERIES, TODAY, TODAY, ZONE), 24),
    "day": (lambda text: find_day(text, TODAY), 12),
    "amount": (read_amount, 6),
    "sums": (may_hold_sums, 4),
    "cleaning": (clean, 4),
    "masking": (mask_secrets, 8),
    "question log": (mask_person, 8),
}
"""Each with what it may cost at most, in reference loops of about five milliseconds: far above what it does cost, far below a second."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_costs_a_bounded_time_that_grows_as_its_length(shape: str, reader: str) -> None:
    (read, most), whole, part = READERS[reader], long(shape, LENGTH), long(shape, PART)
    of_whole = of_part = loop = float("inf")
    for _ in range(ATTEMPTS):
        # the least of several: other work on the machine only ever adds
        of_whole = min(of_whole, _seconds(lambda: read(whole)))
        of_part = min(of_part, _seconds(lambda: read(part)))
        loop = min(loop, _seconds(reference))
        if of_whole <= max(MOST * of_part, SMALL * loop) and of_whole <= most * loop:
            return
    pytest.fail(f"{of_whole / of_part:.1f} times as much for four times the text, {of_whole / loop:.1f} loops")


def _seconds(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return thread_time() - begun
