"""The Dockerfile's steps, done in a folder instead of an image: the same words, from the repository's files alone.

Leaves out what only a container has: the base image (the packages go into a fresh environment of this Python), and the system user.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.composed import DEPLOY, ROOT

USER = re.compile(r"useradd .*? && ")
"""The one thing that is not done here: it would make a user on this machine."""
OWN = re.compile(r" && chown \w+ .*")
FROM_OUTSIDE = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "SSL_CERT_FILE")
"""How this machine reaches its package index, as a Docker daemon would know it."""


def steps() -> list[tuple[str, str]]:
    """The instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def words_of(instruction: str) -> list[str]:
    return [rest for word, rest in steps() if word == instruction]


@dataclass
class Image:
    """What the steps have made below `root`; `here` maps a path of the container to that of this machine."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    run: list[str] = field(default_factory=list)

    def here(self, text: str) -> str:
        return re.sub(r"(?<![\w/.])/(app|data|backups)\b", rf"{self.root}/\1", text)

    @property
    def app(self) -> Path:
        return self.root / "app"

    @property
    def command(self) -> tuple[str, ...]:
        """CMD with the interpreter of the fresh environment."""
        (line,) = words_of("CMD")
        program, *rest = json.loads(line)
        return (str(self.root / "venv" / "bin" / program), *rest)

    def files(self) -> dict[str, int]:
        """Everything below /app with the time of its last change (ns)."""
        return {str(path.relative_to(self.app)): path.stat().st_mtime_ns for path in sorted(self.app.rglob("*"))}


def build(root: Path, models: Path) -> Image:
    """`models` are of this tree: learning them again takes minutes, so `publish` only has to find that they fit what was copied.

    Raises subprocess.CalledProcessError where a step fails.
    """
    context, image = root / "context", Image(root)
    _export(context)
    subprocess.run([sys.executable, "-m", "venv", str(root / "venv")], check=True)
    image.app.mkdir()
    for word, rest in steps():
        if word == "ENV":
            image.environment |= {name: image.here(value) for name, value in _pairs(rest)}
        elif word == "COPY":
            source, target = (part.rstrip("/") for part in rest.split())
            _copy(context / source, image.app / target)
        elif word == "RUN":
            if "promotions publish" in rest:
                shutil.copytree(models, image.here("/app/models"))
            _run(image, rest)
    return image


def _export(target: Path) -> None:
    """The files that the repository keeps, as they are now: nothing of var/, no environment, nothing that was left lying about."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # one that was just deleted is still listed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _pairs(rest: str) -> Iterator[tuple[str, str]]:
    for pair in rest.split():
        name, _, value = pair.partition("=")
        yield name, value


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target / source.name if target.is_dir() else target)


def _run(image: Image, line: str) -> None:
    line = OWN.sub("", USER.sub("", line))
    outside = {name: value for name, value in os.environ.items() if name.startswith(FROM_OUTSIDE)}
    environment = {**outside, **image.environment, "PATH": f"{image.root}/venv/bin:/usr/bin:/bin"}
    subprocess.run(["sh", "-euc", image.here(line)], cwd=image.app, env=environment, check=True, timeout=600)
    image.run.append(line)
