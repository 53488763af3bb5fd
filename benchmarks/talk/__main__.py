"""Scores how the bot understands what people write: `python -m benchmarks.talk DIR`, a folder of labelled lines.

Not here: what counts as right (see judging.py), the labels' meaning (see README.md).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from signal import SIG_DFL, SIGPIPE, signal
from time import thread_time

from benchmarks.talk import report
from benchmarks.talk.files import CHECKS, LabelledLine, read_folder
from benchmarks.talk.judging import judge
from benchmarks.talk.measures import BY_KEY
from benchmarks.talk.report import Judged
from benchmarks.talk.wordings import Wordings
from bot.cli.asking import Asker
from bot.loading import load_library, load_phrases
from bot.settings import Settings


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--failures", metavar="CLASS", choices=BY_KEY, help=f"list what failed: {', '.join(BY_KEY)}")
    options.add_argument("--gate", action="store_true", help="exit code 1 where a measure misses what it must reach")
    asked = options.parse_args()
    signal(SIGPIPE, SIG_DFL)  # a list of failures may be read only in part
    library, phrases = load_library(Settings()), load_phrases()
    words = Wordings(library, phrases)
    lines = read_folder(asked.folder, words.title)
    times_ms: list[float] = []
    marks = list(play(lines, Asker(library, phrases), words, times_ms))
    p95_ms = sorted(times_ms)[int(len(times_ms) * 0.95)]
    if asked.failures:
        print(report.failures(marks, asked.failures))
        return
    print(f"{report.counts(lines)}\n\n{report.table(marks, p95_ms)}")
    if asked.gate and (missed := report.missed(marks, p95_ms)):
        raise SystemExit(f"missed: {', '.join(missed)}")


def play(lines: list[LabelledLine], asker: Asker, words: Wordings, times_ms: list[float]) -> Iterator[Judged]:
    """Every line through the bot; what stands alone is timed, on the processor's clock, for other work on the machine does not count."""
    for line in lines:
        question = line.question
        begun = thread_time()
        reply = asker.ask(question)
        if not question.before and question.doing is None:
            times_ms.append((thread_time() - begun) * 1000)
        known = None
        if line.file == CHECKS and question.before:
            known = asker.ask(replace(question, text=question.before[-1], before=question.before[:-1])).facts
        for key, happened in judge(line, reply, words, known):
            yield Judged(line, reply, key, happened)
        if line.file == "questions" and "mixed" not in line.label.get("style", ()):
            heard = asker.ask(replace(question, language=None))
            yield Judged(line, heard, "languages", heard.lang == line.lang)


if __name__ == "__main__":
    main()
