"""Where backups are restored to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a backup is restored to: another database, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'copy' / 'utys.db'}"
    else:
        with fresh_postgres() as url:
            yield url
