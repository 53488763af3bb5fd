"""Messages on their way to WhatsApp: the reply window, repeats, statuses, and what was missed while we were away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.base import Delivery
from bot.channels.whatsapp.channel import WhatsApp
from bot.channels.whatsapp.client import TwilioHttp
from bot.text.phrases import Rendered, RenderedOption
from storage.tables import Sending, inbox, outbox
from tests.bot.posting import settled
from tests.fakes.faults import Fault
from tests.fakes.twilio import LIST, SEND, FakeTwilio
from tests.waiting import until
from tests.world import World

PERSON = "whatsapp:+77011234567"


async def rows(world: World) -> list[Any]:
    query = select(outbox).order_by(outbox.c.created_at, outbox.c.seq)
    return await world.app.writer.call(lambda connection: list(connection.execute(query)))


async def count(world: World) -> int:
    return len(await world.app.writer.call(lambda connection: list(connection.execute(select(inbox.c.id)))))


async def said(world: World, address: str = PERSON, messages: int = 1) -> None:
    await world.twilio.wait_for(lambda: len(world.twilio.messages(address)) >= messages, timeout=10)
    await settled(world)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.rate_limited(1), Sending.SENT),
        (Fault.server_error(503), Sending.SENT),
        (Fault.server_error(), Sending.REPEATED),
        (Fault.late_error(), Sending.REPEATED),
        (Fault.late_error(502), Sending.REPEATED),
        (Fault.late_error(504), Sending.REPEATED),
        (Fault.late_error(408), Sending.REPEATED),
        (Fault.reset(), Sending.REPEATED),
        (Fault.lost_answer(), Sending.REPEATED),
    ],
    ids=lambda value: f"{value.name} {value.status}" if isinstance(value, Fault) else value.name,
)
async def test_no_trouble_on_the_way_costs_or_doubles_a_message(world: World, fault: Fault, status: Sending) -> None:
    world.twilio.script.queue(SEND, fault)
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    assert len(world.twilio.messages(PERSON)) == 1
    (row,) = await rows(world)
    assert (row.status, row.provider_id) == (status, world.twilio.last(PERSON).sid)


async def test_a_pause_that_twilio_asks_for_is_kept(world: World) -> None:
    world.twilio.script.queue(SEND, Fault.rate_limited(2))
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    first, second = [
        call for call in world.twilio.calls if call.method.startswith("POST") and "Messages" in call.method
    ]
    assert 2 <= second.at - first.at < 5


@pytest.mark.parametrize("fault", [Fault.lost_answer(), Fault.late_error()], ids=lambda fault: fault.name)
async def test_before_a_perhaps_repeated_message_is_sent_the_list_is_looked_at(world: World, fault: Fault) -> None:
    world.twilio.script.queue(SEND, fault)
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    asked = [call for call in world.twilio.calls if call.method.startswith("GET") and call.params.get("To") == PERSON]
    assert len(asked) == 1


async def test_a_person_out_of_reach_is_not_tried_again(world: World) -> None:
    world.twilio.script.queue(SEND, Fault.refused(400, "Invalid recipient", 63024))
    await world.twilio.receive(world.twilio.person().text("меню"))
    await world.twilio.wait_for(lambda: any(call.status == 400 for call in world.twilio.calls))
    await settled(world)
    (row,) = await rows(world)
    assert row.status == Sending.REFUSED
    assert row.error == "gone: 400/63024"


async def test_statuses_late_doubled_and_backwards_only_move_forward(world: World) -> None:
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    message = world.twilio.last(PERSON)
    seen = []
    for status in ("sent", "read", "delivered", "read", "sent", "queued", "nonsense"):
        posted = await world.twilio.send_status(message, status)
        assert posted is not None
        assert posted.status == 204
        seen.append((await rows(world))[0].delivery)
    assert seen == [3, 5, 5, 5, 5, 5, 5]


async def test_a_status_that_overtakes_the_answer_to_its_own_call_is_not_lost(world: World) -> None:
    world.twilio.script.queue(SEND, Fault.hang(after_work=True))
    await world.twilio.receive(world.twilio.person().text("меню"))
    await world.twilio.wait_for(lambda: world.twilio.hanging)
    (message,) = world.twilio.tried(PERSON)
    early = asyncio.create_task(world.twilio.send_status(message, "delivered"))
    await asyncio.wait({early}, timeout=0.2)
    world.twilio.release()
    await early
    await settled(world)
    assert (await rows(world))[0].delivery == 4


async def test_that_the_window_was_closed_after_all_is_kept_with_the_message(world: World) -> None:
    await world.twilio.receive(world.twilio.person().text("меню"))
    await said(world)
    await world.twilio.send_status(world.twilio.last(PERSON), "undelivered", 63016)
    (row,) = await rows(world)
    assert (row.delivery, row.error) == (6, "status 63016")


async def test_what_people_wrote_while_we_were_away_is_answered_once(world: World) -> None:
    person, other = world.twilio.person(), world.twilio.person("+77017654321")
    await world.twilio.receive(person.text("меню"))
    await said(world)
    await world.stop()
    missed = other.text("меню")
    await world.twilio.receive(missed, deliver=False)
    await world.start()
    await said(world, other.address)
    assert await count(world) == 2
    await world.twilio.receive(missed)  # the webhook comes after all
    await world.restart()
    await settled(world)
    assert await count(world) == 2
    assert (len(world.twilio.messages(PERSON)), len(world.twilio.messages(other.address))) == (1, 1)


async def test_more_than_a_page_of_missed_messages_is_fetched_oldest_first(world: World) -> None:
    await world.stop()
    person = world.twilio.person()
    for n in range(130):
        await world.twilio.receive(person.text(f"/{'kk' if n % 2 else 'ru'}"), deliver=False)
    await world.start()
    await until(lambda: len(world.twilio.messages(PERSON)) == 130, 30)
    assert await count(world) == 130
    texts = [message.text for message in world.twilio.messages(PERSON)]
    assert texts[1:3] * 64 == texts[1:129], "Kazakh and Russian in turn, as it was asked"
    assert texts[1] != texts[2]


async def test_a_gap_that_could_not_be_read_at_start_is_read_a_little_later(world: World) -> None:
    await world.stop()
    await world.twilio.receive(world.twilio.person().text("меню"), deliver=False)
    world.twilio.script.queue(LIST, Fault.server_error())
    await world.start()
    await said(world)


async def test_a_missed_message_whose_reply_window_has_closed_is_not_answered(world: World) -> None:
    await world.stop()
    world.twilio.set_time(datetime.now(UTC) - timedelta(hours=25))
    await world.twilio.receive(world.twilio.person().text("меню"), deliver=False)
    world.twilio.set_time(datetime.now(UTC))
    await world.twilio.receive(world.twilio.person("+77017654321").text("меню"), deliver=False)
    await world.start()
    await said(world, "whatsapp:+77017654321")
    assert world.twilio.tried(PERSON) == []


class Kept:
    """Where contents are kept, as the program keeps them, but in memory."""

    def __init__(self) -> None:
        self.contents: dict[bytes, str] = {}

    async def find(self, digest: bytes) -> str | None:
        return self.contents.get(digest)

    async def keep(self, digest: bytes, sid: str) -> str:
        return self.contents.setdefault(digest, sid)

    async def known(self, sids: Sequence[str]) -> set[str]:
        return set()


async def send(
    twilio: FakeTwilio, message: Rendered, said_at: datetime, templates: dict[str, str], kept: Kept | None = None
) -> Delivery:
    url = "http://127.0.0.1:1"
    kept = kept or Kept()
    channel = WhatsApp(twilio.account, twilio.webhooks.token, twilio.sender, url, twilio.base_url, templates)
    channel.keep_in(kept)
    try:
        (payload,) = channel.compose(PERSON, message, said_at)
        return await channel.send(payload, False)
    finally:
        await channel.close()


YESTERDAY = datetime.now(UTC) - timedelta(hours=25)


async def test_after_the_reply_window_a_message_without_a_template_is_refused_by_ourselves() -> None:
    async with FakeTwilio() as twilio:
        delivery = await send(twilio, Rendered("сәлем", "kk"), YESTERDAY, {})
        assert delivery.outcome == "refused"
        assert twilio.calls == []


async def test_after_the_reply_window_the_template_of_the_persons_language_is_sent() -> None:
    async with FakeTwilio() as twilio:
        content = twilio.add_content({"twilio/text": {"body": "Жаңа хабарлама бар"}}, approved=True)
        message = Rendered("сәлем", "kk", template="reminder")
        delivery = await send(twilio, message, YESTERDAY, {"reminder.kk": content.sid, "reminder.ru": "HX0"})
        assert delivery.outcome == "sent"
        assert twilio.last(PERSON).content_sid == content.sid


async def test_within_the_reply_window_the_words_themselves_are_sent() -> None:
    async with FakeTwilio() as twilio:
        await twilio.receive(twilio.person().text("сәлем"), deliver=False)
        message = Rendered("сәлем", "kk", (RenderedOption("a", "Иә"),), template="reminder")
        assert (await send(twilio, message, datetime.now(UTC), {"reminder.kk": "HX0"})).outcome == "sent"
        assert (twilio.last(PERSON).text, twilio.last(PERSON).labels) == ("сәлем", ["Иә"])


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (Fault.rate_limited(7), 7),
        (Fault.refused(429, "Too many requests", 20429), 0),
        (Fault.refused(400, "", 63018), 0),
    ],
    ids=["429", "429 that does not say how long", "63018"],
)
async def test_that_twilio_wants_fewer_calls_is_no_fault_of_the_message(fault: Fault, after: float) -> None:
    async with FakeTwilio() as twilio:
        twilio.script.queue(SEND, fault)
        delivery = await send(twilio, Rendered("сәлем", "kk"), datetime.now(UTC), {})
        assert (delivery.outcome, delivery.throttled, delivery.after) == ("later", True, after)


async def test_past_its_time_a_call_is_given_up() -> None:
    async with FakeTwilio() as twilio:
        twilio.script.queue(LIST, Fault.hang())
        client = TwilioHttp(twilio.base_url, 0.2)
        url = f"https://api.twilio.com/2010-04-01/Accounts/{twilio.account}/Messages.json"
        with pytest.raises(TimeoutError):
            await client.request("GET", url, auth=(twilio.account, twilio.webhooks.token))
        await client.close()
