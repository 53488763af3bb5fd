"""Whether the answer models were made from the promotions as they now are.

Leaves making them to `training`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.answers.files import LANGUAGE, model_path, read_version
from storage.answers.lessons import Recipe
from storage.answers.training import made_from
from storage.promotions.catalog import load_all
from storage.promotions.samples import read_samples


@dataclass(frozen=True, slots=True)
class Freshness:
    """`names` are all the models that it takes; `stale` those that are missing or made from something else."""

    version: str
    names: tuple[str, ...]
    stale: tuple[str, ...]


def look(promotions: Path, models: Path) -> Freshness:
    """Raises CatalogError, SampleError, OSError."""
    books = {slug: promotion.rulebook for slug, promotion in load_all(promotions).items()}
    common = read_samples(promotions / "common")
    own = {slug: read_samples(promotions / slug, [clause.number for clause in book]) for slug, book in books.items()}
    concepts = (promotions / "common" / "concepts.txt").read_text("utf-8")
    version = made_from(repr((Recipe(), concepts, common, own, books)))
    names = (*books, LANGUAGE)
    return Freshness(version, names, tuple(n for n in names if read_version(model_path(models, n)) != version))
