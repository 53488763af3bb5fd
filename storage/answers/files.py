"""Writes what was learnt to files and reads it back without copying.

Not here: learning (see training.py and language.py); using it (see the domain).
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from domain.search.language import Detector
from domain.search.model import Model
from domain.search.wishes import WishModel

MAGIC = b"utysmod3"
LANGUAGE = "language"
"""The name of the language detector's file beside the promotions' models."""
WISHES = "wishes"
"""The name of the file of what people want of the bot."""

Code = Literal["I", "f", "b"]
_MODEL: dict[str, Code] = {
    "marks": "I",
    "rarity": "f",
    "places": "b",
    "heads": "f",
    "signs": "f",
    "form": "f",
}
_DETECTOR: dict[str, Code] = {"marks": "I", "leanings": "f"}
_WISHES: dict[str, Code] = {"marks": "I", "rarity": "f", "weights": "b"}
"""The flat parts and how wide their numbers are. They lie in the file in this order, each on a border of 8 bytes."""


class ModelError(Exception):
    """A model that is missing, damaged or of another make; says what to do."""


def model_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.model"


def write_model(path: Path, model: Model) -> None:
    """Puts a model into a file, whole or not at all; equal models make equal bytes."""
    _write(path, {part.name: getattr(model, part.name) for part in fields(model)}, _MODEL)


def read_model(path: Path) -> Model:
    """A model whose arrays are read from the file as they are needed."""
    return Model(**_read(path, _MODEL))


def write_detector(path: Path, detector: Detector, version: str) -> None:
    parts = {part.name: getattr(detector, part.name) for part in fields(detector)}
    _write(path, {**parts, "version": version}, _DETECTOR)


def read_detector(path: Path) -> Detector:
    parts = _read(path, _DETECTOR)
    del parts["version"]
    return Detector(**parts)


def write_wishes(path: Path, model: WishModel) -> None:
    _write(path, {part.name: getattr(model, part.name) for part in fields(model)}, _WISHES)


def read_wishes(path: Path) -> WishModel:
    return WishModel(**_read(path, _WISHES))


def fingerprint(said: str, modules: Sequence[str]) -> str:
    """A fingerprint of what a model is made from, and of the code that makes it."""
    digest = sha256(said.encode())
    home = Path(__file__).parents[2]
    for module in modules:
        digest.update((home / module).read_bytes())
    return digest.hexdigest()[:16]


def read_version(path: Path) -> str | None:
    """What a file says it was made from, or None if it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
            if start[:8] != MAGIC:
                return None
            made_from: str = json.loads(file.read(int.from_bytes(start[8:], "little")))["version"]
            return made_from
    except (OSError, ValueError, KeyError):
        return None


def _write(path: Path, parts: Mapping[str, Any], codes: Mapping[str, Code]) -> None:
    flat = [_little(array(code, parts[name])).tobytes() for name, code in codes.items()]
    plain = {name: part for name, part in parts.items() if name not in codes}
    plain["lengths"] = [len(part) for part in flat]
    head = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little"))
        for part in (head, *flat):
            file.write(part + bytes(_align8(len(part)) - len(part)))
    beside.replace(path)


def _read(path: Path, codes: Mapping[str, Code]) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no model here ({error}); make it with `utys promotions publish`") from error
    if bytes(whole[:8]) != MAGIC:
        raise ModelError(f"{path}: not a model of this version; make it anew with `utys promotions publish`")
    end = 16 + int.from_bytes(whole[8:16], "little")
    parts: dict[str, Any] = json.loads(bytes(whole[16:end]))
    lengths: Sequence[int] = parts.pop("lengths")
    at = _align8(end)
    if at + sum(map(_align8, lengths)) != len(whole):
        raise ModelError(f"{path}: cut short; make it anew with `utys promotions publish`")
    parts = {name: _frozen(part) for name, part in parts.items()}
    for (name, code), length in zip(codes.items(), lengths, strict=True):
        part = whole[at : at + length]
        parts[name] = part.cast(code) if sys.byteorder == "little" else _little(array(code, bytes(part)))
        at += _align8(length)
    return parts


def _frozen(part: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(map(_frozen, part)) if isinstance(part, list) else part


def _little(flat: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        flat.byteswap()
    return flat


def _align8(at: int) -> int:
    return -(-at // 8) * 8
