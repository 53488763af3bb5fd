"""The table of what must be and what is aimed at, filled with what was found.

Leaves measuring to `rounds` and writing it down to `report`. Figures are medians over all turns of all rounds, ratios medians of the
ratios within the turns: those who are compared meet the same machine in the same turn, and another in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.load.driver import Sample
from benchmarks.load.rounds import BARE, QUESTION_WATCHED, TAP, TAP_EACH, WATCHED, Found

Who = tuple[str, str]
"""A contender and its load."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `value` is None where it was not measured. With `more` set the value must be at least as large."""

    what: str
    value: float | None
    must: float | None
    aim: float | None
    unit: str = "x"
    detail: str = ""
    more: bool = False

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        for bound, word in ((self.aim, "aim"), (self.must, "must")):
            if bound is not None and (self.value >= bound if self.more else self.value <= bound):
                return word
        return "MISSED" if self.must is not None else ""

    def show(self, number: float | None) -> str:
        if number is None:
            return ""
        return f"{number:.2f}x" if self.unit == "x" else f"{number:.0f} {self.unit}"


def judge(found: Found) -> list[Line]:
    cpu, rate = _over(found, lambda s: s.cpu), _over(found, lambda s: s.rate)
    database = _over(found, lambda s: s.database)
    echo = cpu("echo", "text")

    def against(what: str, ours: Who, theirs: Who, must: float, aim: float | None) -> Line:
        detail = f"{_ms(cpu(*ours))} against {_ms(cpu(*theirs))} an update"
        return Line(what, _within_turns(found, ours, theirs), must, aim, detail=detail)

    def faster(what: str, other: str, must: float, aim: float) -> Line:
        ours, theirs = ("utys", "tap"), (other, "text")
        detail = f"{_round(rate(*ours))}/s against {_round(rate(*theirs))}/s"
        ratio = _within_turns(found, ours, theirs, lambda sample: sample.rate)
        return Line(what, ratio, must, aim, detail=detail, more=True)

    question, tap = cpu("utys", "question"), cpu("utys", "tap")
    above = question - tap if question is not None and tap is not None else None
    search = _over(found, lambda s: s.search)("utys", "question")
    used = database("utys, pg", "tap")
    lines = [
        against(
            "menu tap at saturation (32 chats), SQLite, against (a) text", ("utys", "tap"), ("echo", "text"), 0.8, 0.6
        ),
        against("the same, one chat alone", ("utys", "tap, alone"), ("echo", "text, alone"), 1.6, 1.3),
        against("the same, open 400/s", ("utys", "tap, open"), ("echo", "text, open"), 1.2, 0.8),
        against("PostgreSQL, one process: the bot", ("utys, pg", "tap"), ("echo", "text"), 0.8, 0.6),
        Line("PostgreSQL, one process: the database", _ratio(used, echo), 0.25, 0.12, detail=f"{_ms(used)} an update"),
        Line(
            "free question: what it costs above the tap, in searches",
            _ratio(above, search),
            None,
            None,
            detail=f"{_ms(above)} above, of it searching {_ms(search)}",
        ),
        faster("throughput of one process against (a)", "echo", 1.5, 2.0),
        faster("throughput against (d) on SQLite", "durable", 4.0, 6.0),
        faster("throughput against (d) on PostgreSQL", "durable, pg", 4.0, 6.0),
        against("WhatsApp text in and out against (w)", ("utys", "whatsapp"), ("twilio", "whatsapp"), 1.5, 1.2),
        _stall(found),
        *_start(found),
    ]
    return lines + _people(found) + _processes(found)


def _within_turns(
    found: Found, ours: Who, theirs: Who, pick: Callable[[Sample], float] = lambda sample: sample.cpu
) -> float | None:
    """The n-th samples of both were taken in the same turn."""
    if ours not in found.samples or theirs not in found.samples:
        return None
    pairs = zip(found.samples[ours], found.samples[theirs], strict=True)
    return _middle([pick(mine) / pick(other) for mine, other in pairs if _answers(mine) and _answers(other)])


def _over(found: Found, pick: Callable[[Sample], float]) -> Callable[[str, str], float | None]:
    def middle(contender: str, load: str) -> float | None:
        return _middle([pick(sample) for sample in found.samples.get((contender, load), []) if _answers(sample)])

    return middle


def _answers(sample: Sample) -> bool:
    """Whoever leaves people without an answer cannot be compared with one who does not."""
    return sample.failed * 100 <= sample.answered


def _stall(found: Found) -> Line:
    samples = [*found.samples.get(("utys", WATCHED.name), []), *found.samples.get(("utys", QUESTION_WATCHED), [])]
    longest = max(sample.stall for sample in samples) * 1000 if samples else None
    return Line("longest stall of the loop after start, taps and questions at saturation", longest, 50, 20, "ms")


def _start(found: Found) -> list[Line]:
    """Memory and start of one process: aiogram's types are most of what Telegram costs."""
    lines = []
    for who, must, aim, what in (("utys", 300, 280, "with Telegram on"), (BARE, 160, 150, "without Telegram")):
        peak = _middle([size for size, _ in found.memory.get(who, [])])
        lines.append(Line(f"peak RSS of one process, {what}", peak, must, aim, "MiB"))
    return [*lines, Line("ready after the start", _middle(found.ready.get("utys", [])), 5, 3, "s")]


def _people(found: Found) -> list[Line]:
    few, many = "utys, 1000 known", "utys, 1000000 known"
    cpu = _over(found, lambda sample: sample.cpu)
    ratio = _within_turns(found, (many, "tap, known"), (few, "tap, known"))
    memory = [_middle([peak for peak, _ in found.memory.get(name, [])]) for name in (many, few)]
    ready = [_middle(found.ready.get(name, [])) for name in (many, few)]
    used = [cpu(name, "tap, known") for name in (many, few)]
    start = " against ".join(f"{seconds:.1f} s" for seconds in ready if seconds is not None)
    return [
        Line("10^6 known people against 10^3: CPU", ratio, 1.20, 1.10, detail=" against ".join(map(_ms, used))),
        Line("10^6 known people against 10^3: peak RSS", _ratio(*memory), 1.10, 1.05),
        Line("10^6 known people against 10^3: time to ready", _ratio(*ready), 1.10, 1.05, detail=start),
    ]


def _processes(found: Found) -> list[Line]:
    """The bounds are read as of processes that have as many chats in hand as the one, which is what there are several for. Where they share
    what one could do, each commits smaller groups: that is shown, and not judged."""
    cpu = _over(found, lambda sample: sample.cpu)

    def against_one(what: str, count: int, load: str, must: float | None) -> Line:
        one, several = cpu("utys, pg x1", load), cpu(f"utys, pg x{count}", load)
        detail = f"{_ms(several)} against {_ms(one)}"
        ratio = _within_turns(found, (f"utys, pg x{count}", load), ("utys, pg x1", load))
        return Line(f"{count} processes on PostgreSQL{what}", ratio, must, None, detail=detail)

    return [
        *(
            against_one(": CPU per update against one, 32 chats each", count, TAP_EACH.name, must)
            for count, must in ((2, 1.15), (4, 1.4))
        ),
        *(against_one(", the same 32 chats among them", count, TAP.name, None) for count in (2, 4)),
    ]


def _middle(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:.2f} ms"


def _round(number: float | None) -> str:
    return "-" if number is None else f"{number:.0f}"
