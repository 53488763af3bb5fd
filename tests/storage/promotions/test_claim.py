"""claim.toml is demanded, and a plan that names what does not exist is refused with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storage.promotions.catalog import load
from storage.promotions.checks.check import check

ROOT = Path(__file__).resolve().parent.parent.parent.parent / "promotions"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "common", tmp_path / "common")
    return Path(shutil.copytree(ROOT / "seriktes", tmp_path / "seriktes"))


def told(folder: Path) -> list[str]:
    return [fault.message for fault in check(folder) if fault.serious]


def test_a_promotion_without_a_plan_still_runs_but_is_not_checked_as_whole(folder: Path) -> None:
    (folder / "claim.toml").unlink()
    assert load(folder).claim is None
    assert told(folder) == ["the file is missing: it says what a winner and the organizer do, step by step"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('clauses = ["10"]', 'clauses = ["99"]', "no such clause: 99"),
        ('terms = ["notify_winner"]', 'terms = ["tell_winner"]', "step tell: no deadline is called tell_winner"),
        ('documents = ["act"]', 'documents = ["passport"]', "step sign-act: no document is called passport"),
        (
            'clauses = ["9", "11", "13"]\ndocuments = ["act"]',
            'clauses = ["11"]\ndocuments = ["act"]',
            "step sign-act: document act stands on clause 9, which the step does not name",
        ),
        ('after = ["register"]', 'after = ["hand-over"]', "step sign-act: hand-over stands after it in the file"),
        ('after = ["register"]', 'after = ["enrol"]', "step sign-act: no step is called enrol"),
        ('branch = "by-hand"', 'branch = "by-post"', "step allow-by-hand: no branch is called by-post"),
        ('role = "hand_over"\n', "", "no step has the role hand_over"),
        ("reserves = 2", "reserves = 0", "the consequence of breach calls a reserve winner, and there is none"),
        ("Организатор звонит и", "Opганизатор звонит и", "letters of two alphabets in Opганизатор"),
    ],
)
def test_what_does_not_hold_together_is_named(folder: Path, old: str, new: str, message: str) -> None:
    file = folder / "claim.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert message in told(folder)


@pytest.mark.parametrize(("old", "new"), [('mover = "winner"', 'mover = "bank"'), ("title = {", "titel = {")])
def test_a_word_that_is_not_known_is_a_fault_with_its_line(folder: Path, old: str, new: str) -> None:
    file = folder / "claim.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    assert line in [fault.line for fault in check(folder) if fault.file == file]
