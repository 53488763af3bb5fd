"""Updates that come again and again; `make torture` makes more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.repeats import run

pytestmark = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)


@pytest.mark.slow
async def test_an_update_that_comes_up_to_thirteen_times_has_one_effect_in_the_right_order(
    tmp_path: Path, models: Path, database: str
) -> None:
    size = 2 if database.startswith("postgresql") else 1
    result, copies = await run(tmp_path, models, database, size=size, people=20, turns=5, seed=5, rate="500")
    assert result.broken(allowed=0) == [], str(result)
    assert copies > 3 * result.updates
