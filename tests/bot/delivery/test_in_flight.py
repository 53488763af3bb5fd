"""As many messages on their way as the rate needs, and no more."""

from __future__ import annotations

import asyncio
from itertools import cycle, islice

from bot.delivery.in_flight import FAST_RISE, FIRST_GUESS_S, SLOW_RISE, InFlightLimit, learn, slots_for

TELEGRAM = 30


def usual(*spent: float, rise: int = SLOW_RISE, messages: int = 400) -> float:
    known = FIRST_GUESS_S
    for each in islice(cycle(spent), messages):
        known = learn(known, each, rise)
    return known


def test_a_provider_far_away_gets_as_many_at_once_as_its_rate_needs() -> None:
    assert [slots_for(TELEGRAM * usual(0.11), rise) for rise in (SLOW_RISE, FAST_RISE)] == [4, 4]


def test_a_little_longer_than_the_gap_between_two_messages_is_no_reason_for_one_more_to_repeat() -> None:
    assert [slots_for(TELEGRAM * usual(0.04), rise) for rise in (SLOW_RISE, FAST_RISE)] == [1, 2]
    assert slots_for(TELEGRAM * usual(0.045), SLOW_RISE) == 2


def test_some_slow_ones_among_quick_ones_put_no_more_on_their_way() -> None:
    assert TELEGRAM * usual(0.01, 0.01, 0.01, 0.1) < 1


def test_where_the_provider_can_be_asked_the_whole_rate_is_reached() -> None:
    assert usual(0.01, 0.01, 0.01, 0.1, rise=FAST_RISE) > 0.03


def test_a_provider_that_is_near_again_is_soon_known_to_be() -> None:
    known = usual(0.5)
    for _ in range(40):
        known = learn(known, 0.01, SLOW_RISE)
    assert TELEGRAM * known < 1


async def test_who_finds_the_window_full_waits_until_what_is_on_its_way_is_durable() -> None:
    window = InFlightLimit(TELEGRAM)
    await window.enter((b"ann", 1))
    waiting = asyncio.create_task(window.enter((b"bob", 1)))
    await asyncio.wait([waiting], timeout=0.05)
    assert window.crowded
    window.leave((b"ann", 1), durable=True)
    async with asyncio.timeout(0.3):  # less than it takes until a message counts as hanging
        await waiting


async def test_places_are_given_in_the_order_in_which_they_were_asked_for() -> None:
    window, order = InFlightLimit(TELEGRAM), list[int]()

    async def send(number: int) -> None:
        await window.enter((b"chat", number))
        order.append(number)
        await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=0.001)
        window.leave((b"chat", number), durable=True)
        if number < 20:  # somebody who comes at the very moment at which a place is free
            later.append(asyncio.create_task(send(number + 20)))

    later: list[asyncio.Task[None]] = []
    await asyncio.gather(*(send(number) for number in range(20)))
    await asyncio.gather(*later)
    assert order == list(range(40))


async def test_who_gives_up_waiting_takes_no_place_along() -> None:
    window = InFlightLimit(TELEGRAM)
    await window.enter((b"ann", 1))
    quitter = asyncio.create_task(window.enter((b"bob", 1)))
    await asyncio.wait([quitter], timeout=0.01)
    quitter.cancel()
    waiting = asyncio.create_task(window.enter((b"cat", 1)))
    await asyncio.wait([quitter], timeout=1)
    window.leave((b"ann", 1), durable=True)
    async with asyncio.timeout(0.3):
        await waiting


async def test_a_hanging_message_does_not_hold_up_the_others() -> None:
    window = InFlightLimit(TELEGRAM)
    await window.enter((b"ann", 1))
    async with asyncio.timeout(5):
        await window.enter((b"bob", 1))


async def test_nobody_waits_for_a_place_once_the_program_stops() -> None:
    window = InFlightLimit(TELEGRAM)
    await window.enter((b"ann", 1))
    waiting = asyncio.create_task(window.enter((b"bob", 1)))
    await asyncio.wait([waiting], timeout=0.05)
    window.let_go()
    async with asyncio.timeout(0.3):
        await waiting
