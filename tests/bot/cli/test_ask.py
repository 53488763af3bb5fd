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


KEYS = {
    *("id", "kind", "clauses", "says", "lang", "text", "promotion", "function", "purchases", "facts", "answered"),
}
JANUARY = {"promotion": "january-surprise", "lang": "ru", "now": "2026-01-09T12:00:00+05:00"}


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _batch(utys: Command, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    seen = utys("ask", "--batch", "-", stdin="\n".join(json.dumps(line) for line in lines))
    assert seen.code == 0, seen.out
    return _lines(seen.out)


def test_a_question_is_answered_with_its_clause_and_no_database_is_made(utys: Command) -> None:
    seen = utys("ask", "Когда розыгрыш призов?", "--promotion", "seriktes")
    assert seen.code == 0
    assert "20 числ" in seen.out
    assert "п. 7" in seen.out
    assert "\x1b" not in seen.out
    assert list(utys.folder.iterdir()) == []


def test_json_has_the_fields_that_were_promised(utys: Command) -> None:
    (reply,) = _lines(utys("ask", "Ұтыс ойыны қашан өтеді?", "--promotion", "kasipker", "--json").out)
    assert set(reply) == KEYS
    assert (reply["answered"], reply["kind"], reply["promotion"]) == (True, "answer", "kasipker")
    assert reply["clauses"][0] == "5"
    assert len(reply["clauses"]) <= 3
    assert reply["lang"] == "kk"


def test_a_language_that_is_given_holds_until_a_text_is_surely_in_the_other(utys: Command) -> None:
    lines = [
        {"promotion": "seriktes", "lang": "kk", "question": "ismet.kz 2024"},
        {"promotion": "seriktes", "lang": "ru", "question": "ismet.kz 2024"},
        {"promotion": "seriktes", "lang": "kk", "question": "Когда розыгрыш призов?"},
        {"promotion": "seriktes", "lang": None, "question": "Ұтыс ойыны қашан өтеді?"},
    ]
    assert [reply["lang"] for reply in _batch(utys, *lines)] == ["kk", "ru", "ru", "kk"]


def test_without_a_promotion_it_is_recognised_or_asked_for(utys: Command) -> None:
    batch = '{"id": 1, "question": "До какого числа идёт акция Seriktes?"}\n{"id": 2, "question": "До какого числа идёт акция?"}\n'
    named, unnamed = _lines(utys("ask", "--batch", "-", stdin=batch).out)
    assert named["answered"]
    assert named["promotion"] == "seriktes"
    assert not unnamed["answered"]
    assert unnamed["clauses"] == []
    assert "акции" in unnamed["text"]


def test_what_the_rules_leave_open_is_refused_with_the_nearest_clauses(utys: Command) -> None:
    question = "Сколько человек уже участвует в акции?"
    (reply,) = _lines(utys("ask", question, "--promotion", "seriktes", "--json").out)
    assert reply["answered"] is False
    assert reply["kind"] == "silent"
    assert len(reply["clauses"]) <= 3


def test_a_batch_is_answered_in_order_and_broken_lines_stand_in_their_place(utys: Command) -> None:
    lines = [
        '{"id": "a", "promotion": "seriktes", "lang": "ru", "question": "Когда итоги?", "style": "plain"}'.encode(),
        b"not json",
        b"\xff\xfe\x00",
        b'{"id": "b", "question": 5}',
        b'{"id": "c", "promotion": "nope", "question": "?"}',
        b'{"id": "d", "lang": "en", "question": "?"}',
        b'{"id": "e", "now": "yesterday", "question": "?"}',
        b'{"id": "f", "now": "2026-01-09T12:00:00", "question": "?"}',
        b'{"id": "g", "before": "?", "question": "?"}',
        b'{"id": "h", "promotion": "seriktes", "doing": "check:nope", "question": "?"}',
        b'{"id": "i", "doing": "purchases", "question": "?"}',
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
    assert [reply["id"] for reply in replies] == ["a", None, None, *"bcdefghi", None, None, "\ud800"]
    assert ["error" in reply for reply in replies] == [False, *[True] * 12, False]
    assert "seriktes" in replies[4]["error"]


def test_a_talk_is_carried_on_through_the_texts_before(utys: Command) -> None:
    begun = {**JANUARY, "doing": "purchases", "before": ["6 января кено 500 тысяч"]}
    first, second, other = _batch(
        utys,
        {**begun, "before": [], "question": "6 января кено 500 тысяч"},
        {**begun, "question": "12.01 14:30 бинго 300 000, бонусами"},
        {**JANUARY, "question": "Кто платит налог?"},
    )
    keno = {"day": "2026-01-06", "lottery": "Keno", "amount": 500_000, "bonus": False}
    bingo = {"at": "2026-01-12T14:30:00+05:00", "lottery": "Bingo", "amount": 300_000, "bonus": True}
    assert (first["kind"], first["purchases"]) == ("purchases", [keno])
    assert second["purchases"] == [keno]  # the 12th is still to come at that clock
    assert second["kind"] == "purchases"
    assert (other["kind"], other["purchases"]) == ("answer", None)
    (later,) = _batch(utys, {**begun, "now": "2026-01-13T00:00:00Z", "question": "12.01 14:30 бинго 300 000, бонусами"})
    assert later["purchases"] == [keno, bingo]


def test_a_label_or_a_number_of_what_was_shown_last_is_a_tap(utys: Command) -> None:
    kept = {**JANUARY, "doing": "purchases", "before": ["6 января кено 500 тысяч"]}
    label, number = _batch(utys, {**kept, "question": "Всё верно"}, {**kept, "question": "1"})
    assert label == number
    assert (label["kind"], label["purchases"]) == ("chances", None)


def test_a_check_goes_on_by_answers_and_around_an_aside(utys: Command) -> None:
    check = {"promotion": "seriktes", "now": "2024-05-09T12:00:00+05:00", "doing": "check:draw"}
    first, label, aside, ended = _batch(
        utys,
        {**check, "lang": "ru", "question": "ТОО"},
        {**check, "lang": "kk", "question": "ЖШС"},
        {**check, "lang": "ru", "question": "А кто платит налог за приз, мы или организатор?"},
        {**check, "lang": "ru", "before": ["ТОО", "1", "3 марта"], "question": "нет"},
    )
    assert (first["kind"], first["facts"]) == ("ask", {"legal_form": "TOO"})
    assert (label["lang"], label["facts"]) == ("kk", {"legal_form": "TOO"})
    assert (aside["kind"], aside["facts"]) == ("answer", {})
    assert aside["clauses"][0] == "14"
    assert (ended["kind"], ended["says"], ended["facts"]["connected_at"]) == ("verdict", "yes", "2024-03-03")
    assert "5" in ended["clauses"]


def test_a_wish_is_led_to_its_function_and_secrets_are_hidden(utys: Command) -> None:
    person, tongue, secret = _batch(
        utys,
        {**JANUARY, "question": "оператор"},
        {**JANUARY, "question": "қазақша"},
        {**JANUARY, "question": "мой код 123456, кто платит налог?"},
    )
    assert (person["kind"], person["function"]) == ("person", "person")
    assert (tongue["function"], tongue["lang"]) == ("language.kk", "kk")
    assert "123456" not in json.dumps(secret)


def test_a_good_batch_ends_with_success(utys: Command) -> None:
    line = '{"id": 1, "promotion": "seriktes", "question": "Кто участвует?"}'
    assert utys.process("ask", "--batch", "-", stdin=line).code == 0


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
