"""Several processes behind a load balancer, each one a program of its own: started, killed, stopped and replaced under load."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import create_engine, text

from storage.database import parse
from storage.tables import Sending, inbox, outbox, pauses, processes
from tests.bot.fleet import Fleet, Start, answered, in_order
from tests.bot.posting import numbered
from tests.fakes.faults import Fault
from tests.fakes.server import Call
from tests.waiting import until

WORDS = ("/ru", "/help", "/kk", "/help")


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 4])
async def test_chats_that_hop_between_processes_get_every_answer_once_and_in_order(start: Start, size: int) -> None:
    async with start(size) as fleet:
        people = [fleet.telegram.person() for _ in range(12)]

        async def talk(number: int) -> None:
            """Ten messages, each as soon as the one before was taken, each ten times at once, and to whoever is next."""
            for turn in range(10):
                update = numbered(people[number].text(WORDS[turn % 4]), 1000 * number + turn)
                copies = [fleet.programs[(number + turn + copy) % size] for copy in range(10 if turn % 3 == 0 else 1)]
                assert set(await asyncio.gather(*(fleet.post(program, update) for program in copies))) == {200}

        await asyncio.gather(*map(talk, range(12)))
        chats = [person.id for person in people]
        await answered(fleet, chats, 10)
        assert [await program.stop() for program in fleet.programs] == [0] * size
        assert len(fleet.rows(inbox)) == len(fleet.rows(outbox)) == 120
        assert {row.status for row in fleet.rows(outbox)} == {Sending.SENT}
        assert [len(fleet.telegram.messages(chat)) for chat in chats] == [10] * 12
        assert in_order(fleet, chats)


@pytest.mark.slow
async def test_two_messages_at_the_same_moment_are_one_turn_each(start: Start) -> None:
    async with start(2) as fleet:
        people = [fleet.telegram.person() for _ in range(20)]
        both = [
            fleet.post(fleet.programs[side], numbered(person.text(words), 10 * n + side))
            for n, person in enumerate(people)
            for side, words in enumerate(("/help", "/menu"))
        ]
        assert set(await asyncio.gather(*both)) == {200}
        chats = [person.id for person in people]
        await answered(fleet, chats, 2)
        assert [await program.stop() for program in fleet.programs] == [0, 0]
        assert len(fleet.rows(inbox)) == len(fleet.rows(outbox)) == 40
        assert in_order(fleet, chats)


@pytest.mark.slow
async def test_a_rolling_restart_under_load_loses_and_doubles_nothing(start: Start) -> None:
    async with start(2) as fleet:
        people = [fleet.telegram.person() for _ in range(30)]

        async def speak() -> None:
            for turn in range(8):
                for person in people:
                    await fleet.telegram.push(person.text(WORDS[turn % 4]))
                await asyncio.sleep(0.2)

        speaking = asyncio.create_task(speak())
        for old in tuple(fleet.programs):
            await fleet.join()
            assert await old.stop() == 0
            fleet.programs.remove(old)
        await speaking
        chats = [person.id for person in people]
        await answered(fleet, chats, 8)
        await fleet.telegram.wait_for(lambda: not fleet.telegram.pending)
        assert [await program.stop() for program in fleet.programs] == [0, 0]
        assert len(fleet.rows(inbox)) == 240
        assert {row.status for row in fleet.rows(outbox)} == {Sending.SENT}
        assert [len(fleet.telegram.messages(chat)) for chat in chats] == [8] * 30
        assert in_order(fleet, chats)


@pytest.mark.slow
async def test_what_a_killed_process_had_on_its_way_others_send_within_seconds(start: Start) -> None:
    async with start(2) as fleet:
        victim, other = fleet.programs
        person = fleet.telegram.person()
        fleet.telegram.script.queue("sendMessage", Fault.hang())
        assert await fleet.post(victim, numbered(person.text("/ru"), 1)) == 200
        await fleet.telegram.wait_for(lambda: fleet.telegram.hanging)
        assert await fleet.post(other, numbered(person.text("/help"), 2)) == 200
        await victim.killed()
        fleet.telegram.release()
        await answered(fleet, [person.id], 2, 15)
        assert await other.stop() == 0
        assert [row.status for row in fleet.rows(outbox)] == [Sending.REPEATED, Sending.SENT]
        assert in_order(fleet, [person.id])


@pytest.mark.slow
async def test_what_a_stopping_process_cannot_send_yet_another_sends_when_the_provider_allows_it(start: Start) -> None:
    async with start(2) as fleet:
        first, second = fleet.programs
        person = fleet.telegram.person()
        fleet.telegram.script.queue("sendMessage", Fault.rate_limited(4))
        assert await fleet.post(first, numbered(person.text("/ru"), 1)) == 200
        refused = (await fleet.telegram.wait_for(lambda: fleet.telegram.calls_to("sendMessage")))[0]
        await fleet.telegram.wait_for(lambda: refused.status == 429)
        assert await first.stop() == 0
        await answered(fleet, [person.id], 1, 15)
        sent = fleet.telegram.calls_to("sendMessage")[-1]
        assert sent.at - refused.at >= 4, "a pause asked of one process binds the other"
        assert await second.stop() == 0
        assert [row.status for row in fleet.rows(outbox)] == [Sending.SENT]


@pytest.mark.slow
async def test_a_provider_that_refuses_two_chats_is_left_alone_by_all_processes(start: Start) -> None:
    async with start(2) as fleet:
        first, second = fleet.programs
        ann, bob, eve = (fleet.telegram.person() for _ in range(3))
        fleet.telegram.script.queue("sendMessage", Fault.rate_limited(3), Fault.rate_limited(5))
        for number, person in enumerate((ann, bob)):
            assert await fleet.post(first, numbered(person.text("/ru"), number)) == 200
            await fleet.telegram.wait_for(lambda count=number + 1: len(refused(fleet)) == count)
        await until(lambda: fleet.rows(pauses))
        asked = refused(fleet)[-1].at
        beats = {row.id: row.beat_at for row in fleet.rows(processes)}  # each has looked since
        await until(lambda: all(row.beat_at > beats[row.id] for row in fleet.rows(processes)))
        assert await fleet.post(second, numbered(eve.text("/ru"), 2)) == 200
        await answered(fleet, [ann.id, bob.id, eve.id], 1)
        sent = [call for call in fleet.telegram.calls_to("sendMessage") if call.status == 200]
        assert min(call.at for call in sent) - asked >= 5


@pytest.mark.slow
async def test_a_process_that_is_to_stop_says_so_before_it_stops_listening(start: Start) -> None:
    async with start(1, DRAIN_SECONDS="2") as fleet:
        (program,) = fleet.programs
        person = fleet.telegram.person()
        await fleet.telegram.push(person.text("/ru"))
        await answered(fleet, [person.id], 1)
        stopping = asyncio.create_task(program.stop())
        await fleet.until_not_ready(program)
        assert await fleet.post(program, numbered(person.text("/help"), 1)) == 200
        await answered(fleet, [person.id], 2)
        assert await stopping == 0


@pytest.mark.slow
async def test_of_several_processes_one_polls_and_another_follows_it(start: Start) -> None:
    async with start(3, polling=True) as fleet:
        people = [fleet.telegram.person() for _ in range(5)]
        chats = [person.id for person in people]

        async def all_are_heard(count: int) -> None:
            await fleet.telegram.push(*(person.text("/help") for person in people))
            await answered(fleet, chats, count)

        polling = await fleet.until_one_does("telegram")
        await all_are_heard(1)
        assert await polling.stop() == 0
        follower = await fleet.until_one_does("telegram", 5)
        await all_are_heard(2)
        await follower.killed()
        last = await fleet.until_one_does("telegram", 5)
        assert last not in (polling, follower)
        await all_are_heard(3)
        assert await last.stop() == 0
        assert [len(fleet.telegram.messages(chat)) for chat in chats] == [3] * 5


@pytest.mark.slow
async def test_who_loses_its_connection_stops_polling_until_it_has_the_lock_again(start: Start) -> None:
    async with start(2, polling=True) as fleet:
        before = await fleet.until_one_does("telegram")
        engine = create_engine(parse(before.database))
        with engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'utys standing'")
            )
        engine.dispose()
        await until(lambda: "standing_connection_lost" in before.output, 10)
        await fleet.until_one_does("telegram")
        person = fleet.telegram.person()
        await fleet.telegram.push(person.text("/help"))
        await answered(fleet, [person.id], 1)


def refused(fleet: Fleet) -> list[Call]:
    return [call for call in fleet.telegram.calls_to("sendMessage") if call.status == 429]
