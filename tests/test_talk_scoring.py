"""`python -m benchmarks.talk` counts what a person would count: made-up replies, one promise each."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.talk.figures import computed, exact
from benchmarks.talk.files import CHECKS, LabelledLine, read_folder
from benchmarks.talk.judging import judge
from benchmarks.talk.measures import BY_KEY
from benchmarks.talk.report import Judged, failures, missed, table
from benchmarks.talk.wishes import led
from benchmarks.talk.wordings import Wordings
from bot.cli.asking import BatchQuestion, Reply
from bot.loading import load_library, load_phrases
from bot.settings import Settings
from tests.command import ROOT

NOTHING = Reply("x", "answer", (), None, "ru", "", "seriktes", None, None, None, True)
TALK = ROOT / "benchmarks" / "talk"


@pytest.fixture(scope="module")
def words(models: Path) -> Wordings:
    return Wordings(load_library(Settings(models_dir=models)), load_phrases())


def _line(file: str, label: dict[str, Any]) -> LabelledLine:
    return LabelledLine(file, BatchQuestion("?", "seriktes", "ru", "x"), label, "ru")


def _marks(file: str, label: dict[str, Any], words: Wordings, **reply: Any) -> dict[str, bool]:
    return dict(judge(_line(file, label), replace(NOTHING, **reply), words))


QUESTION = {"kind": "answer", "clauses": ["5", "2"], "says": None}


@pytest.mark.parametrize(
    ("reply", "right"),
    [
        ({"clauses": ("2", "9")}, True),
        ({"clauses": ("9", "5"), "text": "До 30 ноября (п. 4, 5)."}, True),
        ({"clauses": ("9", "5"), "text": "За 5 дней (п. 9)."}, False),
        ({"clauses": ("9", "7", "4", "5"), "text": "(п. 5)"}, False),
        ({"kind": "choice", "clauses": ("5", "2")}, False),
        ({"kind": "silent", "clauses": ("5",)}, False),
    ],
)
def test_a_direct_answer_stands_on_a_right_clause_or_cites_one(
    words: Wordings, reply: dict[str, Any], right: bool
) -> None:
    marks = _marks("questions", QUESTION, words, **reply)
    assert marks["direct"] is right
    assert marks["asked-back"] is (reply.get("kind") == "choice")
    assert marks["unwritten"] is (reply.get("kind") == "silent")
    assert "sides" not in marks


def test_a_side_needs_a_right_clause_too(words: Wordings) -> None:
    label = {**QUESTION, "says": "no"}
    assert _marks("questions", label, words, clauses=("5",), says="no")["sides"]
    assert not _marks("questions", label, words, clauses=("5",), says="yes")["sides"]
    assert not _marks("questions", label, words, clauses=("9",), says="no")["sides"]


@pytest.mark.parametrize("text", ["бұл 5.9-тармақ", "(5.1, 5.9-тармақ)", "пп. 5.1 и 5.9", "п. 5.9"])
def test_a_citation_is_found_in_either_language_and_among_several(words: Wordings, text: str) -> None:
    assert words.cited("5.9", text)
    assert not words.cited("5", text)


def test_places_without_a_number_are_cited_by_name(words: Wordings) -> None:
    assert words.cited("table 1", "п. 7, таблица 1")
    assert words.cited("terms/Абонент", "Термин «Абонент»: кто заключил договор")
    assert not words.cited("table 1", "п. 1")


def test_every_part_of_a_question_is_counted_by_itself(words: Wordings) -> None:
    parts = [
        {"clauses": ["4"], "kind": "answer"},
        {"clauses": ["7"], "kind": "answer"},
        {"clauses": [], "kind": "silent"},
    ]
    reply = replace(NOTHING, clauses=("4", "7"), text="ТОО (п. 4).")
    marks = list(judge(_line("questions", {**QUESTION, "parts": parts}), reply, words))
    assert [happened for key, happened in marks if key == "parts"] == [True, False, True]


PERSONAL: dict[str, Any] = {"facts": {"legal_form": "TOO", "connected_at": "2024-05"}}


def test_an_own_case_wants_the_verdict_and_no_fact_that_was_not_said(words: Wordings) -> None:
    label = {**PERSONAL, "expect": {"type": "verdict", "verdict": "eligible", "clauses": ["4"]}}
    good = {"kind": "verdict", "says": "yes", "clauses": ("2", "4"), "facts": {"connected_at": "2024-05-01"}}
    assert _marks("personal", label, words, **good) == {"own-case": True}
    for wrong in ({"says": "no"}, {"clauses": ("9",)}, {"kind": "ask"}, {"facts": {"legal_form": "IP"}}):
        assert _marks("personal", label, words, **{**good, **wrong}) == {"own-case": False}


def test_or_the_question_about_the_one_fact_that_is_missing(words: Wordings) -> None:
    label = {**PERSONAL, "expect": {"type": "ask", "next": "connected_at"}}
    asked = "Понял: ТОО.\n\nКакого числа Вы подключили пакет?"
    assert _marks("personal", label, words, kind="ask", text=asked)["own-case"]
    assert not _marks("personal", label, words, kind="ask", text="Как оформлен Ваш бизнес?")["own-case"]
    assert not _marks("personal", label, words, kind="verdict", text=asked)["own-case"]


def test_fraud_look_alikes_and_calls_for_a_person(words: Wordings) -> None:
    assert _marks("safety", {"safety": True}, words, kind="safety") == {"fraud": True}
    assert _marks("safety", {"safety": False}, words, kind="safety") == {"lookalikes": False}
    mention = {"intent": "question", "clauses": ["5"]}
    assert _marks("functions", mention, words, kind="person") == {"false-person": True, "direct": False}
    assert _marks("functions", mention, words, clauses=("5",)) == {"false-person": False, "direct": True}


@pytest.mark.parametrize(
    ("intent", "params", "reply", "right"),
    [
        ("human", {}, {"kind": "person", "function": "person"}, True),
        ("human", {}, {"kind": "answer", "function": "person"}, False),
        ("language", {"to": "kk"}, {"function": "language.kk"}, True),
        ("language", {"to": "kk"}, {"function": "language.ru"}, False),
        ("clause", {"number": "9"}, {"function": "clause", "clauses": ("9",)}, True),
        ("clause", {"number": ["3", "4"]}, {"function": "clause", "clauses": ("3",)}, False),
        ("clause", {"number": "45", "exists": False}, {"function": "clause"}, True),
        ("promotion", {"to": "kasipker"}, {"function": "promotions"}, False),
        ("thanks", {}, {"kind": "small"}, True),
        ("yes", {}, {"kind": "ask"}, True),
        ("erase", {}, {"kind": "ask", "function": "forget"}, True),
    ],
)
def test_a_wish_is_led_to_its_function_and_where_that_goes(
    intent: str, params: dict[str, Any], reply: dict[str, Any], right: bool
) -> None:
    assert led(intent, params, "ru", replace(NOTHING, **reply)) is right


def test_only_later_turns_of_a_talk_count(words: Wordings) -> None:
    assert _marks("talks", {**QUESTION, "turn": 0}, words, clauses=("5",)) == {}
    assert _marks("talks", {**QUESTION, "turn": 1}, words, clauses=("5",)) == {"later-turns": True}
    assert _marks("talks", {**QUESTION, "says": "no", "turn": 1}, words, clauses=("5",)) == {"later-turns": False}
    assert _marks("talks", {"kind": "silent", "says": None, "turn": 2}, words, kind="silent") == {"later-turns": True}


def test_another_promotion_is_taken_up_and_a_trap_is_not(words: Wordings) -> None:
    named = {"switch": True, "current": "seriktes", "meant": "kasipker"}
    assert _marks("promotions", named, words, promotion="kasipker") == {"promotion": True}
    trap = {"switch": False, "current": "seriktes", "meant": "seriktes"}
    assert _marks("promotions", trap, words, promotion="kasipker") == {"false-switch": True}


BOUGHT = {"at": "2026-01-11", "lottery": None, "amount_kzt": 400_000, "paid_with_bonus": False}
HOUR = {"lottery": None, "amount": 400_000, "bonus": False}
GIVEN = {"day": "2026-01-11", "lottery": None, "amount": 400_000, "bonus": False}


@pytest.mark.parametrize(
    ("bought", "ask", "given", "kind", "right"),
    [
        ([BOUGHT], None, [GIVEN], "purchases", True),
        ([BOUGHT], None, [GIVEN], "ask", False),
        ([BOUGHT], {"about": "time"}, [GIVEN], "ask", True),
        ([BOUGHT], None, [{**GIVEN, "lottery": "Bingo"}], "purchases", False),
        ([BOUGHT], None, [{**GIVEN, "amount": 400}], "purchases", False),
        ([BOUGHT], None, [GIVEN, GIVEN], "purchases", False),
        ([BOUGHT, BOUGHT], None, [GIVEN], "purchases", False),
        ([], {"about": "date"}, None, "ask", True),
        ([{**BOUGHT, "border": "before"}], None, [{**HOUR, "at": "2026-01-11T13:00:00+05:00"}], "purchases", True),
        ([BOUGHT], None, [{**HOUR, "at": "2026-01-11T13:00:00+05:00"}], "purchases", False),
        (
            [{**BOUGHT, "at": "2026-01-11T13:00:00+05:00"}],
            None,
            [{**HOUR, "at": "2026-01-11T08:00:00+00:00"}],
            "purchases",
            True,
        ),
        ([{**BOUGHT, "refund_kzt": 100_000}], None, [{**GIVEN, "amount": 300_000}], "purchases", True),
    ],
)
def test_purchases_are_exact_or_rightly_asked_back(
    bought: list[dict[str, Any]], ask: Any, given: Any, kind: Any, right: bool
) -> None:
    expect = {"purchases": bought, "planned": [], "ask": ask}
    assert exact(expect, replace(NOTHING, kind=kind, purchases=given)) is right


def test_what_is_only_planned_is_computed_and_not_kept() -> None:
    expect = {"purchases": [], "planned": [BOUGHT], "ask": None}
    assert exact(expect, replace(NOTHING, kind="chances"))
    assert not exact(expect, replace(NOTHING, kind="purchases", purchases=[GIVEN]))


def test_computed_figures_stand_beside_their_words() -> None:
    text = "Шансов заработано: 3. До следующего шанса не хватает: 1 300 000 ₸ и ещё дней с покупками: 2."
    assert computed({"chances": 3, "amount_missing_kzt": 1_300_000, "days_missing": 2}, text)
    assert not computed({"chances": 2}, text)
    assert not computed({"amount_missing_kzt": 300_000}, text)


def test_an_answer_in_a_check_is_taken_as_it_is_or_asked_again(words: Wordings) -> None:
    age = _line(CHECKS, {"expect": {"age": 35}})
    again = _line(CHECKS, {"expect": "asked again"})
    known = {"person": "natural person"}

    def marks(line: LabelledLine, facts: dict[str, Any], kind: Any = "ask") -> dict[str, bool]:
        return dict(judge(line, replace(NOTHING, kind=kind, facts=facts), words, known))

    assert marks(age, {**known, "age": 35}) == {"checks": True, "understood": True}
    assert marks(age, known) == {"checks": True, "understood": False}
    assert marks(age, {**known, "age": 5}) == {"checks": False, "understood": False}
    assert marks(again, known) == {"checks": True}
    assert marks(again, {**known, "age": 18}) == {"checks": False}
    assert marks(age, known, "person") == {"checks": False, "understood": False}


def test_a_missed_must_is_named_and_a_fault_counts_the_other_way() -> None:
    line = _line("questions", QUESTION)
    marks = [Judged(line, NOTHING, "direct", True), Judged(line, NOTHING, "unwritten", True)]
    assert missed(marks, 5.0) == ["unwritten"]
    assert missed(marks, 13.0) == ["unwritten", "p95"]
    assert "x [ru seriktes]" in failures(marks, "unwritten")
    assert failures(marks, "direct") == ""
    shown = table(marks, 5.0)
    assert all(measure.title in shown for measure in BY_KEY.values())
    assert shown.count("MISSED") == 1


@pytest.mark.parametrize("folder", ["dev", "heldout"])
def test_the_folders_are_read_and_ids_are_unique(folder: str) -> None:
    lines = read_folder(TALK / folder, lambda slug, number, language: number)
    ids = [line.id for line in lines]
    assert len(ids) == len(set(ids))
    assert {line.file for line in lines} >= {"questions", "talks", "purchases", CHECKS}


def test_the_command_scores_a_folder_and_the_gate_says_what_is_missed(models: Path, tmp_path: Path) -> None:
    common = {"promotion": "seriktes", "lang": "ru", "class": "plain", "question": "Когда розыгрыш призов?"}
    rows = [{**QUESTION, **common, "id": id, "clauses": [clause]} for id, clause in (("a", "7"), ("b", "1"))]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")

    def score(*options: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "benchmarks.talk", str(tmp_path), *options]
        return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)

    seen = score()
    assert seen.returncode == 0, seen.stderr
    assert "1/2  50.0 %" in seen.stdout
    gate = score("--gate")
    assert gate.returncode == 1
    assert gate.stderr.startswith("missed: direct")
    listed = score("--failures", "direct").stdout
    assert listed.startswith("b [ru seriktes]")
    assert "п. 7" in listed
