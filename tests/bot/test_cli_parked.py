"""`utys parked`: what could not be answered is found, shown without the person, and given one more chance."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.command import Command

SECRET = "Меня зовут Айгуль, когда розыгрыш Seriktes?"


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    """After a talk whose one event counts as failed three times."""
    utys = Command(tmp_path, models)
    assert utys("chat", stdin=SECRET).code == 0
    with _database(tmp_path) as database:
        database.execute("UPDATE inbox SET status = 2, attempts = 3, error = 'ValueError at dialogs/rules.py:1'")
    return utys


def _database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "var" / "utys.db")


def test_a_parked_event_is_listed_and_shown_without_what_the_person_wrote(utys: Command) -> None:
    listed = utys("parked", "list").out
    assert "console text" in listed
    assert "ValueError at dialogs/rules.py:1" in listed
    id = listed.split()[0]
    shown = utys("parked", "show", id[:6]).out
    assert f"{len(SECRET)} characters" in shown
    assert "Айгуль" not in listed + shown
    assert SECRET in utys("parked", "show", id, "--reveal").out
    assert "parked       1 events" in utys("doctor").out


def test_it_is_tried_again_at_the_next_start(utys: Command) -> None:
    id = utys("parked", "list").out.split()[0]
    assert utys("parked", "replay", id).out.endswith(": 1\n")
    assert utys("parked", "list").out == "nothing is parked\n"
    with _database(utys.folder) as database:
        assert database.execute("SELECT status FROM inbox").fetchall() == [(1,)]
    assert utys("parked", "replay", "--all").out.endswith(": 0\n")


def test_mistakes_get_one_sentence(utys: Command) -> None:
    assert "zzz" in utys("parked", "show", "zzz").sentence
    assert "--all" in utys("parked", "replay").sentence
