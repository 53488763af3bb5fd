"""What a turn leaves in the tables: effects, the waiting person, and nothing of somebody who asked to be forgotten."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import Table

from dialogs.turn import Effect
from storage.tables import audit, conversations, inbox, outbox, questions
from storage.talks.history import history
from storage.talks.questions import asked
from storage.turns.effects import EFFECTS
from storage.turns.types import Mark
from tests.storage.store import NOON, NOON_MS, Store, said


def test_every_effect_says_what_it_writes() -> None:
    assert set(EFFECTS) == set(get_args(Effect))


async def test_what_an_organiser_must_prove_later_is_audited_with_its_time(store: Store) -> None:
    await store.turn(1, "audit promotion chosen")
    (row,) = await store.rows(audit)
    assert (row.what, row.detail, row.at, row.conversation) == ("noted", "promotion chosen", NOON_MS, store.key())


async def test_a_question_is_kept_without_the_person_and_a_vote_finds_it(store: Store) -> None:
    await store.turn(1, "ask token-1")
    await store.turn(2, "vote token-1", "somebody else")
    (row,) = await store.rows(questions)
    assert (row.vote, row.clauses, row.result) == (1, "3.1\n4.2", "answer")
    assert store.key() not in tuple(row)
    (found,) = await store.writer.call(lambda connection: asked(connection, store.seal))
    assert found.text == "сұрақ қандай"


async def test_a_vote_for_a_question_that_is_unknown_changes_nothing(store: Store) -> None:
    await store.turn(1, "ask token-1")
    await store.turn(2, "vote another")
    assert (await store.rows(questions))[0].vote is None


async def test_a_talk_that_waits_for_a_person_can_be_listed_without_opening_it(store: Store) -> None:
    await store.turn(1, "person")
    await store.turn(2, "person agent-7", "bob")
    rows = {row.key: row for row in await store.rows(conversations)}
    since = int(NOON.timestamp() * 1000)
    assert (rows[store.key()].waiting_since, rows[store.key()].agent) == (since, None)
    assert (rows[store.key("bob")].waiting_since, rows[store.key("bob")].agent) == (since, "agent-7")
    await store.turn(3, "silence")
    assert (await store.rows(conversations))[0].updated_at == NOON_MS


async def test_a_turn_may_say_nothing(store: Store) -> None:
    assert said(await store.turn(1, "silence")) == []
    assert await store.sizes() == {"inbox": 1, "conversations": 1, "outbox": 0, "audit": 0, "questions": 0}


async def test_history_tells_both_sides_in_order(store: Store) -> None:
    await store.burst([store.arrival(n, f"m{n}") for n in range(3)])
    told = await store.writer.call(lambda connection: history(connection, store.seal, store.key()))
    shown = [entry.incoming.text if entry.incoming else (entry.payload or b"").decode() for entry in told]
    assert shown == ["m0", "1:m0", "m1", "2:m1", "m2", "3:m2"]
    later = await store.writer.call(lambda connection: history(connection, store.seal, store.key(), told[3].seq))
    assert [entry.seq for entry in later] == [entry.seq for entry in told[4:]]


async def test_of_a_long_talk_the_newest_two_hundred_entries_are_shown(store: Store) -> None:
    await store.burst([store.arrival(n, f"m{n}") for n in range(130)])
    told = await store.writer.call(lambda connection: history(connection, store.seal, store.key()))
    assert len(told) == 200
    assert told[-1].payload == b"130:m129"


async def every_end(store: Store, address: str) -> None:
    """Turns of that person: answered, answered twice, met with silence, failed, parked with an apology, and failed before it went well."""
    await store.burst(
        [store.arrival(f"{address}{n}", word, address) for n, word in enumerate(("hi", "twice", "silence"))]
    )
    store.echo.broken = {"bad", "worse", "late"}
    await store.turn(f"{address}bad", "bad", address)
    for attempt in range(3):
        await store.turn(f"{address}worse", "worse", address, attempt=attempt)
    await store.turn(f"{address}late", "late", address)
    store.echo.broken = {"bad", "worse"}
    await store.turn(f"{address}late", "late", address, attempt=1)
    await store.turn(f"{address}last", "well", address)


async def shown(store: Store, address: str, after: int = 0) -> list[str]:
    told = await store.writer.call(lambda connection: history(connection, store.seal, store.key(address), after))
    assert [entry.seq for entry in told] == sorted({entry.seq for entry in told})
    return [entry.incoming.text if entry.incoming else (entry.payload or b"").decode() for entry in told]


async def test_history_tells_what_was_not_answered_too_each_once_and_nothing_of_others(store: Store) -> None:
    await every_end(store, "ann")
    await every_end(store, "bob")
    whole = await shown(store, "ann")
    answered = ["hi", "1:hi", "twice", "2:twice", "2:twice", "silence"]
    assert whole == [*answered, "bad", "worse", "sorry", "late", "4:late", "well", "5:well"]
    told = await store.writer.call(lambda connection: history(connection, store.seal, store.key("ann")))
    for place, entry in enumerate(told):
        assert await shown(store, "ann", entry.seq) == whole[place + 1 :]


async def test_forget_me_reaches_every_event_of_the_person_however_it_ended_and_no_other_person_s(store: Store) -> None:
    await every_end(store, "ann")
    await every_end(store, "bob")
    before = await shown(store, "bob")
    await store.turn("end", "forget")
    assert await shown(store, "ann") == ["6:forget"]
    assert await naming(store, "ann") == ["outbox"]
    assert sum(row.event is not None for row in await store.rows(inbox)) == 7
    assert await shown(store, "bob") == before
    assert len({row.event for row in await store.rows(inbox) if row.event}) == 7


async def test_what_failed_and_is_tried_again_beside_forget_me_is_forgotten_too(store: Store) -> None:
    """Also in one transaction, in either order: nothing is parked that nobody could replay."""
    store.echo.broken = {"bad"}
    for address, tried in (("ann", 0), ("bob", 2)):
        for attempt in range(tried + 1):
            await store.turn(f"{address}bad", "bad", address, attempt=attempt)
    first = [store.arrival(1, "forget"), store.arrival("annbad", "bad", attempt=1)]
    then = [store.arrival("bobbad", "bad", "bob", attempt=2), store.arrival(2, "forget", "bob")]
    results = await store.burst([*first, *then])
    assert results[1].duplicate
    assert {(row.event, row.conversation, row.status) for row in await store.rows(inbox)} == {(None, None, 0)}
    assert await store.rows(conversations) == []


async def test_who_writes_in_the_very_moment_of_being_forgotten_is_answered(store: Store) -> None:
    """The new talk's numbers do not meet that of the last words, which are still there; nor where the clock was set back meanwhile."""
    await store.turn(1)
    await store.turn(2, "forget")
    assert said(await store.turn(3)) == ["1:hi"]
    await store.turn(4, "forget")
    assert said(await store.turn(5, "twice", at=NOON_MS - 3_600_000)) == ["1:twice", "1:twice"]
    seqs = [row.seq for row in await store.rows(outbox)]
    assert len(set(seqs)) == len(seqs) == 3
    assert max(seqs) == seqs[-1]


