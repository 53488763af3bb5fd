"""What can be asked of the storage off the hot path: what is unsent, what was asked, what may go."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, text

from storage.clock import milliseconds
from storage.processes.owners import claim, take_over
from storage.tables import Sending, inbox, outbox, questions
from storage.talks.deliveries import counts, find_content, keep_content, move_delivery
from storage.talks.history import history, last_numbers
from storage.talks.parked import YOUNG_MS, unfinished
from storage.talks.purging import Cursor, sweep_events, sweep_messages
from storage.talks.questions import asked
from storage.turns.rows import forget_conversations
from storage.turns.types import Mark, Queued
from tests.databases import fresh_postgres
from tests.storage.store import NOON_MS, Store, said
from tests.waiting import until

DAY = 86_400_000
HOUR = 3_600_000


async def left(store: Store) -> list[Queued]:
    """What this process has to send, as it looks at it."""
    return await store.writer.call(lambda connection: claim(connection, store.seal, store.process))


async def sent(store: Store, number: object, provider_id: str | None = None, channel: str = "telegram") -> None:
    for queued in (await store.turn(number)).sends:
        store.writer.mark(Mark(queued.key, queued.seq, Sending.SENT, 1, provider_id, wipe=queued.wipe))
    if channel != "telegram":
        await store.writer.call(lambda connection: connection.execute(outbox.update().values(channel=channel)))


async def test_what_was_on_its_way_when_the_program_died_may_have_been_sent_already(database: str) -> None:
    async with Store(database, 1) as store:
        await store.turn(1, "twice")
    async with Store(database, 2) as later:
        assert await left(later) == []
        await later.writer.call(lambda connection: take_over(connection, 2, ["telegram"]))
        assert [(queued.payload, queued.may_repeat) for queued in await left(later)] == [
            (b"1:twice", True),
            (b"1:twice", True),
        ]


async def test_a_process_takes_over_nothing_that_it_has_no_channel_for(database: str) -> None:
    async with Store(database, 1) as store:
        await store.turn(1)
    async with Store(database, 2) as later:
        await later.writer.call(lambda connection: take_over(connection, 2, ["console"]))
        assert await left(later) == []


async def test_what_was_only_waiting_when_the_program_stopped_cannot_have_been_sent(store: Store) -> None:
    (queued,) = (await store.turn(1)).sends
    store.writer.mark(Mark(queued.key, queued.seq, Sending.QUEUED, 2))
    assert await left(store) == [], "given back: it is nobody's"
    await store.writer.call(lambda connection: take_over(connection, store.process, ["telegram"]))
    assert [(each.may_repeat, each.attempts) for each in await left(store)] == [(False, 2)]


async def test_unsent_messages_are_told_in_the_order_of_their_chat(store: Store) -> None:
    await store.burst([store.arrival(n, f"m{n}", f"chat {n % 3}") for n in range(12)])
    found = await left(store)
    for chat in range(3):
        mine = [each.payload.decode() for each in found if each.key == store.key(f"chat {chat}")]
        assert mine == [f"{n + 1}:m{chat + 3 * n}" for n in range(4)]


async def test_a_message_that_no_longer_opens_ends_alone_and_holds_up_no_start(store: Store) -> None:
    await store.burst([store.arrival(n, address=f"chat {n}") for n in range(3)])
    damaged = outbox.update().where(outbox.c.conversation == store.key("chat 1")).values(payload=b"\x01" + bytes(40))
    await store.writer.call(lambda connection: connection.execute(damaged))
    assert {each.key for each in await left(store)} == {store.key("chat 0"), store.key("chat 2")}
    ends = {row.conversation: (row.status, row.error) for row in await store.rows(outbox)}
    assert ends[store.key("chat 1")] == (Sending.REFUSED, "SealBroken")


async def test_a_talk_can_be_read_though_something_of_it_was_damaged(store: Store) -> None:
    for number in range(3):
        await store.turn(number, f"word {number}")
    events, messages = await store.rows(inbox), await store.rows(outbox)
    first, last = min(events, key=lambda row: row.seq), messages[-1]
    broken = b"\x01" + bytes(40)

    def damage(connection: Connection) -> None:
        connection.execute(inbox.update().where(inbox.c.id == first.id).values(event=broken))
        connection.execute(outbox.update().where(outbox.c.seq == last.seq).values(payload=broken))

    await store.writer.call(damage)
    entries = await store.writer.call(lambda connection: history(connection, store.seal, store.key()))
    assert [entry.incoming.text for entry in entries if entry.incoming] == ["word 1", "word 2"]
    assert [entry.payload for entry in entries if entry.payload] == [b"1:word 0", b"2:word 1"]


async def test_what_was_sent_is_no_longer_unsent(store: Store) -> None:
    await sent(store, 1)
    assert await left(store) == []
    assert await store.writer.call(counts) == {"unsent": 0, "parked": 0}


async def test_parked_events_are_counted_and_are_not_tried_again(store: Store) -> None:
    store.echo.broken.add("boom")
    for attempt in range(3):
        await store.turn(1, "boom", attempt=attempt)
    assert await store.writer.call(counts) == {"unsent": 1, "parked": 1}
    assert await store.writer.call(lambda connection: unfinished(connection, store.seal)) == []


async def test_what_waited_while_the_clock_was_set_back_does_not_wait_for_it_to_come_round_again(store: Store) -> None:
    now = await store.writer.call(milliseconds)
    (queued,) = (await store.turn(1, at=now + 2 * HOUR)).sends
    store.writer.mark(Mark(queued.key, queued.seq, Sending.QUEUED, 0))
    await store.writer.call(
        lambda connection: connection.execute(outbox.update().values(due_at=outbox.c.due_at + 2 * HOUR))
    )
    await store.writer.call(lambda connection: take_over(connection, store.process, ["telegram"]))
    (found,) = await left(store)
    assert found.due <= monotonic() + 1


async def test_failed_events_are_left_to_whoever_has_them_in_hand_but_not_for_hours_after_a_jump(store: Store) -> None:
    store.echo.broken.add("boom")
    ages = {"old": -YOUNG_MS - 1, "in hand": -1, "of a clock that was set back": 2 * HOUR}
    for name, age in ages.items():
        await store.turn(name, "boom", at=NOON_MS + age)

    def found(connection: Connection, now: int | None) -> set[str]:
        return {arrival.incoming.id for arrival in unfinished(connection, store.seal, now)}

    assert await store.writer.call(partial(found, now=NOON_MS)) == ages.keys() - {"in hand"}
    assert await store.writer.call(partial(found, now=None)) == ages.keys()


async def test_questions_are_listed_newest_first_by_promotion_answer_and_vote(store: Store) -> None:
    def fill(connection: Connection) -> None:
        for number, (promotion, result, vote) in enumerate(
            [("seriktes", "answer", -1), ("seriktes", "rules_silent", None), ("kasipker", "offtopic", 1)]
        ):
            token = f"t{number}"
            row = {"token": token, "asked_at": number, "promotion": promotion, "language": "kk", "result": result}
            text = store.seal.seal(f"сұрақ {number}".encode(), b"questions" + token.encode())
            connection.execute(insert(questions).values(**row, text=text, clauses="", vote=vote))

    await store.writer.call(fill)

    async def texts(promotion: str | None = None, only: str | None = None, limit: int = 100) -> list[str]:
        found = await store.writer.call(
            lambda connection: asked(connection, store.seal, promotion=promotion, only=only, limit=limit)
        )
        return [question.text for question in found]

    assert await texts() == ["сұрақ 2", "сұрақ 1", "сұрақ 0"]
    assert await texts(promotion="seriktes") == ["сұрақ 1", "сұрақ 0"]
    assert await texts(only="unanswered") == ["сұрақ 2", "сұрақ 1"]
    assert await texts(only="disliked") == ["сұрақ 0"]
    assert await texts(limit=1) == ["сұрақ 2"]


async def test_a_content_is_kept_once_and_found_by_its_digest(store: Store) -> None:
    for sid in ("HX1", "HX2"):
        kept = await store.writer.call(partial(keep_content, digest=b"d" * 32, sid=sid))
        assert kept == "HX1"
    assert await store.writer.call(lambda connection: find_content(connection, b"d" * 32)) == "HX1"
    assert await store.writer.call(lambda connection: find_content(connection, b"e" * 32)) is None


async def test_who_keeps_a_content_while_another_process_does_gets_what_that_one_kept() -> None:
    """On SQLite there is one writer, and so no such moment."""
    with fresh_postgres() as url:
        async with Store(url) as store:
            with store.engine.connect() as other:
                keep_content(other, b"d" * 32, "HX1")
                second = asyncio.create_task(store.writer.call(partial(keep_content, digest=b"d" * 32, sid="HX2")))
                await until(lambda: waits(store.engine))
                other.commit()
            assert await second == "HX1"


def waits(engine: Engine) -> bool:
    """Whether anybody waits for another's row in this database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with engine.connect() as connection:
        return bool(connection.execute(text(asked)).scalar_one())


