"""Opens models that `utys promotions publish` made: what is wrong with a file is said in one sentence, however it was cut or damaged.

Not here: the format (see files.py, which is part of what the models are made from, so that a change there makes all of them old).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from domain.search.language import Detector
from domain.search.model import Model
from domain.search.wishes import WishModel
from storage.answers.files import (
    LANGUAGE,
    WISHES,
    ModelError,
    model_path,
    read_detector,
    read_model,
    read_wishes,
)

T = TypeVar("T")
_OF_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the reader raises for a head that ends too early, is no JSON, or names other parts."""


def open_model(folder: Path, name: str) -> Model:
    """Raises ModelError, as all here do."""
    return _opened(read_model, folder, name)


def open_detector(folder: Path) -> Detector:
    return _opened(read_detector, folder, LANGUAGE)


def open_wishes(folder: Path) -> WishModel:
    return _opened(read_wishes, folder, WISHES)


def damage(folder: Path, name: str) -> ModelError | None:
    """What is wrong with the model of that name, which is opened for it."""
    reader: Callable[[Path], object] = {LANGUAGE: read_detector, WISHES: read_wishes}.get(name, read_model)
    try:
        _opened(reader, folder, name)
    except ModelError as error:
        return error
    return None


def _opened(reader: Callable[[Path], T], folder: Path, name: str) -> T:
    path = model_path(folder, name)
    try:
        return reader(path)
    except _OF_DAMAGE as error:
        raise ModelError(f"{path}: cut short or damaged; make it anew with `utys promotions publish`") from error
