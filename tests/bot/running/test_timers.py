"""What falls due comes as an event of its talk, once, whoever looks and however often."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select

from bot.running.timers import Timers
from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from dialogs.turn import Need
from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.effects import ClaimNewsTold, ClaimReminded
from domain.claims.reminders import settle
from storage.claims.acting import replan
from storage.claims.keeping import create, milliseconds
from storage.claims.tables import Waits, claim_contacts, claim_reminders, claim_tasks
from storage.turns.types import Arrival, Handled
from storage.turns.writer import Writer
from tests.domain.given import PROMOTIONS, SERIKTES
from tests.storage.store import Echo, Store

NOON = datetime(2024, 2, 20, 7, tzinfo=UTC)


class Reminding(Echo):
    """Says what is due as the chat will, in one message."""

    def needs(self, arrival: Arrival, conversation: Conversation) -> tuple[Need, ...]:
        return ("claims",)

    def handle(self, arrival: Arrival, conversation: Conversation | None) -> Handled:
        if arrival.incoming.kind != "deadline" or conversation is None:
            return super().handle(arrival, conversation)
        won = arrival.claims
        claims = {claim.id: claim for claim in won.claims}
        settled = settle(won.due, claims, PROMOTIONS, arrival.incoming.at, SERIKTES.zone, won.told_at)
        words = [f"{each.step} {each.rung}" for each in settled.say] + [each.transition.target for each in won.news]
        payloads = (", ".join(words).encode(),) if words else ()
        return Handled(conversation, payloads, (ClaimReminded(settled, won.due), ClaimNewsTold(won.news)))


async def test_a_reminder_is_said_once_in_the_talk_of_its_claim_and_kept_as_a_proof_of_contact(database: str) -> None:
    store = Store(database)
    store.writer = Writer(store.engine, store.seal, Reminding(), store.process)
    async with store:
        first = store.arrival("e1", "hello", "a1", at=milliseconds(NOON))
        await store.writer.turn(first)

        def win(connection: Connection) -> None:
            for talk in (first.key, None):
                acting = Acting("import", NOON, "list")
                made = begin(uuid.uuid4().hex, SERIKTES, "confirmed", acting, events={"drawn_at": date(2024, 2, 20)})
                assert isinstance(made, ClaimActed)
                kept = create(connection, store.seal, made.claim, made.transitions, {}, talk)
                replan(connection, kept, SERIKTES, NOON)

        await store.writer.call(win)
        clock = [NOON]

        async def accept(incoming: Incoming) -> bool:
            at = milliseconds(incoming.at)
            arrival = Arrival(store.id(incoming.id), store.key(incoming.address), incoming, at)
            return not (await store.writer.turn(arrival)).duplicate

        timers = Timers(store.writer, store.reads, store.seal, accept, (first.incoming.channel,), lambda: clock[0])
        assert await timers.look() == 1
        assert await timers.look() == 0
        clock[0] = NOON + timedelta(days=9, hours=5)
        assert sum(await asyncio.gather(timers.look(), timers.look())) == 1  # of one instant: the same event
        clock[0] += timedelta(seconds=1)
        assert await timers.look() == 0

        def kept(connection: Connection) -> None:
            said = select(claim_reminders.c.rung).where(claim_reminders.c.status == int(Waits.SAID))
            rungs = list(connection.execute(said).scalars())
            assert rungs.count("notice") == 1
            assert "days_left_1" in rungs
            contacts = connection.execute(select(claim_contacts.c.kind, claim_contacts.c.message)).all()
            assert [row.kind for row in contacts] == ["message", "message"]
            assert all(row.message for row in contacts)
            assert list(connection.execute(select(claim_tasks.c.what)).scalars()) == ["call"]

        await store.writer.call(kept)