async def naming(store: Store, address: str) -> list[str]:
    """The tables in which something still leads to that person."""
    tables: list[Table] = [inbox, conversations, outbox, audit, questions]
    key = store.key(address)
    found: list[str] = []
    for table in tables:
        rows: list[Any] = await store.rows(table)
        found += [table.name for row in rows if key in tuple(row)]
    return found


async def test_forget_me_leaves_no_row_that_names_the_person_but_the_farewell(store: Store) -> None:
    await store.turn(1, "audit something")
    await store.turn(2, "person")
    await store.turn(3, "hi", "bob")
    (farewell,) = (await store.turn(4, "forget")).sends
    assert await naming(store, "ann") == ["outbox"]
    assert await store.talk() is None
    store.writer.mark(Mark(farewell.key, farewell.seq, 2, 1, wipe=farewell.wipe))
    assert await naming(store, "ann") == []
    assert [row.event for row in await store.rows(inbox) if row.conversation is None] == [None] * 3
    assert await store.number("bob") == 1


async def test_that_somebody_was_forgotten_is_audited_without_saying_who(store: Store) -> None:
    await store.turn(1, "forget")
    (row,) = await store.rows(audit)
    assert (row.what, row.conversation, row.detail) == ("forgotten", None, "")


async def test_forget_me_in_one_group_with_what_was_said_before_leaves_as_little(store: Store) -> None:
    results = await store.burst([store.arrival(1, "audit x"), store.arrival(2), store.arrival(3, "forget")])
    farewell = results[2].sends[0]
    store.writer.mark(Mark(farewell.key, farewell.seq, 2, 1, wipe=farewell.wipe))
    assert await naming(store, "ann") == []
    assert await store.talk() is None


async def test_what_came_before_a_person_was_forgotten_is_still_recognised_as_a_repeat(store: Store) -> None:
    await store.turn(1)
    await store.burst([store.arrival(2), store.arrival(3, "forget"), store.arrival(4)])
    for number, text in ((1, "hi"), (2, "hi"), (3, "forget"), (4, "hi")):
        assert (await store.turn(number, text)).duplicate, number
    assert await store.number() == 1


async def test_who_writes_again_after_being_forgotten_is_a_stranger(store: Store) -> None:
    first = await store.turn(1, "twice")
    await store.turn(2, "forget")
    again = await store.turn(3, at=NOON_MS + 60_000)
    assert said(again) == ["1:hi"]
    assert again.sends[0].seq > first.sends[-1].seq


async def test_a_farewell_that_was_not_sent_yet_survives_a_restart(database: str) -> None:
    async with Store(database) as store:
        await store.turn(1, "forget")
    async with Store(database, 2) as later:
        assert [row.wipe for row in await later.rows(outbox)] == [1]


async def test_a_failed_event_of_somebody_forgotten_is_not_tried_again(store: Store) -> None:
    store.echo.broken.add("boom")
    failed = await store.turn(1, "boom")
    await store.turn(2, "forget")
    store.echo.broken.clear()
    assert (await store.writer.turn(store.arrival(1, "boom", attempt=failed.arrival.attempt + 1))).duplicate
    assert await store.talk() is None
