"""The table of shares, by measure and language, and the lines that failed.

Not here: judging (see judging.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.talk.files import LabelledLine
from benchmarks.talk.measures import AIM_MS, BY_KEY, MEASURES, MUST_MS, Measure
from bot.cli.asking import Reply
from domain.rulebook import LANGUAGES


@dataclass(frozen=True, slots=True)
class Judged:
    """One mark of one line: whether what the measure counts happened."""

    line: LabelledLine
    reply: Reply
    key: str
    happened: bool

    @property
    def failed(self) -> bool:
        return self.happened is BY_KEY[self.key].fault


def counts(lines: Iterable[LabelledLine]) -> str:
    """How many lines of each class there are, per language."""
    number = Counter((line.file, line.kind, line.lang) for line in lines)
    rows = [f"{'lines':34}{'all':>6}" + "".join(f"{language:>6}" for language in LANGUAGES)]
    for file, kind in dict.fromkeys((file, kind) for file, kind, _ in number):
        each = [number[file, kind, language] for language in LANGUAGES]
        rows.append(f"{f'{file} {kind}':34}{sum(each):>6}" + "".join(f"{count:>6}" for count in each))
    return "\n".join([*rows, f"{'all':34}{number.total():>6}"])


def table(marks: Sequence[Judged], p95_ms: float) -> str:
    rows = [f"{'':48}{'all':>20}{'kk':>9}{'ru':>9}{'must':>9}{'aim':>9}"]
    for measure in MEASURES:
        own = [mark for mark in marks if mark.key == measure.key]
        by_language = [_percent([m for m in own if m.line.lang == language]) for language in LANGUAGES]
        cells = "".join(
            f"{cell:>9}" for cell in (*by_language, _bound(measure, measure.must), _bound(measure, measure.aim))
        )
        rows.append(f"{measure.title:48}{_share(own):>20}{cells}  {_verdict(measure, own)}".rstrip())
    late = "" if p95_ms <= MUST_MS else "MISSED"
    bounds = f"{f'≤ {MUST_MS:g} ms':>27}{f'≤ {AIM_MS:g} ms':>9}"
    rows.append(f"{'one question, p95 of processor time':48}{f'{p95_ms:.1f} ms':>20}{bounds}  {late}".rstrip())
    return "\n".join(rows)


def missed(marks: Sequence[Judged], p95_ms: float) -> list[str]:
    """The measures that miss what they must reach."""
    by_key: dict[str, list[Judged]] = {}
    for mark in marks:
        by_key.setdefault(mark.key, []).append(mark)
    late = ["p95"] if p95_ms > MUST_MS else []
    return [key for key, own in by_key.items() if BY_KEY[key].missed(percent(own))] + late


def failures(marks: Iterable[Judged], key: str) -> str:
    """The lines that failed one measure: what was written, what is right, what came."""
    failed = {mark.line.id: mark for mark in marks if mark.key == key and mark.failed}
    return "\n\n".join(map(_failure, failed.values()))


def _failure(mark: Judged) -> str:
    line, reply = mark.line, mark.reply
    asked = line.question
    right = {name: line.label[name] for name in _TELLING if line.label.get(name) not in (None, [], {})}
    before = "".join(f"\n  before: {text}" for text in asked.before)
    came = f"{reply.kind} {list(reply.clauses[:3])} says={reply.says} function={reply.function} {reply.promotion}"
    more = "".join(
        f" {name}={value}" for name, value in (("purchases", reply.purchases), ("facts", reply.facts)) if value
    )
    text = reply.text.replace("\n", "\n    ")
    return f"{line.id} [{line.lang} {asked.promotion}]{before}\n  {asked.text}\n  right: {right}\n  came:  {came}{more}\n    {text}"


_TELLING = (
    "kind",
    "clauses",
    "says",
    "verdict",
    "parts",
    "expect",
    "intent",
    "params",
    "next",
    "meant",
    "near",
    "must_say",
)


def percent(marks: Sequence[Judged]) -> float:
    return 100 * sum(mark.happened for mark in marks) / len(marks) if marks else 0.0


def _percent(marks: Sequence[Judged]) -> str:
    return f"{percent(marks):.1f} %" if marks else "-"


def _share(marks: Sequence[Judged]) -> str:
    return f"{sum(mark.happened for mark in marks)}/{len(marks)}  {_percent(marks)}" if marks else "-"


def _bound(measure: Measure, bound: float | None) -> str:
    return "" if bound is None else f"{'≤' if measure.fault else '≥'} {bound:g} %"


def _verdict(measure: Measure, marks: Sequence[Judged]) -> str:
    return "MISSED" if marks and measure.missed(percent(marks)) else ""
