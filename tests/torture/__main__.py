"""`python -m tests.torture [SCENARIO ...]`: breaks what can break under load and counts what came of it; exit code not 0 where a promise
broke.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from storage.training import publish
from tests.databases import fresh_postgres
from tests.torture import kills

ROOT = Path(__file__).resolve().parent.parent.parent
Scenario = Callable[[Path, int, float], Awaitable[bool]]


def _killing(kind: str, *, orderly: bool) -> Scenario:
    async def scenario(models: Path, seed: int, scale: float) -> bool:
        people, stops = max(20, round(500 * scale)), max(3, round(20 * scale))
        with _database(kind) as (folder, url):
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
        wrong = result.broken(0 if orderly else result.kills)
        if not orderly and result.in_flight < 0.8 * result.kills:
            wrong.append(f"only {result.in_flight} kills fell on work in flight: the run does not count")
        return _tell(wrong)

    return scenario


@contextlib.contextmanager
def _database(kind: str) -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield Path(folder), f"sqlite:///{folder}/utys.db"
        else:
            with fresh_postgres() as url:
                yield Path(folder), url


def _tell(wrong: list[str]) -> bool:
    for line in wrong:
        print(f"  BROKEN {line}")
    return not wrong


SCENARIOS: dict[str, tuple[str, Scenario]] = {
    "kills-sqlite": ("SIGKILL, one process on SQLite", _killing("sqlite", orderly=False)),
    "kills-postgresql": ("SIGKILL, two processes on PostgreSQL", _killing("postgresql", orderly=False)),
    "stops-sqlite": ("SIGTERM, one process on SQLite", _killing("sqlite", orderly=True)),
    "stops-postgresql": ("SIGTERM, two processes on PostgreSQL", _killing("postgresql", orderly=True)),
}


async def run(names: list[str], seed: int, scale: float) -> bool:
    models, good = ROOT / "var" / "models", True
    publish(ROOT / "promotions", models)
    for name in names:
        what, scenario = SCENARIOS[name]
        started = time.monotonic()
        print(f"{name}: {what}", flush=True)
        kept = await scenario(models, seed, scale)
        print(f"  {'kept' if kept else 'BROKEN'}, {time.monotonic() - started:.0f} s", flush=True)
        good = good and kept
    return good


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[*SCENARIOS, []], metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--scale", type=float, default=1.0, help="1: 10 000 updates of 500 people and 20 stops (4 minutes each)"
    )
    chosen = parser.parse_args()
    names = chosen.scenarios or list(SCENARIOS)
    print(f"seed {chosen.seed}; about {max(1, round(4 * chosen.scale * len(names)))} minutes", flush=True)
    logging.disable(logging.CRITICAL)
    sys.exit(not asyncio.run(run(names, chosen.seed, chosen.scale)))


if __name__ == "__main__":
    main()
