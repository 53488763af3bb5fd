"""Scores the answer models on questions with known answers: `python -m benchmarks.answers FILE.jsonl`.

Leaves learning to `storage.training`; a line of FILE has promotion, lang, style, question, clauses and answerable.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.promotion import Promotion
from domain.rulebook import LANGUAGES
from domain.search.finder import Finder
from domain.search.folding import words
from domain.search.language import Detector
from storage.answers.files import LANGUAGE, model_path, read_detector, read_model
from storage.promotions.catalog import load_all
from storage.promotions.samples import Sample, read_samples

HOME = Path(__file__).resolve().parent.parent
PROMOTIONS, MODELS = HOME / "promotions", HOME / "var" / "models"


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question: the clauses of which each alone is a right answer, none where the rules don't say."""

    promotion: str
    lang: str
    style: str
    text: str
    clauses: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.clauses)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: whether it was answered, the first three clauses of the sentences found, how sure, the language taken, the time."""

    answered: bool
    clauses: tuple[str, ...]
    trust: float
    language: str | None
    seconds: float
    kind: str = "answer"


Answer = Callable[[Question], Reply]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--models", type=Path, default=MODELS)
    options.add_argument("--promotions", type=Path, default=PROMOTIONS)
    options.add_argument("--baseline", choices=("fts5",), help="score the lighter way on the same samples instead")
    options.add_argument("--misses", action="store_true", help="list what went wrong")
    asked = options.parse_args()
    questions = read_questions(asked.file)
    loaded = load_all(asked.promotions)
    answer = fts5(loaded, asked.promotions) if asked.baseline else learnt(loaded, asked.models)
    replies = [answer(question) for question in questions]
    report(questions, replies)
    print(f"\nrepeated from the samples: {repeated(questions, loaded, asked.promotions)} of {len(questions)} questions")
    if not asked.baseline:
        sizes = {path.stem: path.stat().st_size for path in sorted(asked.models.glob("*.model"))}
        listed = ", ".join(f"{name} {size / 1e6:.1f}" for name, size in sizes.items())
        print(f"artefacts {sum(sizes.values()) / 1e6:.1f} MB ({listed})")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if asked.misses:
        list_misses(questions, replies)


def read_questions(file: Path) -> list[Question]:
    found = []
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            clauses = tuple(row["clauses"]) if row["answerable"] else ()
            found.append(Question(row["promotion"], row["lang"], row["style"], row["question"], clauses))
    return found


def learnt(slugs: Iterable[str], models: Path) -> Answer:
    """The models that the bot uses."""
    before = memory()
    finders = {slug: Finder(read_model(model_path(models, slug))) for slug in slugs}
    detector: Detector = read_detector(model_path(models, LANGUAGE))
    for finder in finders.values():
        finder.find("алғашқы сұрақ первый вопрос")
    print(f"memory taken by all models after a first question: {memory() - before:.1f} MB")

    def answer(question: Question) -> Reply:
        begun = time.perf_counter()
        finding = finders[question.promotion].find(question.text)
        language = detector.detect(question.text)
        took = time.perf_counter() - begun
        stated = [hit for hit in finding.hits if not hit.silent]
        clauses = tuple(dict.fromkeys(number for hit in stated for number in hit.clauses))[:3]
        trust = finding.confidence if finding.answered else 1 - finding.confidence
        return Reply(finding.answered, clauses, trust, language, took, finding.kind)

    return answer


def fts5(loaded: Mapping[str, Promotion], promotions: Path) -> Answer:
    """The lighter way: SQLite's full-text index over three-letter pieces of folded text; refuses below a plain threshold."""
    base = sqlite3.connect(":memory:")
    for number, promotion in enumerate(loaded.values()):
        base.execute(f"create virtual table t{number} using fts5(clause unindexed, text, tokenize='trigram')")
        rows = [
            (clause.number, text)
            for clause in promotion.rulebook
            for language in LANGUAGES
            for text in (clause.text.get(language), clause.title.get(language), clause.answer.get(language))
        ]
        own = _samples(promotions, promotion)
        rows += [(clause, each.text) for each in own for clause in (each.clauses if each.silence is None else ("",))]
        rows += [("", each.text) for each in read_samples(promotions / "common")]
        folded = [(clause, " ".join(words(text))) for clause, text in rows]
        base.executemany(f"insert into t{number} values (?, ?)", folded)
    tables = {slug: f"t{number}" for number, slug in enumerate(loaded)}

    def answer(question: Question) -> Reply:
        begun = time.perf_counter()
        folded = " ".join(words(question.text))
        pieces = sorted({folded[at : at + 3] for at in range(len(folded) - 2)})
        asked = " OR ".join(f'"{piece}"' for piece in pieces) or '"~~~"'
        table = tables[question.promotion]
        found = base.execute(
            f"select clause, -bm25({table}) from {table} where {table} match ? order by 2 desc limit 60", (asked,)
        ).fetchall()
        ranked = list(dict.fromkeys(clause for clause, _ in found if clause))[:3]
        first = found[0][1] if found else 0.0
        trust = first / (first + 4.0 * len(pieces) ** 0.5 + 1) if found and found[0][0] else 0.0
        return Reply(bool(ranked) and trust > 0, tuple(ranked), trust, None, time.perf_counter() - begun)

    return answer


