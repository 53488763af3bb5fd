"""One event from arrival to commit: who it is from, what was meant, what is answered, all in one transaction.

Leaves the transaction to the writer, the answer to `dialogs.router`, and sending to the outbox. This is the one place where a
conversation meets its channel.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

import structlog
from msgspec.structs import replace

from bot.channels.base import Channel
from bot.files import order
from bot.fitting import choose
from bot.metrics import ARRIVED, PARKED, TURN_SECONDS
from bot.phrases import Phrases, Rendered
from dialogs.conversation import Conversation, Offer
from dialogs.masking import mask_secrets
from dialogs.messages import Incoming
from dialogs.router import apologise, respond
from dialogs.turn import Fetched, Library, Outcome, Turn
from domain.pace import FREE, Pace
from storage.places import event_id
from storage.reading import arrived
from storage.sealing import Seal
from storage.turns import Arrival, Committed, Handled, StorageDown
from storage.writer import Writer

log = structlog.get_logger(__name__)

TEXT = 12_000
"""Characters of a message that are read; what is longer is cut, no channel sends more than 4 096 but the browser does."""
AGAIN = (0.2, 2.0, 5.0)
"""Seconds until a failed turn is tried again."""


class Dialogs:
    """Decides turns (`storage.turns.Turns`): pure but for the fresh ids it gives out."""

    def __init__(
        self,
        library: Library,
        phrases: Phrases,
        channels: Mapping[str, Channel],
        pace: Callable[[str, str], Pace] = lambda channel, address: FREE,
        patience: Pace = FREE,
    ) -> None:
        """`pace` says how fast an address of a channel may be written to, `patience` how fast a person may write to us."""
        self.library, self._phrases, self._channels, self._pace = library, phrases, channels, pace
        self._patience = patience

    def handle(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        turn = self._turn(arrival, conversation)
        return self._settle(turn, respond(turn))

    def apologise(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        turn = self._turn(arrival, conversation)
        return self._settle(turn, apologise(turn))

    def _turn(self, arrival: Arrival, conversation: Conversation | None) -> Turn:
        incoming = arrival.incoming
        known = conversation or Conversation(str(uuid4()), incoming.channel, incoming.address)
        vouches = self._channels[incoming.channel].limits(incoming.address).asks_contact
        meant = _meant(incoming, known)
        token = secrets.token_urlsafe(12)
        return Turn(meant, known, self.library, incoming.at, token, arrival.dossier, vouches, self._patience)

    def _settle(self, turn: Turn, outcome: Outcome) -> Handled:
        conversation = outcome.conversation
        channel = self._channels[conversation.channel]
        payloads: list[bytes] = []
        offered, numbered = conversation.offered, conversation.numbered
        for outgoing in outcome.says:
            rendered: Rendered = self._phrases.render(outgoing, conversation.speaks)
            payloads += channel.compose(conversation.address, rendered, turn.now)
            if rendered.options:
                offered = tuple(Offer(option.id, option.label) for option in rendered.options)
                numbered = rendered.numbers
            else:
                numbered = numbered and rendered.numbers
        heard = conversation.last_heard if turn.incoming.kind == "table" else turn.incoming.at
        kept = replace(conversation, offered=offered, numbered=numbered, last_heard=heard)
        pace = self._pace(conversation.channel, conversation.address)
        errands = tuple(order(turn.incoming, effect) for effect in outcome.effects if isinstance(effect, Fetched))
        return Handled(kept, tuple(payloads), outcome.effects, pace, errands)


def _meant(incoming: Incoming, conversation: Conversation) -> Incoming:
    """A typed number or label of what was offered last counts as the tap."""
    if len(incoming.text) > TEXT:
        incoming = replace(incoming, text=incoming.text[:TEXT])
    if incoming.kind != "text" or not conversation.offered:
        return incoming
    option = choose(incoming.text, conversation.offered, numbered=conversation.numbered)
    return replace(incoming, kind="option", option=option) if option else incoming


class Intake:
    def __init__(self, writer: Writer, seal: Seal, now: Callable[[], datetime]) -> None:
        self._writer, self._seal, self._now = writer, seal, now
        self._retries: dict[bytes, asyncio.Task[None]] = {}
        self.stopping = False

    async def accept(self, incoming: Incoming) -> bool:
        """Durable when it returns; False for an event seen before. Raises StorageDown: do not acknowledge."""
        started = perf_counter()
        incoming = replace(incoming, text=mask_secrets(incoming.text))
        arrival = Arrival(
            id=event_id(self._seal, incoming.channel, incoming.id),
            key=self.key(incoming.channel, incoming.address),
            incoming=incoming,
            received_at=int(self._now().timestamp() * 1000),
        )
        committed = await self._writer.turn(arrival)
        self._carry_on(committed)
        result = "duplicate" if committed.duplicate else "failed" if committed.failed else "done"
        ARRIVED.labels(incoming.channel, result).inc()
        TURN_SECONDS.labels(incoming.channel).observe(perf_counter() - started)
        return not committed.duplicate

    async def arrived(self, channel: str, ids: Sequence[str]) -> set[str]:
        """Those of a provider's message ids that came before. Raises StorageDown."""
        events = {event_id(self._seal, channel, id): id for id in ids}
        found = await self._writer.call(lambda connection: arrived(connection, tuple(events)))
        return {events[one] for one in found}

    def key(self, channel: str, address: str) -> bytes:
        return self._seal.digest("conversation", channel, address)

    def retry(self, arrival: Arrival, *, at_once: bool = False) -> None:
        """Tries a kept but failed event again, a little later each time; one that is being tried already is left alone."""
        if arrival.id in self._retries or self.stopping:
            return
        task = asyncio.get_running_loop().create_task(self._retry(arrival, at_once))
        self._retries[arrival.id] = task

    async def stop(self) -> None:
        self.stopping = True
        for task in self._retries.values():
            task.cancel()

    def _carry_on(self, committed: Committed) -> None:
        """What the turn says is on its way already: the writer hands it to the outbox."""
        if committed.parked:
            PARKED.inc()
        elif committed.failed:
            self.retry(replace(committed.arrival, attempt=committed.arrival.attempt + 1))

    async def _retry(self, arrival: Arrival, at_once: bool) -> None:
        wait = 0.0 if at_once else AGAIN[min(arrival.attempt, len(AGAIN)) - 1]
        try:
            while True:
                await asyncio.sleep(wait)
                wait = AGAIN[-1]
                try:
                    committed = await self._writer.turn(arrival)
                    break
                except StorageDown:
                    log.warning("retry_postponed")
        finally:
            self._retries.pop(arrival.id, None)
        self._carry_on(committed)


def utc_now() -> datetime:
    return datetime.now(UTC)
