"""What goes wrong on the way into the database: a bug in a dialog, a row that is refused, a database that is away."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from storage.tables import Arrived, audit, conversations, inbox, outbox
from storage.talks.parked import unfinished
from storage.turns.types import Mark, StorageDown
from tests.storage.store import Store, away, back, said
from tests.waiting import until


async def test_a_turn_that_raises_leaves_the_event_and_nothing_half(store: Store) -> None:
    await store.turn(1, "one")
    store.echo.broken.add("boom")
    failed = await store.turn(2, "boom")
    assert failed.failed is not None
    assert failed.sends == ()
    assert await store.sizes() == {"inbox": 2, "conversations": 1, "outbox": 1, "audit": 0, "questions": 0}
    assert await store.number() == 1


async def test_a_failure_is_named_by_type_and_place_and_never_by_what_was_written(store: Store) -> None:
    store.echo.broken.add("boom")
    await store.turn(1, "boom")
    row = (await store.rows(inbox))[0]
    assert row.error.startswith("RuntimeError at store.py:")
    assert "secret" not in row.error


async def test_an_event_that_fails_three_times_is_parked_with_an_apology_and_a_person_is_asked_for(
    store: Store,
) -> None:
    store.echo.broken.add("boom")
    tries = [await store.turn(1, "boom", attempt=attempt) for attempt in range(3)]
    assert [bool(result.failed) for result in tries] == [True, True, False]
    assert [result.parked for result in tries] == [False, False, True]
    assert said(tries[2]) == ["sorry"]
    row = (await store.rows(inbox))[0]
    assert (row.status, row.attempts) == (Arrived.PARKED, 3)
    assert (await store.rows(conversations))[0].waiting_since is not None


async def test_a_parked_event_that_comes_again_is_a_repeat(store: Store) -> None:
    store.echo.broken.add("boom")
    for attempt in range(3):
        await store.turn(1, "boom", attempt=attempt)
    assert (await store.turn(1, "boom")).duplicate
    assert (await store.turn(1, "boom", attempt=3)).duplicate


async def test_a_provider_that_repeats_a_failed_event_does_not_use_up_its_tries(store: Store) -> None:
    store.echo.broken.add("boom")
    await store.turn(1, "boom")
    assert (await store.turn(1, "boom")).duplicate
    assert (await store.rows(inbox))[0].attempts == 1


async def test_a_failed_event_that_works_at_the_second_try_has_its_effect(store: Store) -> None:
    store.echo.broken.add("boom")
    await store.turn(1, "boom")
    store.echo.broken.clear()
    assert said(await store.turn(1, "boom", attempt=1)) == ["1:boom"]
    row = (await store.rows(inbox))[0]
    assert (row.status, row.attempts, row.error) == (Arrived.DONE, 2, None)


async def test_a_chat_goes_on_behind_an_event_that_fails(store: Store) -> None:
    store.echo.broken.add("boom")
    results = await store.burst([store.arrival(1), store.arrival(2, "boom"), store.arrival(3)])
    assert [said(result) for result in results] == [["1:hi"], [], ["2:hi"]]


async def test_an_apology_that_fails_too_parks_the_event_in_silence(store: Store) -> None:
    store.echo.broken.add("boom")
    store.echo.speechless = True
    tries = [await store.turn(1, "boom", attempt=attempt) for attempt in range(3)]
    assert tries[2].parked
    assert tries[2].sends == ()
    assert said(await store.turn(2)) == ["1:hi"]


async def test_a_failed_event_is_found_again_after_a_restart(database: str) -> None:
    async with Store(database) as store:
        store.echo.broken.add("boom")
        await store.turn(1, "boom")
    async with Store(database, 2) as later:
        (left,) = await later.writer.call(lambda connection: unfinished(connection, later.seal))
        assert (left.incoming.text, left.attempt) == ("boom", 1)
        assert said(await later.writer.turn(left)) == ["1:boom"]


async def test_a_row_that_the_database_refuses_fails_alone(store: Store) -> None:
    await store.turn(1, "ask same-token")
    results = await asyncio.gather(
        store.turn(2, "hi", "bob"),
        store.turn(3, "ask same-token", "eve"),
        store.turn(4, "hi", "kim"),
    )
    assert [said(result) for result in results] == [["1:hi"], [], ["1:hi"]]
    assert results[1].failed is not None
    assert store.writer.failing is None
    assert await store.number("eve") == 0


async def test_a_row_that_the_database_refuses_every_time_is_parked_and_the_provider_not_asked_again(
    store: Store,
) -> None:
    await store.turn(1, "ask same-token")
    tries = [await store.turn(2, "ask same-token", "eve", attempt=attempt) for attempt in range(3)]
    assert [result.parked for result in tries] == [False, False, True]
    assert said(tries[2]) == ["sorry"]
    kept = {row.id: (row.status, row.attempts, row.error) for row in await store.rows(inbox)}
    assert kept[store.id(2)] == (Arrived.PARKED, 3, "IntegrityError")


async def test_a_row_that_is_refused_after_a_long_day_costs_the_others_nothing(store: Store) -> None:
    for number in range(10):  # whatever a driver gets used to by then
        await store.turn(number, f"ask token-{number}")
    for attempt in range(3):
        refused, other = await store.burst(
            [store.arrival("x", "ask token-1", "eve", attempt=attempt), store.arrival(f"y{attempt}", address="bob")]
        )
        assert said(other) == [f"{attempt + 1}:hi"]
    assert refused.parked
    assert store.writer.failing is None


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_talk_that_is_refused_with_the_first_statements_of_a_connection_is_parked(store: Store) -> None:
    """SQLite takes a name of any length. What was prepared before the refusal stays prepared."""
    for attempt in range(3):
        refused, other = await store.burst(
            [store.arrival("x", f"person {'x' * 40}", "eve", attempt=attempt), store.arrival(attempt, address="bob")]
        )
        assert said(other) == [f"{attempt + 1}:hi"]
    assert refused.parked
    assert store.writer.failing is None


async def test_a_talk_that_no_longer_opens_does_not_hold_back_the_others(store: Store) -> None:
    await store.turn(1, address="eve")
    with store.engine.begin() as connection:
        connection.execute(conversations.update().values(state=b"\x01" + bytes(40)))
    results = await asyncio.gather(store.turn(2, address="bob"), store.turn(3, address="eve"))
    assert said(results[0]) == ["1:hi"]
    assert results[1].failed is not None
    for attempt in (1, 2):
        last = await store.turn(3, address="eve", attempt=attempt)
    assert last.parked
    assert store.writer.failing is None


async def test_a_mark_that_the_database_refuses_does_not_hold_back_the_others(store: Store) -> None:
    sent = (await store.turn(1, "twice")).sends
    store.writer.mark(Mark(sent[0].key, sent[0].seq, 2**40, 1))
    store.writer.mark(Mark(sent[1].key, sent[1].seq, 2, 1, provider_id="78"))
    assert said(await store.turn(2)) == ["2:hi"]
    assert (await store.rows(outbox))[1].provider_id == "78"
    assert store.writer.failing is None


async def test_while_the_database_is_away_nothing_is_acknowledged_and_afterwards_all_is_well(store: Store) -> None:
    await store.turn(1)
    away(store.engine)
    for number in (2, 3):
        with pytest.raises(StorageDown):
            await store.turn(number)
    assert store.writer.failing is not None
    back(store.engine)
    assert said(await store.turn(2)) == ["2:hi"]
    assert store.writer.failing is None


async def test_a_writer_notices_by_itself_that_the_database_is_back(store: Store) -> None:
    away(store.engine)
    with pytest.raises(StorageDown):
        await store.turn(1)
    back(store.engine)
    await until(lambda: store.writer.failing is None)


async def test_marks_of_messages_that_were_sent_while_the_database_was_away_are_written_later(store: Store) -> None:
    (sent,) = (await store.turn(1)).sends
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO outbox_away"))
    store.writer.mark(Mark(sent.key, sent.seq, 2, 1, provider_id="9"))
    await until(lambda: store.writer.failing is not None)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE outbox_away RENAME TO outbox"))
    await until(lambda: store.writer.failing is None)
    assert (await store.rows(outbox))[0].provider_id == "9"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_lost_connection_costs_at_most_the_turns_in_hand(store: Store) -> None:
    await store.turn(1)
    with store.engine.connect() as other:
        other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    with pytest.raises(StorageDown):
        await store.turn(2)
    assert said(await store.turn(2)) == ["2:hi"]


async def test_a_program_can_stop_while_its_database_is_away(database: str) -> None:
    store = Store(database)
    async with asyncio.timeout(10):
        async with store:
            (sent,) = (await store.turn(1)).sends
            with store.engine.begin() as connection:
                connection.execute(text("ALTER TABLE outbox RENAME TO outbox_away"))
            store.writer.mark(Mark(sent.key, sent.seq, 2, 1))
            await until(lambda: store.writer.failing is not None)


async def test_audit_row_talk_and_message_are_in_one_transaction(store: Store) -> None:
    await store.turn(1, "audit clause 3.1")
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
    with pytest.raises(StorageDown):
        await store.turn(2, "audit clause 3.2")
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
    assert [row.detail for row in await store.rows(audit)] == ["clause 3.1"]
    assert (await store.sizes())["inbox"] == (await store.sizes())["outbox"] == 1
    assert await store.number() == 1
