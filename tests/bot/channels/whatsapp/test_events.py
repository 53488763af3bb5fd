"""Twilio's webhooks: who is let in, and what comes of each kind of message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from bot.channels.whatsapp.events import read_form, understand
from storage.tables import inbox
from tests.bot.posting import STATUS, WHATSAPP, post, settled
from tests.fakes.twilio_people import Form, WhatsAppPerson
from tests.fakes.twilio_webhooks import Posted, Webhooks
from tests.world import ACCOUNT, AUTH, World

SIGNATURE = "X-Twilio-Signature"


async def events(world: World) -> int:
    return await world.app.writer.call(
        lambda connection: int(connection.execute(select(func.count()).select_from(inbox)).scalar_one())
    )


async def send(
    world: World,
    form: Form,
    *,
    path: str = WHATSAPP,
    signed: Form | None = None,
    url: str | None = None,
    headers: dict[str, str] | None = None,
) -> int:
    """Posts a form whose signature may be over another form or another address."""
    over = url or world.base_url + path
    signature = world.twilio.webhooks.sign(over, form if signed is None else signed)
    body = urlencode(form).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", SIGNATURE: signature, **(headers or {})}
    return (await post(world, path, body, kind))[0]


def hello(world: World) -> Form:
    return world.twilio.person().text("Сәлем! Ұтыс қашан болады? 🎁 ұқғңөһі")


FIELDS = ["Body", "From", "To", "MessageSid", "AccountSid", "ProfileName", "NumMedia", "WaId", "ChannelMetadata"]


@pytest.mark.parametrize("field", FIELDS)
async def test_a_form_with_one_field_changed_is_refused(world: World, field: str) -> None:
    form = hello(world)
    changed = form | {field: form[field] + "1"}
    assert await send(world, changed, signed=form) == 403
    assert await send(world, {k: v for k, v in form.items() if k != field}, signed=form) == 403
    assert await events(world) == 0


async def test_a_form_with_one_field_more_is_refused(world: World) -> None:
    form = hello(world)
    assert await send(world, form | {"ButtonPayload": "forget.yes"}, signed=form) == 403
    assert await events(world) == 0


async def test_a_field_that_stands_twice_is_refused_however_it_is_signed(world: World) -> None:
    form = hello(world)
    signature = world.twilio.webhooks.sign(world.base_url + WHATSAPP, form)
    for extra in ("Body=other", "From=whatsapp%3A%2B77019999999"):
        body = f"{urlencode(form)}&{extra}".encode()
        assert (await post(world, WHATSAPP, body, {SIGNATURE: signature}))[0] == 403
        assert (await post(world, WHATSAPP, f"{extra}&{urlencode(form)}".encode(), {SIGNATURE: signature}))[0] == 403
    assert await events(world) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("http://", "https://"),
        lambda url: url.replace("127.0.0.1", "localhost"),
        lambda url: url + "/",
        lambda url: url + "?x=1",
        lambda url: url.replace("webhook", "status"),
        lambda url: url.upper(),
        lambda url: "https://evil.example/whatsapp/webhook",
    ],
    ids=["scheme", "host", "slash", "query", "path", "case", "another host"],
)
async def test_a_signature_over_another_address_is_refused(world: World, change: Callable[[str], str]) -> None:
    assert await send(world, hello(world), url=change(world.base_url + WHATSAPP)) == 403
    assert await events(world) == 0


@pytest.mark.parametrize("signature", ["", "x", "құпия", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", None])
async def test_a_wrong_or_missing_signature_is_refused(world: World, signature: str | None) -> None:
    headers = {} if signature is None else {SIGNATURE: signature}
    assert (await post(world, WHATSAPP, urlencode(hello(world)).encode(), headers))[0] == 403
    assert await events(world) == 0


async def test_a_signature_made_with_another_token_is_refused(world: World) -> None:
    form = hello(world)
    forged = Webhooks(AUTH + "x").sign(world.base_url + WHATSAPP, form)
    assert (await post(world, WHATSAPP, urlencode(form).encode(), {SIGNATURE: forged}))[0] == 403


async def test_another_account_is_refused_even_with_a_good_signature(world: World) -> None:
    assert await send(world, hello(world) | {"AccountSid": "AC" + "1" * 32}) == 403
    without = hello(world)
    del without["AccountSid"]
    assert await send(world, without) == 403
    assert await events(world) == 0


async def test_forwarded_headers_do_not_move_the_address_that_was_signed(world: World) -> None:
    evil = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert await send(world, hello(world), url="https://evil.example/whatsapp/webhook", headers=evil) == 403
    host = {"Host": "evil.example"}
    assert await send(world, hello(world), url="http://evil.example/whatsapp/webhook", headers=host) == 403
    assert await events(world) == 0
    assert await send(world, hello(world), headers=evil | host) == 200


async def test_a_genuine_call_with_kazakh_words_and_fields_of_next_year_is_let_in(world: World) -> None:
    form = hello(world) | {"NewField2027": "ұқғ + % & = ;", "Empty": "", "ForwardedCount": "1"}
    assert await send(world, form) == 200
    assert await events(world) == 1
    await world.twilio.receive(form)
    assert await events(world) == 1


async def test_forged_statuses_are_refused(world: World) -> None:
    form = {"MessageSid": "SM" + "0" * 32, "MessageStatus": "read", "AccountSid": ACCOUNT}
    assert await send(world, form, path=STATUS, signed={}) == 403
    assert await send(world, form, path=STATUS, url=world.base_url + WHATSAPP) == 403


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"MessageSid": "", "From": "whatsapp:+77011234567"}, 400),
        ({"MessageSid": "SM1", "From": "whatsapp:+77011234567"}, 400),
        ({"From": "+77011234567"}, 400),
        ({"From": "whatsapp:" + "1" * 200}, 400),
        ({"MessageSid": "S" * 65}, 400),
        ({"ApiVersion": "2010-04-01Body"}, 400),
        ({"SmsStatus": "sent"}, 400),
        ({"Body[]": "x"}, 400),
        ({"NumMedia": "9999999"}, 200),
        ({"NumMedia": "-1", "Body": "\x00\u202e"}, 200),
    ],
)
async def test_a_signed_form_that_is_no_message_is_refused_and_an_odd_one_taken(
    world: World, form: Form, status: int
) -> None:
    assert await send(world, hello(world) | form) == status


async def test_malformed_bodies_are_refused(world: World) -> None:
    for body in (b"\xff\xfe=1", b"&".join(b"a%d=1" % n for n in range(500)), b"", b"{}", b"%00%ff=%ff"):
        assert (await post(world, WHATSAPP, body, {SIGNATURE: "x"}))[0] in (400, 403)
    assert (await post(world, WHATSAPP, b"a" * 1_100_000, {SIGNATURE: "a" * 27 + "="}))[0] == 413
    assert (await post(world, WHATSAPP, b"", {}, "GET"))[0] == 405


async def test_a_person_whose_phone_whatsapp_hides_is_answered_at_their_address(world: World) -> None:
    person = world.twilio.person("KZ.1a2b3c4d5e6f")
    posted = await world.twilio.receive(person.text("меню"))
    assert posted is not None
    assert posted.status == 200
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address))


KINDS: dict[str, Callable[[WhatsAppPerson], Any]] = {
    "photo": lambda p: p.photo(caption="чек"),
    "document": lambda p: p.document(),
    "voice": lambda p: p.voice(),
    "sticker": lambda p: p.sticker(),
    "contact": lambda p: p.contact(),
    "location": lambda p: p.location(label="Абай 10"),
    "nothing at all": lambda p: p.text(""),
    "only emoji": lambda p: p.text("🎁"),
    "10 000 characters": lambda p: p.text("ұ" * 10_000),
    "nul and bidi": lambda p: p.text("a\x00\u202eб"),
    "a button of somebody else": lambda p: p.form("x", "button", more={"ButtonText": "x", "ButtonPayload": "no.such"}),
    "a list row that is gone": lambda p: p.form(
        "x", "interactive", more={"ListId": "promotion.gone", "ListTitle": "x"}
    ),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_message_gets_a_sensible_answer(world: World, kind: str) -> None:
    person = world.twilio.person()
    posted: Posted | None = await world.twilio.receive(KINDS[kind](person))
    assert posted is not None
    assert posted.status == 200
    await world.twilio.wait_for(lambda: world.twilio.messages(person.address))
    await settled(world)
    assert all(message.text.strip() for message in world.twilio.messages(person.address))


async def test_a_button_can_be_tapped_and_its_number_or_label_typed(world: World) -> None:
    person = world.twilio.person()
    await world.twilio.receive(person.text("меню"))
    greeting = await world.twilio.wait_for(lambda: world.twilio.messages(person.address))
    await world.twilio.receive(person.press(greeting[0], "Русский"))
    await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 2)
    await world.twilio.receive(person.text("тіл"))
    await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 3)
    await world.twilio.receive(person.text("руский"))
    await world.twilio.wait_for(lambda: len(world.twilio.messages(person.address)) == 4)
    assert world.twilio.messages(person.address)[3].text == world.twilio.messages(person.address)[1].text


@pytest.mark.parametrize(
    ("sender", "wa_id", "phone"),
    [
        ("whatsapp:+77010000202", "77010000202", "77010000202"),
        ("whatsapp:KZ.7a7b0c1d0e0f0g0h2i0j2", "KZ.7a7b0c1d0e0f0g0h2i0j2", None),
        ("whatsapp:KZ.77010000202", "77010000202", None),
        ("whatsapp:77010000202", "77010000202", None),
        ("whatsapp:+77010000202", "77010000203", None),
        ("whatsapp:+77010000202", "", None),
    ],
)
def test_an_id_proves_a_phone_only_where_it_is_one(sender: str, wa_id: str, phone: str | None) -> None:
    form = {"MessageSid": "SM1", "From": sender, "WaId": wa_id, "Body": "есть ли я в списке"}
    contact = understand(read_form(form), datetime(2026, 1, 15, tzinfo=UTC)).contact
    assert (contact.phone if contact else None) == phone
