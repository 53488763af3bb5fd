"""Whether the answer models were made from the promotions as they now are.

Not here: making them (see training.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.answers.files import LANGUAGE, WISHES, model_path, read_version
from storage.answers.lessons import Recipe
from storage.answers.training import Material
from storage.answers.wishes import wishes_version


@dataclass(frozen=True, slots=True)
class Freshness:
    """`names` are all the models that it takes; `stale` those that are missing or made from something else."""

    version: str
    names: tuple[str, ...]
    stale: tuple[str, ...]


def look(promotions: Path, models: Path) -> Freshness:
    """Raises CatalogError, SampleError, OSError."""
    material = Material.read(promotions)
    version = material.version(Recipe())
    names = (*material.promotions, LANGUAGE)
    wanted = {**dict.fromkeys(names, version), WISHES: wishes_version(promotions, material.samples, material.quoted)}
    stale = tuple(name for name, of in wanted.items() if read_version(model_path(models, name)) != of)
    return Freshness(version, tuple(wanted), stale)
