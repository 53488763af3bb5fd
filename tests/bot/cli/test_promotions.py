"""`utys promotions`: list, check, new, publish and test, as an organiser uses them one after the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, Command

RULES = "Правила акции «Осень»\n\n1. Акция идёт с 01.09.2026 по 30.09.2026.\n\n2. Участвуют все покупатели.\n"


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one promotion that may be spoilt."""
    root = tmp_path / "promotions"
    for name in ("seriktes", "common"):
        shutil.copytree(ROOT / "promotions" / name, root / name)
    return root


def test_the_promotions_of_the_tree_hold_together(utys: Command) -> None:
    seen = utys("promotions", "check")
    assert seen.code == 0, seen.out
    assert "no faults" in seen.err


def test_a_fault_is_named_with_file_and_line(utys: Command, folder: Path) -> None:
    file = folder / "seriktes" / "promotion.toml"
    lines = file.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("zone"))
    lines[at] = 'zone = "Asia/Nowhere"'
    file.write_text("\n".join(lines), "utf-8")
    seen = utys("promotions", "check", "seriktes", PROMOTIONS_DIR=folder)
    assert seen.code == 1
    assert f"{file}:{at + 1}: " in seen.out
    assert "seriktes" in utys("ask", "?", PROMOTIONS_DIR=folder).sentence


def test_an_unknown_slug_is_named_with_those_that_exist(utys: Command) -> None:
    for command in ("check", "test"):
        assert "seriktes" in utys("promotions", command, "nope").sentence


def test_the_list_shows_state_and_size(utys: Command) -> None:
    seen = utys("promotions", "list")
    assert seen.code == 0
    assert any(line.split()[:2] == ["seriktes", "ended"] and "22 clauses" in line for line in seen.out.splitlines())


def test_every_case_of_the_tables_holds(utys: Command) -> None:
    seen = utys("promotions", "test", "seriktes")
    assert seen.code == 0, seen.out
    assert "eligibility.yaml: " in seen.out
    assert "0 failed" in seen.err


def test_a_case_that_fails_is_shown_with_what_was_expected_and_what_came(utys: Command, tmp_path: Path) -> None:
    tables = tmp_path / "mine"
    tables.mkdir()
    (tables / "eligibility.yaml").write_text(
        "- id: mine-1\n  promotion: seriktes\n  question: draw\n"
        "  facts: {legal_form: IP, package: SERIKTES, connected_at: '2024-03-12'}\n  expect: {verdict: eligible}\n"
    )
    seen = utys("promotions", "test", "--cases", tables)
    assert seen.code == 1
    assert "0 of 1" in seen.out
    assert "mine-1" in seen.out
    assert "expected {'verdict': 'eligible'}" in seen.out
    assert "got      {'verdict': 'not eligible'}" in seen.out


@pytest.mark.parametrize("table", ["just words", "[: broken", "", "[]", "- 5"])
def test_a_table_that_is_none_is_named(utys: Command, tmp_path: Path, table: str) -> None:
    tables = tmp_path / "mine"
    tables.mkdir()
    (tables / "tax.yaml").write_text(table)
    seen = utys("promotions", "test", "--cases", tables)
    assert seen.code == 1
    assert "tax.yaml" in seen.sentence


def test_a_faulty_table_does_not_hide_the_others(utys: Command, tmp_path: Path) -> None:
    tables = tmp_path / "mine"
    tables.mkdir()
    (tables / "chances.yaml").write_text("[: broken")
    (tables / "tax.yaml").write_text(
        "- {id: x, promotion: kasipker, facts: {prize: {kind: certificate}}, expect: {rate_percent: cannot say}}\n"
    )
    seen = utys("promotions", "test", "--cases", tables)
    assert seen.code == 1
    assert "tax.yaml: 1 of 1" in seen.out
    assert "chances.yaml" in seen.sentence


