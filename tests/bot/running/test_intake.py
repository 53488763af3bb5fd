"""One event from arrival to commit, through the whole program: once, in order, and never acknowledged before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.outbox import Outbox
from bot.delivery.rates import Rates
from bot.running.intake import Intake, utc_now
from domain.pace import FREE
from domain.search.finder import SearchResult
from storage.tables import Arrived, Sending, conversations, inbox, outbox
from storage.turns.types import StorageDown
from tests.bot.channel import Heard, Scripted
from tests.bot.posting import heard, numbered, settled, update
from tests.fakes.faults import Fault
from tests.storage.store import NOON, Store, away, back
from tests.waiting import until
from tests.world import World


async def rows(world: World, table: Any) -> list[Any]:
    return await world.app.writer.call(lambda connection: list(connection.execute(select(table))))


class Faulty:
    """The library, but for questions with a certain word in them: the double of a bug in a dialog."""

    def __init__(self, library: Any, word: str) -> None:
        self._library, self._word = library, word

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        self._check(question)
        found: SearchResult = self._library.find(slug, question)
        return found

    def language(self, question: str, *, surely: bool = False) -> Any:
        self._check(question)
        return self._library.language(question, surely=surely)

    def _check(self, question: str) -> None:
        if self._word in question:
            raise RuntimeError("a bug")


async def test_an_update_delivered_ten_times_at_once_is_answered_once(world: World) -> None:
    person = world.telegram.person()
    posted = numbered(person.text("/menu"), 500)
    answers = await asyncio.gather(*[update(world, posted) for _ in range(10)])
    assert {status for status, _ in answers} == {200}
    assert len(await heard(world, person.id)) == 1
    assert len(await rows(world, inbox)) == 1


async def test_an_update_repeated_after_a_restart_is_not_answered_again(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(numbered(person.text("/menu"), 500))
    await heard(world, person.id)
    await world.restart()
    assert (await update(world, numbered(person.text("/menu"), 500)))[0] == 200
    await settled(world)
    assert len(world.telegram.messages(person.id)) == 1


async def test_a_message_posted_twice_on_whatsapp_is_answered_once(world: World) -> None:
    person = world.twilio.person()
    form = person.text("меню")
    await asyncio.gather(*[world.twilio.receive(form) for _ in range(5)])
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address))
    await settled(world)
    assert len(world.twilio.messages(person.address)) == 1


async def test_shuffled_updates_of_many_people_are_each_answered_once(world: World) -> None:
    people = [world.telegram.person() for _ in range(8)]
    posted = [numbered(person.text("/menu"), 900 - n) for n, person in enumerate(people)]
    await asyncio.gather(*[update(world, each) for each in [*posted, *posted[::-1], *posted[3:], *posted[:3]]])
    for person in people:
        assert len(await heard(world, person.id)) == 1


async def test_messages_sent_in_one_breath_are_answered_in_order(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(*[person.text(words) for words in ("/ru", "/person", "/bot", "/help")])
    answers = await heard(world, person.id, 4)
    kept = sorted(await rows(world, outbox), key=lambda row: row.seq)
    assert [row.provider_id for row in kept] == [str(m.message_id) for m in world.telegram.messages(person.id)]
    assert len(answers) == 4


async def test_two_taps_on_one_button_are_both_answered_and_change_the_talk_once(world: World) -> None:
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    await heard(world, person.id)
    greeting = world.telegram.last(person.id)
    await world.telegram.push(person.press(greeting, "Русский"), person.press(greeting, "Русский"))
    await heard(world, person.id, 3)
    await world.telegram.wait_for(lambda: len(world.telegram.calls_to("answerCallbackQuery")) == 2)
    assert len(await rows(world, conversations)) == 1


async def test_an_update_that_fails_three_times_is_parked_and_its_chat_goes_on(world: World) -> None:
    world.app.dialogs.library = Faulty(world.app.library, "жарылыс")
    person = world.telegram.person()
    await world.telegram.push(person.text("/ru"), person.text("жарылыс деген не"), person.text("/help"))
    assert [delivery.status for delivery in world.telegram.deliveries] == []
    answers = await heard(world, person.id, 2)
    assert len(answers) == 2, "the chat goes on while the update is tried again"
    await world.telegram.wait_for(lambda: len(world.telegram.messages(person.id)) == 3)
    assert {delivery.status for delivery in world.telegram.deliveries} == {200}
    parked = [row for row in await rows(world, inbox) if row.status == Arrived.PARKED]
    assert [row.attempts for row in parked] == [3]
    (talk,) = await rows(world, conversations)
    assert talk.waiting_since is not None, "a person is asked to look"
    assert "ошибка" in world.telegram.last(person.id).text
    await world.telegram.push(person.text("/bot"))
    assert len(await heard(world, person.id, 4)) == 4


async def test_a_failed_update_is_tried_again_after_a_restart(world: World) -> None:
    world.app.dialogs.library = Faulty(world.app.library, "жарылыс")
    person = world.telegram.person()
    await world.telegram.push(person.text("жарылыс деген не"))
    await world.telegram.wait_for(lambda: world.telegram.deliveries)
    await world.restart()  # with the bug mended
    assert len(await heard(world, person.id)) == 1
    assert [row.status for row in await rows(world, inbox)] == [Arrived.DONE]


async def test_while_the_database_is_away_nothing_is_acknowledged_and_afterwards_nothing_is_lost(world: World) -> None:
    person, friend = world.telegram.person(), world.twilio.person()
    await world.telegram.push(person.text("/ru"))
    await heard(world, person.id)
    away(world.app.engine)
    await world.telegram.push(person.text("/help"))
    await world.telegram.wait_for(lambda: world.telegram.deliveries[-1].status == 503)
    posted = await world.twilio.receive(friend.text("меню"))
    assert posted is not None
    assert posted.status == 503
    async with world.http.get(f"{world.base_url}/healthz") as health:
        assert health.status == 503
    async with world.http.get(f"{world.base_url}/readyz") as ready:
        assert ready.status == 503
    assert len(world.telegram.messages(person.id)) == 1
    back(world.app.engine)
    assert len(await heard(world, person.id, 2)) == 2
    await world.twilio.receive(friend.text("меню"))
    await world.twilio.wait_for(lambda: world.twilio.messages(friend.address))
    async with world.http.get(f"{world.base_url}/healthz") as health:
        assert health.status == 200


async def test_what_is_acknowledged_is_in_the_database(world: World) -> None:
    person = world.telegram.person()
    world.telegram.script.queue("sendMessage", Fault.hang())
    await update(world, numbered(person.text("/menu"), 7))
    assert len(await rows(world, inbox)) == 1
    assert [row.status for row in await rows(world, outbox)] == [Sending.IN_FLIGHT]
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    world.telegram.release()
    await heard(world, person.id)


class Alone:
    """The intake over an echo: what it does when the database comes and goes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.channel = Scripted()
        self.outbox = Outbox({"telegram": self.channel}, store.writer, {"telegram": Rates(1e6, 1e6, FREE)})
        store.listener = Heard(self.outbox)
        self.intake = Intake(store.writer, store.seal, utc_now)


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[Alone]:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        yield Alone(store)


