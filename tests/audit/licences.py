"""The licences of everything that the lock file installs with the program, read from what is installed.

Leaves judging them to `test_licences`.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "licences.md"
HEAD = """# Licences of what is installed with the program

Made by `python -m tests.audit --write` from the packages of requirements.txt; a test holds it against them.

| package | licence |
|---|---|
"""
INSIDE = "## What packages bring inside them\n"
"""Where the part begins that is written by hand."""
_LINE = re.compile(r"^[a-zA-Z0-9].*?(?= \\?$)", re.MULTILINE)


def locked() -> list[str]:
    """Names in requirements.txt that this Python on this system installs."""
    wanted = map(Requirement, _LINE.findall((ROOT / "requirements.txt").read_text("utf-8")))
    return sorted({one.name.lower() for one in wanted if one.marker is None or one.marker.evaluate()})


def licence(name: str) -> str:
    """As the package declares it: the SPDX expression, else its classifiers, else its licence field."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return "not installed"
    metadata = found.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(":: ")[2] for line in metadata.get_all("Classifier") or () if line.startswith("License ::")
    ]
    named = [line for line in classifiers if line != "OSI Approved"]
    field = str(metadata.get("License") or "").strip().splitlines()
    return ", ".join(named) or (field[0] if field else "") or _first_line(found)


def _first_line(found: Distribution) -> str:
    for file in found.files or ():
        if file.name.upper().startswith(("LICENSE", "LICENCE")):
            return next((line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()), "")
    return "unknown"


def table() -> dict[str, str]:
    return {name: licence(name) for name in locked()}


def written() -> dict[str, str]:
    """What the document says of packages."""
    said, _, _ = DOCUMENT.read_text("utf-8").partition(INSIDE)
    rows = (line.strip("| ").split(" | ") for line in said.splitlines() if line.startswith("| "))
    return {row[0]: row[1] for row in rows if row[0] != "package"}


def bundled() -> dict[str, str]:
    """Libraries of others that packages bring as files, without their versions, and the package of each."""
    return {
        re.split(r"[-.]", Path(file.name).name)[0]: name
        for name in locked()
        for file in distribution(name).files or ()
        if file.parts[0].endswith(".libs")
    }


def named_inside() -> str:
    """What the document says of libraries inside packages; written by hand."""
    return DOCUMENT.read_text("utf-8").partition(INSIDE)[2]


def write() -> None:
    rows = "".join(f"| {name} | {text} |\n" for name, text in table().items())
    DOCUMENT.write_text(f"{HEAD}{rows}\n{INSIDE}{named_inside()}", "utf-8")
