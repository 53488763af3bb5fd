"""Writes what was found: the table on the screen, docs/benchmarks.md, docs/benchmarks.svg.

Leaves verdicts to `judging`.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.load.chart import draw
from benchmarks.load.judging import Line
from benchmarks.load.rounds import TAP_EACH, TURNS, Found

PACKAGES = ("aiogram", "aiohttp", "psycopg", "sqlalchemy", "twilio", "uvicorn", "uvloop")
KNOWN = (1_000, 10_000, 100_000, 1_000_000)
PROCESSES = (1, 2, 4)
HEAD = """# What the bot costs, beside its peers

Made by `{command}`; do not edit by hand. {date}, {machine}, {versions}.

Webhook in, message out, over HTTP on one machine. The bot runs with full durability (every acknowledged update is fsynced), encryption,
dialogs, limits and logs. CPU is user and system time of the bot's processes per update answered; the database server's is counted apart.
Bot on core 0 (several processes: on all), driver and PostgreSQL on core 1. {rounds} rounds; in each, those who are compared are started
afresh, stand side by side and take {turns} turns of {slice:g} s a load in random order: a shared machine is now faster, now slower, and so
they meet the same of it. Figures are medians of all turns, ratios medians of the ratios within each turn.
(a) is a bare aiogram echo with three buttons that stores nothing; (d) the same made durable with asyncio's SQLAlchemy (aiosqlite,
psycopg), a transaction before the send and one after; (w) a WhatsApp echo on Twilio's SDK. A tap is answered with the promotion's menu
of nine buttons. The bot's limits are on but raised beyond the load. Questions are the held-out ones of one promotion, without those
that call a human, after which the bot is silent; what of their CPU was searching the bot counts itself
(`utys_search_cpu_seconds_total`); that a question costs no more than 1.2 times that is our reading of "only the search's own time".
Those that are several, and the one that they are compared with, run on all cores, and get calls in turn. That the bounds on them are meant
of processes that have as many chats in hand as the one is our reading; with the same 32 chats among them each commits smaller groups, which
costs more and would break the bounds: the last two lines, which are not judged.
Others kept {others:.1f} cores of this machine busy meanwhile (median): ratios bear that, throughput
and times less so.

"""


def table(lines: Sequence[Line]) -> str:
    rows = [("what", "measured", "must", "aim", "verdict", "figures")]
    rows += [
        (one.what, one.show(one.value), one.show(one.must), one.show(one.aim), one.verdict, one.detail) for one in lines
    ]
    rows.insert(1, ("---", "--:", "--:", "--:", "---", "---"))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def samples(found: Found) -> str:
    rows = [
        "| who | load | CPU ms | database ms | updates/s | p50 / p95 / p99 ms | not answered | longest stall ms |",
        "|---|---|--:|--:|--:|---|--:|--:|",
    ]
    for (who, load), all_of in sorted(found.samples.items()):
        middle = [median(s.quantile(share) for s in all_of) * 1000 for share in (0.5, 0.95, 0.99)]
        cpu, database = median(s.cpu for s in all_of) * 1000, median(s.database for s in all_of) * 1000
        rate, failed = median(s.rate for s in all_of), sum(s.failed for s in all_of)
        times = " / ".join(f"{value:.1f}" for value in middle)
        stall = f"{max(s.stall for s in all_of) * 1000:.0f}" if "watched" in load else ""
        rows.append(f"| {who} | {load} | {cpu:.3f} | {database:.3f} | {rate:.0f} | {times} | {failed} | {stall} |")
    return "\n".join(rows)


def memory(found: Found) -> str:
    rows = ["| who | peak RSS MiB | of it models MiB | ready after s |", "|---|--:|--:|--:|"]
    for who, sizes in sorted(found.memory.items()):
        peak, models = (median(each) for each in zip(*sizes, strict=True))
        rows.append(f"| {who} | {peak:.0f} | {models:.0f} | {median(found.ready[who]):.2f} |")
    return "\n".join(rows)


READING = """
## Reading

