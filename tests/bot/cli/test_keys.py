"""`utys keys`: a new key is made, everything is given it, and the old one may go; old backups still open with it."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

from bot.keys import seal_of
from bot.settings import Settings
from storage.processes.single_process import sole
from tests.command import Command
from tests.storage.store import KEY, Store

OTHER = bytes(range(60, 92))


def text(*keys: bytes) -> str:
    return "\n".join(base64.b64encode(key).decode() for key in keys)


async def lived(url: str) -> None:
    async with Store(url) as store:
        for number in range(3):
            await store.turn(number, f"ask t{number}", f"p{number}")


async def count(url: str, key: bytes) -> int:
    async with Store(url, key=key) as store:
        return sum([await store.number(f"p{number}") for number in range(3)])


async def test_a_new_key_takes_over_and_the_old_one_may_go(database: str, tmp_path: Path, models: Path) -> None:
    utys, file = Command(tmp_path, models), tmp_path / "keys"
    file.write_text(text(KEY))
    settings = {"DATABASE_URL": database, "ENCRYPTION_KEY_FILE": str(file)}

    async def said(*words: str, code: int = 0) -> str:
        seen = await asyncio.to_thread(utys, *words, **settings)
        assert seen.code == code, seen
        return seen.out + seen.err

    await lived(database)
    await said("backup", str(tmp_path / "kept"))
    assert "no older key is needed" in await said("keys", "status")
    running = seal_of(Settings(_env_file=None, encryption_key_file=file))
    assert "sealed anew" in await said("keys", "rotate", "--new")
    newest, oldest = (base64.b64decode(line) for line in file.read_text().split())
    assert oldest == KEY
    assert file.stat().st_mode & 0o777 == 0o600
    assert "no older key is needed" in await said("keys", "status")
    assert running.make_key(b"someone").wrapped.startswith(running.header)
    assert running.ids[0].hex() in await said("keys", "status"), "a program that runs has heard of it"

    file.write_text(text(newest))
    assert "t2" not in await said("questions")
    assert (await said("questions")).count("\n") == 6
    assert await count(database, newest) == 3
    file.write_text(text(KEY))
    assert "does not fit" in await said("questions", code=1)

    # what was kept before needs the old key, and is brought up to date again
    file.write_text(text(newest))
    assert "key is not the one" in await said("restore", str(tmp_path / "kept"), "--replace", code=1)
    file.write_text(text(newest, KEY))
    await said("restore", str(tmp_path / "kept"), "--replace")
    assert "to do" in await said("keys", "status")
    await said("keys", "rotate")
    assert await count(database, newest) == 3


async def test_keys_that_running_programs_do_not_hear_of_are_changed_only_while_none_runs(
    tmp_path: Path, models: Path
) -> None:
    utys, file = Command(tmp_path, models), tmp_path / "utys.db"
    url = f"sqlite:///{file}"
    await lived(url)
    settings = {"DATABASE_URL": url, "ENCRYPTION_KEY": text(OTHER, KEY)}
    with sole(file, 0):
        seen = await asyncio.to_thread(utys.process, "keys", "rotate", **settings)
        assert seen.code == 1
        assert "stop it first" in seen.err
    assert "no file" in (await asyncio.to_thread(utys, "keys", "rotate", "--new", **settings)).err
    assert (await asyncio.to_thread(utys, "keys", "rotate", **settings)).code == 0
    assert await count(url, OTHER) == 3
