"""Who is forgotten is: nothing that was ever written of this person opens with the keys that are left, wherever it still lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storage.sealing import SealBroken
from storage.tables import Sending, conversations, inbox, notes, question_keys, questions
from storage.talks.history import history
from storage.talks.purging import sweep_questions, sweep_talks
from storage.talks.questions import asked
from storage.turns.types import Mark
from tests.storage.keys.sealed import SealedValue, opened, sealed_in, wrapped_in
from tests.storage.store import NOON_MS, Store
from tests.waiting import until

DAY_MS = 86_400_000


async def lived(store: Store, address: str = "ann") -> tuple[set[SealedValue], set[bytes]]:
    """Somebody asks, sends a file, fails and goes on. All that was ever sealed, each state that was written over too, and every key."""
    ever, keys = set[SealedValue](), set[bytes]()
    store.echo.broken = {"bad"}
    for number, word in enumerate(("bad", "меня зовут Ержан", f"ask token {address}", "twice", "audit yes", "person")):
        await store.turn(f"{address} {number}", word, address)
        ever |= sealed_in(store.engine)
        keys |= wrapped_in(store.engine)
    return ever, keys


async def forget(store: Store, address: str = "ann") -> tuple[set[SealedValue], set[bytes]]:
    """What was there in the last moment, the last words too, which are sent then."""
    (last,) = (await store.turn(f"{address} forget", "forget", address)).sends
    ever, keys = sealed_in(store.engine), wrapped_in(store.engine)
    store.writer.mark(Mark(last.key, last.seq, Sending.SENT, 1, wipe=last.wipe))
    await store.rows(inbox)
    return ever, keys


async def test_nothing_ever_written_of_a_person_opens_once_the_person_is_forgotten(store: Store) -> None:
    before, _ = await lived(store)
    assert {value.kind for value in before} == {"conversations", "inbox", "outbox", "questions"}
    assert len([value for value in before if value.kind == "conversations"]) == 5
    last, _ = await forget(store)
    assert opened(store.engine, store.seal, before | last) == []


async def test_who_is_not_forgotten_keeps_everything(store: Store) -> None:
    bobs, _ = await lived(store, "bob")
    anns, _ = await lived(store)
    await forget(store)
    assert set(opened(store.engine, store.seal, anns | bobs)) == bobs
    assert await store.number("bob") == 5
    assert [question.text for question in await store.writer.call(lambda c: asked(c, store.seal))] == ["сұрақ қандай"]


async def test_no_file_of_an_sqlite_database_holds_anything_sealed_of_who_was_forgotten(tmp_path: Path) -> None:
    """Not even what a thief of the master key and of the disk could unwrap and open."""
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        values, keys = await lived(store)
        more, later = await forget(store)
        sealed = {value.sealed for value in values | more}

        def left() -> list[bytes]:
            content = b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir()))
            return [each for each in sealed | keys | later if each in content]

        await until(lambda: not left())
        assert len(sealed) > 15
        assert len(keys | later) == 3
        await store.turn("bob", "hi", "bob")
        assert not left()


async def test_a_reader_holds_up_neither_the_turns_nor_for_ever_the_emptying_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "utys.db-wal"
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        await lived(store)
        with store.engine.connect().execution_options(reads_only=True) as reader:
            reader.execute(text("SELECT count(*) FROM inbox"))
            await forget(store)
            await store.turn("bob", "hi", "bob")
            assert log.stat().st_size > 0
        await until(lambda: log.stat().st_size == 0)


async def test_questions_go_with_their_person_and_name_nobody_before(store: Store) -> None:
    await store.turn(1, "ask one")
    await store.turn(2, "ask two")
    await store.turn(3, "ask other", "bob")
    rows = await store.rows(questions)
    assert len({row.owner for row in rows}) == 2
    assert store.key() not in [cell for row in rows + await store.rows(question_keys) for cell in row]
    await store.turn(4, "forget")
    assert [row.token for row in await store.rows(questions)] == ["other"]
    assert len(await store.rows(question_keys)) == 1


async def test_who_asks_and_is_forgotten_in_one_transaction_leaves_no_question(store: Store) -> None:
    await store.burst([store.arrival(1, "ask one"), store.arrival(2, "forget"), store.arrival(3, "ask two")])
    (question,) = await store.writer.call(lambda connection: asked(connection, store.seal))
    assert [row.token for row in await store.rows(questions)] == ["two"]
    assert question.text == "сұрақ қандай"


async def test_last_words_are_sealed_under_a_key_of_their_own_that_goes_with_them(store: Store) -> None:
    await store.turn(1)
    (last,) = (await store.turn(2, "forget")).sends
    assert [row.name for row in await store.rows(notes)] == [f"farewell {store.key().hex()}", "key"]
    (entry,) = await store.writer.call(lambda connection: history(connection, store.seal, store.key()))
    assert entry.payload == b"2:forget"
    store.writer.mark(Mark(last.key, last.seq, Sending.SENT, 1, wipe=True))
    assert [row.name for row in await store.rows(notes)] == ["key"]


async def test_an_older_state_of_a_talk_does_not_open_in_its_row(store: Store) -> None:
    await store.turn(1)
    (old,) = await store.rows(conversations)
    await store.turn(2)

    def put_back(connection: Connection) -> None:
        connection.execute(conversations.update().values(state=old.state))

    await store.writer.call(put_back)
    with pytest.raises(SealBroken):
        await store.talk()
    assert (await store.turn(3)).failed == "SealBroken"


async def test_what_was_asked_long_ago_goes_with_its_key_and_the_rest_stays(store: Store) -> None:
    await store.turn(1, "ask old")
    await store.turn(2, "ask other", "bob")
    await store.turn(3, "ask new", "bob", at=NOON_MS + DAY_MS)
    await store.writer.call(partial(sweep_questions, before=NOON_MS + 1))
    assert [row.token for row in await store.rows(questions)] == ["new"]
    (question,) = await store.writer.call(lambda connection: asked(connection, store.seal))
    assert question.text == "сұрақ қандай"
    assert len(await store.rows(question_keys)) == 1


async def test_a_talk_that_nobody_continued_is_forgotten_after_its_time(store: Store) -> None:
    before, _ = await lived(store)
    await store.turn("bob", "hi", "bob", at=NOON_MS + DAY_MS)
    await store.writer.call(partial(sweep_talks, seal=store.seal, before=NOON_MS + 1))
    assert await store.talk() is None
    assert await store.number("bob") == 1
    assert opened(store.engine, store.seal, before) == []
