"""The program's own modules as syntax trees: what each imports and calls.

Leaves what is allowed to the tests that ask.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("bot", "storage", "dialogs", "domain")
"""From left to right: each may import only what stands to its right."""


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    @property
    def layer(self) -> str:
        return self.name.partition(".")[0]

    def imports(self) -> Iterator[str]:
        """Every module imported, anywhere in the file; `from dialogs import citing` is dialogs.citing."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name}: relative import"
                source = node.module or ""
                inner = [f"{source}.{alias.name}" for alias in node.names]
                yield from (name if name in names() else source for name in inner)

    def calls(self) -> Iterator[str]:
        """Every function called, as it is written: `datetime.now`, `open`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield ast.unparse(node.func)

    def strings(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@cache
def names() -> frozenset[str]:
    return frozenset(_name(path) for path in _paths())


def folder(name: str) -> str:
    """The folder that a module lies in; a folder's own `__init__` lies in it."""
    return name if any(other.startswith(f"{name}.") for other in names()) else name.rpartition(".")[0]


@cache
def modules() -> tuple[Module, ...]:
    return tuple(Module(_name(path), path, ast.parse(path.read_text("utf-8"))) for path in _paths())


def of(*layers: str) -> list[Module]:
    return [module for module in modules() if module.layer in layers]


def _paths() -> list[Path]:
    return sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
