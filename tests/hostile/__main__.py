"""`python -m tests.hostile`: checks 31 to 40 of the acceptance list, and that of the reader of files; what the edge shows and bears,
behind the proxy of deploy/ and without it; then a thousand forged calls, two hundred genuine ones, two thousand malformed, on SQLite and
again on PostgreSQL; exit code not 0 where one slips."""

from __future__ import annotations

import argparse
import asyncio
import logging
import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.log import configure
from storage.answers.training import publish
from tests.databases import fresh_database
from tests.deploy.proxy import program
from tests.hostile import checks
from tests.hostile.edge import Edge
from tests.hostile.edging import LOOKS
from tests.hostile.running import forge, genuine, proxy, replay, shown, spoil
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent.parent


async def run(seed: int, forged: int, malformed: int) -> bool:
    models = ROOT / "var" / "models"
    publish(ROOT / "promotions", models)
    told = [_tell(line, wrong) for line, wrong in checks.run()]
    told.append(await _edge(models))
    for kind in ("sqlite", "postgresql"):
        print(f"on {kind}")
        told.append(await _strangers(models, kind, seed, forged // 2, behind=False))
        told.append(await _strangers(models, kind, seed + 1, forged - forged // 2, behind=True))
        with fresh_database(kind) as (folder, url):
            async with World(folder, models, url) as world:
                result = await spoil(world, malformed, seed)
        line = f"malformed: {result.made} made, {len(result.let_in)} not borne as they must be"
        told.append(_tell(line, result.let_in))
        for unheard in (False, True):
            with fresh_database(kind) as (folder, url):
                async with World(folder, models, url) as world:
                    result = await replay(world, 300, unheard=unheard)
            line = f"captured, {'un' * unheard}heard: {result.made} borders moved, {len(result.let_in)} with another effect"
            told.append(_tell(line, result.let_in))
    return all(told)


async def _edge(models: Path) -> bool:
    """Every spelling of what is inside, foreign hosts, slowness and numbers."""
    if program() is None:
        print("edge: not looked at, for there is no HAProxy", flush=True)
        return True
    told = []
    with TemporaryDirectory() as folder:
        async with Edge(Path(folder), models) as edge:
            for look in LOOKS:
                wrong = await look(edge)
                told.append(_tell(f"edge, {look.__name__}: {len(wrong)} wrong", wrong))
    return all(told)


async def _strangers(models: Path, kind: str, seed: int, count: int, *, behind: bool) -> bool:
    """A hundred genuine calls and so many forged ones, directly or through a proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"public_url": f"http://127.0.0.1:{port}"} if behind else {}
    with fresh_database(kind) as (folder, url):
        async with World(folder, models, url, **settings) as world, proxy(port, world.base_url) as address:
            where = address if behind else world.base_url
            world.base_url = where
            ours = await genuine(world, where, 100)
            result = await forge(world, count, seed)
    how = "through a proxy" if behind else "directly"
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(ours.made.items()))
    line = (
        f"{how}: of {ours.made.total()} genuine calls {len(ours.refused)} refused ({ours.kept} events of {ours.events} kept), "
        f"of {result.made} forged {len(result.let_in)} let in\n  {kinds}"
    )
    return _tell(line, [*result.let_in, *ours.wrong])


def _tell(line: str, wrong: list[str]) -> bool:
    print(line + (f"\n  {shown(wrong)}" if wrong else ""), flush=True)
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--forged", type=int, default=1000)
    parser.add_argument("--malformed", type=int, default=2000)
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}; about six minutes", flush=True)
    logging.disable(logging.CRITICAL)
    configure("error")
    sys.exit(not asyncio.run(run(chosen.seed, chosen.forged, chosen.malformed)))


if __name__ == "__main__":
    main()