`python -m benchmarks.reading` (`--postgres`) times turns alone and while a report of 100 ms is read in a loop: p95 of a turn must stay
within 1.5 times. Then 200 browser chats in which nothing happens stay open: they must take less than 5 % of a core. Figures:
docs/architecture.md, "Reading".
"""


def write(
    folder: Path, found: Found, lines: Sequence[Line], command: str, postgres: str, rounds: int, seconds: float
) -> None:
    every = [sample for some in found.samples.values() for sample in some]
    head = HEAD.format(
        command=command,
        date=f"{datetime.now(UTC):%d %B %Y}",
        machine=f"{os.cpu_count()} cores of {_processor()}, Linux {platform.release()}",
        versions=", ".join(
            [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", f"PostgreSQL {postgres}"]
            + [f"{name} {version(name)}" for name in PACKAGES]
        ),
        rounds=rounds,
        turns=TURNS,
        slice=seconds / TURNS,
        others=median(sample.others for sample in every) if every else 0.0,
    )
    growth = "\n\n![Growth with known people, processes, promotions and clauses](benchmarks.svg)\n\n## Every load\n\n"
    whole = head + table(lines) + growth + samples(found) + "\n\n## Memory and start\n\n" + memory(found) + "\n"
    whole += READING
    (folder / "benchmarks.md").write_text(whole, "utf-8")
    if panels := _panels(found):
        (folder / "benchmarks.svg").write_text(draw(panels), "utf-8")


def _panels(found: Found) -> list[tuple[str, list[str], list[tuple[str, str, list[float]]]]]:
    panels = []
    people = [
        (count, f"utys, {count} known") for count in KNOWN if (f"utys, {count} known", "tap, known") in found.samples
    ]
    if people:
        cpu = [median(s.cpu for s in found.samples[name, "tap, known"]) * 1000 for _, name in people]
        memory = [median(peak for peak, _ in found.memory[name]) for _, name in people]
        ready = [median(found.ready[name]) for _, name in people]
        series = [("CPU per update", "ms", cpu), ("peak RSS", "MiB", memory), ("time to ready", "s", ready)]
        panels.append(("Known people (SQLite)", [f"{count:,}".replace(",", " ") for count, _ in people], series))
    processes = [(n, f"utys, pg x{n}") for n in PROCESSES if (f"utys, pg x{n}", "tap") in found.samples]
    if processes:
        cpu = [median(s.cpu for s in found.samples[name, "tap"]) * 1000 for _, name in processes]
        own = [median(s.database for s in found.samples[name, "tap"]) * 1000 for _, name in processes]
        busy = [median(s.cpu for s in found.samples[name, TAP_EACH.name]) * 1000 for _, name in processes]
        series = [
            ("CPU per update, 32 chats each", "ms", busy),
            ("the same 32 chats among them", "ms", cpu),
            ("the database's own CPU, 32 chats", "ms", own),
        ]
        panels.append(("Processes (PostgreSQL)", [str(n) for n, _ in processes], series))
    promotions = [n for n in (1, 2, 3, 5) if (f"utys, {n} promotions", "question") in found.samples]
    if promotions:
        names = [f"utys, {n} promotions" for n in promotions]
        cpu = [median(s.cpu for s in found.samples[name, "question"]) * 1000 for name in names]
        memory = [median(peak for peak, _ in found.memory[name]) for name in names]
        ready = [median(found.ready[name]) for name in names]
        series = [("CPU per question", "ms", cpu), ("peak RSS", "MiB", memory), ("time to ready", "s", ready)]
        panels.append(("Promotions", [str(n) for n in promotions], series))
    if found.clauses:
        series = [("CPU of one search", "ms", [seconds * 1000 for _, seconds in found.clauses])]
        panels.append(("Clauses of a promotion's rules", [str(count) for count, _ in found.clauses], series))
    return panels


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
