"""One person talking to the dialogs as what they are: a pure function from a turn to an outcome.

Leaves words to the catalogues: what the bot said is read as keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from dialogs.conversation import Conversation, Offer
from dialogs.messages import Incoming, Kind, Option, Outgoing, Phrase
from dialogs.router import respond
from dialogs.turn import Effect, Forgotten, Library, Outcome, Replied, Turn, reply_of
from domain.rulebook import Language
from tests.dialogs.library import NOW, TwoPromotions

NOBODY = Conversation("person", "test", "address")


class Talk:
    """`said` holds the messages of the last turn; time moves on by a minute and a bit from turn to turn."""

    def __init__(self, conversation: Conversation = NOBODY, library: Library | None = None) -> None:
        self.library: Library = library or TwoPromotions()
        self.conversation = conversation
        self.now: datetime = NOW
        self.turns = 0
        self.outcome = Outcome(conversation)

    def hear(self, kind: Kind, text: str = "", option: str | None = None, **more: Any) -> Talk:
        self.turns += 1
        self.now += timedelta(seconds=61)
        incoming = Incoming(str(self.turns), "test", "address", self.now, kind, text, option, **more)
        self.outcome = respond(Turn(incoming, self.conversation, self.library, self.now, f"token {self.turns}"))
        offered = [option for outgoing in self.outcome.says for option in outgoing.options]
        self.conversation = replace(
            self.outcome.conversation,
            offered=tuple(Offer(o.id, o.label.key) for o in offered) or self.conversation.offered,
            numbered=next((o.numbers for o in reversed(self.outcome.says) if o.options), self.conversation.numbered),
        )
        if any(isinstance(effect, Forgotten) for effect in self.outcome.effects):
            self.conversation = NOBODY
        return self

    def say(self, text: str) -> Talk:
        return self.hear("text", text)

    def tap(self, id: str) -> Talk:
        """Any button, also one that was never shown."""
        return self.hear("option", option=id)

    def press(self, beginning: str) -> Talk:
        """The button under the last message whose id begins like this."""
        return self.tap(next(option.id for option in self.options if option.id.startswith(beginning)))

    # what was said

    @property
    def said(self) -> tuple[Outgoing, ...]:
        return self.outcome.says

    @property
    def options(self) -> list[Option]:
        return [option for outgoing in self.said for option in outgoing.options]

    @property
    def ids(self) -> list[str]:
        return [option.id for option in self.options]

    @property
    def phrases(self) -> list[Phrase]:
        return [phrase for outgoing in self.said for part in outgoing.parts for phrase in _within(part)]

    @property
    def keys(self) -> list[str]:
        return [phrase.key for phrase in self.phrases]

    @property
    def folded(self) -> list[Phrase]:
        """What stands folded under what was said."""
        return [phrase for outgoing in self.said for part in outgoing.folded for phrase in _within(part)]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What is recorded."""
        return tuple(effect for effect in self.outcome.effects if not isinstance(effect, Replied))

    @property
    def reply(self) -> Replied:
        return reply_of(self.outcome.effects)

    @property
    def language(self) -> Language:
        """The language of the last message."""
        return self.said[-1].language or self.outcome.conversation.speaks

    def phrase(self, key: str) -> Phrase:
        return next(phrase for phrase in self.phrases if phrase.key == key)


def _within(phrase: Phrase) -> Iterator[Phrase]:
    yield phrase
    for value in phrase.params.values():
        if isinstance(value, Phrase):
            yield from _within(value)


def known(language: Language = "ru", promotion: str | None = "alfa", **more: Any) -> Talk:
    """A person who has chosen a language and a promotion."""
    return Talk(replace(NOBODY, language=language, chosen=True, promotion=promotion, scene="rules", step="ask", **more))
