"""A start on a database that may only be read ends with a sentence and an exit code."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import Command, Seen

AS_ANYBODY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""Root writes wherever it likes, unless it gives up that right."""


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


def serve(utys: Command) -> Seen:
    line = [*AS_ANYBODY, *utys.line("serve")]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False, **utys.place(PORT=0))
    return Seen(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.parametrize(("what", "mode"), [("var/utys.db", 0o444), ("var", 0o555)])
def test_a_start_on_a_database_that_may_only_be_read_is_refused_in_one_sentence(
    utys: Command, what: str, mode: int
) -> None:
    assert utys("migrate").code == 0
    (utys.folder / what).chmod(mode)
    try:
        seen = serve(utys)
    finally:
        (utys.folder / what).chmod(0o755)
    assert seen.code == 1
    assert "utys.db" in seen.sentence
    assert "cannot be used" in seen.sentence
    assert seen.out == ""
