"""Starts a promotion from a rules document: a folder with the clauses, the candidates and marks where a person must go on.

Not here: reading, splitting and writing (see the files beside this one). The folder appears whole or not at all.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from domain.rulebook import LANGUAGES, Language
from storage.promotions.drafting import writing as write
from storage.promotions.drafting.candidates import Fact, find_facts, tell_language
from storage.promotions.drafting.clauses import Piece, split
from storage.promotions.drafting.document import DocumentRefused
from storage.promotions.drafting.reading import read_document
from storage.promotions.sheet import DataFault

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_TAKEN = ("common",)
_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфхцыэәғқңөұүһіə", "abvgdeeziiklmnoprstufhcyeagqnouuhia", strict=True)),
    **{"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""},
}


@dataclass(frozen=True, slots=True)
class PromotionDraft:
    """A promotion that has begun."""

    folder: Path
    language: Language
    title: str
    pieces: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]

    def report(self) -> list[str]:
        """What was made of the document, what could not be read, and what is to do next."""
        tables = sum(piece.label.startswith("table") for piece in self.pieces)
        counts = Counter(fact.topic for fact in self.facts)
        found = ", ".join(f"{topic} {count}" for topic, count in counts.items()) or "none"
        return [
            f"made {self.folder}",
            f"{self.title}: {write.NAMES[self.language]}, {len(self.pieces)} clauses, {tables} of them tables",
            f"clauses: {', '.join(piece.label for piece in self.pieces)}",
            f"candidates for promotion.toml: {found}",
            *(f"note: {note}" for note in self.notes),
            f"next: fill in what `utys promotions check {self.folder.name}` names; as a draft it is shown to nobody",
        ]


def start(file: Path, into: Path, slug: str | None = None) -> PromotionDraft:
    """Raises Refused."""
    document = read_document(file)
    found = split(document.blocks)
    whole = "\n".join(piece.text for piece in found.pieces)
    language = tell_language(f"{found.title}\n{whole}")
    notes = [*document.notes, *found.notes]
    if language is None:
        raise DocumentRefused(f"{file} is neither Kazakh nor Russian: it has hardly any letters of theirs")
    if not found.pieces:
        raise DocumentRefused(f"{file} holds no clause: there is only «{found.title[:60]}»")
    strangers = [p.label for p in found.pieces if tell_language(p.text) not in (language, None)]
    if strangers:
        other = write.NAMES["ru" if language == "kk" else "kk"]
        notes.append(f"seems to be {other}: {', '.join(strangers)}; rules.{language}.md should hold one language only")
    title = found.title or file.stem
    folder = into / _slug(slug, title, file)
    facts = tuple(fact for piece in found.pieces for fact in find_facts(piece.label, piece.text))
    other_language: Language = "ru" if language == "kk" else "kk"
    files = {
        "source.txt": document.source,
        f"rules.{language}.md": write.rules(title, language, found.pieces),
        f"rules.{other_language}.md": write.translation(other_language, found.pieces),
        "clauses.toml": write.clauses(found.pieces),
        "points.toml": write.points(),
        "claim.toml": write.claim(),
        "promotion.toml": write.promotion(title, _names(title, folder.name), facts, language),
        **{f"samples.{tongue}.txt": write.samples(tongue, found.pieces) for tongue in LANGUAGES},
    }
    _put(folder, files)
    return PromotionDraft(folder, language, title, found.pieces, facts, tuple(notes))


def unfinished(folder: Path) -> list[DataFault]:
    """The lines that still hold a mark of a draft."""
    faults = []
    for file in sorted([*folder.glob("*.toml"), *folder.glob("rules.*.md")]):
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
            if line.startswith("#"):
                continue
            if write.TRANSLATE in line:
                faults.append(DataFault(file, number, "not translated yet"))
            elif write.FILL in line:
                faults.append(
                    DataFault(file, number, f"«{line.split('=')[0].strip(' {')[:40]}» is still to be filled in")
                )
    return faults


def _slug(given: str | None, title: str, file: Path) -> str:
    slug = given
    if slug is None:
        named = re.findall(r"[«“\"]([^»”\"]{2,60})[»”\"]", title)
        latin = "".join(_LATIN.get(letter, letter) for letter in (named[0] if named else title).lower())
        slug = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-")
        if not slug:
            raise DocumentRefused(f"{file} has no title that a folder could be named after; give --slug")
    if not _SLUG.fullmatch(slug) or slug in _TAKEN:
        raise DocumentRefused(
            f"--slug {slug!r} cannot name a promotion: small Latin letters, digits and hyphens, at most 40"
        )
    return slug


def _names(title: str, slug: str) -> list[str]:
    quoted = [name.lower() for name in re.findall(r"[«“\"]([^»”\"]{2,60})[»”\"]", title)]
    return list(dict.fromkeys([*quoted, slug.replace("-", " ")]))


def _put(folder: Path, files: dict[str, str]) -> None:
    """Writes beside and renames: a folder that exists is left alone, one that fails leaves nothing behind. Raises Refused."""
    if folder.exists():
        raise DocumentRefused(f"{folder} exists already; give another --slug or move it away")
    beside: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
        for name, text in files.items():
            (beside / name).write_bytes(text.encode("utf-8", "replace"))
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise DocumentRefused(f"{folder} cannot be made: {error.strerror or error}") from error
    finally:
        if beside is not None and beside.exists():
            shutil.rmtree(beside, ignore_errors=True)
