"""compose.yaml and env.example as Docker Compose would read them: services, and what environment each of their containers gets.

Leaves what the image adds to it to `image`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
_NAME = re.compile(r"\$\{(\w+)(:\?)?\}|\$(\$)")


def offered() -> dict[str, str]:
    """env.example's settings with the values that stand there, most of them empty."""
    lines = (DEPLOY / "env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def interpolate(text: str, given: Mapping[str, str]) -> str:
    """Raises KeyError for what is required and empty."""

    def value(found: re.Match[str]) -> str:
        name, required, dollar = found.groups()
        if dollar:
            return "$"
        if required and not given.get(name):
            raise KeyError(f"{name} is required")
        return given[name]

    return _NAME.sub(value, text)


class Composed:
    """The compose file with an .env of these values over env.example's."""

    def __init__(self, **filled: str) -> None:
        self.env_file = {**offered(), **filled}
        self.text = (DEPLOY / "compose.yaml").read_text("utf-8")
        self.services: dict[str, dict[str, Any]] = self._interpolated(yaml.safe_load(self.text)["services"])

    def environment(self, service: str) -> dict[str, str]:
        """The file's settings, and over them those of the service."""
        described = self.services[service]
        given = self.env_file if described.get("env_file") == ".env" else {}
        return {**given, **described.get("environment", {})}

    def _interpolated(self, found: Any) -> Any:
        if isinstance(found, dict):
            return {name: self._interpolated(value) for name, value in found.items()}
        if isinstance(found, list):
            return [self._interpolated(value) for value in found]
        return interpolate(found, self.env_file) if isinstance(found, str) else found
