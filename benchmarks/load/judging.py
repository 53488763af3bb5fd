"""The table of what must be and what is aimed at, filled with what was found.

Leaves measuring to `rounds` and writing it down to `report`. Ratios are of medians over all turns of all rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.load.driver import Sample
from benchmarks.load.rounds import QUESTION_WATCHED, TAP, TAP_EACH, WATCHED, Found


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

    def against(what: str, ours: tuple[str, str], theirs: tuple[str, str], must: float, aim: float | None) -> Line:
        mine, other = cpu(*ours), cpu(*theirs)
        return Line(what, _ratio(mine, other), must, aim, detail=f"{_ms(mine)} against {_ms(other)} an update")

    def faster(what: str, other: str, must: float, aim: float) -> Line:
        mine, theirs = rate("utys", "tap"), rate(other, "text")
        detail = f"{_round(mine)}/s against {_round(theirs)}/s"
        return Line(what, _ratio(mine, theirs), must, aim, detail=detail, more=True)

    question, tap = cpu("utys", "question"), cpu("utys", "tap")
    above = question - tap if question is not None and tap is not None else None
    search = _over(found, lambda s: s.search)("utys", "question")
    used = database("utys, pg", "tap")
    lines = [
        against(
            "menu tap at saturation (32 chats), SQLite, against (a) text", ("utys", "tap"), ("echo", "text"), 1.0, 0.6
        ),
        against("the same, one chat alone", ("utys", "tap, alone"), ("echo", "text, alone"), 1.5, 1.1),
        against("the same, open 400/s", ("utys", "tap, open"), ("echo", "text, open"), 1.2, 0.8),
        against("PostgreSQL, one process: the bot", ("utys, pg", "tap"), ("echo", "text"), 1.1, 0.65),
        Line("PostgreSQL, one process: the database", _ratio(used, echo), 0.25, 0.12, detail=f"{_ms(used)} an update"),
        Line(
            "free question: what it costs above the tap, in searches",
            _ratio(above, search),
            1.2,
            1.0,
            detail=f"{_ms(above)} above, of it searching {_ms(search)}",
        ),
        faster("throughput of one process against (a)", "echo", 1.0, 1.5),
        faster("throughput against (d) on SQLite", "durable", 4.0, 6.0),
        faster("throughput against (d) on PostgreSQL", "durable, pg", 4.0, 6.0),
        against("WhatsApp text in and out against (w)", ("utys", "whatsapp"), ("twilio", "whatsapp"), 1.3, 0.9),
        _stall(found),
        _memory(found),
    ]
    return lines + _people(found) + _processes(found)


def _over(found: Found, pick: Callable[[Sample], float]) -> Callable[[str, str], float | None]:
    def middle(contender: str, load: str) -> float | None:
        # whoever leaves people without an answer cannot be compared with one who does not
        samples = [s for s in found.samples.get((contender, load), []) if s.failed * 100 <= s.answered]
        return median(map(pick, samples)) if samples else None

    return middle


def _stall(found: Found) -> Line:
    samples = [*found.samples.get(("utys", WATCHED.name), []), *found.samples.get(("utys", QUESTION_WATCHED), [])]
    longest = max(sample.stall for sample in samples) * 1000 if samples else None
    return Line("longest stall of the loop after start, taps and questions at saturation", longest, 50, 20, "ms")


def _memory(found: Found) -> Line:
    sizes = found.memory.get("utys")
    beyond = median(peak - models for peak, models in sizes) if sizes else None
    detail = f"{max(peak for peak, _ in sizes):.0f} MiB in all" if sizes else ""
    return Line("peak RSS of one process beyond the answer model's", beyond, 220, 190, "MiB", detail)


def _people(found: Found) -> list[Line]:
    few, many = "utys, 1000 known", "utys, 1000000 known"
    cpu = _over(found, lambda sample: sample.cpu)
    memory = [_middle([peak for peak, _ in found.memory.get(name, [])]) for name in (many, few)]
    ready = [_middle(found.ready.get(name, [])) for name in (many, few)]
    used = [cpu(name, "tap, known") for name in (many, few)]
    start = " against ".join(f"{seconds:.1f} s" for seconds in ready if seconds is not None)
    return [
        Line("10^6 known people against 10^3: CPU", _ratio(*used), 1.10, 1.05, detail=" against ".join(map(_ms, used))),
        Line("10^6 known people against 10^3: peak RSS", _ratio(*memory), 1.10, 1.05),
        Line("10^6 known people against 10^3: time to ready", _ratio(*ready), 1.10, 1.05, detail=start),
    ]


def _processes(found: Found) -> list[Line]:
    """Where each is as busy as the one, which is what there are several for; and where they share what one could do, which nothing is asked
    of: then each commits smaller groups."""
    cpu = _over(found, lambda sample: sample.cpu)

    def against_one(what: str, count: int, load: str, must: float | None) -> Line:
        one, several = cpu("utys, pg x1", load), cpu(f"utys, pg x{count}", load)
        detail = f"{_ms(several)} against {_ms(one)}"
        return Line(f"{count} processes on PostgreSQL{what}", _ratio(several, one), must, None, detail=detail)

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
