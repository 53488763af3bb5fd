"""`utys claims` as an agent meets it: a winner from the list to the hand-over, a lost prize and its reserve, refusals in one sentence."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command, Seen
from tests.domain.given import ROOT
from tests.storage.sample_lists import write_csv
from tests.storage.store import KEY

HEAD = ["Дата розыгрыша", "Приз", "Победитель", "Телефон", "Номер протокола", "ФИО"]
ROWS = [
    ["20.02.2024", "", "победитель", "8 701 000 00 01", "SR-2024/01", "Айгүл Серікқызы"],
    ["20.02.2024", "", "резерв 1", "8 701 000 00 02", "SR-2024/01", "Болат"],
]


class Desk:
    """An installation with one winner and one reserve of seriktes."""

    def __init__(self, utys: Command, database: str) -> None:
        self._utys = utys
        self._place: dict[str, Any] = {
            "DATABASE_URL": database,
            "ENCRYPTION_KEY": base64.b64encode(KEY).decode(),
            "PROMOTIONS_DIR": str(ROOT),
        }
        file = write_csv(utys.folder / "winners.csv", [HEAD, *ROWS])
        self.imported = self.utys("import", "winners", file, "--promotion", "seriktes", "--apply")
        self.again = self.utys("import", "winners", file, "--promotion", "seriktes", "--apply")
        lines = self("list").out.splitlines()
        self.winner, self.reserve = (
            next(line.split()[0] for line in lines if word in line) for word in ("  winner  ", "reserve 1")
        )

    def utys(self, *words: object) -> Seen:
        return self._utys(*words, **self._place)

    def __call__(self, *words: object) -> Seen:
        return self.utys("claims", *words)


@pytest.fixture
def desk(tmp_path: Path, database: str) -> Desk:
    return Desk(Command(tmp_path, tmp_path / "models"), database)


BY = ("--by", "Aigerim")


def test_a_list_of_winners_is_told_and_kept_once(desk: Desk) -> None:
    assert "stored: 2 new, 0 known already" in desk.imported.out
    assert "stored: 0 new, 2 known already" in desk.again.out


def test_a_winner_is_shown_with_the_term_and_without_who_it_is(desk: Desk) -> None:
    shown = desk("show", desk.winner).out
    assert "by Fri 01.03.2024" in shown
    assert "passed" in shown
    assert "holidays" in shown  # the calendar's version
    for secret in ("Айгүл", "77010000001", "SR-2024"):
        assert secret not in shown
        assert secret in desk("show", desk.winner, "--reveal").out
    whole = json.loads(desk("show", desk.winner, "--json", "--reveal").out)
    assert whole["claim"]["state"] == "confirmed"
    assert whole["winner"]["phone"] == "77010000001"
    assert {step["id"] for step in whole["steps"]} >= {"in-touch", "sign-act", "hand-over"}


def test_a_prize_that_is_lost_goes_to_the_reserve_only_when_an_agent_calls(desk: Desk) -> None:
    assert desk("lose", desk.winner, *BY, "--reason", "10 дней прошли", "--clause", "99").sentence == (
        "the rules have no clause 99"
    )
    lost = desk("lose", desk.winner, *BY, "--reason", "10 дней прошли", "--clause", "12").out
    assert f"reserve 1 stands by: utys claims call-reserve {desk.reserve}" in lost
    assert "standby" in desk("show", desk.reserve).out
    called = desk("call-reserve", desk.reserve, *BY, "--reason", "winner not in touch, 12").out
    assert "state        confirmed" in called
    assert "01.03.2024" not in called  # the first winner's term is not the reserve's (O-17)
    assert "supervisor" in desk("reopen", desk.winner, *BY, "--reason", "late").sentence
    assert "collecting" in desk("reopen", desk.winner, "--by", "Boss", "--supervisor", "--reason", "late").out


def test_the_log_proves_what_was_done_and_when_the_winner_was_called(desk: Desk) -> None:
    desk("contact", desk.winner, *BY, "--result", "no_answer", "--note", "секретарь просила позже")
    desk("done", desk.winner, "tell", *BY, "--on", "2024-02-21")
    log = desk("log", desk.winner).out
    assert "new -> confirmed  by import winners.csv" in log
    assert "call agent  no_answer  by Aigerim: секретарь просила позже" in log
    assert "[x] tell" in desk("show", desk.winner).out


def test_a_winner_who_only_telephones_is_led_to_the_prize_by_an_agent(desk: Desk) -> None:
    assert "by winner Aigerim" in (desk("answered", desk.winner, *BY), desk("log", desk.winner))[1].out
    assert "still to be done: " in desk("to-review", desk.winner, *BY).sentence
    for step in ("in-touch", "register", "sign-act"):
        desk("done", desk.winner, step, *BY)
    desk("to-review", desk.winner, *BY, "--as-it-is")
    assert "still to be done: id-paper" in desk("approve", desk.winner, *BY).sentence
    assert "[!] id-paper" in desk("return", desk.winner, "id-paper", *BY, "--reason", "срок документа истёк").out
    desk("done", desk.winner, "id-paper", *BY)
    desk("to-review", desk.winner, *BY)
    assert "state        approved" in desk("approve", desk.winner, *BY).out
    done = desk("deliver", desk.winner, *BY, "--how", "в офисе", "--on", "2024-03-20", "--act", "2024-03-19").out
    assert "state        delivered" in done
    assert "act_signed_on 2024-03-19" in done
    assert desk("list").out.count("seriktes") == 1  # only the reserve is open


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "zzzz"), "no claim"),
        (("show", "ab"), "no claim"),
        (("approve", "{winner}", *BY), "cannot become approved"),
        (("done", "{winner}", "dance", *BY), "no step dance"),
        (("done", "{winner}", "tell", *BY, "--on", "2124-02-21"), "has not come yet"),
        (("done", "{winner}", "tell", *BY, "--on", "завтра"), "is no day"),
        (("return", "{winner}", "sign-act", *BY, "--reason", "blurred"), "cannot become collecting"),
        (("call-reserve", "{winner}", *BY, "--reason", "x"), "not of a reserve"),
        (("approve", "{winner}", "--by", " "), "say who you are"),
        (("list", "--state", "won"), "no state is called"),
        (("task-done", "{winner}", "call", *BY), "no open task"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    desk: Desk, words: tuple[str, ...], sentence: str
) -> None:
    before = desk("show", desk.winner).out
    assert sentence in desk(*(word.format(winner=desk.winner) for word in words)).sentence
    assert desk("show", desk.winner).out == before
