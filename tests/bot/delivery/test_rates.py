"""How fast a provider is called: over all chats by a bucket, within one by the number that its conversation keeps."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.bucket import Bucket
from bot.delivery.rates import Rates
from domain.pace import FREE, MAX_AHEAD_MS, Pace, due, pace


def starts(bucket: Bucket, now: float, count: int) -> list[float]:
    """When so many calls may start, each as soon as it may."""
    found = []
    for _ in range(count):
        now = bucket.free_at(now)
        assert bucket.take(now)
        found.append(now)
    return found


def test_so_many_go_at_once_and_then_one_after_another() -> None:
    assert starts(Bucket(rate=2, burst=3), 100.0, 6) == [100.0, 100.0, 100.0, 100.5, 101.0, 101.5]


def test_after_a_rest_as_many_may_go_at_once_again() -> None:
    bucket = Bucket(rate=1, burst=2)
    assert starts(bucket, 0.0, 3) == [0.0, 0.0, 1.0]
    assert starts(bucket, 50.0, 3) == [50.0, 50.0, 51.0]


def test_a_rest_does_not_save_up_more_than_the_burst() -> None:
    assert starts(Bucket(rate=10, burst=5), 1e6, 20).count(1e6) == 5


def test_a_part_of_the_rate_is_a_part_of_both_pace_and_burst() -> None:
    bucket = Bucket(rate=30, burst=30)
    bucket.share(1 / 3, 10.0)
    found = starts(bucket, 10.0, 30)
    assert found.count(10.0) == 10
    assert found[-1] == pytest.approx(12.0)


def test_a_pause_that_the_provider_asks_for_is_kept_and_not_shortened_by_a_second_one() -> None:
    bucket = Bucket(rate=1, burst=20)
    bucket.hold(130.0)
    bucket.hold(110.0)
    assert bucket.free_at(100.0) == 130.0


def test_who_is_turned_away_loses_nothing_by_having_asked() -> None:
    bucket = Bucket(rate=2, burst=20)
    assert sum(bucket.take(0.0) for _ in range(1000)) == 20
    assert not bucket.take(0.4)
    assert bucket.take(0.5)
    assert not bucket.take(0.5)


@given(
    # no more than can wait at the slowest pace: what would wait longer is of a clock that was set back
    st.lists(st.integers(0, 5000), min_size=1, max_size=MAX_AHEAD_MS // 6000),
    st.sampled_from([200, 1000, 6000]),
    st.sampled_from([1, 5]),
)
def test_in_no_window_more_leave_a_chat_than_burst_and_pace_allow(gaps: list[int], gap: int, burst: int) -> None:
    now, kept, found = 1_000_000, 0, []
    for wait in gaps:
        now += wait
        at, kept = Pace(gap, burst).schedule(kept, now)
        assert at >= now
        found.append(at)
    assert found == sorted(found)
    for first in found:
        for windows in (1, 3):
            assert sum(first <= at < first + windows * gap for at in found) <= burst + windows


def test_whichever_process_counts_a_chats_pace_goes_on_where_the_other_was() -> None:
    one_message = pace(1 / 6, 1)
    at, kept = one_message.schedule(0, 1000)
    assert (at, one_message.schedule(kept, 1200)[0]) == (1000, 7000)


@pytest.mark.parametrize("burst", [1, 20])
def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_it_to_come_round_again(burst: int) -> None:
    chat = Pace(1000, burst)
    now = 5000
    at, kept = chat.schedule(7_200_000 + now, now)
    assert at == now
    assert kept == now + 1000, "and from here on it counts as ever"


def test_a_clock_that_was_set_back_a_little_makes_nobody_wait_longer_than_the_farthest() -> None:
    chat = Pace(1000, 20)
    for back in range(0, 2 * MAX_AHEAD_MS, 700):
        at, _ = chat.schedule(1_000_000 + back, 1_000_000)
        assert at <= 1_000_000 + MAX_AHEAD_MS


def test_what_waits_leaves_as_soon_as_it_would_have_had_the_clock_not_been_set_back() -> None:
    assert due(due_at=9000, made_at=4000, now=5000) == 9000
    assert due(due_at=7_200_000 + 9000, made_at=7_200_000 + 4000, now=4000) == 9000


def test_groups_have_a_pace_of_their_own() -> None:
    rates = Rates(30, 30, pace(1, 20), pace(1 / 3, 20))
    assert rates.pace("7001").gap == 1000
    assert rates.pace("-1007001").gap == 3000
    assert Rates(80, 80, pace(1 / 6, 10)).pace("whatsapp:+7700").gap == 6000


async def test_who_finds_no_place_waits_in_line_and_is_served_in_turn() -> None:
    rates = Rates(200, 1, FREE)
    served: list[int] = []

    async def one(number: int) -> None:
        if not rates.take():
            await rates.wait_for_slot()
        served.append(number)

    await asyncio.gather(*(one(number) for number in range(5)))
    assert served == [0, 1, 2, 3, 4]


async def test_a_pause_of_everything_holds_for_those_in_line_too_and_a_stop_lets_them_go() -> None:
    rates = Rates(1000, 1, FREE)
    assert rates.take()
    waiting = asyncio.ensure_future(rates.wait_for_slot())
    rates.hold(3600)
    assert not rates.take()
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    rates.let_go()
    await waiting


async def test_who_is_given_a_larger_part_need_not_wait_for_what_a_smaller_one_promised() -> None:
    rates = Rates(1000, 1000, FREE)
    rates.share(0.00001)
    assert rates.take()
    waiting = [asyncio.ensure_future(rates.wait_for_slot()) for _ in range(3)]
    rates.share(1.0)
    async with asyncio.timeout(30):
        await asyncio.gather(*waiting)
