"""Every case of the promotions' own tables gives what it expects, through the code that answers in chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from domain import cases
from storage.promotions.yaml_file import read_yaml
from tests.domain.given import CALENDAR, PROMOTIONS, ROOT


def _tables() -> Iterator[Any]:
    for slug in PROMOTIONS:
        for kind in cases.KINDS:
            file = ROOT / slug / "cases" / f"{kind}.yaml"
            for case in read_yaml(file.read_text("utf-8")):
                yield pytest.param(slug, kind, case, id=case["id"])


@pytest.mark.parametrize(("slug", "kind", "case"), [*_tables()])
def test_a_case_gives_what_it_expects(slug: str, kind: cases.CaseKind, case: dict[str, Any]) -> None:
    result = cases.run(PROMOTIONS[slug], kind, case, CALENDAR)
    assert result.ok, f"expected {result.expected}, got {result.got}"


def test_a_case_that_expects_something_else_fails() -> None:
    case = {
        "id": "wrong",
        "question": "draw",
        "facts": {"legal_form": "IP", "package": "SERIKTES", "connected_at": "2024-03-12"},
        "expect": {"verdict": "eligible", "clauses": []},
    }
    result = cases.run(PROMOTIONS["seriktes"], "eligibility", case)
    assert not result.ok
    assert result.got["verdict"] == "not eligible"


def test_a_case_with_an_unreadable_fact_fails_with_its_name_and_no_traceback() -> None:
    case = {
        "id": "broken",
        "question": "draw",
        "facts": {"legal_form": "TOO", "package": "SERIKTES", "connected_at": "31.02.2024"},
        "expect": {"verdict": "eligible"},
    }
    result = cases.run(PROMOTIONS["seriktes"], "eligibility", case)
    assert not result.ok
    assert "connected_at" in result.got["error"]


def test_a_month_of_entries_that_nobody_expects_is_a_failure() -> None:
    connections = [{"package": "SERIKTES", "at": "2024-03-05"}]
    case = {"kind": "entries", "facts": {"legal_form": "TOO", "connections": connections}, "expect": {"entries": {}}}
    assert not cases.run(PROMOTIONS["seriktes"], "chances", case).ok


def test_a_case_that_expects_nothing_fails() -> None:
    case = {"id": "silent", "question": "draw", "facts": {"legal_form": "TOO"}}
    result = cases.run(PROMOTIONS["seriktes"], "eligibility", case)
    assert not result.ok
    assert "expects nothing" in result.got["error"]


def test_every_name_on_the_page_about_cases_occurs_in_a_case() -> None:
    named = set(re.findall(r"`([a-z_0-9]+)`", (ROOT / "CASES.md").read_text("utf-8")))
    tables = " ".join(file.read_text("utf-8") for file in ROOT.glob("*/cases/*.yaml"))
    assert not {name for name in named - {*PROMOTIONS} if not re.search(rf"\b{name}\b", tables)}
