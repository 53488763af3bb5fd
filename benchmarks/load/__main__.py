"""`python -m benchmarks.load`: the bot and its peers side by side; the table goes to docs/benchmarks.md, the chart beside it."""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

import uvloop

warnings.filterwarnings("ignore", category=RuntimeWarning, module="platformdirs")

from benchmarks.load import machine  # noqa: E402
from benchmarks.load.bots import ROOT, NotStarted  # noqa: E402
from benchmarks.load.databases import Postgres  # noqa: E402
from benchmarks.load.judging import judge  # noqa: E402
from benchmarks.load.provider import Provider  # noqa: E402
from benchmarks.load.report import table, write  # noqa: E402
from benchmarks.load.rounds import BARE, DRIVER_CORES, PROMOTION, Bench, questions  # noqa: E402
from benchmarks.load.searching import Searches, by_clauses  # noqa: E402

SIDE_BY_SIDE = ["echo", "durable", "durable, pg", "twilio", "utys", "utys, pg", BARE]
PROCESSES = ["utys, pg x1", "utys, pg x2", "utys, pg x4"]
PROMOTIONS = ["utys, 1 promotions", "utys, 2 promotions", "utys, 3 promotions", "utys, 5 promotions"]
KNOWN = ["utys, 1000 known", "utys, 10000 known", "utys, 100000 known", "utys, 1000000 known"]
COMPARED = [SIDE_BY_SIDE, PROCESSES, PROMOTIONS, KNOWN]
"""Who stands beside whom, so that they meet the same machine."""
QUICK = ["echo", "twilio", "utys", "utys, pg", BARE]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, nothing is written to docs/")
    parser.add_argument("--only", metavar="NAME", nargs="*", default=None, help="only these contenders")
    parser.add_argument("--rounds", type=int, default=None, help="rounds (3)")
    parser.add_argument("--seconds", type=float, default=None, help="length of a load (6)")
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models", help="folder of the answer models")
    return parser.parse_args()


async def run(chosen: argparse.Namespace) -> bool:
    """Whether every line that must be was measured and kept; of a part nothing is judged."""
    rounds = chosen.rounds or (1 if chosen.quick else 3)
    seconds = chosen.seconds or (2.0 if chosen.quick else 6.0)
    names = chosen.only or (QUICK if chosen.quick else [name for group in COMPARED for name in group])
    # first, so that models that do not fit the code are found at once
    searches = Searches(chosen.models, PROMOTION, questions())
    provider, postgres = Provider(), Postgres()
    await provider.open()
    bench = Bench(provider, ROOT / "var" / "bench", chosen.models, postgres, seconds, searches)
    bench.found.clauses = by_clauses(chosen.models, questions)
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", flush=True)
        for group in COMPARED:
            if together := [name for name in group if name in names]:
                await bench.side_by_side(together)
    lines = judge(bench.found)
    print(table(lines))
    whole = not chosen.quick and chosen.only is None
    if whole:
        write(
            ROOT / "docs",
            bench.found,
            lines,
            " ".join(["python -m benchmarks.load", *sys.argv[1:]]),
            postgres.version,
            rounds,
            seconds,
        )
    await provider.close()
    return not whole or not {line.verdict for line in lines} & {"MISSED", "not measured"}


def main() -> None:
    chosen = options()
    machine.pin(DRIVER_CORES)
    try:
        kept = uvloop.run(run(chosen))
    except NotStarted as error:
        raise SystemExit(str(error)) from None
    sys.exit(not kept)


if __name__ == "__main__":
    main()
