"""`python -m tests.torture [SCENARIO ...]`: breaks what can break under load and counts what came of it; exit code 1 where a promise
broke, 2 where something could not be run on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from storage.answers.training import publish
from tests.clock import Clock
from tests.databases import fresh_database
from tests.torture import clocks, databases, kills, parked, providers, repeats, statuses

ROOT = Path(__file__).resolve().parent.parent.parent
Scenario = Callable[[Path, int, float], Awaitable[bool]]


class Judged(Protocol):
    def broken(self) -> list[str]: ...


Play = Callable[[Path, Path, str, int, int, int], Awaitable[Judged]]
"""Folder, models, database, processes, people, seed."""


def _killing(kind: str, *, orderly: bool) -> Scenario:
    async def scenario(models: Path, seed: int, scale: float) -> bool:
        people, stops = max(20, round(500 * scale)), max(3, round(20 * scale))
        with fresh_database(kind) as (folder, url):
            result = await kills.run(
                folder,
                models,
                url,
                size=2 if kind == "postgresql" else 1,
                people=people,
                turns=20,
                stops=stops,
                seed=seed,
                orderly=orderly,
            )
        print(f"  {result}")
        wrong = result.broken(0) if orderly else result.killed()
        if not orderly and result.in_flight < 0.8 * result.kills:
            wrong.append(f"only {result.in_flight} kills fell on work in flight: the run does not count")
        return _tell(wrong)

    return scenario


def _tell(wrong: list[str]) -> bool:
    for line in wrong:
        print(f"  BROKEN {line}")
    if not wrong:
        print("  kept")
    return not wrong


def _repeating(kind: str) -> Scenario:
    async def scenario(models: Path, seed: int, scale: float) -> bool:
        with fresh_database(kind) as (folder, url):
            size, people = 2 if kind == "postgresql" else 1, max(20, round(200 * scale))
            result, copies = await repeats.run(
                folder, models, url, size=size, people=people, turns=10, seed=seed, rate="200"
            )
        print(f"  {result}, {copies} calls made")
        return _tell(result.broken(0))

    return scenario


def _on(kind: str, play: Play) -> Scenario:
    """A scenario of about a hundred people, on one process with SQLite, on two with PostgreSQL."""

    async def scenario(models: Path, seed: int, scale: float) -> bool:
        with fresh_database(kind) as (folder, url):
            size, people = 2 if kind == "postgresql" else 1, max(20, round(100 * scale))
            outcome = await play(folder, models, url, size, people, seed)
        print(f"  {outcome}")
        return _tell(outcome.broken())

    return scenario


async def _jumping(folder: Path, models: Path, url: str, size: int, people: int, seed: int) -> clocks.Outcome:
    return await clocks.run(folder, models, url, Clock(folder), size=size, people=people)


async def _parking(folder: Path, models: Path, url: str, size: int, people: int, seed: int) -> parked.Outcome:
    return await parked.run(folder, models, url, size=size, people=people, poisoned=people // 10)


async def _unreachable(folder: Path, models: Path, url: str, size: int, people: int, seed: int) -> statuses.Outcome:
    each = people // 10
    return await statuses.run(folder, models, url, size=size, people=people, turns=6, each=each, seed=seed)


def _faults(kind: str) -> Scenario:
    async def scenario(models: Path, seed: int, scale: float) -> bool:
        with fresh_database(kind) as (folder, url):
            size, people = 2 if kind == "postgresql" else 1, max(20, round(150 * scale))
            outcome = await providers.run(folder, models, url, size=size, people=people, turns=10, seed=seed)
        print(f"  {outcome}")
        return _tell(outcome.broken())

    return scenario


def _away(kind: str) -> Scenario:
    async def scenario(models: Path, seed: int, scale: float) -> bool:
        with fresh_database(kind) as (folder, url):
            size = 2 if kind == "postgresql" else 1
            result = await providers.away(folder, models, url, size=size, seconds=600 * scale, people=40, turns=6)
        print(f"  {result}")
        wrong = result.broken(0)
        # neither 503 nor a refused connection did anything: none of it may have been repeated
        return _tell(wrong + ([f"marked as perhaps repeated: {result.marked}"] if result.marked else []))

    return scenario


async def _locked(models: Path, seed: int, scale: float) -> bool:
    with fresh_database("sqlite") as (folder, url):
        fault = databases.locked(folder / "utys.db", max(8.0, 30 * scale))
        return await _fail(folder, models, url, fault, faults=1)


async def _read_only(models: Path, seed: int, scale: float) -> bool:
    with fresh_database("sqlite") as (folder, url):
        fault = databases.read_only(folder / "utys.db")
        return await _fail(folder, models, url, fault, faults=max(2, round(5 * scale)))


async def _unwritable(models: Path, seed: int, scale: float) -> bool:
    with fresh_database("sqlite") as (folder, url):
        return await _fail(folder, models, url, databases.unwritable, faults=max(2, round(5 * scale)))


async def _full(models: Path, seed: int, scale: float) -> bool:
    with databases.small_disk() as disk, tempfile.TemporaryDirectory() as folder:
        return await _fail(Path(folder), models, f"sqlite:///{disk}/utys.db", databases.full(disk), faults=1)


def _serving(play: Callable[[databases.Server, float], tuple[databases.Fault, int]]) -> Scenario:
    """A fault of PostgreSQL, and how often, under two processes."""

    async def scenario(models: Path, seed: int, scale: float) -> bool:
        server = databases.Server(Path(tempfile.gettempdir()) / f"utys-torture-pg-{os.getuid()}")
        try:
            with tempfile.TemporaryDirectory() as folder:
                fault, faults = play(server, scale)
                return await _fail(Path(folder), models, server.url, fault, faults=faults, size=2)
        finally:
            server.close()

    return scenario


async def _fail(folder: Path, models: Path, url: str, fault: databases.Fault, *, faults: int, size: int = 1) -> bool:
    outcome = await databases.run(folder, models, url, fault, faults=faults, people=60, turns=8, size=size)
    print(f"  {outcome}")
    return _tell(outcome.broken(red=faults))


def _restart(server: databases.Server, scale: float) -> tuple[databases.Fault, int]:
    return server.restarting(), max(2, round(10 * scale))


def _lock(server: databases.Server, scale: float) -> tuple[databases.Fault, int]:
    return server.locking(max(9.0, 30 * scale)), 1


def _freeze(server: databases.Server, scale: float) -> tuple[databases.Fault, int]:
    """Longer than it takes until the line is broken off, at full length."""
    return server.freezing(max(9.0, 45 * scale)), 1


SCENARIOS: dict[str, tuple[str, Scenario]] = {
    "kills-sqlite": ("SIGKILL, one process on SQLite", _killing("sqlite", orderly=False)),
    "kills-postgresql": ("SIGKILL, two processes on PostgreSQL", _killing("postgresql", orderly=False)),
    "stops-sqlite": ("SIGTERM, one process on SQLite", _killing("sqlite", orderly=True)),
    "stops-postgresql": ("SIGTERM, two processes on PostgreSQL", _killing("postgresql", orderly=True)),
    "repeats-sqlite": ("every update up to 13 times, ten at once", _repeating("sqlite")),
    "repeats-postgresql": ("the same on two processes", _repeating("postgresql")),
    "clock-sqlite": ("the clock jumps +2 h and back, -2 h and back", _on("sqlite", _jumping)),
    "clock-postgresql": ("the same, one of two processes", _on("postgresql", _jumping)),
    "parked-sqlite": ("questions that the database refuses", _on("sqlite", _parking)),
    "parked-postgresql": ("the same on two processes", _on("postgresql", _parking)),
    "statuses-sqlite": ("people out of reach; statuses late, doubled, backwards", _on("sqlite", _unreachable)),
    "statuses-postgresql": ("the same on two processes", _on("postgresql", _unreachable)),
    "faults-sqlite": (
        "429, 500 before and after the work, no answer, resets, lost answers: 5 in 100 each",
        _faults("sqlite"),
    ),
    "faults-postgresql": ("the same on two processes", _faults("postgresql")),
    "away-sqlite": ("both providers away for ten minutes: 503, then nobody listens", _away("sqlite")),
    "away-postgresql": ("the same on two processes", _away("postgresql")),
    "locked": ("SQLite locked for 30 s", _locked),
    "full": ("SQLite on a full disk", _full),
    "read-only-sqlite": ("SQLite read-only, five times", _read_only),
    "unwritable": ("SQLite and the log unwritable, five times", _unwritable),
    "restarted": ("PostgreSQL stopped, crashed and started again ten times, two processes", _serving(_restart)),
    "read-only": ("PostgreSQL read-only, two processes", _serving(lambda server, _: (server.read_only(), 1))),
    "locked-postgresql": ("a table of PostgreSQL locked for 30 s, two processes", _serving(_lock)),
    "frozen": ("PostgreSQL frozen for 45 s, two processes", _serving(_freeze)),
}
"""By name: what is done, and how."""
MINUTES = {"kills": 5, "stops": 5, "repeats": 1, "faults": 4, "away": 12}
"""Of scenarios that take longer than one."""
PATIENCE = 4
"""A scenario that takes so many times as long is broken off: it hangs."""


async def run(names: list[str], seed: int, scale: float) -> int:
    """0 where all was kept, 1 where a promise broke, 2 where something could not be run here."""
    models, code = ROOT / "var" / "models", 0
    publish(ROOT / "promotions", models)
    for name in names:
        what, scenario = SCENARIOS[name]
        started = time.monotonic()
        print(f"{name}: {what}", flush=True)
        try:
            async with asyncio.timeout(60 * PATIENCE * _minutes(name)):
                code = code if await scenario(models, seed, scale) else 1
        except TimeoutError:
            _tell(["it hangs"])
            code = 1
        except (FileNotFoundError, PermissionError, subprocess.CalledProcessError) as error:
            print(f"  NOT RUN here: {error}")  # no right to mount, no chattr, no libfaketime
            code = code or 2
        except Exception as error:  # what else went wrong is the program's doing until somebody has looked
            _tell([f"{type(error).__name__}: {error}"])
            code = 1
        print(f"  {time.monotonic() - started:.0f} s", flush=True)
    return code


def _minutes(name: str) -> int:
    return MINUTES.get(name.partition("-")[0], 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[*SCENARIOS, []], metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--scale", type=float, default=1.0, help="1: 10 000 updates of 500 people and 20 stops")
    chosen = parser.parse_args()
    names = chosen.scenarios or list(SCENARIOS)
    minutes = sum(map(_minutes, names)) * chosen.scale
    print(f"seed {chosen.seed}; about {max(1, round(minutes))} minutes", flush=True)
    logging.disable(logging.CRITICAL)
    sys.exit(asyncio.run(run(names, chosen.seed, chosen.scale)))


if __name__ == "__main__":
    main()
