"""Contents (words with buttons) at Twilio: each is made once, and what goes wrong with it costs and doubles no message."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.text.phrases import Rendered, RenderedOption
from storage.tables import Sending
from storage.turns.types import StorageDown
from tests.bot.channels.whatsapp.test_sending import PERSON, Kept, rows, said, send
from tests.bot.twin import Twin
from tests.databases import fresh_postgres
from tests.fakes.faults import Fault
from tests.fakes.twilio import CREATE_CONTENT, FakeTwilio
from tests.waiting import until
from tests.world import World


async def test_each_wording_becomes_a_content_once_however_many_people_get_it(world: World) -> None:
    people = [world.twilio.person(f"+770112300{n:02}") for n in range(12)]
    await asyncio.gather(*[world.twilio.receive(person.text("меню")) for person in people])
    for person in people:
        await said(world, person.address)
    assert len([call for call in world.twilio.calls if call.method == CREATE_CONTENT]) == 1
    await world.restart()
    late = world.twilio.person("+77019990000")
    await world.twilio.receive(late.text("меню"))
    await said(world, late.address)
    assert len([call for call in world.twilio.calls if call.method == CREATE_CONTENT]) == 1


@pytest.mark.parametrize(
    "fault", [Fault.server_error(), Fault.reset(), Fault.lost_answer()], ids=lambda fault: str(fault.name)
)
async def test_a_content_that_could_not_be_made_is_made_at_the_next_try_and_nothing_counts_as_repeated(
    world: World, fault: Fault
) -> None:
    world.twilio.script.queue(CREATE_CONTENT, fault)
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    assert [row.status for row in await rows(world)] == [Sending.SENT]


class Away(Kept):
    """The database does not take what is to be kept."""

    async def keep(self, digest: bytes, sid: str) -> str:
        raise StorageDown("away")


async def test_a_message_whose_content_could_not_be_kept_was_surely_not_posted() -> None:
    async with FakeTwilio() as twilio:
        message = Rendered("сәлем", "kk", (RenderedOption("a", "Иә"),))
        assert (await send(twilio, message, datetime.now(UTC), {}, Away())).outcome == "later"
        assert twilio.tried(PERSON) == []


async def test_two_processes_that_make_a_content_at_the_same_moment_both_use_the_one_that_is_kept(
    tmp_path: Path, models: Path
) -> None:
    with fresh_postgres() as database:
        async with World(tmp_path, models, database) as world, Twin(world) as twin:
            world.twilio.script.queue(CREATE_CONTENT, Fault.hang(), times=2)
            person, other = world.twilio.person(), world.twilio.person("+77017654321")
            await world.twilio.receive(person.text("меню"))
            form = other.text("меню")
            right = world.twilio.webhooks.sign(world.twilio.inbound_url, form)
            world.twilio.inbound_url = f"{twin.base_url}/whatsapp/webhook"
            await world.twilio.receive(form, signature=right)
            await world.twilio.wait_for(lambda: world.twilio.hanging == 2)
            world.twilio.release()
            await said(world)
            await world.twilio.wait_for(lambda: world.twilio.messages(other.address))
            assert world.twilio.last(person.address).content_sid == world.twilio.last(other.address).content_sid
            await until(lambda: not twin.app.outbox.waiting)
            await twin.app.writer.call(lambda connection: None)  # comes after the marks of what the twin has sent
            assert [row.status for row in await rows(world)] == [Sending.SENT] * 2
