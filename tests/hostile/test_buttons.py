"""Buttons that are not for whoever presses them: of another person, of something that is over, made up. On both channels and in both
languages, through HTTP.

Leaves what each dialog makes of its own ids to tests/dialogs. A button that leads somewhere means the same for everybody and works from
an old message too (docs/architecture.md, "Option ids").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pytest

from tests.bot.posting import settled
from tests.catalogues import entries
from tests.fakes.twilio_people import Form
from tests.hostile.people import stranger
from tests.world import World


class Somebody(Protocol):
    async def say(self, words: str) -> None: ...
    async def press(self, option: str) -> None: ...
    def heard(self) -> list[str]: ...
    def offered(self) -> list[str]:
        """The ids under the last message that has buttons."""
        ...


class OnTelegram:
    def __init__(self, world: World) -> None:
        self._world, self._person = world, world.telegram.person()

    async def say(self, words: str) -> None:
        await self._push(self._person.text(words))

    async def press(self, option: str) -> None:
        await self._push(self._person.press(self._world.telegram.messages(self._person.id)[-1], data=option))

    async def _push(self, update: dict[str, Any]) -> None:
        before = len(self.heard())
        await self._world.telegram.push(update)
        await self._world.telegram.wait_for(lambda: len(self.heard()) > before)
        await settled(self._world)

    def heard(self) -> list[str]:
        return [message.text for message in self._world.telegram.messages(self._person.id)]

    def offered(self) -> list[str]:
        shown = [message.buttons for message in self._world.telegram.messages(self._person.id)]
        return [button["callback_data"] for button in next(buttons for buttons in reversed(shown) if buttons)]


class OnWhatsApp:
    def __init__(self, world: World) -> None:
        self._world, self._person = world, stranger(world)

    async def say(self, words: str) -> None:
        await self._receive(self._person.text(words))

    async def press(self, option: str) -> None:
        pressed = {"ListId": option, "ListTitle": "-"}
        await self._receive(self._person.form("-", "interactive", more=pressed))

    async def _receive(self, form: Form) -> None:
        before = len(self.heard())
        await self._world.twilio.receive(form)
        await self._world.twilio.wait_for(lambda: len(self.heard()) > before)
        await settled(self._world)

    def heard(self) -> list[str]:
        return [message.text for message in self._world.twilio.messages(self._person.address)]

    def offered(self) -> list[str]:
        shown = [message.buttons for message in self._world.twilio.messages(self._person.address)]
        return [id for id, _ in next(buttons for buttons in reversed(shown) if buttons)]


QUESTION = {"ru": "кто платит налог?", "kk": "салықты кім төлейді?"}


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("channel", [OnTelegram, OnWhatsApp])
async def test_a_button_that_is_not_for_the_presser_is_politely_out_of_date_in_their_language(
    world: World, channel: Callable[[World], Somebody], language: str
) -> None:
    one, other = channel(world), channel(world)
    for somebody in (one, other):
        await somebody.say(f"/{language}")
        await somebody.press("promotion.seriktes")
    await one.say(QUESTION[language])
    votes = [id for id in one.offered() if id.startswith("vote.")]
    assert votes
    steps = await a_check(one)
    await one.press("menu")
    await a_check(one)  # the one before is over
    (out_of_date,) = entries(language)["start.out_of_date"]
    await refuses(one, steps, out_of_date)
    made_up = (
        "nothing.like.it",
        "fact.0.legal_form.1",
        "vote.up.",
        "fact..",
        "\u0000",
        "clause.seriktes.99999",
        "factfix.zzzz",
        "menu.1",
        "person.now",
        "promotion.seriktes.1",
        "language.ru.kk",
        "forget.perhaps",
        "check.seriktes.draw.1",
        "chances.nonsense",
        "section.seriktes",
        "x" * 64,
    )
    await refuses(other, [*steps, *votes, *made_up], out_of_date)


async def a_check(somebody: Somebody) -> list[str]:
    """Begins a check; the ids of its first question's answers."""
    await somebody.press("check.seriktes.draw")
    steps = [id for id in somebody.offered() if id.startswith("fact.")]
    assert steps
    return steps


async def refuses(somebody: Somebody, options: Sequence[str], words: str) -> None:
    for option in options:
        before = len(somebody.heard())
        await somebody.press(option)
        assert somebody.heard()[before:] == [words], option