async def test_a_try_that_meets_a_database_that_is_away_is_made_later(alone: Alone) -> None:
    alone.store.echo.broken.add("boom")
    await alone.intake.accept(alone.store.arrival(1, "boom").incoming)
    alone.store.echo.broken.clear()
    away(alone.store.engine)
    with pytest.raises(StorageDown):
        await alone.intake.accept(alone.store.arrival(2).incoming)
    await until(lambda: len(alone.store.echo.handled) >= 1 and alone.store.writer.failing)
    back(alone.store.engine)
    await until(lambda: alone.channel.payloads == ["1:boom"])


async def test_an_event_says_whether_it_was_new(alone: Alone) -> None:
    event = alone.store.arrival(1).incoming
    assert await alone.intake.accept(event)
    assert not await alone.intake.accept(event)


async def test_events_of_rising_numbers_are_kept_in_their_order_and_a_repeat_is_still_one(alone: Alone) -> None:
    numbers = [900_000_000 + step for step in range(0, 12_000, 300)]
    for number in (*numbers, *numbers):
        await alone.intake.accept(alone.store.arrival(number).incoming)
    kept = await alone.store.rows(inbox)  # in the order of the key
    assert len(kept) == len(numbers)
    assert [row.seq for row in kept] == sorted(row.seq for row in kept)


async def test_a_card_number_and_a_code_are_masked_before_anything_is_kept(alone: Alone) -> None:
    said = alone.store.arrival(1, "карта 4111 1111 1111 1111, код 482913").incoming
    await alone.intake.accept(said)
    await until(lambda: alone.channel.payloads)
    assert "4111" not in alone.channel.payloads[0]
    assert "482913" not in alone.channel.payloads[0]
    assert said.at == NOON
