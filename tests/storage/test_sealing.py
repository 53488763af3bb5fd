"""What names a person cannot be read without the key, not even by who holds the whole database."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Connection, inspect, text

from dialogs.messages import Attachment, SharedContact
from storage.aad import aad_of_payload
from storage.sealing import Seal, SealBroken
from storage.tables import conversations, outbox
from storage.talks.history import history
from tests.storage.store import KEY, Store

SEAL = Seal(KEY)
SECRETS = ("құпия сөйлем", "+77017654321", "Айгерім Сәрсенова", "паспорт.pdf", "700000042")


@given(st.binary(), st.binary())
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: bytes) -> None:
    assert SEAL.open(SEAL.seal(plain, place), place) == plain


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert SEAL.seal(b"hi", b"place") != SEAL.seal(b"hi", b"place")


def test_a_ciphertext_that_was_moved_does_not_open() -> None:
    with pytest.raises(SealBroken):
        SEAL.open(SEAL.seal(b"hi", b"inbox1"), b"inbox2")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Seal(bytes(32)).open(SEAL.seal(b"hi", b"place"), b"place")


@given(st.integers(0, 31), st.integers(1, 255))
def test_a_single_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(SEAL.seal(b"hi there", b"place"))
    sealed[position] ^= change
    with pytest.raises(SealBroken):
        SEAL.open(bytes(sealed), b"place")


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" + bytes(12), b"\x01" + bytes(20), b"\x02" + bytes(40)])
def test_a_cut_off_value_is_refused_and_no_crash(cut: bytes) -> None:
    with pytest.raises(SealBroken):
        SEAL.open(cut, b"place")


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Seal(b"short")


def test_keyed_hashes_are_equal_for_equal_parts_only_and_differ_by_key() -> None:
    assert SEAL.digest("event", "telegram", "1") == SEAL.digest("event", "telegram", "1")
    assert SEAL.digest("event", "telegram", "1") != SEAL.digest("event", "telegram1", "")
    assert SEAL.digest("event", "telegram", "1") != Seal(bytes(32)).digest("event", "telegram", "1")
    assert len(SEAL.digest("\ud800 a lone surrogate")) == 16


async def fill(store: Store) -> None:
    """One person says all that may not be read."""
    await store.turn(1, SECRETS[0], SECRETS[4])
    contact = store.arrival(2, address=SECRETS[4])
    incoming = replace(
        contact.incoming,
        kind="contact",
        text=SECRETS[2],
        contact=SharedContact(SECRETS[1], own=True),
        attachments=(Attachment("file-1", "application/pdf", SECRETS[3]),),
    )
    await store.writer.turn(replace(contact, incoming=incoming))
    await store.turn(3, "ask token", SECRETS[4])
    store.echo.broken.add(SECRETS[1])
    for attempt in range(3):
        await store.turn(4, SECRETS[1], SECRETS[4], attempt=attempt)


def spellings(secret: str) -> set[bytes]:
    """A text as it could stand in a file: as it is, as JSON escapes, in UTF-16."""
    escaped = secret.encode("unicode_escape")
    return {secret.encode(), escaped, secret.encode("utf-16-le"), secret.lstrip("+").encode()}


async def test_no_column_of_any_table_shows_what_a_person_said_or_who_it_is(store: Store) -> None:
    await fill(store)

    def dump(connection: Connection) -> bytes:
        tables = inspect(connection).get_table_names()
        assert {"inbox", "outbox", "conversations", "questions", "audit", "notes"} <= set(tables)
        rows = [row for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]
        cells = [cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row]
        return b"\n".join(cells)

    everything = await store.writer.call(dump)
    assert len(everything) > 500
    for secret in (*SECRETS, "сұрақ қандай"):
        assert not [spelling for spelling in spellings(secret) if spelling in everything], secret


async def test_nothing_can_be_read_in_the_files_of_an_sqlite_database(tmp_path: Path) -> None:
    async with Store(f"sqlite:///{tmp_path / 'utys.db'}") as store:
        await fill(store)
        log = (tmp_path / "utys.db-wal").read_bytes()
        content = log + (tmp_path / "utys.db").read_bytes()
    assert len(log) > 1000
    content += (tmp_path / "utys.db").read_bytes()  # and once more after the log went into the file
    assert b"telegram" in content
    for secret in SECRETS:
        assert not [spelling for spelling in spellings(secret) if spelling in content], secret


async def test_a_message_moved_into_another_persons_talk_does_not_open(store: Store) -> None:
    await store.turn(1, address="ann")
    await store.turn(2, address="bob")

    def swap(connection: Connection) -> None:
        rows = list(connection.execute(outbox.select()))
        for row, other in zip(rows, reversed(rows), strict=True):
            of = (outbox.c.conversation == row.conversation, outbox.c.seq == row.seq)
            connection.execute(outbox.update().where(*of).values(payload=other.payload))

    await store.writer.call(swap)
    keys = {row.key: store.seal.unwrap(row.data_key, row.key) for row in await store.rows(conversations)}
    for row in await store.rows(outbox):
        with pytest.raises(SealBroken):
            keys[row.conversation].open(row.payload, aad_of_payload(row.conversation, row.seq))
    entries = await store.writer.call(lambda connection: history(connection, store.seal, store.key("ann")))
    assert [entry.payload for entry in entries if entry.payload] == []
    assert [entry.incoming.id for entry in entries if entry.incoming] == ["1"]


async def test_a_state_moved_to_another_talk_is_not_taken_for_that_talks(store: Store) -> None:
    await store.turn(1, address="ann")
    await store.turn(2, address="bob")

    def steal(connection: Connection) -> None:
        (state,) = connection.execute(
            conversations.select().with_only_columns(conversations.c.state).where(conversations.c.key == store.key())
        ).one()
        connection.execute(conversations.update().where(conversations.c.key == store.key("bob")).values(state=state))

    await store.writer.call(steal)
    assert (await store.turn(3, address="bob")).failed == "SealBroken"
