"""`utys doctor` says whether the reader of files is shut in, on this kernel and on those that lack something."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bot.files.older_kernel import older_python
from tests.command import Command


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    (tmp_path / ".env").write_text("PORT=0\n")
    return Command(tmp_path, models)


@pytest.mark.parametrize(
    ("lacking", "state", "said"),
    [
        ([], "ok", "seccomp, Landlock "),
        (["unshare"], "ok", "not given: namespaces: Operation not permitted"),
        (["landlock"], "warning", "identity papers are not opened without Landlock"),
        (["seccomp"], "fault", "Files that people send are refused"),
    ],
)
def test_what_shuts_the_reader_in_is_told_and_what_is_missing(
    utys: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: list[str], state: str, said: str
) -> None:
    if lacking:
        monkeypatch.setattr(sys, "executable", str(older_python(tmp_path, *lacking)))
    seen = utys("doctor")
    (line,) = [line for line in seen.out.splitlines() if line.split()[1] == "sandbox"]
    assert line.startswith(state), line
    assert said in line
    assert (seen.code == 1) is (state == "fault"), seen.out
