"""Reads YAML by libyaml: Python's own parser needs ten times as long for the case tables, which `utys doctor` and `check` read whole.

Not here: what stands in a table (see checks/data.py, and bot/cli/cases.py, which runs them).
"""

from __future__ import annotations

from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""A PyYAML that was built without libyaml has no CSafeLoader."""


def read_yaml(text: str) -> Any:
    """Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
