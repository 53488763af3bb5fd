"""Every event once, in order, whole or not at all: what the writer promises on both databases."""

from __future__ import annotations

import asyncio
import random

import pytest

from storage.tables import Arrived, Sending, conversations, inbox, outbox
from storage.turns.types import Mark, StorageDown
from storage.turns.writer import GROUP_SIZE
from tests.storage.store import Store, said
from tests.waiting import until


async def test_an_event_is_kept_with_its_answer_and_its_talk_before_it_is_acknowledged(store: Store) -> None:
    committed = await store.turn(1, "сәлем")
    assert said(committed) == ["1:сәлем"]
    assert await store.sizes() == {"inbox": 1, "conversations": 1, "outbox": 1, "audit": 0, "questions": 0}


async def test_an_event_delivered_twice_has_one_effect(store: Store) -> None:
    first = await store.turn(1)
    again = await store.turn(1)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert said(again) == []
    assert await store.number() == 1


async def test_an_event_delivered_ten_times_at_once_has_one_effect(store: Store) -> None:
    results = await store.burst([store.arrival(1)] * 10)
    assert sorted(result.duplicate for result in results) == [False] + [True] * 9
    assert (await store.sizes())["outbox"] == 1
    assert await store.number() == 1


async def test_a_shuffled_flood_of_repeats_has_each_effect_once(store: Store) -> None:
    arrivals = [store.arrival(n, f"m{n}", f"person {n % 5}") for n in range(40)] * 13
    random.Random(7).shuffle(arrivals)
    results = await store.burst(arrivals)
    assert sum(not result.duplicate for result in results) == 40
    assert (await store.sizes())["inbox"] == (await store.sizes())["outbox"] == 40
    assert [await store.number(f"person {n}") for n in range(5)] == [8] * 5


async def test_an_event_repeated_after_a_restart_has_no_second_effect(database: str) -> None:
    async with Store(database, process=1) as before:
        await before.turn(1)
    async with Store(database, process=2) as after:
        assert (await after.turn(1)).duplicate
        assert not (await after.turn(2)).duplicate
        assert await after.number() == 2


async def test_a_lower_number_that_comes_late_is_no_repeat(store: Store) -> None:
    await store.turn(500)
    assert said(await store.turn(3)) == ["2:hi"]


async def test_the_same_number_on_another_channel_is_another_event(store: Store) -> None:
    await store.turn(1)
    other = store.arrival(1)
    elsewhere = type(other)(store.seal.digest("event", "whatsapp", "1"), other.key, other.incoming, other.received_at)
    assert not (await store.writer.turn(elsewhere)).duplicate


async def test_messages_of_a_chat_are_answered_in_the_order_in_which_they_came(store: Store) -> None:
    arrivals = [store.arrival(f"{chat}/{n}", f"m{n}", f"chat {chat}") for n in range(50) for chat in range(3)]
    assert len(arrivals) > GROUP_SIZE
    results = await store.burst(arrivals)
    for chat in range(3):
        answers = [said(result)[0] for result in results if result.arrival.incoming.address == f"chat {chat}"]
        assert answers == [f"{n + 1}:m{n}" for n in range(50)]
        numbers = [row.seq for row in await store.rows(outbox) if row.conversation == store.key(f"chat {chat}")]
        assert numbers == sorted(set(numbers))
        assert len(numbers) == 50


async def test_a_talk_remembers_within_one_group_what_it_remembers_between_groups(store: Store) -> None:
    await store.burst([store.arrival(n) for n in range(3)])
    await store.turn(3)
    talk = await store.talk()
    assert talk is not None
    assert talk.slots == {"n": 4, "heard": ["0", "1", "2", "3"]}


