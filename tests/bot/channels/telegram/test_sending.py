"""Messages on their way to Telegram while Telegram has trouble: obeyed, repeated, or given up, and marked as what they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.channels.base import BadToken, Delivery
from bot.channels.telegram.channel import Telegram
from storage.tables import Sending, outbox
from tests.bot.posting import heard, settled
from tests.fakes.faults import Fault
from tests.fakes.telegram import FakeTelegram
from tests.world import World

HELLO = b'sendMessage\n{"chat_id":700000001,"text":"hi"}'


async def statuses(world: World) -> list[Sending]:
    query = select(outbox.c.status).order_by(outbox.c.seq)
    found = await world.app.writer.call(lambda connection: list(connection.execute(query).scalars()))
    return [Sending(status) for status in found]


async def test_a_pause_that_telegram_asks_for_is_kept(world: World) -> None:
    person = world.telegram.person()
    world.telegram.script.queue("sendMessage", Fault.rate_limited(1))
    await world.telegram.push(person.text("/ru"), person.text("/help"))
    await heard(world, person.id, 2)
    first, second, *_ = world.telegram.calls_to("sendMessage")
    assert first.status == 429
    assert second.at - first.at >= 1
    assert await statuses(world) == [Sending.SENT, Sending.SENT]


async def test_a_pause_in_one_chat_does_not_hold_up_another(world: World) -> None:
    slow, quick = world.telegram.person(), world.telegram.person()
    world.telegram.script.queue("sendMessage", Fault.rate_limited(3), when=lambda p: p["chat_id"] == slow.id)
    await world.telegram.push(slow.text("/menu"))
    await world.telegram.wait_for(lambda: world.telegram.calls_to("sendMessage"))
    await world.telegram.push(quick.text("/menu"))
    await world.telegram.wait_for(lambda: world.telegram.messages(quick.id), timeout=2)
    assert world.telegram.messages(slow.id) == []


@pytest.mark.parametrize(
    ("fault", "copies", "status"),
    [
        (Fault.server_error(503), 1, Sending.SENT),
        (Fault.server_error(), 1, Sending.REPEATED),
        (Fault.server_error(502), 1, Sending.REPEATED),
        (Fault.late_error(), 2, Sending.REPEATED),
        (Fault.late_error(504), 2, Sending.REPEATED),
        (Fault.reset(), 1, Sending.REPEATED),
        (Fault.lost_answer(), 2, Sending.REPEATED),
    ],
    ids=["503", "500", "502", "500 after the work", "504 after the work", "reset", "lost answer"],
)
async def test_no_trouble_on_the_way_costs_a_message_and_what_may_be_a_repeat_is_marked(
    world: World, fault: Fault, copies: int, status: Sending
) -> None:
    person = world.telegram.person()
    world.telegram.script.queue("sendMessage", fault)
    await world.telegram.push(person.text("/ru"), person.text("/help"))
    await world.telegram.wait_for(lambda: len(world.telegram.messages(person.id)) == copies + 1, timeout=10)
    await settled(world)
    assert await statuses(world) == [status, Sending.SENT]
    texts = [message.text for message in world.telegram.messages(person.id)]
    assert texts[:copies] == [texts[0]] * copies
    assert texts[-1] != texts[0]


async def test_who_blocked_us_is_not_written_to_again_until_they_write(world: World) -> None:
    person = world.telegram.person()
    world.telegram.block(person.id)
    await world.telegram.push(person.text("/ru"))
    await world.telegram.wait_for(lambda: world.telegram.calls_to("sendMessage"))
    await settled(world)
    assert await statuses(world) == [Sending.REFUSED]
    assert len(world.telegram.calls_to("sendMessage")) == 1
    await world.telegram.push(person.unblocked(), person.text("/help"))
    assert len(await heard(world, person.id)) == 1


async def test_a_chat_that_is_gone_is_given_up_and_others_go_on(world: World) -> None:
    person, other = world.telegram.person(), world.telegram.person()
    world.telegram.forget(person.id)
    await world.telegram.push(person.text("/menu"), other.text("/menu"))
    await heard(world, other.id)
    assert sorted(await statuses(world)) == [Sending.SENT, Sending.REFUSED]


class Proxied(FakeTelegram):
    """A Telegram behind a proxy that answers with a page of its own when it fails."""

    def render(self, fault: Fault) -> web.Response:
        return web.Response(status=fault.status, text="<html>502 Bad Gateway</html>", content_type="text/html")


@pytest.fixture
async def proxied() -> AsyncIterator[Proxied]:
    async with Proxied() as fake:
        yield fake


async def send(fake: FakeTelegram, *, patience: float = 5.0) -> Delivery:
    channel = Telegram(fake.token, fake.base_url, "secret", None, patience=patience)
    try:
        return await channel.send(HELLO, False)
    finally:
        await channel.close()


async def ignore(_: Any) -> bool:
    return True


async def test_a_page_of_a_proxy_is_no_answer_of_telegram_and_its_outcome_unknown(proxied: Proxied) -> None:
    proxied.script.queue("sendMessage", Fault.server_error(502))
    assert (await send(proxied)).outcome == "unknown"
    assert (await send(proxied)).outcome == "sent"


async def test_a_page_of_a_proxy_does_not_keep_the_program_from_starting(proxied: Proxied) -> None:
    proxied.script.queue("getMe", Fault.server_error(502))
    proxied.script.queue("deleteWebhook", Fault.server_error(502))
    channel = Telegram(proxied.token, proxied.base_url, "secret", None)
    await channel.check_token()
    polling = asyncio.create_task(channel.connect(ignore))
    await proxied.wait_for(lambda: proxied.calls_to("getUpdates"), timeout=10)
    polling.cancel()
    await asyncio.wait([polling])
    await channel.close()


async def test_past_its_time_the_outcome_of_a_send_is_unknown(proxied: Proxied) -> None:
    proxied.script.queue("sendMessage", Fault.hang(after_work=True))
    delivery = await send(proxied, patience=0.2)
    assert (delivery.outcome, delivery.reason) == ("unknown", "timeout")


async def test_where_nobody_listens_nothing_was_sent() -> None:
    channel = Telegram("4242:token", "http://127.0.0.1:9", "secret", None)
    assert (await channel.send(HELLO, False)).outcome == "later"
    await channel.close()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.rate_limited(7), "later"),
        (Fault.server_error(), "unknown"),
        (Fault.server_error(502), "unknown"),
        (Fault.server_error(503), "later"),
        (Fault.server_error(504), "unknown"),
        (Fault.refused(408, "Request Timeout"), "unknown"),
        (Fault.refused(401, "Unauthorized"), "later"),
        (Fault.blocked(), "gone"),
        (Fault.refused(403, "Forbidden: user is deactivated"), "gone"),
        (Fault.chat_not_found(), "gone"),
        (Fault.migrated(-1005), "gone"),
        (Fault.refused(400, "Bad Request: message text is empty"), "refused"),
        (Fault.reset(), "unknown"),
        (Fault.lost_answer(), "unknown"),
    ],
    ids=lambda value: value.description or value.name if isinstance(value, Fault) else value,
)
async def test_what_telegrams_refusals_mean(fault: Fault, outcome: str) -> None:
    async with FakeTelegram() as fake:
        fake.script.queue("sendMessage", fault)
        delivery = await send(fake)
        assert delivery.outcome == outcome
        assert delivery.throttled == (fault.status == 429)
        assert delivery.after == (7 if delivery.throttled else delivery.after)


async def test_a_429_that_does_not_say_how_long_is_one_all_the_same() -> None:
    async with FakeTelegram() as fake:
        fake.script.queue("sendMessage", Fault.refused(429, "Too Many Requests"))
        delivery = await send(fake)
        assert (delivery.outcome, delivery.throttled, delivery.after) == ("later", True, 0)


async def test_a_token_that_telegram_does_not_know_is_refused_at_start() -> None:
    async with FakeTelegram() as fake:
        channel = Telegram("4242:another-token", fake.base_url, "secret", None)
        with pytest.raises(BadToken, match="TELEGRAM_BOT_TOKEN"):
            await channel.check_token()
        await channel.close()
    with pytest.raises(BadToken, match="TELEGRAM_BOT_TOKEN"):
        Telegram("no token at all", "http://127.0.0.1:9", "secret", None)
