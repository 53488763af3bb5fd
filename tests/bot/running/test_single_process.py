"""One SQLite file is served by one program at a time; commands that only look are not in the way."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest

from tests.bot.program import Program

PARTICIPANTS = "phone\n+77011234567\n"


@pytest.fixture
async def program(tmp_path: Path, models: Path) -> AsyncIterator[Program]:
    async with Program(tmp_path, models) as running:
        yield running


async def utys(program: Program, *words: str, **changes: str) -> tuple[int | None, str]:
    """A command beside the program: its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.cli", *words),
        cwd=program.folder,
        env={**program.environment(), **changes},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    return process.returncode, said.decode()


async def answers(program: Program, count: int) -> None:
    person = program.telegram.person()
    await program.telegram.push(person.text("/ru"))
    await program.telegram.wait_for(lambda: len(program.telegram.calls_to("sendMessage")) == count, timeout=15)


@pytest.mark.parametrize("port", ["0", "the same"])
async def test_a_second_program_on_the_same_file_is_refused_and_the_first_goes_on(program: Program, port: str) -> None:
    code, said = await utys(program, "serve", PORT=str(program.port) if port == "the same" else port)
    assert code == 1
    (sentence,) = said.splitlines()
    assert sentence.startswith("utys: another `utys serve` works on")
    assert "PostgreSQL" in sentence
    await answers(program, 1)
    assert await program.stop() == 0


@pytest.mark.slow
async def test_the_same_file_by_another_name_is_the_same_file(program: Program) -> None:
    (program.folder / "other.db").symlink_to(program.folder / "var" / "utys.db")
    code, said = await utys(program, "serve", PORT="0", DATABASE_URL="sqlite:///other.db")
    assert code == 1
    assert "another `utys serve`" in said


@pytest.mark.slow
async def test_commands_that_only_look_work_beside_a_running_program(program: Program) -> None:
    (program.folder / "list.csv").write_text(PARTICIPANTS)
    for words in (
        ("parked", "list"),
        ("questions",),
        ("backup", "kept"),
        ("import", "participants", "list.csv", "--promotion", "seriktes"),
        ("migrate",),
    ):
        code, said = await utys(program, *words)
        assert code == 0, said
    await answers(program, 1)


@pytest.mark.slow
async def test_after_a_kill_the_next_one_starts_at_once(program: Program) -> None:
    await program.killed()
    await program.start()
    await answers(program, 1)
    assert await program.stop() == 0


@pytest.mark.slow
async def test_one_that_is_being_stopped_is_waited_for(tmp_path: Path, models: Path) -> None:
    async with Program(tmp_path, models, DRAIN_SECONDS="3") as program:
        stopping = asyncio.create_task(program.stop())
        second = Program(tmp_path, models, **program.environment())
        second.telegram, second.twilio = program.telegram, program.twilio
        await second.start()  # on the same port: it is free by then
        assert await stopping == 0
        assert '"waiting_for_the_other"' in second.output
        await answers(second, 1)
        assert await second.stop() == 0


@pytest.mark.slow
async def test_one_that_goes_on_is_waited_for_no_longer_than_it_could_take_to_stop(program: Program) -> None:
    began = monotonic()
    code, said = await utys(program, "serve", PORT="0", DRAIN_SECONDS="2")
    assert code == 1
    assert "another `utys serve`" in said
    assert monotonic() - began >= 2
