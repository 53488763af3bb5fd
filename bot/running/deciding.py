"""Decides one turn on the writer's thread: the dialogs decide, the channel composes the messages.

Not here: the transaction around it (see storage/turns/group.py) and taking events in (see intake.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace as replace_fields
from uuid import uuid4

from msgspec.structs import replace

from bot.channels.base import Channel
from bot.delivery.rates import Rates
from bot.files.jobs import order
from bot.text.phrases import Phrases
from bot.text.typed import meant, offering
from dialogs.conversation import Conversation
from dialogs.router import apologise, needs, respond
from dialogs.sharing import parting
from dialogs.turn import Fetched, Library, Need, Outcome, Replied, Turn
from domain.pace import FREE, Pace
from storage.turns.types import Arrival, Handled

FROM_NOBODY = ("table", "deadline")
"""Kinds of events that no person sent: they open no reply window."""


class Dialogs:
    """Decides turns (`storage.turns.Turns`): pure but for the fresh ids it gives out."""

    def __init__(
        self,
        library: Library,
        phrases: Phrases,
        channels: Mapping[str, Channel],
        rates: Mapping[str, Rates],
        flood_limit: Pace = FREE,
    ) -> None:
        """`rates` say how fast an address of each channel may be written to, `flood_limit` how fast a person may write to us."""
        self.library, self._phrases, self._channels, self._rates = library, phrases, channels, rates
        self._flood_limit = flood_limit

    def handle(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        turn = self._turn(arrival, conversation)
        return self._settle(turn, respond(turn))

    def needs(self, arrival: Arrival, conversation: Conversation) -> tuple[Need, ...]:
        return needs(meant(arrival.incoming, conversation), conversation, self.library)

    def apologise(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        turn = self._turn(arrival, conversation)
        return self._settle(turn, apologise(turn))

    def _turn(self, arrival: Arrival, conversation: Conversation | None) -> Turn:
        incoming = arrival.incoming
        known = conversation or Conversation(str(uuid4()), incoming.channel, incoming.address)
        verifies = self._channels[incoming.channel].limits(incoming.address).asks_contact
        token = secrets.token_urlsafe(16)  # 128 bits: a one-time link may be made of it
        return Turn(
            meant(incoming, known),
            known,
            self.library,
            incoming.at,
            token,
            arrival.dossier,
            verifies,
            self._flood_limit,
            claims=arrival.claims,
        )

    def _settle(self, turn: Turn, outcome: Outcome) -> Handled:
        conversation = outcome.conversation
        channel = self._channels[conversation.channel]
        if turn.incoming.kind not in FROM_NOBODY:
            conversation = replace(conversation, thread=turn.incoming.thread)
        says = outcome.says
        if says and says[0].drops_contact and says[0].options:
            says = (replace_fields(parting(turn.incoming), both=says[0].both, language=says[0].language), *says)
        said = [self._phrases.render(outgoing, conversation.speaks) for outgoing in says]
        if conversation.thread is not None:
            said = [replace_fields(each, thread=conversation.thread) for each in said]
        payloads = [payload for each in said for payload in channel.compose(conversation.address, each, turn.now)]
        heard = conversation.last_heard if turn.incoming.kind in FROM_NOBODY else turn.incoming.at
        kept = replace(offering(conversation, said), last_heard=heard)
        pace = self._rates[conversation.channel].pace(conversation.address)
        file_jobs = tuple(order(turn.incoming, effect) for effect in outcome.effects if isinstance(effect, Fetched))
        effects = tuple(effect for effect in outcome.effects if not isinstance(effect, Replied))
        return Handled(kept, tuple(payloads), effects, pace, file_jobs)
