"""The checks of the acceptance list that stand as tests: which tests show each, and one line a check when they have run.

Not here: what is made by the thousand, and the edge behind the proxy (see __main__.py): check 36, and more of 32 and 37.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_S = 900
"""For all of them together, on two busy cores."""
CONNECTIONS = "tests/hostile/test_connections.py"
CHECKS: Mapping[str, tuple[str, ...]] = {
    "2 a reader that was taken over gets at nothing": (
        "tests/bot/files/test_sandbox.py",
        "tests/bot/files/test_sheets.py",
    ),
    "31 no text costs more than its length": ("tests/domain/spoken/test_cost.py",),
    "32 heads, bodies and connections are bounded": (CONNECTIONS,),
    "33 no body is read before the secret": (
        f"{CONNECTIONS}::test_nothing_of_a_body_is_read_before_it_is_known_whose_call_it_is",
    ),
    "34 the browser chat is bounded": (
        "tests/bot/web/preview/test_visitors.py",
        "tests/bot/web/preview/test_routes.py::test_who_is_too_fast_is_told_so_and_others_are_not",
        "tests/bot/files/test_places.py",
    ),
    "35 what is masked and what is not": ("tests/dialogs/test_masking.py",),
    "37 a captured call": ("tests/hostile/test_borders.py",),
    "38 one damaged page": (
        "tests/storage/turns/test_damage.py",
        "tests/bot/running/test_damaged.py",
        "tests/bot/cli/test_doctor.py::test_a_damaged_page_is_a_fault",
    ),
    "39 one faulty promotion": (
        "tests/bot/running/test_left_out.py",
        "tests/bot/cli/test_doctor.py::test_one_faulty_promotion_makes_doctor_red_and_the_other_four_answer",
    ),
    "40 one's rights in one's own words": ("tests/hostile/test_rights.py", "tests/dialogs/test_privacy.py"),
}


def run() -> Iterator[tuple[str, list[str]]]:
    """A line a check, and the tests of it that failed; a line of its own where they took too long."""
    tests = list(dict.fromkeys(test for shown_by in CHECKS.values() for test in shown_by))
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        line = [sys.executable, "-m", "pytest", "-q", "-n0", f"--junit-xml={report}", *tests]
        try:
            ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            yield "checks", [f"not done after {LIMIT_S} s"]
            return
        cases = list(_cases(report)) if report.exists() else []
    for check, shown_by in CHECKS.items():
        yield _told(check, [case for case in cases if case.file in shown_by or f"{case.file}::{case.test}" in shown_by])
    if ended.returncode:
        yield "checks", [(ended.stdout + ended.stderr)[-5000:]]


class _Case(NamedTuple):
    file: str
    test: str
    came: str


def _cases(report: Path) -> Iterator[_Case]:
    for case in ElementTree.parse(report).iter("testcase"):
        came = next((found.tag for found in case if found.tag in ("failure", "error", "skipped")), "passed")
        yield _Case(f"{case.attrib['classname'].replace('.', '/')}.py", case.attrib["name"].partition("[")[0], came)


def _told(check: str, cases: list[_Case]) -> tuple[str, list[str]]:
    counts = Counter(case.came for case in cases)
    wrong = [f"{case.file}::{case.test}" for case in cases if case.came in ("failure", "error")]
    line = f"check {check}: {', '.join(f'{count} {came}' for came, count in sorted(counts.items()))}"
    return line, wrong if counts["passed"] else [*wrong, "no test of it ran"]
