"""A draw night of a whole country, second by second: who comes when, how long they wait, and what is enough for them.

Leaves what an update costs to `benchmarks.load`, and the document to `benchmarks.scaling`. Everything that is assumed stands in `ASSUMED`,
with its source.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

SECONDS = 3 * 3600
"""From the announcement of the results at second 0."""
Capacity = Callable[[int], float]


@dataclass(frozen=True)
class Night:
    """What is assumed. Rates are messages a second; `cpu` and `database` CPU seconds an update; shares are of one."""

    people: int = 2_000_000
    opening: float = 0.10
    half_life: float = 420.0
    first_minute: float = 0.06
    messages: float = 4.0
    think: float = 20.0
    impatient: float = 0.25
    patience: float = 30.0
    telegram: float = 0.60
    questions: float = 0.30
    cpu_tap: float = 0.0004
    cpu_question: float = 0.0024
    database: float = 0.0001
    busy: float = 0.60
    telegram_rate: float = 30.0
    whatsapp_rate: float = 80.0
    bytes_kept: int = 2_000
    seed: int = 20261125

    @property
    def cpu(self) -> float:
        return self.questions * self.cpu_question + (1 - self.questions) * self.cpu_tap


ASSUMED = (
    ("people who take part", "people", "{:,.0f}", "a national promotion; assumption"),
    ("of them open the bot that evening", "opening", "{:.0%}", "assumption"),
    ("of these within the first minute", "first_minute", "{:.0%}", "one wave of notices; assumption"),
    ("the others: half of them within", "half_life", "{:.0f} s", "assumption"),
    ("messages each", "messages", "{:.0f}", "menu, promotion, one or two questions; assumption"),
    ("time to read and tap", "think", "{:.0f} s", "assumption"),
    ("who waits longer than this says it again (a quarter of them, once)", "patience", "{:.0f} s", "assumption"),
    ("share on Telegram, the rest on WhatsApp", "telegram", "{:.0%}", "assumption"),
    ("share of free questions, the rest taps", "questions", "{:.0%}", "assumption"),
    ("a tap, CPU of a process", "cpu_tap", "{:.5f} s", "docs/benchmarks.md, four processes, 32 chats each"),
    ("a free question, CPU of a process", "cpu_question", "{:.5f} s", "docs/benchmarks.md"),
    ("an update, CPU of PostgreSQL", "database", "{:.5f} s", "docs/benchmarks.md, four processes, 32 chats each"),
    ("how busy a process may be", "busy", "{:.0%}", "room for the tail; assumption"),
    (
        "a Telegram bot sends",
        "telegram_rate",
        "{:.0f}/s",
        "about 30, core.telegram.org/bots/faq; a limit of replies is not published",
    ),
    ("a WhatsApp number sends", "whatsapp_rate", "{:.0f}/s", "Twilio's default throughput of a sender"),
    (
        "kept of an update, database and indexes",
        "bytes_kept",
        "{:,.0f} bytes",
        "the database of 10^6 people of `make bench`: about 1 700 an update and 1 100 a talk",
    ),
)


@dataclass(frozen=True)
class Found:
    """What came of a night. Times are seconds until the answer has left; `backlog` is messages waiting at most."""

    peak: float
    updates: int
    waits: dict[str, tuple[float, float, float]]
    backlog: dict[str, int]


def arrivals(night: Night) -> list[list[float]]:
    """Messages a second on (Telegram, WhatsApp) if everybody were answered at once: first words, then the later ones of each."""
    coming = night.people * night.opening
    first, rest = coming * night.first_minute, coming * (1 - night.first_minute)
    fade = math.log(2) / night.half_life
    opened = [first / 60 * (second < 60) + rest * fade * math.exp(-fade * second) for second in range(SECONDS)]
    said = [0.0] * SECONDS
    for number in range(round(night.messages)):
        shift = int(number * (night.think + 2))
        for second in range(SECONDS - shift):
            said[second + shift] += opened[second]
    dice = random.Random(night.seed)
    whole = [max(0.0, dice.gauss(rate, math.sqrt(rate))) for rate in said]  # Poisson, for rates of this size
    return [[count * share for count in whole] for share in (night.telegram, 1 - night.telegram)]


def queue(coming: Sequence[float], capacity: Capacity, night: Night) -> tuple[list[float], int, list[float]]:
    """First come, first served, a second at a time: what is served each second, the longest line, the wait of each second's arrivals.

    Who waits too long says it again once: that is more work for the same line.
    """
    waiting, longest, served_all, came_all = 0.0, 0.0, [0.0], [0.0]
    again = [0.0] * (SECONDS + 1)
    served: list[float] = []
    late = int(night.patience)
    for second, count in enumerate(coming):
        came = count + again[second]
        waiting += came
        done = min(waiting, capacity(second))
        waiting -= done
        longest = max(longest, waiting)
        served.append(done)
        served_all.append(served_all[-1] + done)
        came_all.append(came_all[-1] + came)
        if waiting > capacity(second) * late and second + late < SECONDS:
            again[second + late] += count * night.impatient
    waits = [
        max(0.0, bisect_right(served_all, came_all[second + 1] - 1e-9) - 1.0 - second) for second in range(SECONDS)
    ]
    return served, round(longest), waits


def simulate(
    night: Night, processes: int, bots: int, numbers: int, *, down: Callable[[int], float] = lambda second: 1.0
) -> Found:
    """`down` is the share of the processes' work that gets done in a second (a dead process, a database that fails over)."""
    said = arrivals(night)
    both = [math.fsum(pair) for pair in zip(*said, strict=True)]
    decided, backlog, waits = queue(both, lambda second: processes / night.cpu * down(second), night)
    quantiles: dict[str, tuple[float, float, float]] = {}
    lines = {"deciding": backlog}
    shares = {
        "Telegram": (night.telegram, bots * night.telegram_rate),
        "WhatsApp": (1 - night.telegram, numbers * night.whatsapp_rate),
    }
    for channel, (share, rate) in shares.items():
        leaving = [count * share for count in decided]
        _, lines[channel], sending = queue(leaving, lambda second, rate=rate: rate, replace(night, impatient=0.0))  # type: ignore[misc]
        whole = [
            (wait + (sending[min(SECONDS - 1, second + int(wait))]), both[second] * share)
            for second, wait in enumerate(waits)
        ]
        quantiles[channel] = (_weighed(whole, 0.5), _weighed(whole, 0.95), _weighed(whole, 0.99))
    return Found(max(both), round(math.fsum(both)), quantiles, lines)


def _weighed(values: Sequence[tuple[float, float]], share: float) -> float:
    total, reached = math.fsum(weight for _, weight in values), 0.0
    for value, weight in sorted(values):
        reached += weight
        if reached >= share * total:
            return value
    return 0.0


def enough(night: Night) -> tuple[int, int, int]:
    """Processes, Telegram bots and WhatsApp numbers with which 99 of 100 are answered within ten seconds."""
    peak = max(math.fsum(pair) for pair in zip(*arrivals(night), strict=True))
    processes = max(2, math.ceil(peak * night.cpu / night.busy))
    bots = numbers = 1
    while simulate(night, processes, bots, numbers).waits["Telegram"][2] > 10:
        bots = max(bots + 1, math.ceil(bots * 1.15))
    while simulate(night, processes, bots, numbers).waits["WhatsApp"][2] > 10:
        numbers = max(numbers + 1, math.ceil(numbers * 1.15))
    return processes, bots, numbers
