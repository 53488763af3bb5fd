"""How often a message is tried, how long is waited between, and when it is given up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace

from bot.channels.base import Delivery
from bot.delivery.retries import (
    DEFAULT_RETRY_AFTER_S,
    GIVE_UP_THROTTLED_AFTER_S,
    MAX_ATTEMPTS,
    MAX_PAUSE_S,
    MAX_WAIT_S,
    pause_before,
)
from storage.tables import Sending, outbox
from tests.bot.channel import Post, later
from tests.storage.store import Store

AWAY = Delivery("later", after=3.0, reason="503")


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        yield Post(store)


async def test_after_its_last_try_a_message_is_given_up_and_visible(post: Post) -> None:
    post.channel.outcomes = [AWAY]
    (queued,) = await post.unheard("a")
    post.outbox.enqueue([replace(queued, attempts=MAX_ATTEMPTS - 1)])
    await post.say("b")
    await post.sent()
    assert await post.statuses() == [Sending.REFUSED, Sending.SENT]
    assert (await post.store.rows(outbox))[0].attempts == MAX_ATTEMPTS


async def test_however_often_a_provider_asks_for_patience_no_message_is_given_up_for_it(post: Post) -> None:
    post.channel.outcomes = [later()] * (MAX_ATTEMPTS + 5)
    await post.say("a")
    await post.sent()
    (row,) = await post.store.rows(outbox)
    assert (row.status, row.attempts) == (Sending.SENT, 1)


async def test_a_provider_that_asks_for_patience_without_end_is_not_obeyed_for_ever(tmp_path: Path) -> None:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        post = Post(store, throttled=0.2)
        started = monotonic()
        post.channel.outcomes = [later()] * 1000
        await post.say("a")
        await post.sent()
        (row,) = await store.rows(outbox)
        assert (row.status, row.error) == (Sending.REFUSED, "later: 429")
        assert monotonic() - started >= 0.2
        post.channel.outcomes = []
        await post.say("b")
        await post.sent()
        assert await post.statuses() == [Sending.REFUSED, Sending.SENT]


def test_a_provider_that_asks_for_a_pause_gets_exactly_that() -> None:
    assert [pause_before(later(7), tries) for tries in (1, 5, 30)] == [7, 7, 7]
    assert GIVE_UP_THROTTLED_AFTER_S > MAX_PAUSE_S, "even the longest pause is followed by a try"


def test_a_provider_that_does_not_say_how_long_is_left_alone_longer_each_time() -> None:
    waits = [pause_before(later(0), tries) for tries in range(1, 10)]
    assert DEFAULT_RETRY_AFTER_S * 0.6 <= waits[0] <= DEFAULT_RETRY_AFTER_S
    assert waits[0] < waits[2] < waits[6]
    assert max(waits) <= MAX_WAIT_S


def test_a_provider_that_is_away_for_ten_minutes_costs_no_message() -> None:
    for away in (AWAY, Delivery("later", after=2.0), Delivery("unknown")):
        waits = [pause_before(away, attempts) for attempts in range(1, MAX_ATTEMPTS)]
        assert sum(waits) > 600
        assert all(away.after <= wait <= MAX_WAIT_S for wait in waits)