async def test_a_delivery_only_moves_forward_however_its_statuses_arrive(store: Store) -> None:
    await sent(store, 1, "SM1", "whatsapp")
    seen = []
    for rank, error in ((3, None), (5, None), (4, None), (5, None), (6, "status 63024"), (3, None)):
        assert await store.writer.call(
            partial(move_delivery, channel="whatsapp", provider_id="SM1", rank=rank, error=error)
        )
        (row,) = await store.rows(outbox)
        seen.append(row.delivery)
    assert seen == [3, 5, 5, 5, 6, 6]
    assert row.error == "status 63024"


async def test_a_status_of_a_message_that_nobody_knows_is_told_so(store: Store) -> None:
    await sent(store, 1, "SM1", "whatsapp")
    assert not await store.writer.call(lambda connection: move_delivery(connection, "whatsapp", "SM2", 3, None))
    assert (await store.rows(outbox))[0].delivery is None


async def sweep(store: Store, before: int, farewells: int) -> None:
    """From one end of the tables to the other, two rows at a time."""
    key: bytes | None = b""
    while key is not None:
        key = await store.writer.call(partial(sweep_events, before=before, after=key, batch=2))
    place: Cursor | None = None
    while True:
        place = await store.writer.call(
            partial(sweep_messages, before=before, farewells=farewells, after=place, batch=2)
        )
        if place is None:
            return