def report(questions: Sequence[Question], replies: Sequence[Reply]) -> None:
    """Everything that was promised, with counts beside percentages."""
    pairs = list(zip(questions, replies, strict=True))
    slices: dict[str, list[tuple[Question, Reply]]] = {"all": pairs}
    for question, reply in pairs:
        for name in (question.lang, question.promotion, question.style):
            slices.setdefault(name, []).append((question, reply))
    print(f"{'':18}{'right first':>22}{'among three':>22}{'wrongly refused':>20}{'rightly refused':>20}")
    for name, chosen in slices.items():
        asked = [(question, reply) for question, reply in chosen if question.answerable]
        silent = [reply for question, reply in chosen if not question.answerable]
        cells = (
            share(sum(right_first(*pair) for pair in asked), len(asked)),
            share(sum(among_three(*pair) for pair in asked), len(asked)),
            share(sum(not reply.answered for _, reply in asked), len(asked)),
            share(sum(not reply.answered for reply in silent), len(silent)),
        )
        print(f"{name:18}{cells[0]:>22}{cells[1]:>22}{cells[2]:>20}{cells[3]:>20}")
    direct = [pair for pair in pairs if pair[1].kind == "answer"]
    print(f"\nanswered directly {share(len(direct), len(pairs))}, ", end="")
    print(f"of these right {share(sum(right_first(*pair) for pair in direct), len(direct))}")
    print(f"area under the curve of refusal {area(pairs):.3f}")
    spoken = [pair for pair in pairs if pair[0].style != "mixed"]
    print(f"language, mixed speech aside {share(sum(q.lang == r.language for q, r in spoken), len(spoken))}, ", end="")
    print(f"unclear {sum(reply.language is None for _, reply in spoken)}")
    times = sorted(reply.seconds * 1000 for reply in replies)
    print(
        f"milliseconds p50 {times[len(times) // 2]:.1f}, p95 {times[int(len(times) * 0.95)]:.1f}, most {times[-1]:.1f}"
    )


def right_first(question: Question, reply: Reply) -> bool:
    return bool(reply.clauses) and reply.clauses[0] in question.clauses


def among_three(question: Question, reply: Reply) -> bool:
    return any(clause in question.clauses for clause in reply.clauses)


def share(count: int, total: int) -> str:
    return f"{count}/{total} {100 * count / total:5.1f} %" if total else "-"


def area(pairs: Sequence[tuple[Question, Reply]]) -> float:
    """How often an answerable question is trusted more than one that is not."""
    good = [reply.trust for question, reply in pairs if question.answerable]
    bad = [reply.trust for question, reply in pairs if not question.answerable]
    won = sum((a > b) + 0.5 * (a == b) for a in good for b in bad)
    return won / (len(good) * len(bad)) if good and bad else float("nan")


def repeated(questions: Iterable[Question], loaded: Mapping[str, Promotion], promotions: Path) -> int:
    """How many of the questions stand among the samples, spelling aside: these measure memory, not understanding."""
    known = {
        slug: {tuple(words(sample.text)) for sample in _samples(promotions, promotion)}
        | {tuple(words(sample.text)) for sample in read_samples(promotions / "common")}
        for slug, promotion in loaded.items()
    }
    return sum(tuple(words(question.text)) in known[question.promotion] for question in questions)


def _samples(promotions: Path, promotion: Promotion) -> list[Sample]:
    return read_samples(promotions / promotion.slug, [each.number for each in promotion.rulebook], promotion.points)


def memory() -> float:
    """Resident megabytes of this process now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def list_misses(questions: Sequence[Question], replies: Sequence[Reply]) -> None:
    print()
    for question, reply in zip(questions, replies, strict=True):
        wrong = reply.answered if not question.answerable else not (right_first(question, reply) and reply.answered)
        if wrong:
            print(
                question.promotion,
                question.style,
                list(question.clauses),
                "->",
                reply.kind,
                reply.clauses,
                question.text,
            )


if __name__ == "__main__":
    main()
