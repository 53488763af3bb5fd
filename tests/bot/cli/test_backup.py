"""A backup is made while the bot works, everything after it is lost, and the copy goes on: nothing old is sent again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.backups.forgotten import NAME
from storage.tables import Sending
from tests.bot.program import Program
from tests.command import Command
from tests.fakes.faults import Fault

pytestmark = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)


@pytest.fixture
async def program(database: str, tmp_path: Path, models: Path) -> AsyncIterator[Program]:
    async with Program(tmp_path, models, DATABASE_URL=database) as running:
        yield running


async def utys(program: Program, *words: str, code: int = 0, **changes: str) -> str:
    """What a command says, run where the program runs."""
    run = Command(program.folder, Path(program.environment()["MODELS_DIR"]))
    seen = await asyncio.to_thread(run, *words, **{**program.environment(), **changes})
    assert seen.code == code, seen
    return seen.out + seen.err


async def doctor(program: Program) -> str:
    """Without WhatsApp: the fake Twilio does not tell of accounts."""
    names = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM")
    return await utys(program, "doctor", **dict.fromkeys(names, ""))


async def answered(program: Program, chat: int, count: int) -> None:
    await program.telegram.wait_for(lambda: len(program.telegram.messages(chat)) == count, timeout=30)


@pytest.mark.slow
async def test_a_copy_goes_on_and_sends_nothing_old(program: Program, tmp_path: Path) -> None:
    telegram, twilio = program.telegram, program.twilio
    people = [telegram.person() for _ in range(20)]
    slow, friend = people[0], twilio.person()
    old = {"update_id": 700_000, **people[1].text("/ru")}
    await telegram.push(old, *[person.text("/ru") for person in (slow, *people[2:])])
    await twilio.receive(friend.text("меню"))
    for person in people:
        await answered(program, person.id, 1)
    await twilio.wait_for(lambda: len(twilio.messages(friend.address)) == 1, timeout=30)

    # under load, with a message on its way whose outcome nobody knows yet
    telegram.script.queue("sendMessage", Fault.hang(after_work=True), when=lambda params: params["chat_id"] == slow.id)
    await telegram.push(slow.text("/help"), slow.text("/kk"))
    await telegram.wait_for(lambda: telegram.hanging)
    await telegram.push(*[person.text(word) for person in people[1:] for word in ("/help", "/kk", "/help")])
    said = await utys(program, "backup", str(tmp_path / "kept"))
    assert "rows of" in said
    telegram.release()
    for person in people[1:]:
        await answered(program, person.id, 4)
    await answered(program, slow.id, 3)

    # all this is only in the database that is going to be lost
    late = {"update_id": 800_000, **people[1].text("/ru")}
    await telegram.push(late)
    await answered(program, people[1].id, 5)
    await twilio.receive(friend.text("помощь"))
    await twilio.wait_for(lambda: len(twilio.messages(friend.address)) == 2, timeout=30)
    await program.stop()
    sent = {person.id: len(telegram.messages(person.id)) for person in people}

    assert "--replace" in await utys(program, "restore", str(tmp_path / "kept"), code=1)
    await utys(program, "restore", str(tmp_path / "kept"), "--replace")
    calls = len(telegram.calls) + len(twilio.calls)
    assert "utys restore --confirm" in await utys(program, "serve", code=1)
    assert len(telegram.calls) + len(twilio.calls) == calls, "no webhook is set, nothing is fetched, nothing is sent"
    assert "held" in await doctor(program)
    await utys(program, "restore", "--confirm")
    await program.start()

    # the provider delivers again: what the backup knows is recognised, what it does not know is answered (again)
    await telegram.push(old, late)
    await answered(program, people[1].id, sent[people[1].id] + 1)
    await twilio.wait_for(lambda: len(twilio.messages(friend.address)) == 3, timeout=30)
    # and talks go on
    await telegram.push(*[person.text("/menu") for person in people[2:]])
    for person in people[2:]:
        await answered(program, person.id, sent[person.id] + 1)
    await telegram.push(slow.text("/menu"))
    await answered(program, slow.id, sent[slow.id] + 1)
    assert await program.stop() == 0
    statuses = program.sendings()
    assert statuses.count(Sending.HELD) >= 1
    assert set(statuses) <= {Sending.SENT, Sending.REPEATED, Sending.HELD}


@pytest.mark.slow
async def test_what_was_held_can_be_sent_on_demand_and_counts_as_perhaps_repeated(
    program: Program, tmp_path: Path
) -> None:
    telegram = program.telegram
    person = telegram.person()
    telegram.script.queue("sendMessage", Fault.rate_limited(60))
    await telegram.push(person.text("/ru"))
    await telegram.wait_for(lambda: telegram.calls_to("sendMessage"), timeout=30)
    await utys(program, "backup", str(tmp_path / "kept"))
    assert await program.stop() == 0
    assert telegram.messages(person.id) == []
    await utys(program, "restore", str(tmp_path / "kept"), "--replace")
    assert "to be sent: 1" in await utys(program, "restore", "--confirm", "--send-held")
    await program.start()
    await answered(program, person.id, 1)
    assert await program.stop() == 0
    assert program.sendings() == [Sending.REPEATED]


async def test_backups_in_a_folder_are_named_by_their_time_and_only_the_newest_stay(
    program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    os.mkdir(folder)
    for day in ("20200101T000000Z", "20200102T000000Z"):
        (folder / f"utys-{day}.backup").write_bytes(b"")
    assert "--keep" in await utys(program, "backup", str(tmp_path / "file"), "--keep", "2", code=1)
    said = await utys(program, "backup", str(folder), "--keep", "2")
    assert "20200101T000000Z.backup: removed" in said
    kept = sorted(os.listdir(folder))
    assert kept.pop() == NAME
    assert len(kept) == 2
    assert kept[0] == "utys-20200102T000000Z.backup"
    newest = folder / kept[1]
    assert newest.stat().st_mode & 0o077 == 0
    assert "rows of" in await utys(program, "restore", str(newest), "--check")
    assert "is there already" in await utys(program, "backup", str(newest), code=1)
    assert "backup       the last one 0 h ago" in await doctor(program)


async def test_mistakes_get_one_sentence_and_never_a_new_key(program: Program, tmp_path: Path) -> None:
    assert "--confirm" in await utys(program, "restore", code=1)
    assert "do not go together" in await utys(program, "restore", "x", "--check", "--replace", code=1)
    assert "No such file" in await utys(program, "restore", str(tmp_path / "nowhere"), "--check", code=1)
    assert "no restored copy" in await utys(program, "restore", "--confirm")
    await utys(program, "backup", str(tmp_path / "kept"))
    await program.stop()
    key = tmp_path / "var" / "encryption.key"
    key.unlink()
    for words in (("restore", str(tmp_path / "kept"), "--replace"), ("backup", str(tmp_path / "other"))):
        assert "no encryption key" in await utys(program, *words, code=1)
    assert not key.exists()