async def test_after_its_time_what_is_finished_goes_and_what_is_not_stays(store: Store) -> None:
    store.echo.broken.add("boom")
    for number in (1, 4, 5, 6):
        await sent(store, number)
    for attempt in range(3):
        parked = await store.turn(2, "boom", "bob", attempt=attempt)
    assert said(parked) == ["sorry"]
    before, farewells = NOON_MS + DAY, NOON_MS
    await sweep(store, before, farewells)
    assert [row.id for row in await store.rows(inbox)] == [store.id(2)]
    assert [row.conversation for row in await store.rows(outbox)] == [store.key("bob")]
    assert await store.number() == 4


async def test_an_event_whose_messages_are_gone_is_still_found_when_its_person_is_forgotten(store: Store) -> None:
    await sent(store, 1)
    await store.writer.call(partial(sweep_messages, before=NOON_MS + DAY, farewells=NOON_MS))
    assert await store.rows(outbox) == []
    await store.writer.call(lambda connection: forget_conversations(connection, store.seal, [store.key()]))
    assert [(row.event, row.conversation) for row in await store.rows(inbox)] == [(None, None)]


async def test_what_waits_in_the_middle_of_a_conversation_stays_and_what_is_around_it_goes(store: Store) -> None:
    await sent(store, 1)
    (waiting,) = (await store.turn(2, "wait")).sends
    await sent(store, 3)
    await sweep(store, NOON_MS + DAY, NOON_MS)
    assert [row.seq for row in await store.rows(outbox)] == [waiting.seq]
    found = await store.reads(lambda connection: history(connection, store.seal, store.key()))
    assert [(entry.payload or b"").decode() for entry in found] == ["2:wait"]


async def test_a_conversation_is_found_by_an_index_however_many_others_there_are(store: Store) -> None:
    """A plan that reads a whole table, or sorts, would cost more with every person known."""
    plan = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    seen: list[str] = []

    def explained(connection: Connection) -> None:
        def look(conn: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if not statement.startswith(plan):
                rows = connection.exec_driver_sql(f"{plan} {statement}", values).all()
                seen.extend(str(row) for row in rows)

        event.listen(connection, "before_cursor_execute", look)
        history(connection, store.seal, store.key())
        last_numbers(connection, [store.key()])
        forget_conversations(connection, store.seal, [store.key()])
        event.remove(connection, "before_cursor_execute", look)

    await store.writer.call(explained)
    lines = [line for line in seen if "uploads" not in line]
    assert any("outbox" in line for line in lines)
    assert not [line for line in lines if re.search(r"\bSCAN\b|Seq Scan|TEMP B-TREE", line)], lines


async def test_last_words_can_be_read_until_they_go_and_a_new_talk_is_apart(store: Store) -> None:
    await sent(store, 1)
    (farewell,) = (await store.turn(2, "forget")).sends
    store.writer.mark(Mark(farewell.key, farewell.seq, Sending.SENT, 1, wipe=False))

    async def heard() -> list[str]:
        told = await store.writer.call(lambda connection: history(connection, store.seal, store.key()))
        return [entry.incoming.text if entry.incoming else (entry.payload or b"").decode() for entry in told]

    assert await heard() == ["2:forget"]
    await store.turn(3, "again", at=NOON_MS + 1000)
    assert await heard() == ["2:forget", "again", "1:again"]


async def test_what_is_younger_stays(store: Store) -> None:
    await sent(store, 1)
    await sweep(store, NOON_MS, NOON_MS)
    assert (len(await store.rows(inbox)), len(await store.rows(outbox))) == (1, 1)


async def test_last_words_to_somebody_forgotten_go_sooner_than_the_rest(store: Store) -> None:
    (farewell,) = (await store.turn(1, "forget")).sends
    store.writer.mark(Mark(farewell.key, farewell.seq, Sending.SENT, 1, wipe=False))
    assert len(await store.rows(outbox)) == 1  # whoever reads the outbox itself (the browser) reads it from here
    await sweep(store, 0, NOON_MS + 1)
    assert await store.rows(outbox) == []
