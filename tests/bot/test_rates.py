"""How fast a provider is called: arithmetic over instants that are handed in."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.rates import Bucket, Rates


def test_so_many_go_at_once_and_then_one_after_another() -> None:
    bucket = Bucket(rate=2, burst=3)
    assert [bucket.due(100.0) for _ in range(6)] == [100.0, 100.0, 100.0, 100.5, 101.0, 101.5]


def test_after_a_rest_as_many_may_go_at_once_again() -> None:
    bucket = Bucket(rate=1, burst=2)
    assert [bucket.due(0.0) for _ in range(3)] == [0.0, 0.0, 1.0]
    assert [bucket.due(50.0) for _ in range(3)] == [50.0, 50.0, 51.0]


def test_a_rest_does_not_save_up_more_than_the_burst() -> None:
    bucket = Bucket(rate=10, burst=5)
    assert sum(bucket.due(1e6) == 1e6 for _ in range(20)) == 5


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60), st.sampled_from([0.2, 1, 30]), st.sampled_from([1, 5]))
def test_in_no_second_more_start_than_burst_and_rate_allow(gaps: list[float], rate: float, burst: int) -> None:
    bucket, now, starts = Bucket(rate, burst), 0.0, []
    for gap in gaps:
        now += gap
        due = bucket.due(now)
        assert due >= now
        starts.append(due)
    for first in starts:
        assert sum(first <= start < first + 1 - 1e-6 for start in starts) <= burst + rate + 1e-6


def test_a_pause_that_the_provider_asks_for_is_kept_and_not_shortened_by_a_second_one() -> None:
    bucket = Bucket(rate=1, burst=20)
    bucket.hold(130.0)
    bucket.hold(110.0)
    assert bucket.due(100.0) == 130.0


def test_who_is_turned_away_loses_nothing_by_having_asked() -> None:
    bucket = Bucket(rate=2, burst=20)
    assert sum(bucket.take(0.0) for _ in range(1000)) == 20
    assert not bucket.take(0.4)
    assert bucket.take(0.5)
    assert not bucket.take(0.5)


async def test_chats_share_the_overall_rate_and_have_each_their_own() -> None:
    rates = Rates(overall=10, overall_burst=3, chat=1, chat_burst=1)
    assert rates.delay(b"ann") == 0
    assert 0.9 < rates.delay(b"ann") <= 1
    assert rates.delay(b"bob") == 0
    assert 0 < rates.delay(b"eve") <= 0.1


async def test_a_pause_holds_its_chat_and_no_other() -> None:
    rates = Rates(1000, 1000, 1, 20)
    rates.delay(b"ann")
    rates.pause(b"ann", 30)
    assert 29 < rates.delay(b"ann") <= 30
    assert rates.delay(b"bob") == 0


async def test_nothing_is_kept_of_chats_that_are_quiet_again() -> None:
    rates = Rates(1e9, 1e9, 1e9, 1)
    for number in range(10_000):
        rates.delay(number.to_bytes(4, "big"))
        if number % 1000 == 0:
            await asyncio.sleep(0)
    assert len(rates._chats) <= 4096