async def test_two_processes_on_one_database_count_every_event_once_and_in_order(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        arrivals = [one.arrival(n, f"m{n}", f"chat {n % 4}") for n in range(80)]
        results = await asyncio.gather(one.burst(arrivals), two.burst(arrivals))
        assert sum(not result.duplicate for part in results for result in part) == 80
        for chat in range(4):
            talk = await two.talk(f"chat {chat}")
            assert talk is not None
            assert talk.slots["n"] == 20
            assert sorted(map(int, talk.slots["heard"])) == list(range(chat, 80, 4))  # type: ignore[arg-type]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_message_behind_one_that_another_process_still_sends_is_given_to_that_process(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        await one.turn(1)
        assert said(await two.turn(2)) == []
        rows = await one.rows(outbox)
        assert [(row.owner, row.status) for row in rows] == [(1, Sending.IN_FLIGHT), (1, Sending.QUEUED)]
        for row in rows:
            one.writer.mark(Mark(row.conversation, row.seq, Sending.SENT, 1))
        await one.rows(outbox)
        assert said(await two.turn(3)) == ["3:hi"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("by", ["a turn", "a mark"])
async def test_what_was_given_and_no_longer_opens_ends_alone(database: str, by: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        (queued,) = (await one.turn(1)).sends
        await two.burst([two.arrival(2, "damaged"), two.arrival(3, "whole")])
        damaged = outbox.update().where(outbox.c.seq == queued.seq + 2).values(payload=b"\x01" + bytes(40))
        await two.writer.call(lambda connection: connection.execute(damaged))
        if by == "a mark":
            one.writer.mark(Mark(queued.key, queued.seq, Sending.SENT, 1))
        else:
            assert said(await one.turn(4)) == ["4:hi"]
        await until(lambda: one.given == ["3:whole"])
        assert [row.error for row in await one.rows(outbox) if row.error] == ["SealBroken"]
        assert one.writer.failing is None


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_what_another_process_has_given_to_this_one_goes_before_everything_new(database: str) -> None:
    async with Store(database, 1) as one, Store(database, 2) as two:
        await one.turn(1)
        await two.burst([two.arrival(2, "given"), two.arrival(3, "given too")])
        results = await one.burst([one.arrival(4, address="bob"), one.arrival(5, "new")])
        assert one.given == ["2:given", "3:given too"]
        assert [text for result in results for text in said(result)] == ["1:hi", "4:new"]
        assert {row.status for row in await one.rows(outbox)} == {Sending.IN_FLIGHT}
        assert said(await one.turn(6)) == ["5:hi"]


async def test_stopping_commits_what_is_in_hand(database: str) -> None:
    store = Store(database)
    async with store:
        waiting = [store.turn(n) for n in range(200)]
        mark = Mark(store.key(), 0, Sending.SENT, 1)
        store.writer.mark(mark)
    assert sum(len(said(turn.result())) for turn in waiting) == 200


async def test_a_writer_that_has_stopped_takes_nothing(database: str) -> None:
    async with Store(database) as store:
        pass
    with pytest.raises(StorageDown):
        await store.turn(1)
    with pytest.raises(StorageDown):
        await store.writer.call(lambda connection: None)


async def test_marks_ride_along_and_say_what_became_of_a_message(store: Store) -> None:
    sent = (await store.turn(1, "twice")).sends
    store.writer.mark(Mark(sent[0].key, sent[0].seq, Sending.REPEATED, 3, provider_id="77"))
    store.writer.mark(Mark(sent[1].key, sent[1].seq, Sending.REFUSED, 1, error="gone: blocked"))
    rows = await store.rows(outbox)
    assert [(row.status, row.attempts, row.provider_id, row.error) for row in rows] == [
        (Sending.REPEATED, 3, "77", None),
        (Sending.REFUSED, 1, None, "gone: blocked"),
    ]


async def test_an_error_of_the_caller_is_the_callers_and_hurts_nobody_else(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await store.writer.call(lambda connection: 1 / 0)
    assert store.writer.failing is None
    assert not (await store.turn(1)).duplicate


async def test_an_event_of_nobody_known_before_starts_a_talk_that_is_found_again(store: Store) -> None:
    await store.turn(1, address="Әйгерім")
    row = (await store.rows(conversations))[0]
    assert (row.key, row.channel) == (store.key("Әйгерім"), "telegram")
    kept = (await store.rows(inbox))[0]
    assert (kept.status, kept.attempts, kept.conversation, kept.error) == (Arrived.DONE, 1, row.key, None)
