"""The program is killed or stopped in the middle of its work: nothing acknowledged is lost, and what may be a repeat is marked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.tables import Sending
from tests.bot.program import Program
from tests.fakes.faults import Fault


@pytest.fixture
async def alone(tmp_path: Path, models: Path) -> AsyncIterator[Program]:
    """On SQLite only, where what is tested has nothing to do with the kind of database."""
    async with Program(tmp_path, models) as running:
        yield running


@pytest.fixture
async def program(database: str, tmp_path: Path, models: Path) -> AsyncIterator[Program]:
    async with Program(tmp_path, models, DATABASE_URL=database) as running:
        yield running


@pytest.mark.slow
async def test_what_was_on_its_way_at_a_kill_is_sent_again_and_marked_as_perhaps_repeated(program: Program) -> None:
    person = program.telegram.person()
    program.telegram.script.queue("sendMessage", Fault.hang(after_work=True))
    await program.telegram.push(person.text("/ru"), person.text("/help"))
    await program.telegram.wait_for(lambda: program.telegram.hanging and len(program.telegram.deliveries) == 2)
    await program.killed()
    program.telegram.release()
    await program.start()
    await program.telegram.wait_for(lambda: len(program.telegram.messages(person.id)) == 3, timeout=30)
    assert await program.stop() == 0
    first, again, second = [message.text for message in program.telegram.messages(person.id)]
    assert first == again != second
    # the second one was committed and never on its way, but a killed program cannot have said so
    assert program.sendings() == [Sending.REPEATED, Sending.REPEATED]


@pytest.mark.slow
async def test_a_stop_in_the_middle_of_a_delivery_repeats_nothing(program: Program) -> None:
    people = [program.telegram.person() for _ in range(5)]
    slow = people[0]
    program.telegram.script.queue(
        "sendMessage", Fault.rate_limited(8), when=lambda params: params["chat_id"] == slow.id
    )
    for person in people:
        await program.telegram.push(person.text("/ru"), person.text("/help"))
    await program.telegram.wait_for(lambda: len(program.telegram.deliveries) == 10, timeout=15)
    assert await program.stop() == 0
    assert program.telegram.messages(slow.id) == []
    await program.start()
    await program.telegram.wait_for(
        lambda: all(len(program.telegram.messages(person.id)) == 2 for person in people), timeout=30
    )
    assert await program.stop() == 0
    assert program.sendings() == [Sending.SENT] * 10
    assert all(len(program.telegram.messages(person.id)) == 2 for person in people)


@pytest.mark.slow
async def test_a_kill_under_load_loses_nothing_that_was_acknowledged(program: Program) -> None:
    people = [program.telegram.person() for _ in range(12)]
    for person in people:
        await program.telegram.push(*[person.text(words) for words in ("/ru", "/help", "/kk", "/help")])
    await program.telegram.wait_for(lambda: len(program.telegram.calls_to("sendMessage")) > 15, timeout=15)
    await program.killed()
    before = {person.id: len(program.telegram.messages(person.id)) for person in people}
    await program.start()
    await program.telegram.wait_for(
        lambda: (
            not program.telegram.pending
            and all(len({message.text for message in program.telegram.messages(person.id)}) == 4 for person in people)
        ),
        timeout=30,
    )
    assert await program.stop() == 0
    sendings = program.sendings()
    assert len(sendings) == 48, "every update had its effect once"
    assert set(sendings) <= {Sending.SENT, Sending.REPEATED}
    extra = sum(len(program.telegram.messages(person.id)) - 4 for person in people)
    assert extra <= sendings.count(Sending.REPEATED)
    assert sum(before.values()) < 48, "the kill fell on work in flight"
    for person in people:
        texts = [message.text for message in program.telegram.messages(person.id)]
        assert len(set(texts)) == 4, "each answer came"


@pytest.mark.slow
async def test_an_update_that_is_repeated_after_a_kill_is_recognised(alone: Program) -> None:
    person = alone.telegram.person()
    posted = {"update_id": 900_000, **person.text("/menu")}
    await alone.telegram.push(posted)
    # answered as well as acknowledged, else it comes again by itself
    await alone.telegram.wait_for(lambda: alone.telegram.messages(person.id) and alone.telegram.deliveries, timeout=15)
    await alone.killed()
    await alone.start()
    await alone.telegram.push(posted)
    await alone.telegram.wait_for(lambda: len(alone.telegram.deliveries) == 2, timeout=15)
    assert await alone.stop() == 0
    assert len(alone.sendings()) == 1


@pytest.mark.slow
async def test_whatsapp_does_not_get_twice_what_twilio_lists_already(alone: Program) -> None:
    person = alone.twilio.person()
    alone.twilio.script.queue("POST */Messages.json", Fault.hang(after_work=True))
    await alone.twilio.receive(person.text("меню"))
    await alone.twilio.wait_for(lambda: alone.twilio.hanging)
    await alone.killed()
    alone.twilio.release()
    await alone.start()
    await alone.twilio.wait_for(
        lambda: any("GET" in c.method and c.params.get("To") == person.address for c in alone.twilio.calls), 15
    )
    assert await alone.stop() == 0
    assert alone.sendings() == [Sending.REPEATED]
    assert len(alone.twilio.messages(person.address)) == 1
