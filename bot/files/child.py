"""Starts the process that reads a file, gives it the file by a pipe and takes its answer: so much time, so many bytes, and no more.

Not here: what the process does (see reader.py). It gets no environment, no descriptor but its three pipes, and no argument that is
secret.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

import bot
from bot.files.sandbox.walls import CLOSED_ON, Walls

TIMEOUT_S: Final = 40.0
"""Longest wait for an answer: where the machine is busy, a niced process gets little of it."""
MOST_SAID: Final = 1024 * 1024
"""Bytes of an answer. Whoever takes over a reader is not to fill the bot's memory."""
READINGS: Final = "bot.files.readings"
_ROOT: Final = Path(bot.__file__).resolve().parent.parent
_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from bot.files.reader import main; main(sys.argv[2], int(sys.argv[3]))"
_walls = msgspec.json.Decoder(Walls).decode


class Answer(msgspec.Struct, frozen=True):
    """What a reader said of a file, None where it said nothing whole. `code`: how it ended, negative where it was killed, for its time or
    its memory for instance. `walls`: what stood around it, None where it ended before; where they do not hold the file was not
    looked at."""

    code: int
    walls: Walls | None = None
    said: bytes | None = None

    @property
    def unsafe(self) -> bool:
        return self.walls is not None and not self.walls.hold


async def read_apart(kind: str, head: bytes, data: bytes, *, readings: str = READINGS) -> Answer:
    """Has a file read as this kind. `head` is what its reading wants to know, without line breaks."""
    if sys.platform not in CLOSED_ON:
        return Answer(0, Walls(gaps=(f"{sys.platform}: only Linux has what shuts a reader in",)))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-c", _START, str(_ROOT), readings, str(os.getpid())),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback may hold what stands in the file
        env={},
        cwd="/",
    )
    try:
        async with asyncio.timeout(TIMEOUT_S):
            said = await _exchange(process, b"\n".join((kind.encode(), head, data)))
            code = await process.wait() if said is not None else -9
    except TimeoutError:
        return Answer(-9)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _answer(code, said or b"")


async def _exchange(process: Process, asked: bytes) -> bytes | None:
    """Everything that the process says, None where that is too much."""
    given, taken = process.stdin, process.stdout
    assert given is not None
    assert taken is not None

    async def give() -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read all
            given.write(asked)
            await given.drain()
        given.close()

    async with asyncio.TaskGroup() as tasks:
        giving = tasks.create_task(give())
        said = bytearray()
        while part := await taken.read(64 * 1024):
            said += part
            if len(said) > MOST_SAID:
                giving.cancel()
                return None
    return bytes(said)


def _answer(code: int, said: bytes) -> Answer:
    first, _, rest = said.partition(b"\n")
    try:
        walls = _walls(first)
    except msgspec.DecodeError:
        return Answer(code)
    return Answer(code, walls, rest if code == 0 and walls.hold else None)
