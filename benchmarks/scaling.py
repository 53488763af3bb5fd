"""`python -m benchmarks.scaling`: a draw night of a whole country, second by second, and what it needs; writes docs/scaling.md.

Leaves the simulation to `benchmarks.night`, and measuring what an update costs to `benchmarks.load`: the figures are read from
docs/benchmarks.md.
"""

# ruff: noqa: E501 - the table of the document is as wide as it is

from __future__ import annotations

import argparse
import math
import re
from dataclasses import replace
from pathlib import Path

from benchmarks.night import ASSUMED, Night, enough, simulate

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS, DOCUMENT = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "scaling.md"


def measured() -> Night:
    """With what `make bench` found. Raises ValueError where docs/benchmarks.md has no such rows."""
    text = BENCHMARKS.read_text("utf-8")

    def row(who: str, load: str) -> list[float]:
        found = re.search(
            rf"^\| {re.escape(who)} \| {re.escape(load)} \| ([\d.]+) \| ([\d.]+) \| (\d+) \|", text, re.MULTILINE
        )
        if found is None:
            raise ValueError(f"docs/benchmarks.md has no row of {who}, {load}: run make bench first")
        return [float(part) for part in found.groups()]

    return Night(
        cpu_tap=row("utys, pg x4", "tap, 32 each")[0] / 1000,
        cpu_question=row("utys", "question")[0] / 1000,
        database=row("utys, pg x4", "tap, 32 each")[1] / 1000,
    )


def document(night: Night) -> str:
    rows = []
    for people in (100_000, 500_000, 2_000_000, 5_000_000):
        one = replace(night, people=people)
        processes, bots, numbers = enough(one)
        found = simulate(one, processes, bots, numbers)
        cores = processes + math.ceil(found.peak * night.database / night.busy)
        alone = simulate(one, processes, 1, 1)
        rows.append(
            f"| {people:,} | {found.peak:,.0f}/s | {processes} | {cores} | {found.peak * night.database:.2f} | {bots} | {numbers} | "
            f"{max(processes, 2 * max(bots, numbers))} | "
            f"{_seconds(alone.waits['Telegram'])} | {_seconds(alone.waits['WhatsApp'])} | {found.updates * night.bytes_kept / 1e9:.1f} GB |"
        )
    assumed = [f"| {what} | {shape.format(getattr(night, name))} | {source} |" for what, name, shape, source in ASSUMED]
    return TEXT.format(
        rows="\n".join(rows), assumed="\n".join(assumed), faults="\n".join(_faults(night)), check=_check(night)
    )


def _faults(night: Night) -> list[str]:
    processes, bots, numbers = enough(night)
    dead = (processes - 1) / processes
    cases = {
        "as planned": simulate(night, processes, bots, numbers),
        "twice as many people": simulate(replace(night, people=2 * night.people), processes, bots, numbers),
        "one process dies in the first minute": simulate(
            night, processes, bots, numbers, down=lambda second: dead if second >= 30 else 1.0
        ),
        "the database fails over for 30 s in the first minute": simulate(
            night, processes, bots, numbers, down=lambda second: 0.0 if 20 <= second < 50 else 1.0
        ),
        "nothing can be sent or decided for 10 minutes": simulate(
            night, processes, bots, numbers, down=lambda second: 0.0 if 60 <= second < 660 else 1.0
        ),
    }
    return [
        f"| {name} | {_seconds(found.waits['Telegram'])} | {_seconds(found.waits['WhatsApp'])} | {max(found.backlog.values()):,} |"
        for name, found in cases.items()
    ]


def _check(night: Night) -> str:
    """What the model says of a measured load: one process, taps only, as fast as it can."""
    found = re.search(
        r"^\| utys, pg x1 \| tap \| [\d.]+ \| [\d.]+ \| (\d+) \|", BENCHMARKS.read_text("utf-8"), re.MULTILINE
    )
    rate = float(found[1]) if found else 0.0
    return (
        f"a process of taps alone should do {1 / night.cpu_tap:,.0f} updates/s by its CPU time (beside three others, whose caches it shares); "
        f"`make bench` counted {rate:,.0f}/s of one process, with the driver, PostgreSQL and the bot on two cores"
    )


def _seconds(waits: tuple[float, float, float]) -> str:
    return " / ".join(f"{wait:,.0f}" for wait in waits) + " s"


TEXT = """# Past one machine: a draw night

Made by `python -m benchmarks.scaling`; do not edit by hand. The results of a draw are announced at once to everybody, and a part of them
opens the bot. Simulated second by second from what `make bench` measured and from the assumptions below.

## What so many people need

"Processes" are so many as the CPU wants. A bot's token and a number are settings of one installation, so several of them are several
installations, each with a database of its own and two processes at least: "processes that run", most of them idle. "Alone" is the wait
(p50 / p95 / p99) with one Telegram bot and one WhatsApp number, however many processes there are.

| people | peak | processes | cores, database included | of them PostgreSQL | Telegram bots | WhatsApp numbers | processes that run | alone, Telegram | alone, WhatsApp | kept that night |
|--:|--:|--:|--:|--:|--:|--:|--:|---|---|--:|
{rows}

**What runs out first is what the provider lets one sender say, long before processors or the database do.** So, before the night:

- Ask Telegram for a higher rate and raise `TELEGRAM_RATE` to what was granted, no further: one bot with a higher rate is far less work than
  many bots. Telegram sells 1 000/s as paid broadcasts, and takes one call as the webhook's own answer; the bot uses neither for messages today.
- On WhatsApp ask Twilio for a higher throughput of the sender, or have several numbers (an installation each).
- Send notices in waves: the first minute makes the peak. Ten waves a minute apart cost nobody anything.
- Processes: any number of `utys serve` on one PostgreSQL (docs/architecture.md, "Several processes"); the overall rates are shared among them.
- PostgreSQL: a disk that syncs within some milliseconds, `max_wal_size` of some GB, and a direct connection without a pooler.

## When something breaks (2 000 000 people, as many of everything as above)

| what | Telegram p50 / p95 / p99 | WhatsApp p50 / p95 / p99 | longest line |
|---|---|---|--:|
{faults}

Nothing is lost in any of these: what was acknowledged is kept, and what could not be kept is asked for again (`make torture`). Twilio waits
15 s for a webhook and comes again only with `#rc=2&rp=all`; what it gave up on is read from its list.

## What was assumed

| what | value | from |
|---|--:|---|
{assumed}

## Against what was measured

By this model {check}. What the model leaves out: the network, TLS, the time a provider takes, and people who
give up.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print it and write nothing")
    chosen = parser.parse_args()
    text = document(measured())
    if chosen.show:
        print(text)
    else:
        DOCUMENT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
