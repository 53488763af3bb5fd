"""Files that came on WhatsApp while nobody listened: they come from Twilio's list as the webhook would have brought them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, select

from bot.channels.whatsapp.events import read_form, understand
from bot.channels.whatsapp.missed import MAX_LOOKS
from dialogs.messages import Incoming
from storage.aad import read_event
from storage.keys.owners import key_of_talk
from storage.tables import inbox
from tests.bot.tables import GOOD, OnWhatsApp, asked_for
from tests.fakes.faults import Fault
from tests.fakes.twilio_people import Form, WhatsAppPerson
from tests.storage.store import away, back
from tests.waiting import until
from tests.world import World

LIST_MEDIA = "GET */Media.json"
KINDS: dict[str, Callable[[WhatsAppPerson], Form]] = {
    "photo": lambda person: person.photo(caption="чек"),
    "document": lambda person: person.document(),
    "a list": lambda person: person.document(GOOD.encode(), "list.csv", "text/csv"),
    "voice": lambda person: person.voice(),
    "sticker": lambda person: person.sticker(),
    "contact": lambda person: person.contact(),
    "text": lambda person: person.text("меню"),
}


@pytest.fixture
async def world(tmp_path: Path, models: Path) -> AsyncIterator[World]:
    async with World(tmp_path, models) as running:
        running.twilio.media_base = (
            "https://api.twilio.com"  # what Twilio calls itself, also where another address is configured
        )
        yield running


async def kept(world: World) -> list[Incoming]:
    """What people sent, as it was kept."""

    def read(connection: Connection) -> list[Incoming]:
        rows = connection.execute(select(inbox).order_by(inbox.c.received_at)).all()
        keys = {row.conversation: key_of_talk(connection, world.app.seal, row.conversation) for row in rows}
        return [read_event(keys[row.conversation], row.id, row.event) for row in rows]

    return await world.app.writer.call(read)


async def missed(world: World, form: Form) -> None:
    await world.stop()
    await world.twilio.receive(form, deliver=False)
    await world.start()


def looks(world: World) -> int:
    return sum(call.method.endswith("/Media.json") for call in world.twilio.calls)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_missed_is_the_event_that_the_webhook_would_have_been(world: World, kind: str) -> None:
    form = KINDS[kind](world.twilio.person())
    await missed(world, form)
    await world.twilio.wait_for(lambda: world.twilio.messages(form["From"]), timeout=15)
    (event,) = await kept(world)
    now = datetime.now(UTC)
    assert msgspec.structs.replace(event, at=now) == understand(read_form(form), now)


async def test_a_list_of_purchases_that_was_missed_is_read(world: World) -> None:
    person = OnWhatsApp(world)
    await asked_for(person)
    await missed(world, person.person.document(GOOD.encode(), "list.csv", "text/csv"))
    await person.heard("Файл прочитан")


async def test_files_that_came_by_webhook_are_not_asked_about_at_the_next_start(world: World) -> None:
    person = world.twilio.person()
    # the look at the start would find a file that comes before it
    await world.twilio.wait_for(lambda: any(call.method.endswith("/Messages.json") for call in world.twilio.calls))
    await world.twilio.receive(person.photo())
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address))
    other = world.twilio.person("+77017654321")
    await missed(world, other.photo())
    await world.twilio.wait_for(lambda: world.twilio.messages(other.address), timeout=15)
    assert looks(world) == 1
    assert [event.address for event in await kept(world)] == [person.address, other.address]


async def test_a_list_of_files_that_twilio_does_not_give_at_once_is_asked_for_again(world: World) -> None:
    world.twilio.script.queue(LIST_MEDIA, Fault.server_error())
    form = world.twilio.person().photo()
    await missed(world, form)
    await world.twilio.wait_for(lambda: world.twilio.messages(form["From"]), timeout=15)
    (event,) = await kept(world)
    assert [attachment.media_type for attachment in event.attachments] == ["image/jpeg"]


async def test_a_file_that_is_gone_at_twilio_holds_up_nobody(world: World) -> None:
    world.twilio.script.queue(LIST_MEDIA, Fault.refused(404, "gone", 20404))
    person, other = world.twilio.person(), world.twilio.person("+77017654321")
    await world.stop()
    await world.twilio.receive(person.photo(), deliver=False)
    await world.twilio.receive(other.text("меню"), deliver=False)
    await world.start()
    await until(lambda: world.twilio.messages(other.address), 15)
    first, _ = await kept(world)
    assert first.attachments == ()


async def both_missed(world: World, *forms: Form) -> None:
    await world.stop()
    for form in forms:
        await world.twilio.receive(form, deliver=False)
    await world.start()


async def look_again(world: World) -> None:
    """As when calls may have been lost; returns once files were asked for anew."""
    before = looks(world)
    world.app.channels["whatsapp"].look_back()
    await world.twilio.wait_for(lambda: looks(world) > before, timeout=15)


@pytest.mark.parametrize(
    "fault",
    [Fault.refused(401, "no", 20003), Fault.refused(403, "no", 20403), Fault.server_error(), Fault.lost_answer()],
    ids=lambda fault: f"{fault.name} {fault.status}",
)
async def test_files_that_twilio_does_not_list_hold_up_nobody_else_and_are_not_lost(world: World, fault: Fault) -> None:
    world.twilio.script.always(LIST_MEDIA, fault)
    person, other = world.twilio.person(), world.twilio.person("+77017654321")
    await both_missed(world, person.photo(), other.text("меню"))
    await world.twilio.wait_for(lambda: world.twilio.messages(other.address), timeout=15)
    world.twilio.script.clear()
    await look_again(world)
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address), timeout=15)
    _, late = await kept(world)
    assert [attachment.media_type for attachment in late.attachments] == ["image/jpeg"]


async def test_a_chat_waits_for_its_files_and_stays_in_order(world: World) -> None:
    world.twilio.script.always(LIST_MEDIA, Fault.server_error())
    person, other = world.twilio.person(), world.twilio.person("+77017654321")
    await both_missed(world, person.photo(), person.text("меню"), other.text("меню"))
    await world.twilio.wait_for(lambda: world.twilio.messages(other.address), timeout=15)
    world.twilio.script.clear()
    await look_again(world)
    await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 2, timeout=15)
    assert [(event.kind, event.text) for event in await kept(world) if event.address == person.address] == [
        ("attachment", ""),
        ("text", "меню"),
    ]


async def test_a_chat_does_not_wait_for_ever_and_what_it_waited_for_comes_when_it_is_there(world: World) -> None:
    world.twilio.script.always(LIST_MEDIA, Fault.refused(403, "no", 20403))
    person = world.twilio.person()
    await both_missed(world, person.photo(), person.text("меню"))
    await world.twilio.wait_for(lambda: looks(world), timeout=15)
    assert world.twilio.messages(person.address) == []
    while looks(world) < MAX_LOOKS:
        await look_again(world)
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address), timeout=15)
    assert [event.kind for event in await kept(world)] == ["text"]
    world.twilio.script.clear()
    await look_again(world)
    await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 2, timeout=15)
    assert [len(event.attachments) for event in await kept(world)] == [0, 1]


async def test_before_its_reply_window_closes_a_message_is_taken_without_its_files(world: World) -> None:
    world.twilio.script.always(LIST_MEDIA, Fault.refused(403, "no", 20403))
    await world.stop()
    world.twilio.set_time(datetime.now(UTC) - timedelta(hours=23, minutes=5))
    person = world.twilio.person()
    await world.twilio.receive(person.photo(caption="чек"), deliver=False)
    await world.start()
    world.twilio.set_time(datetime.now(UTC))
    while looks(world) < MAX_LOOKS:
        await look_again(world)
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address), timeout=15)
    (event,) = await kept(world)
    assert (event.text, event.attachments) == ("чек", ())


async def test_several_whose_files_are_not_listed_keep_no_other_file_from_being_fetched(world: World) -> None:
    broken = [world.twilio.person(f"+7701765430{number}").photo() for number in range(4)]
    for form in broken:
        world.twilio.script.always(f"GET */{form['MessageSid']}/Media.json", Fault.server_error())
    person = world.twilio.person()
    await both_missed(world, *broken, person.photo())
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address), timeout=15)
    (event,) = await kept(world)
    assert len(event.attachments) == 1


async def test_what_was_refused_while_the_database_was_away_is_answered_when_it_is_back(
    tmp_path: Path, models: Path, database: str
) -> None:
    """Twilio has long given it up by then, and nobody has died."""
    async with World(tmp_path, models, database) as world:
        person = world.twilio.person()
        await world.twilio.receive(person.text("меню"))
        await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 1)
        away(world.app.engine)
        posted = await world.twilio.receive(person.text("көмек"))
        assert posted is not None
        assert posted.status == 503
        back(world.app.engine)
        await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 2, timeout=15)
        assert [event.text for event in await kept(world)] == ["меню", "көмек"]
