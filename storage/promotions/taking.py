"""Puts questions that people asked under a clause, a point or «not written» in a promotion's files of samples.

Not here: which questions (see `utys questions`), learning from them (see storage/answers/). Nothing that stands in a file is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.promotion import Promotion
from domain.rulebook import Language
from storage.promotions.samples import SampleError, opened, read_samples


def take_samples(
    folder: Path, promotion: Promotion, named: str, questions: Mapping[Language, Sequence[str]]
) -> dict[Language, list[str]]:
    """What was added, by language; a question that stands anywhere already is left out. Raises SampleError, OSError.

    `named` is what an `@` line says: «#point», the number of a clause, or «none».
    """
    numbers, points = [clause.number for clause in promotion.rulebook], promotion.points
    if opened(named, "ru", numbers, {point.id: point for point in points}) is None:
        raise SampleError(f"{promotion.slug} has no clause or point {named}; write #point, a clause number, or none")
    known = {_bare(sample.text) for sample in read_samples(folder, numbers, points)}
    added: dict[Language, list[str]] = {}
    for language, texts in questions.items():
        fresh = [text for text in dict.fromkeys(map(_line, texts)) if text and _bare(text) not in known]
        if fresh:
            _insert(folder / f"samples.{language}.txt", named, fresh)
            added[language] = fresh
    return added


def _insert(path: Path, named: str, texts: Sequence[str]) -> None:
    """At the end of the block of that name, or as a new block at the end of the file."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    heads = [at for at, line in enumerate(lines) if line.strip().startswith("@")]
    start = next((at for at in heads if lines[at].strip()[1:].strip() == named), None)
    if start is None:
        lines += ["", f"@ {named}", *texts]
    else:
        end = next((at for at in heads if at > start), len(lines))
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        lines[end:end] = texts
    path.write_text("\n".join(lines).strip("\n") + "\n", "utf-8")


def _line(text: str) -> str:
    """A question on one line that cannot be taken for a heading, a remark or a sign."""
    return " ".join(text.split()).lstrip("@#+-! ")


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" ?!.")
