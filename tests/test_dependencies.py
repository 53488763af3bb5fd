"""The lists of packages in pyproject.toml and what the code imports say the same."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from tests.sources import LAYERS, ROOT

OURS = {*LAYERS, "tests", "benchmarks"}
BY_OTHERS = {
    "aiosqlite": "SQLAlchemy opens SQLite with it for what only reads",
    "httptools": "uvicorn reads HTTP with it",
    "tzdata": "zoneinfo reads the time zones from it where the system has none",
}
"""Packages that run with the program, though no file of ours names them, and who does."""
TOOLS = {"mypy", "pip-audit", "pytest-xdist", "ruff", "types-openpyxl", "types-pyyaml"}
"""Packages that a developer runs, or that a tool looks for."""
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def listed(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=;! ]", requirement)[0]) for requirement in requirements}


def normal(name: str) -> str:
    """As PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """The packages whose modules these folders import, anywhere in a file."""
    known = packages_distributions()
    roots = {root for folder in folders for file in (ROOT / folder).rglob("*.py") for root in modules(file)}
    foreign = roots - OURS - set(sys.stdlib_module_names)
    return {normal(name) for root in foreign for name in known.get(root, [root])}


def modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


RUN_TIME = listed(PROJECT["dependencies"])
DEVELOPMENT = listed(PROJECT["optional-dependencies"]["dev"])


def test_whatever_the_program_imports_is_listed_for_run_time_and_nothing_else() -> None:
    assert imported(*LAYERS) - RUN_TIME == set()
    assert RUN_TIME - imported(*LAYERS) == set(BY_OTHERS)


def test_whatever_only_tests_and_benchmarks_import_is_listed_for_development_and_nothing_else() -> None:
    used = imported("tests", "benchmarks") - RUN_TIME
    assert used - DEVELOPMENT == set()
    assert DEVELOPMENT - used == TOOLS
    assert set() == DEVELOPMENT & RUN_TIME
