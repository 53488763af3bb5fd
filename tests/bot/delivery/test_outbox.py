"""Committed messages become delivered messages: order, patience, what is unknown, and what is given up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace

from bot.channels.base import Delivery
from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates
from domain.pace import FREE
from storage.tables import Sending, outbox
from storage.turns.types import Mark
from tests.bot.channel import SENT, Heard, Post, later
from tests.storage.store import Store
from tests.waiting import until

UNKNOWN = Delivery("unknown", reason="timeout")


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        yield Post(store)


async def test_messages_of_a_chat_leave_in_the_order_in_which_they_were_committed(post: Post) -> None:
    post.channel.outcomes = [later(), UNKNOWN, SENT, later()]
    await post.say(*"abcde")
    await post.sent()
    assert list(dict.fromkeys(post.channel.payloads)) == ["1:a", "2:b", "3:c", "4:d", "5:e"]
    assert await post.statuses() == [Sending.REPEATED, *[Sending.SENT] * 4]


async def test_a_chat_that_is_slow_does_not_hold_up_another(post: Post) -> None:
    post.channel.outcomes = [later(3)]
    await post.say("slow")
    await post.channel.arrived.wait()
    await post.say("quick", address="bob")
    await until(lambda: "1:quick" in post.channel.payloads)
    assert post.outbox.waiting == 1


async def test_who_was_answered_late_once_is_not_answered_late_for_ever(post: Post) -> None:
    now = monotonic()
    first, second = await post.unheard("asked", "asked a minute later")
    post.outbox.enqueue([replace(first, due=now - 90), replace(second, due=now - 30)])
    await post.sent()
    assert post.channel.payloads == ["1:asked", "2:asked a minute later"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_what_another_process_gave_goes_behind_what_was_said_before_it_also_if_the_loop_was_busy(
    database: str,
) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        post = Post(one)
        post.channel.gate.clear()
        await post.say("one")
        await post.channel.arrived.wait()
        second = one.turn("two", "two")
        stalled(one, lambda rows: len(rows) == 2)
        third = two.turn("three", "three")
        stalled(one, lambda rows: len(rows) == 3)
        one.writer.mark(Mark(one.key(), 0, Sending.SENT, 1))  # the next group of this process: it is given the third
        stalled(one, lambda rows: [row.status for row in rows] == [Sending.IN_FLIGHT] * 3)
        await asyncio.gather(second, third)
        post.channel.gate.set()
        await post.sent()
        assert post.channel.payloads == ["1:one", "2:two", "3:three"]


def stalled(store: Store, ready: Callable[[Sequence[Any]], bool]) -> None:
    """The loop stands still, as under load, until the database holds what is waited for."""
    until = monotonic() + 10
    with store.engine.connect() as connection:
        while monotonic() < until:
            rows = connection.execute(outbox.select().order_by(outbox.c.seq)).all()
            connection.rollback()
            if ready(rows):
                return
    raise AssertionError("it never came")


async def test_who_went_away_before_the_commit_is_answered_all_the_same(post: Post) -> None:
    turn = post.store.turn(1)
    turn.cancel()
    await until(lambda: post.channel.payloads == ["1:hi"])


async def test_two_messages_of_one_chat_are_never_on_their_way_at_once(post: Post) -> None:
    post.channel.gate.clear()
    await post.say("a", "b")
    await post.channel.arrived.wait()
    assert post.channel.payloads == ["1:a"]
    post.channel.gate.set()
    await post.sent()
    assert post.channel.payloads == ["1:a", "2:b"]


async def test_a_send_whose_outcome_is_unknown_is_tried_again_and_said_to_be_perhaps_repeated(post: Post) -> None:
    post.channel.outcomes = [UNKNOWN, later(), SENT]
    await post.say("hi")
    await post.sent()
    assert [repeated for _, repeated in post.channel.calls] == [False, True, True]
    (row,) = await post.store.rows(outbox)
    assert (row.status, row.attempts, row.provider_id) == (Sending.REPEATED, 2, "1")


async def test_a_send_that_surely_did_not_happen_is_tried_again_and_is_no_repeat(post: Post) -> None:
    post.channel.outcomes = [later(), later()]
    await post.say("hi")
    await post.sent()
    assert [repeated for _, repeated in post.channel.calls] == [False, False, False]
    assert await post.statuses() == [Sending.SENT]


async def test_a_message_that_will_never_be_accepted_ends_alone_and_is_visible(post: Post) -> None:
    post.channel.outcomes = [Delivery("refused", reason="bad request"), SENT]
    await post.say("bad", "good")
    await post.sent()
    assert await post.statuses() == [Sending.REFUSED, Sending.SENT]
    assert (await post.store.rows(outbox))[0].error == "refused: bad request"


async def test_what_waits_for_somebody_who_blocked_us_is_not_tried(post: Post) -> None:
    post.channel.gate.clear()
    post.channel.outcomes = [Delivery("gone", reason="blocked")]
    await post.say("a", "b", "c")
    post.channel.gate.set()
    await post.sent()
    assert post.channel.payloads == ["1:a"]
    assert await post.statuses() == [Sending.REFUSED] * 3
    await post.say("back again")
    await post.sent()
    assert post.channel.payloads == ["1:a", "4:back again"]


async def test_a_bug_in_a_channel_costs_no_message(post: Post) -> None:
    post.channel.outcomes = [KeyError("a bug")]
    await post.say("a", "b")
    await post.sent()
    assert post.channel.payloads == ["1:a", "1:a", "2:b"]


async def test_stopping_lets_finish_what_is_on_its_way_and_puts_the_rest_back(post: Post) -> None:
    post.channel.gate.clear()
    await post.say("a", "b", "c")
    await post.channel.arrived.wait()
    stop = asyncio.create_task(post.outbox.stop())
    await asyncio.sleep(0)
    post.channel.gate.set()
    await stop
    assert post.channel.payloads == ["1:a"]
    assert await post.statuses() == [Sending.SENT, Sending.QUEUED, Sending.QUEUED]


async def test_stopping_does_not_wait_for_a_provider_that_asked_for_patience(post: Post) -> None:
    post.channel.outcomes = [later(3600)]
    await post.say("a", "b")
    await post.channel.arrived.wait()
    async with asyncio.timeout(5):
        await post.outbox.stop()
    assert await post.statuses() == [Sending.QUEUED, Sending.QUEUED]


async def test_stopping_does_not_wait_for_a_place_in_the_providers_rate(tmp_path: Path) -> None:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        post = Post(store, Rates(1 / 3600, 1, FREE))
        await post.say("a", "b", "c")
        await until(lambda: post.outbox.waiting == 2)
        async with asyncio.timeout(5):
            await post.outbox.stop()
        assert post.channel.payloads == ["1:a"]
        assert await post.statuses() == [Sending.SENT, Sending.QUEUED, Sending.QUEUED]


async def test_what_is_unknown_when_the_program_stops_stays_unknown(post: Post) -> None:
    post.channel.outcomes = [Delivery("unknown", after=3600)]
    await post.say("a")
    await post.channel.arrived.wait()
    await post.outbox.stop()
    assert await post.statuses() == [Sending.IN_FLIGHT]


async def test_what_was_settled_while_the_database_was_asked_is_not_sent_again(post: Post) -> None:
    post.outbox.begin_reconcile()
    committed = await post.store.turn(1)
    await post.sent()
    post.outbox.reconcile(committed.sends)  # the answer of a database that did not know yet
    await post.sent()
    assert post.channel.payloads == ["1:hi"]


async def test_what_is_in_hand_is_not_taken_up_a_second_time(post: Post) -> None:
    post.channel.gate.clear()
    committed = await post.store.turn(1)
    post.outbox.begin_reconcile()
    post.outbox.reconcile(committed.sends)
    post.channel.gate.set()
    await post.sent()
    assert post.channel.payloads == ["1:hi"]


async def test_what_this_process_lost_sight_of_is_taken_up(post: Post) -> None:
    lost = await post.unheard("hi")
    post.outbox.begin_reconcile()
    post.outbox.reconcile(lost)
    await post.sent()
    assert post.channel.payloads == ["1:hi"]


async def test_a_process_out_of_touch_sends_nothing_and_then_only_what_is_still_its_own(post: Post) -> None:
    post.outbox.renew(monotonic() - 1)
    await post.say("taken over", "taken over too")
    await post.say("still mine", address="bob")
    for _ in range(20):
        await asyncio.sleep(0)
    assert (post.outbox.waiting, post.channel.payloads) == (3, [])
    post.outbox.drop({key for key in post.outbox.in_hand if key[0] == post.store.key("ann")})
    post.outbox.renew(monotonic() + 60)
    await post.sent()
    assert post.channel.payloads == ["1:still mine"]
    await post.say("and this")
    await post.sent()
    assert post.channel.payloads == ["1:still mine", "3:and this"]


async def test_who_waits_for_a_place_on_the_way_while_the_lease_ends_begins_to_send_nothing(tmp_path: Path) -> None:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        rates, answers = Rates(30, 30, FREE), threading.Event()
        post = Post(store, rates)
        queued = [await post.unheard("hi", address=f"chat {number}") for number in range(4)]
        away = asyncio.ensure_future(store.writer.call(lambda connection: answers.wait(20)))
        try:
            post.outbox.renew(
                monotonic() + 0.2
            )  # less than it takes until a place becomes free where nothing is durable
            post.outbox.enqueue(one for chat in queued for one in chat)
            await until(lambda: rates.in_flight.crowded)
            await until(lambda: not rates.in_flight.crowded)
            assert (len(post.channel.payloads), post.outbox.waiting) == (1, 3)
            async with asyncio.timeout(0.3):
                await rates.in_flight.enter((b"another", 1))
            rates.in_flight.leave((b"another", 1), durable=False)
        finally:
            answers.set()
        await away
        post.outbox.renew(monotonic() + 60)
        await post.sent()
        assert len(post.channel.payloads) == 4
        assert await post.statuses() == [Sending.SENT] * 4


@pytest.mark.parametrize("is_read", [False, True])
async def test_last_words_go_once_they_are_sent_unless_people_read_the_outbox_itself(post: Post, is_read: bool) -> None:
    post.channel.outbox_is_read = is_read
    await post.say("forget")
    await post.sent()
    assert await post.statuses() == [Sending.SENT] * is_read


async def test_a_channel_that_is_switched_off_keeps_its_messages(post: Post) -> None:
    silent = Outbox({}, post.store.writer, {})
    post.store.listener = Heard(silent)
    await post.store.turn(1)
    await until(lambda: silent.waiting == 0)
    assert await post.statuses() == [Sending.QUEUED]