def test_a_folder_without_tables_is_no_success(utys: Command, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    seen = utys("promotions", "test", "--cases", tmp_path / "mine")
    assert seen.code == 1
    assert "no case table" in seen.sentence


@pytest.mark.parametrize(
    ("table", "case", "told"),
    [
        (
            "eligibility",
            "{id: x, promotion: seriktes, question: drww, facts: {}, expect: {verdict: cannot say}}",
            "drww",
        ),
        (
            "deadlines",
            "{id: x, promotion: seriktes, deadline: drww, events: {}, expect: {reason: rules_silent}}",
            "drww",
        ),
        ("eligibility", "{id: x, promotion: seriktes, question: draw, facts: [1], expect: {verdict: x}}", "error"),
        ("eligibility", "{id: x, promotion: seriktes, question: draw, facts: {}, expect: eligible}", "expects nothing"),
        ("tax", "{id: x, promotion: seriktes, facts: {}, expect: {taxed: true}}", "prize"),
        ("tax", "{id: x, doc: 009.txt, facts: {}, expect: {taxed: true}}", "no promotion of ours"),
        ("tax", "{id: x, expect: {}}", "no promotion of ours"),
    ],
)
def test_a_slip_of_the_pen_in_a_case_fails_and_is_told(
    utys: Command, tmp_path: Path, table: str, case: str, told: str
) -> None:
    tables = tmp_path / "mine"
    tables.mkdir()
    (tables / f"{table}.yaml").write_text(f"- {case}\n")
    seen = utys("promotions", "test", "--cases", tables)
    assert seen.code == 1
    assert "0 of 1" in seen.out
    assert told in seen.out


def test_a_new_promotion_begins_as_a_draft_that_disturbs_nobody(utys: Command, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(RULES)
    made = utys("promotions", "new", file, PROMOTIONS_DIR=folder)
    assert made.code == 0, made.err
    assert "clauses: 1, 2" in made.out
    assert (folder / "osen" / "rules.ru.md").exists()
    assert any(
        line.split()[:2] == ["osen", "draft"]
        for line in utys("promotions", "list", PROMOTIONS_DIR=folder).out.splitlines()
    )
    checked = utys("promotions", "check", "osen", PROMOTIONS_DIR=folder)
    assert checked.code == 1
    assert "rules.kk.md:9: not translated yet" in checked.out
    assert utys("ask", "Кто участвует?", "--promotion", "seriktes", PROMOTIONS_DIR=folder).code == 0
    again = utys("promotions", "new", file, PROMOTIONS_DIR=folder)
    assert again.code == 1
    assert "exists already" in again.sentence


def test_a_document_that_cannot_be_read_gets_one_sentence(utys: Command, tmp_path: Path) -> None:
    (tmp_path / "rules.pdf").write_bytes(b"%PDF-1.4 nothing")
    seen = utys("promotions", "new", "rules.pdf", "--into", "here")
    assert seen.code == 1
    assert "damaged" in seen.sentence
    assert not (tmp_path / "here").exists()


def _few(samples: str) -> str:
    """The first ten lines of each point: learning from all of them takes a minute."""
    heads = re.split(r"(?m)^(?=@)", samples)
    return "".join("\n".join(head.splitlines()[:11]) + "\n" for head in heads)


@pytest.mark.slow
def test_publishing_makes_the_models_once(utys: Command, folder: Path, tmp_path: Path) -> None:
    place = {"PROMOTIONS_DIR": folder, "MODELS_DIR": tmp_path / "made"}
    for file in folder.glob("seriktes/samples.*.txt"):
        file.write_text(_few(file.read_text("utf-8")), "utf-8")
    first = utys("promotions", "publish", **place)
    assert first.code == 0, first.err
    assert "made 3 models" in first.out  # of the promotion, of languages, of wishes
    assert "are fresh" in utys("promotions", "publish", **place).out
    assert "fault" not in [line.split()[0] for line in utys("doctor", **place).out.splitlines() if " models " in line]
    assert "п. 7" in utys("ask", "Когда розыгрыш?", "--promotion", "seriktes", **place).out


def test_without_promotions_there_is_nothing_to_publish(utys: Command) -> None:
    assert "PROMOTIONS_DIR" in utys("promotions", "publish", PROMOTIONS_DIR="/nowhere").sentence
