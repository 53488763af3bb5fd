"""What people send on both channels, as their providers would post it: plain messages, and every kind in turn.

Leaves signing and posting it to `running`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import cycle
from typing import Any

from tests.fakes.telegram_chats import SentMessage
from tests.fakes.telegram_people import Person
from tests.fakes.twilio_messages import TwilioMessage
from tests.fakes.twilio_people import Form, WhatsAppPerson
from tests.fakes.twilio_webhooks import status_form
from tests.world import ACCOUNT, World

_numbers = iter(range(700_000_000, 800_000_000))


def updates(world: World, *, strangers: bool = False) -> Iterator[dict[str, Any]]:
    """Of one person, or each of somebody else."""
    person = world.telegram.person()
    while True:
        yield {"update_id": next(_numbers), **deepcopy(person.text(f"/menu {secrets.token_hex(3)}"))}
        person = world.telegram.person() if strangers else person


def forms(world: World, *, strangers: bool = False) -> Iterator[Form]:
    person = stranger(world)
    while True:
        world.twilio.resources.last_inbound[person.address] = world.twilio.now()
        yield person.text(f"мәзір {secrets.token_hex(3)}")
        person = stranger(world) if strangers else person


def stranger(world: World) -> WhatsAppPerson:
    return world.twilio.person(f"+7{next(_numbers)}")


async def with_buttons(world: World) -> tuple[Person, SentMessage]:
    """Somebody on Telegram with a message with buttons before them."""
    person = world.telegram.person()
    await world.telegram.push(person.text("/menu"))
    return person, (await world.telegram.wait_for(lambda: world.telegram.messages(person.id)))[0]


async def with_choices(world: World) -> tuple[WhatsAppPerson, list[TwilioMessage]]:
    """Somebody on WhatsApp with a list to pick from and buttons to press before them."""
    person = stranger(world)
    for form in (person.text("/ru"), person.photo()):
        await world.twilio.receive(form)
    shown = await world.twilio.wait_for(lambda: len(found := world.twilio.messages(person.address)) == 2 and found)
    assert [kind for message in shown for kind in message.shown] == ["twilio/list-picker", "twilio/quick-reply"]
    return person, shown


def various_updates(world: World, before: tuple[Person, SentMessage]) -> Iterator[dict[str, Any]]:
    """Every kind of update that is asked for, in turn."""
    (presser, message), person, gone = before, world.telegram.person(), world.telegram.person()
    makers: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: person.text(f"/menu {secrets.token_hex(3)}"),
        lambda: presser.press(message, data="menu"),
        lambda: person.start("seriktes"),
        lambda: person.edited(person.text("сәлем"), "сәлем!"),
        person.sticker,
        person.voice,
        person.contact,
        person.location,
        lambda: person.photo(caption="чек"),
        lambda: person.document(b"%PDF-1.4", "чек.pdf", "application/pdf"),
        gone.kicked,
    )
    for make in cycle(makers):
        yield {"update_id": next(_numbers), **deepcopy(make())}


def various_forms(world: World, before: tuple[WhatsAppPerson, list[TwilioMessage]]) -> Iterator[Form]:
    """Every kind of message, in turn."""
    person, shown = before
    makers: tuple[Callable[[], Form], ...] = (
        lambda: person.text(f"мәзір {secrets.token_hex(3)}"),
        *(lambda message=message: person.press(message, message.labels[-1]) for message in shown),
        person.photo,
        person.document,
        person.voice,
        person.sticker,
        person.contact,
        person.location,
    )
    for make in cycle(makers):
        world.twilio.resources.last_inbound[person.address] = world.twilio.now()
        yield make()


def various_statuses(shown: list[TwilioMessage]) -> Iterator[Form]:
    """What becomes of messages of ours, as it is called back."""
    for status, message in zip(cycle(("sent", "delivered", "read", "failed")), cycle(shown), strict=False):
        yield status_form(message, ACCOUNT, status, 63016 if status == "failed" else None)
