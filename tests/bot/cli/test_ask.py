"""`utys ask` says what the chat would say, answers files of questions line by line, and needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_question_is_answered_with_its_clause_and_no_database_is_made(utys: Command) -> None:
    seen = utys("ask", "Когда розыгрыш призов?", "--promotion", "seriktes")
    assert seen.code == 0
    assert "20 числ" in seen.out
    assert "п. 7" in seen.out
    assert "\x1b" not in seen.out
    assert list(utys.folder.iterdir()) == []


def test_json_has_the_fields_that_were_promised(utys: Command) -> None:
    (reply,) = _lines(utys("ask", "Ұтыс ойыны қашан өтеді?", "--promotion", "kasipker", "--json").out)
    assert set(reply) == {"id", "answered", "clauses", "lang", "text"}
    assert reply["answered"] is True
    assert reply["clauses"][0] == "5"
    assert len(reply["clauses"]) <= 3
    assert reply["lang"] == "kk"


def test_a_language_that_is_given_is_not_guessed(utys: Command) -> None:
    (reply,) = _lines(utys("ask", "Когда розыгрыш?", "--promotion", "seriktes", "--lang", "kk", "--json").out)
    assert reply["lang"] == "kk"


def test_without_a_promotion_it_is_recognised_or_asked_for(utys: Command) -> None:
    batch = '{"id": 1, "question": "До какого числа идёт акция Seriktes?"}\n{"id": 2, "question": "До какого числа идёт акция?"}\n'
    named, unnamed = _lines(utys("ask", "--batch", "-", stdin=batch).out)
    assert named["answered"]
    assert "SERIKTES" in named["text"]
    assert not unnamed["answered"]
    assert unnamed["clauses"] == []
    assert "акции" in unnamed["text"]


def test_what_the_rules_leave_open_is_refused_with_the_nearest_clauses(utys: Command) -> None:
    question = "Сколько человек уже участвует в акции?"
    (reply,) = _lines(utys("ask", question, "--promotion", "seriktes", "--json").out)
    assert reply["answered"] is False
    assert 1 <= len(reply["clauses"]) <= 3


def test_a_batch_is_answered_in_order_and_broken_lines_stand_in_their_place(utys: Command) -> None:
    lines = [
        '{"id": "a", "promotion": "seriktes", "lang": "ru", "question": "Когда итоги?", "style": "plain"}'.encode(),
        b"not json",
        b"\xff\xfe\x00",
        b'{"id": "b", "question": 5}',
        b'{"id": "c", "promotion": "nope", "question": "?"}',
        b'{"id": "d", "lang": "en", "question": "?"}',
        b"",
        b"[1]",
        b"[" * 100_000,
        b'{"id": "\\ud800", "promotion": "seriktes", "question": "\\ud83d"}',
    ]
    file = utys.folder / "batch.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    seen = utys("ask", "--batch", file)
    assert seen.code == 1
    assert seen.err == ""
    replies = _lines(seen.out)
    assert [reply["id"] for reply in replies] == ["a", None, None, "b", "c", "d", None, None, "\ud800"]
    assert ["error" in reply for reply in replies] == [False, *[True] * 7, False]
    assert "seriktes" in replies[4]["error"]


def test_a_good_batch_ends_with_success(utys: Command) -> None:
    assert (
        utys("ask", "--batch", "-", stdin='{"id": 1, "promotion": "seriktes", "question": "Кто участвует?"}').code == 0
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "--batch"),
        (["ask", "?", "--batch", "x"], "--batch"),
        (["ask", "?", "--promotion", "nope"], "seriktes"),
        (["ask", "--batch", "/nowhere.jsonl"], "/nowhere.jsonl"),
        (["ask", "--batch", "/"], "/"),
    ],
)
def test_a_mistake_gets_one_sentence(utys: Command, arguments: list[str], said: str) -> None:
    seen = utys(*arguments)
    assert seen.code == 1
    assert said in seen.sentence
